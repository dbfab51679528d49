import type { TopologyResult } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';

/** Bytes of a full packet. */
const PACKET = 1514;
/** Beyond this factor between the share's sigma in use and the one that fits, the reader is told. */
const FAR = 2;

/**
 * What the reader should know before believing the numbers of one topology. `unequalInto`: the host before whose
 * queue the clients' flows get unequal shares.
 */
export function warningsOf(
  spec: TopologySpec,
  unequalInto: 'server' | 'storage' | null,
  result: TopologyResult,
): string[] {
  return [...brokenChecks(result), ...unfairness(spec, unequalInto, result)];
}

function brokenChecks({ name, checks }: TopologyResult): string[] {
  const broken = checks.filter(check => !check.ok);
  if (broken.length === 0) return [];
  const names = broken.map(check => check.name).join('; ');
  return [
    `${name}: this run contradicts itself (${names}). Its numbers are wrong because of a fault in valet-sim; please report the scenario.`,
  ];
}

/**
 * How unequally TCP flows share a full link depends on the packets that its queue has for each of them: measured
 * fits give a sigma of about 0.62 / sqrt(packets per flow).
 */
function unfairness(
  spec: TopologySpec,
  unequalInto: 'server' | 'storage' | null,
  result: TopologyResult,
): string[] {
  const { unfairness: sigma } = spec.transport;
  const direct = unequalInto === 'storage';
  const network = direct ? spec.storage.network : spec.server.network;
  const usage = direct ? result.storage.networkIn : result.server.networkIn;
  const { queue } = network.in;
  if (unequalInto === null || sigma === 0 || queue === 0) return [];
  if (usage.saturatedFor === 0 || usage.capacity === null) return [];
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
    `${spec.name}: about ${Math.round(flows)} uploads share the saturated link into ${where}, whose queue holds ${Math.round(packets)} packets; ` +
      `a transport.unfairness of ${fitting.toFixed(2)} fits that better than ${sigma}. How far apart single uploads end depends on it, the mean hardly.`,
  ];
}

function peakInFlight({ series }: TopologyResult): number {
  return series.active.reduce((peak, active) => Math.max(peak, active), 0);
}
