import { bits, bytes, duration } from '../../readable.js';
import type { BurstUsage, DirectionUsage } from '../../result.js';
import type { Evidence, Finding } from './warning.js';

/** Seconds. A load that credit carries for so long will have changed by then. */
const LONG = 86_400;

/** A direction lived on burst credit that would have run out, had the load lasted: nobody has seen what it is then. */
export function unseenCliff({ spec, result }: Evidence): Finding[] {
  const { servers } = result.server;
  const hosts = servers.length > 0 ? servers : [result.server];
  const { server, storage } = spec;
  const all = [
    cliffOf(
      'network in',
      hosts.map(host => host.networkIn),
      server.network.efficiency,
    ),
    cliffOf(
      'network out',
      hosts.map(host => host.networkOut),
      server.network.efficiency,
    ),
    cliffOf('storage in', [result.storage.networkIn], storage.network.efficiency),
    cliffOf('storage out', [result.storage.networkOut], storage.network.efficiency),
  ];
  const [first] = all.filter(cliff => cliff !== null).sort((a, b) => a.after - b.after);
  if (first === undefined) return [];
  const { name, load, after, burst } = first;
  const span = result.window[1] - result.window[0];
  return [
    {
      fact: `${name} carries ${bits(load)} on the wire in the mean of the ${duration(span)} that were simulated, and ${bits(burst.baseline)} without burst credit, of which ${bytes(burst.left)} of ${bytes(burst.credit)} are left`,
      advice: `Short runs flatter machines with credit: at this load it is gone after ${duration(after)}, and from then on ${name} carries ${bits(burst.baseline)} instead of ${bits(burst.rate)}. If the load lasts longer than the run, simulate for longer than that, or without the credit (network.burst=none).`,
    },
  ];
}

interface Cliff {
  readonly name: string;
  /** Bytes per second on the wire. */
  readonly load: number;
  /** Seconds until full credit is gone at this load. */
  readonly after: number;
  readonly burst: BurstUsage;
}

/** That of the host which would meet it first; null where one was met, or none would be. */
function cliffOf(name: string, directions: readonly DirectionUsage[], efficiency: number): Cliff | null {
  if (directions.some(({ burst }) => burst === null || burst.exhaustedAt !== null)) return null;
  const cliffs = directions.map(({ mean, burst }): Cliff => {
    const load = mean / efficiency;
    return { name, load, after: burst!.credit / (load - burst!.baseline), burst: burst! };
  });
  const [first] = cliffs.filter(({ after }) => after > 0 && after <= LONG).sort((a, b) => a.after - b.after);
  return first ?? null;
}
