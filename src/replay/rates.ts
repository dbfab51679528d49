import type { SiteParameters } from '../scenario/types.js';
import { type ClientLink, INITIAL_WINDOW, type Path } from './host.js';

/** TCP's maximum segment size, bytes. */
const MSS = 1460;
const MIB = 2 ** 20;

/**
 * What loss leaves of one connection over a round trip of `rtt` seconds, bytes per second: 1.22 MSS / (rtt sqrt(p))
 * (Mathis, Semke, Mahdavi, Ott, "The macroscopic behavior of the TCP congestion avoidance algorithm", 1997).
 */
export function lossBound(rtt: number, loss: number): number {
  return loss > 0 && rtt > 0 ? (1.22 * MSS) / (rtt * Math.sqrt(loss)) : Number.POSITIVE_INFINITY;
}

/**
 * The rate of one flow of file bytes on a path by its own limits, bytes per second; of a flow over several
 * connections, each has the limits of one.
 */
export function flowCap(path: Path, client: ClientLink, site: SiteParameters, connections = 1): number {
  let cap = Number.POSITIVE_INFINITY;
  if (path.client !== null) {
    const rtt = path.client === 'server' ? client.rttServer : client.rttStorage;
    cap = Math.min(client.uplink, connections * lossBound(rtt, client.loss));
  }
  if (path.toStorage) cap = Math.min(cap, connections * site.storage.perConnection);
  if (path.proxied) cap = Math.min(cap, MIB / site.server.cpu.perMiB);
  return cap;
}

/**
 * Seconds by which TCP's doubling window delays `bytes` on a new connection, compared with moving them at `rate`
 * (bytes per second, what the flow would have alone): k rtt - W (2^k - 1) / rate for the k rounds in which the
 * window W, and not the path, is the limit.
 */
export function slowStartDelay(bytes: number, rate: number, rtt: number): number {
  if (!(rtt > 0) || bytes <= INITIAL_WINDOW) return 0;
  const toFillPath = Math.ceil(Math.log2((rate * rtt) / INITIAL_WINDOW));
  const toSendAll = Math.ceil(Math.log2(bytes / INITIAL_WINDOW + 1)) - 1;
  const rounds = Math.min(toFillPath, toSendAll);
  return rounds > 0 ? rounds * rtt - (INITIAL_WINDOW * (2 ** rounds - 1)) / rate : 0;
}
