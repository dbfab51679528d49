import type { CapacityStudy, CapacityTrial, TopologyCapacity } from '../../parameter-study.js';
import { count, noValue, ratio } from '../../readable.js';
import { type Block, list, paragraph, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import type { Text } from '../document/text.js';
import { csvCell } from '../export/csv-cell.js';
import { formatOf, metricOf } from '../metrics.js';
import { between } from '../sections/interval.js';
import { titled } from '../sections/section.js';
import { studyHeader } from './header.js';
import { named } from './resource-names.js';

/** How much each design carries, what gives way then, and how that was found out. */
export function capacityBlocks(study: CapacityStudy): readonly Block[] {
  const { topologies, vary, smallest, objectives, missing, tolerance } = study;
  const title = `${smallest ? 'Least' : 'Most'} ${vary.path}`;
  const partial =
    missing.length > 0
      ? [paragraph({ text: `PARTIAL: interrupted; missing: ${missing.join(', ')}`, tone: 'bad' })]
      : [];
  return [
    ...partial,
    ...studyHeader(title, study, [`${vary.low} to ${vary.high}`]),
    paragraph(`Objectives: ${objectives.join('; ')}`),
    ...titled('Capacity', [
      list(topologies.map(topology => sentence(topology, study))),
      remark(`Found to ${(100 * tolerance).toPrecision(2)}% (whole numbers: to 1) by bisection.`),
    ]),
    ...titled('Headroom', headroom(topologies)),
    ...titled(
      'Tried',
      table(topologies.flatMap(trialsOf), { key: trialKey, groups: [{ columns: trialColumns }] }),
    ),
  ];
}

/** "valet-key: up to 4,096 (4,137 misses completion.p99 < 10m); network in gives way." */
function sentence(
  { topology, capacity, missed, bottleneck, trials }: TopologyCapacity,
  study: CapacityStudy,
): Text {
  const { vary, smallest } = study;
  const name = { text: topology, tone: 'bold' as const };
  const gives =
    bottleneck !== null
      ? `; ${named(bottleneck)} ${missed === null ? 'is pressed hardest' : 'gives way'}`
      : missed === null
        ? ''
        : '; no resource comes near its limit: it is what an upload takes by itself';
  const broken = trials
    .find(({ value }) => value === missed)
    ?.objectives.filter(({ outcome }) => outcome === 'fail')
    .map(({ expr }) => expr);
  const misses = broken === undefined ? '' : ` (${missed} misses ${broken.join(', ')})`;
  const open = trials.some(({ verdict }) => verdict === 'inconclusive')
    ? '; between them some values stay undecided with so many replications'
    : '';
  if (capacity === null) {
    return [
      name,
      ': ',
      { text: `none of ${vary.low} to ${vary.high}`, tone: 'bad' },
      `${misses}${gives}${open}`,
    ];
  }
  const reach = smallest ? 'from' : 'up to';
  const most = missed === null ? ', the end of the range' : '';
  return [name, `: ${reach} `, { text: capacity, tone: 'good' }, `${most}${misses}${gives}${open}`];
}

/** Of every limited resource: how many times its use it could carry. */
function headroom(topologies: readonly TopologyCapacity[]): readonly Block[] {
  const found = topologies.filter(topology => topology.headroom.length > 0);
  const resources = [
    ...new Set(found.flatMap(topology => topology.headroom.map(({ resource }) => resource))),
  ];
  const key: Key<TopologyCapacity> = { head: 'at the capacity', cell: ({ topology }) => topology };
  const columns = resources.map((resource): Column<TopologyCapacity> => {
    const of = (its: TopologyCapacity) => its.headroom.find(one => one.resource === resource);
    return {
      head: named(resource),
      cell: its => ratio(of(its)?.times ?? null),
      tone: its => (its.bottleneck === resource ? 'warn' : undefined),
    };
  });
  const tables = table(found, { key, groups: [{ columns }] });
  const meaning =
    'How many times what it does each resource could do; 1× is full. A burst can fill what has room in the mean.';
  return tables.length === 0 ? [] : [...tables, remark(meaning)];
}

type Row = { readonly topology: string; readonly trial?: CapacityTrial };

function trialsOf({ topology, trials }: TopologyCapacity): Row[] {
  return [{ topology }, ...trials.map(trial => ({ topology, trial }))];
}

const trialKey: Key<Row> = {
  head: 'topology',
  cell: ({ topology, trial }) => trial?.value ?? topology,
  nested: ({ trial }) => trial !== undefined,
};

const words = { pass: 'met', fail: 'missed', inconclusive: 'undecided' } as const;
const tones = { pass: 'good', fail: 'bad', inconclusive: 'warn' } as const;

const trialColumns: readonly Column<Row>[] = [
  {
    head: 'verdict',
    align: 'left',
    cell: ({ trial }) => (trial ? words[trial.verdict] : ''),
    tone: ({ trial }) => trial && tones[trial.verdict],
  },
  { head: 'replications', cell: ({ trial }) => (trial ? count(trial.replications) : '') },
  {
    head: 'objectives',
    align: 'left',
    cell: ({ trial }) => (trial ? trial.objectives.map(standing).join('; ') : ''),
  },
];

function standing({ expr, value, ci95 }: CapacityTrial['objectives'][number]): string {
  const metric = metricOf(expr);
  const format = formatOf(metric);
  const is = value === null ? noValue : format(value);
  return `${metric} ${is}${ci95 === null ? '' : ` (${between(ci95, format)})`}`;
}

/** One row per value that was tried. */
export function capacityCsv({ vary, topologies }: CapacityStudy): string {
  const head = [
    'topology',
    vary.path,
    'verdict',
    'replications',
    'objective',
    'outcome',
    'value',
    'low',
    'high',
  ];
  const rows = topologies.flatMap(({ topology, trials }) =>
    trials.flatMap(({ value, verdict, replications, objectives }) =>
      objectives.map(({ expr, outcome, value: figure, ci95 }) => [
        ...[topology, value, verdict, replications],
        ...[expr, outcome, figure, ci95?.[0], ci95?.[1]],
      ]),
    ),
  );
  return [head, ...rows]
    .map(cells => `${cells.map(cell => csvCell(String(cell ?? ''))).join(',')}\n`)
    .join('');
}
