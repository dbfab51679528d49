import { lossBound } from '../replay/rates.js';
import type { TopologySpec } from '../scenario/types.js';
import type { UploadDraw } from '../workload/workload.js';

const MIB = 2 ** 20;

/** A rate within this of a limit was held back by it. */
const AT_LIMIT = 1 - 1e-6;

/** What kept `rate` (bytes per second, the mean over a whole transfer) from being higher. */
export function boundOf(
  rate: number,
  [from, to, through]: readonly [from: string, to: string, through: boolean],
  spec: TopologySpec,
  upload: UploadDraw,
): string {
  const { server, storage, transport } = spec;
  const limits: [what: string, rate: number][] = [];
  if (from === 'client') {
    const rtt = to === 'storage' && !through ? upload.rttStorage : upload.rttServer;
    limits.push(["client's uplink", upload.uplink], ["client's loss", lossBound(rtt, upload.loss)]);
  }
  const [fromOutside, toGateway] = [from === 'client' || from === 'gateway', to === 'gateway'];
  const acks = through ? 1 + transport.ackLoad : 1;
  const carried = (way: 'in' | 'out') => (server.network[way].rate * server.network.efficiency) / acks;
  if (through || (to !== 'storage' && !toGateway)) limits.push(["server's network in", carried('in')]);
  if (through || !fromOutside) limits.push(["server's network out", carried('out')]);
  if (through || !fromOutside || (to !== 'storage' && !toGateway)) {
    const oneCore = MIB / server.cpu.perMiB;
    // A hop of a proxy that keeps bodies pays half of the work.
    limits.push(['one core', oneCore], ["server's cores", server.cores * oneCore * (through ? 1 : 2)]);
    if (spec.kind === 'proxy-spooled') limits.push(["server's disk", server.disk.bandwidth]);
  }
  if (to === 'storage') {
    const { network } = storage;
    limits.push(['one connection', storage.perConnection]);
    limits.push(["storage's network", network.in.rate * network.efficiency]);
  }
  const [what, least] = limits.reduce((a, b) => (b[1] < a[1] ? b : a));
  return rate >= least * AT_LIMIT ? what : 'shared with others';
}
