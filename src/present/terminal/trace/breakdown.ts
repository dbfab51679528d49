import { type Journey, type Phase, phases } from '../../../journey.js';
import { bytes, duration } from '../../../readable.js';
import { type Column, table } from '../../document/table.js';
import { clean } from '../text.js';
import { clip } from '../width.js';
import type { Grid } from './grid.js';
import { type Palette, printed, smallPrint } from './palette.js';

/** Columns that the name of a topology may take over its figures. */
const longestName = 24;

const names: Readonly<Record<Phase, string>> = {
  connecting: 'TCP, TLS, preflight',
  messages: 'requests and answers',
  waiting: 'waiting in queues',
  server: "the servers' work",
  slowStart: 'TCP slow start',
  bytes: 'moving the bytes',
  storage: 'storage commits',
  client: 'client keeps its URL',
  backOff: 'backing off',
};

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isSum: boolean;
}

/** Where the time goes: one column for each topology, adding up to its latency to the last digit. */
export function breakdown(journeys: readonly Journey[], grid: Grid, theme: Palette): string[] {
  const sums = journeys.map(journey => sumsOf(journey, grid));
  const told = phases.filter(phase => sums.some(sum => sum[phase] > 0));
  const rows: Row[] = [
    ...told.map(phase =>
      row(
        names[phase],
        sums.map(sum => grid.write(sum[phase])),
      ),
    ),
    {
      ...row(
        'in all: latency',
        journeys.map(journey => total(journey, grid)),
      ),
      isSum: true,
    },
    row(
      'on a server thread',
      journeys.map(({ held }) => duration(held.thread)),
    ),
    row(
      'most server memory',
      journeys.map(({ held }) => bytes(held.memory)),
    ),
    row('file bytes via servers', journeys.map(throughServers)),
  ];
  const key: Column<Row> = { head: 'seconds', cell: ({ name }) => name, tone };
  const columns = journeys.map(
    ({ topology }, i): Column<Row> => ({
      head: clip(clean(topology), longestName),
      cell: ({ cells }) => cells[i]!,
      tone,
    }),
  );
  const groups = columns.map(column => ({ columns: [column] }));
  return [
    theme.bold('Where the time goes'),
    '',
    ...printed(table(rows, { key, groups }), theme),
    ...unfinished(journeys, theme),
  ];
}

const row = (name: string, cells: readonly string[]): Row => ({ name, cells, isSum: false });
const tone = ({ isSum }: Row) => (isSum ? ('bold' as const) : undefined);

function sumsOf(journey: Journey, grid: Grid): Record<Phase, number> {
  const sums = Object.fromEntries(phases.map(phase => [phase, 0])) as Record<Phase, number>;
  for (const step of journey.steps) if (!step.aside) sums[step.phase] += grid.lengthOf(journey, step);
  return sums;
}

function total(journey: Journey, grid: Grid): string {
  return journey.end === null ? 'unfinished' : grid.write(grid.at(journey, journey.end));
}

function throughServers({ steps }: Journey): string {
  const isThere = (place: string) => !['client', 'gateway', 'storage'].includes(place);
  const moved = steps.filter(
    ({ type, to, through }) => type === 'bytes' && (isThere(to) || through !== null),
  );
  return bytes(moved.reduce((sum, step) => sum + (step.bytes ?? 0), 0));
}

function unfinished(journeys: readonly Journey[], theme: Palette): string[] {
  if (journeys.every(({ end }) => end !== null)) return [];
  return smallPrint('Where it is unfinished, the phases add up to the time until the horizon.', theme);
}
