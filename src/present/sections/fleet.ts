import { count, duration, noValue, percent } from '../../readable.js';
import type { AutoscalingResult, HealthResult, Result, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, table } from '../document/table.js';
import { metricOf, watched } from '../scaling.js';
import { aboutOrigin, originOf } from './clock.js';
import { type Section, titled } from './section.js';

interface Scaled {
  readonly topology: TopologyResult;
  readonly scaling: AutoscalingResult;
}

interface Checked {
  readonly topology: TopologyResult;
  readonly health: HealthResult;
}

/** How the fleet grew and shrank, and which servers were taken out of the rotation. */
export const fleet: Section = result => {
  const { topologies } = result;
  const origin = originOf(topologies);
  const scaled = topologies.flatMap((topology): Scaled[] => {
    const scaling = topology.server.autoscale;
    return scaling === null ? [] : [{ topology, scaling }];
  });
  const checked = topologies.flatMap((topology): Checked[] => {
    const { health } = topology.server;
    return health === null ? [] : [{ topology, health }];
  });
  const tables = [
    ...table(scaled, { key: keyOf(), groups: [{ columns: ofScaling(result, origin) }] }),
    ...(scaled.length > 0 ? [remark(note)] : []),
    ...table(checked, { key: keyOf(), groups: [{ title: 'health checks', columns: ofChecks(origin) }] }),
  ];
  return titled('Fleet', tables.length === 0 ? [] : [...tables, ...aboutOrigin(origin)]);
};

const note =
  '"Help at": when the first added server takes requests; "late for": uploads that had arrived by then.';

const keyOf = <Row extends { readonly topology: TopologyResult }>(): Column<Row> => ({
  head: 'topology',
  cell: ({ topology }) => topology.name,
});

function ofScaling(result: Result, origin: number): readonly Column<Scaled>[] {
  const firstOf = ({ scaling }: Scaled) => scaling.steps.find(({ ready }) => ready !== null);
  return [
    { head: 'watches', cell: ({ topology }) => watched(result, topology.name) },
    {
      head: 'at most',
      cell: ({ topology, scaling }) => metricOf(result, topology.name).format(scaling.highest),
    },
    { head: 'servers', cell: ({ scaling }) => `${count(scaling.initial)} to ${count(scaling.peak)}` },
    { head: 'mean', cell: ({ scaling }) => count(scaling.mean) },
    { head: 'server-hours', cell: ({ topology }) => count(topology.server.hours) },
    {
      head: 'help at',
      cell: row => duration(firstOf(row)?.ready == null ? null : firstOf(row)!.ready! - origin),
    },
    { head: 'late for', cell: row => percent(firstOf(row)?.arrived), tone: whenLate },
  ];
}

/** Most of those for whom the servers were added have come before them. */
const LATE = 0.5;
const whenLate: NonNullable<Column<Scaled>['tone']> = ({ scaling }) =>
  (scaling.steps.find(({ arrived }) => arrived !== null)?.arrived ?? 0) > LATE ? 'warn' : undefined;

function ofChecks(origin: number): readonly Column<Checked>[] {
  const since = (instant: number | null | undefined) =>
    instant === null || instant === undefined ? noValue : duration(instant - origin);
  return [
    { head: 'servers taken out', cell: ({ health }) => count(health.removals) },
    { head: 'first at', cell: ({ health }) => since(health.events[0]?.at) },
    { head: 'back at', cell: ({ health }) => since(health.events[0]?.back) },
  ];
}
