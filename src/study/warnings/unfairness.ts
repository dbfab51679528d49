import type { TopologyResult } from '../../result.js';
import type { Evidence, Finding } from './warning.js';

/** Bytes of a full packet. */
const PACKET = 1514;
/** A link that is full for less of the run than this does not decide when uploads end. */
const MOMENT = 0.01;
/** Beyond this factor between the share's sigma in use and the one that fits, the reader is told. */
const FAR = 2;

/**
 * How unequally TCP flows share a full link depends on the packets that its queue has for each of them: measured
 * fits give a sigma of about 0.62 / sqrt(packets per flow).
 */
export function unfairness({ spec, unequalInto, result }: Evidence): Finding[] {
  const { unfairness: sigma } = spec.transport;
  const direct = unequalInto === 'storage';
  const network = direct ? spec.storage.network : spec.server.network;
  const usage = direct ? result.storage.networkIn : result.server.networkIn;
  const { queue } = network.in;
  if (unequalInto === null || sigma === 0 || queue === 0) return [];
  // What comes to the servers comes from the gateway, over a link without a queue of its own.
  if (unequalInto === 'server' && spec.gateway?.buffers === true) return [];
  const [from, to] = result.window;
  if (usage.saturatedFor <= MOMENT * (to - from) || usage.capacity === null) return [];
  const hosts = direct ? 1 : spec.server.count;
  const flows = Math.max(
    1,
    Math.min(peakInFlight(result), direct ? Infinity : result.server.threads.peak) / hosts,
  );
  const packets = (queue * (usage.capacity / hosts)) / PACKET;
  const fitting = 0.62 / Math.sqrt(packets / flows);
  if (fitting < sigma * FAR && fitting > sigma / FAR) return [];
  const where = direct ? 'storage' : 'the server';
  return [
    {
      fact: `about ${Math.round(flows)} uploads share the saturated link into ${where}, whose queue holds ${Math.round(packets)} packets, and transport.unfairness is ${sigma}`,
      advice: `A value of ${fitting.toFixed(2)} fits that better. How far apart single uploads end depends on it, the mean hardly.`,
    },
  ];
}

function peakInFlight({ series }: TopologyResult): number {
  return series.active.reduce((peak, active) => Math.max(peak, active), 0);
}
