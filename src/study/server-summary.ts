import type { FleetGauge } from '../measure/gauge.js';
import type { Sample } from '../measure/sample.js';
import type { Replayed } from '../replay/replay.js';
import type { FleetResult, ServerResult, Usage } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { finite, fleetUsageOf, usageOf } from './figures.js';
import { autoscalingResult, healthResult, hoursOf } from './fleet-summary.js';

/** The fleet's sums, and beside them each server where there are several. */
export function fleetResult(spec: TopologySpec, run: Replayed): FleetResult {
  const { recorder, hosts } = run;
  const log = spec.server.autoscale === null ? null : recorder.fleet;
  // Those that have never been started have no figures.
  const all = hosts.servers.slice(0, log?.used).map(server => server.index);
  /** The share of the time for which a server was there, and of all servers that there may be. */
  const there = (index: number): number => (log === null ? 1 : log.serving.servers[index]!.mean(run.to));
  const allThere = log === null ? 1 : log.serving.fleet.mean(run.to) / hosts.servers.length;
  const one = (index: number): ServerResult =>
    serverResult(spec, run, [index], there(index), recorder.threadHoldOf[index]!, gauge =>
      usageOf(gauge.servers[index]!, run, there(index)),
    );
  return {
    ...serverResult(
      spec,
      run,
      all,
      allThere * (hosts.servers.length / all.length),
      recorder.threadHold,
      gauge => fleetUsageOf(gauge, run, allThere),
    ),
    hours: hoursOf(spec, run),
    autoscale: autoscalingResult(spec, run),
    health: healthResult(spec, run),
    servers: all.length > 1 ? all.map(one) : [],
  };
}

/**
 * Figures of the servers with these indices, which were there for a share of the time; `usageOf` takes theirs out of a
 * gauge.
 */
function serverResult(
  spec: TopologySpec,
  run: Replayed,
  indices: readonly number[],
  there: number,
  hold: Sample,
  usage: (gauge: FleetGauge) => Usage,
): ServerResult {
  const { recorder, simulation, hosts, to, topology } = run;
  const backlog = usage(recorder.backlog);
  const sum = (of: (index: number) => number): number =>
    indices.reduce((total, index) => total + of(index), 0);
  return {
    threads: {
      ...usage(recorder.threads),
      holdTime: { mean: hold.mean, p50: hold.quantile(0.5), p99: hold.quantile(0.99) },
    },
    backlog: {
      capacity: finite(spec.server.backlog * indices.length * there),
      mean: backlog.mean,
      peak: backlog.peak,
    },
    memory: usage(recorder.memory),
    cpu: usage(recorder.cpu),
    networkIn: usage(recorder.networkIn),
    networkOut: usage(recorder.networkOut),
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
