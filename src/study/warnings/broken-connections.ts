import { bytes, count, percent } from '../../readable.js';
import { sizes } from './drawn.js';
import type { Evidence, Finding } from './warning.js';

/** Of the file bytes that left the clients; what is less is the price of a plain upload. */
const MUCH = 0.1;
/** Of the failed attempts; with fewer, something else wastes more. */
const MOST = 0.5;

/** Much was sent for nothing over connections that broke. */
export function brokenConnections({ spec, workload, result }: Evidence): Finding[] {
  const { uploads } = result;
  const { succeeded, wastedBytes, attemptFailures, failures } = uploads;
  const { 'connection-lost': broken = 0 } = attemptFailures;
  const failed = Object.values(attemptFailures).reduce((sum, one) => sum + one, 0);
  const sent = wastedBytes + succeeded * sizes(workload).mean;
  // A storage that goes down breaks connections, too.
  if (workload.drops === null || broken === 0 || broken < MOST * failed || wastedBytes <= MUCH * sent)
    return [];
  const lost = failures['connection-lost'] ?? 0;
  const most = spec.client.retry.attempts;
  const end = lost === 0 ? '' : `, and ${count(lost)} of ${count(uploads.offered)} uploads failed for it`;
  return [
    {
      fact: `connections broke in ${count(broken)} of ${count(uploads.attempts)} attempts (clients[].drops); ${bytes(wastedBytes)}, ${percent(wastedBytes / sent)} of all file bytes that clients sent, were sent for nothing${end}`,
      advice: `A plain upload begins at its first byte again: a file of s bytes needs exp(s / every) attempts, and client.retry.attempts allows ${count(most)}. More attempts save uploads, smaller files or parts that are uploaded one by one save bytes, too.`,
    },
  ];
}
