import type { FleetGauge } from '../measure/gauge.js';
import type { Sample } from '../measure/sample.js';
import type { Replayed } from '../replay/replay.js';
import type { FleetResult, ServerResult, Usage } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { directionUsage } from './direction-summary.js';
import { finite, fleetUsageOf, usageOf } from './figures.js';

/** The fleet's sums, and beside them each server where there are several. */
export function fleetResult(spec: TopologySpec, run: Replayed): FleetResult {
  const { recorder, hosts } = run;
  const all = hosts.servers.map(server => server.index);
  const one = (index: number): ServerResult =>
    serverResult(spec, run, [index], recorder.threadHoldOf[index]!, gauge =>
      usageOf(gauge.servers[index]!, run),
    );
  return {
    ...serverResult(spec, run, all, recorder.threadHold, gauge => fleetUsageOf(gauge, run)),
    servers: all.length > 1 ? all.map(one) : [],
  };
}

/** Figures of the servers with these indices; `usageOf` takes theirs out of a gauge. */
function serverResult(
  spec: TopologySpec,
  run: Replayed,
  indices: readonly number[],
  hold: Sample,
  usage: (gauge: FleetGauge) => Usage,
): ServerResult {
  const { recorder, simulation, hosts, to, topology } = run;
  const backlog = usage(recorder.backlog);
  const { network } = spec.server;
  const those = { indices, usage };
  const sum = (of: (index: number) => number): number =>
    indices.reduce((total, index) => total + of(index), 0);
  return {
    threads: {
      ...usage(recorder.threads),
      holdTime: { mean: hold.mean, p50: hold.quantile(0.5), p99: hold.quantile(0.99) },
    },
    backlog: {
      capacity: finite(spec.server.backlog * indices.length),
      mean: backlog.mean,
      peak: backlog.peak,
    },
    memory: usage(recorder.memory),
    cpu: usage(recorder.cpu),
    networkIn: directionUsage('networkIn', usage(recorder.networkIn), network, run, those),
    networkOut: directionUsage('networkOut', usage(recorder.networkOut), network, run, those),
    upstream: topology.poolsUpstream ? usage(recorder.upstream) : null,
    disk: recorder.disk && usage(recorder.disk),
    diskSpace: recorder.diskSpace && usage(recorder.diskSpace),
    bytes: sum(index => {
      const { receive, through } = hosts.servers[index]!.routes;
      return simulation.network.routeCarried(receive.index) + simulation.network.routeCarried(through.index);
    }),
    crashes: sum(index => recorder.crashes[index]!),
    down: sum(index => recorder.downUntil(index, to)),
  };
}
