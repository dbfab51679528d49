import { bytes, count, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import type { GatewayParameters } from '../../scenario/types.js';
import { drawnUploads } from './drawn.js';
import type { Evidence, Finding } from './warning.js';

/** The gateway refused what was too large, or cut off what took too long or was silent. */
export function gateway(evidence: Evidence): Finding[] {
  const { gateway } = evidence.spec;
  if (gateway === null) return [];
  return [tooLarge, tooLate, tooSilent].flatMap(cause => cause(gateway, evidence) ?? []);
}

function tooLarge({ maxBody, profile }: GatewayParameters, { workload, result }: Evidence): Finding | null {
  const who = affected(result, 'payload-too-large');
  if (who === null) return null;
  let largest = 0;
  for (const { size } of drawnUploads(workload)) largest = Math.max(largest, size);
  const upTo = largest > maxBody ? ` (the largest file has ${bytes(largest)})` : '';
  return {
    fact: `the gateway${named(profile)} takes no body over ${bytes(maxBody)} and refused ${who} (413)${upTo}`,
    advice:
      'No retry, server or link helps those. Send files directly to storage, past the gateway (valet-key), or raise gateway.maxBody where the product lets you.',
  };
}

function tooLate(
  { timeout, buffers, profile }: GatewayParameters,
  { spec, workload, result }: Evidence,
): Finding | null {
  const who = affected(result, 'gateway-timeout');
  if (who === null) return null;
  const hopeless = buffers || spec.kind === 'valet-key' ? 0 : neverInTime(timeout, workload);
  const since = buffers ? 'once it had passed the whole request on' : "from the request's head on";
  const alone =
    hopeless === 0
      ? ''
      : `; ${count(hopeless)} uploads need longer on the client's own uplink, with nobody else there`;
  return {
    fact: `the gateway${named(profile)} waits ${duration(timeout)} for an answer, ${since}, and cut off ${who} (504)${alone}`,
    advice:
      'Servers may go on with what was cut off, and finish it for nobody. Raise gateway.timeout where the product lets you, make the servers faster, or send files directly to storage (valet-key).',
  };
}

function tooSilent({ idle, profile }: GatewayParameters, { result }: Evidence): Finding | null {
  const who = affected(result, 'gateway-idle');
  if (who === null) return null;
  return {
    fact: `the gateway${named(profile)} gives up connections on which no byte passes for ${duration(idle)}, and cut off ${who} (504)`,
    advice:
      'A request is silent while it waits for a thread, and while a server forwards a body that it has received: shorten that (more threads, fewer uploads at once, a design that streams or goes past the servers), or raise gateway.idle.',
  };
}

const named = (profile: string | null): string => (profile === null ? '' : ` (${profile})`);

/** "12 of 100 upload attempts and 3 of 50 GET /feed"; null where it was none. */
function affected({ uploads, background }: TopologyResult, reason: string): string | null {
  const attempts = uploads.attemptFailures[reason] ?? 0;
  const own = attempts === 0 ? [] : [`${count(attempts)} of ${count(uploads.attempts)} upload attempts`];
  const others = background
    .filter(({ failures }) => (failures[reason] ?? 0) > 0)
    .map(({ name, offered, failures }) => `${count(failures[reason])} of ${count(offered)} ${name}`);
  const all = [...own, ...others];
  return all.length === 0 ? null : all.join(', ');
}

function neverInTime(timeout: number, workload: Evidence['workload']): number {
  let uploads = 0;
  for (const { size, uplink } of drawnUploads(workload)) if (size / uplink > timeout) uploads++;
  return uploads;
}
