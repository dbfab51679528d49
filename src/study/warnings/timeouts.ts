import { bytes, count, duration, percent } from '../../readable.js';
import { partsOf } from '../../scenario/part-limits.js';
import type { TopologySpec } from '../../scenario/types.js';
import { drawnUploads, sizes } from './drawn.js';
import type { Evidence, Finding } from './warning.js';
import { withMargin } from './with-margin.js';

/** Of the file bytes that left the clients; below it, what timeouts waste is the price of having them. */
const MUCH = 0.1;
/** Of the failed attempts; where fewer are timeouts of uploads that had a chance, something else wastes more. */
const MOST = 0.5;

/** Attempts ran into the client's timeout: some never had a chance, or much was sent for nothing. */
export function timeouts(evidence: Evidence): Finding[] {
  if (evidence.result.uploads.attemptFailures.timeout === undefined) return [];
  const alone = aloneOf(evidence);
  return [hopeless(evidence, alone), wasteful(evidence, alone)].filter(finding => finding !== null);
}

/** The uploads, each with the whole network to itself. */
interface Alone {
  readonly uploads: number;
  readonly tooLong: number;
  readonly longest: { readonly size: number; readonly needs: number };
}

function aloneOf({ spec, workload }: Evidence): Alone {
  let uploads = 0;
  let tooLong = 0;
  let longest = { size: 0, needs: 0 };
  for (const { size, uplink } of drawnUploads(workload)) {
    uploads++;
    const { bytes: sent, connections } = sentAtOnce(spec, size);
    const needs = sent / Math.min(uplink, connections * spec.storage.perConnection);
    if (needs > spec.client.timeout) tooLong++;
    if (needs > longest.needs) longest = { size: sent, needs };
  }
  return { uploads, tooLong, longest };
}

/** What one attempt has the time of `client.timeout` for: a file, or a wave of its parts. */
function sentAtOnce({ kind, options }: TopologySpec, size: number) {
  if (kind !== 'valet-key-multipart') return { bytes: size, connections: 1 };
  const parts = Math.min(options.parallel, partsOf(size, options));
  return { bytes: Math.min(size, parts * options.partSize), connections: parts };
}

function hopeless({ spec, workload }: Evidence, { uploads, tooLong, longest }: Alone): Finding | null {
  if (tooLong === 0) return null;
  const who = workload.uploads.closed === null ? 'uploads' : 'users';
  return {
    fact: `client.timeout is ${duration(spec.client.timeout)}, and ${count(tooLong)} of ${count(uploads)} ${who} need longer on the client's own uplink, with nobody else there (up to ${duration(longest.needs)}, for ${bytes(longest.size)})`,
    advice: `No server and no retry can help those. Set client.timeout=${withMargin(longest.needs)} or more, or make the ${spec.kind === 'valet-key-multipart' ? 'parts' : 'files'} smaller.`,
  };
}

function wasteful({ spec, workload, result }: Evidence, { tooLong }: Alone): Finding | null {
  const { succeeded, wastedBytes, attemptFailures } = result.uploads;
  const { timeout = 0 } = attemptFailures;
  const failed = Object.values(attemptFailures).reduce((sum, one) => sum + one, 0);
  const sent = wastedBytes + succeeded * sizes(workload).mean;
  const hadAChance = timeout - tooLong * spec.client.retry.attempts;
  if (wastedBytes <= MUCH * sent || hadAChance < MOST * failed) return null;
  return {
    fact: `${count(timeout)} attempts ended at client.timeout (${duration(spec.client.timeout)}), and ${bytes(wastedBytes)}, ${percent(wastedBytes / sent)} of all file bytes that clients sent, were sent for nothing`,
    advice:
      'Work for clients who have gone, and their retries, keep the others waiting, who then time out as well. Try a longer client.timeout, fewer client.retry.attempts or longer pauses (client.retry.base).',
  };
}
