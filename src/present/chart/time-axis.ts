/** An axis to the right, in seconds. */
export interface TimeAxis {
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
}

/** A time and how it is written. */
export interface Tick {
  readonly seconds: number;
  readonly label: string;
}

interface Unit {
  readonly name: string;
  readonly size: number;
  /** Round numbers of this unit, below the next. */
  readonly round: readonly number[];
}

const decimal = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const sixty = [1, 2, 5, 10, 20, 30];
const units: readonly Unit[] = [
  { name: 'ns', size: 1e-9, round: decimal },
  { name: 'µs', size: 1e-6, round: decimal },
  { name: 'ms', size: 1e-3, round: decimal },
  { name: 's', size: 1, round: sixty },
  { name: 'min', size: 60, round: sixty },
  { name: 'h', size: 3600, round: [1, 2, 3, 6, 12] },
  { name: 'd', size: 86_400, round: [...decimal, 1000, 2000, 5000, 10_000, 20_000, 50_000] },
];
const rounds = units.flatMap(unit =>
  unit.round.map(amount => ({ unit, amount, seconds: amount * unit.size })),
);

/** Columns that part one label from the next. */
const gap = 2;

/** The left edge of a column, in seconds; `columns` is the right edge of all. */
export function edgeOf({ from, to, log }: TimeAxis, column: number, columns: number): number {
  const share = column / columns;
  return log ? from * (to / from) ** share : from + share * (to - from);
}

/** The column in which an instant lies. */
export function columnOf({ from, to, log }: TimeAxis, seconds: number, columns: number): number {
  const share = log ? Math.log(seconds / from) / Math.log(to / from) : (seconds - from) / (to - from);
  // An edge belongs to the column that begins there, whatever rounding made of it.
  return Math.floor(share * columns + 1e-9);
}

/** As many round numbers as have room for their labels. */
export function ticks(axis: TimeAxis, columns: number): readonly Tick[] {
  return axis.log ? logTicks(axis, columns) : linearTicks(axis, columns);
}

function linearTicks({ from, to }: TimeAxis, columns: number): readonly Tick[] {
  for (const { unit, amount, seconds: step } of rounds) {
    const first = Math.ceil(from / step - 1e-9);
    const last = Math.floor(to / step + 1e-9);
    // More than fit in any case are not even counted.
    if (last - first > columns) continue;
    const list = Array.from({ length: last - first + 1 }, (_, i) => ({
      seconds: (first + i) * step,
      label: `${grouped.format((first + i) * amount)} ${unit.name}`,
    }));
    const widest = Math.max(0, ...list.map(({ label }) => label.length));
    if (widest + gap <= (step / (to - from)) * columns) return list;
  }
  return [];
}

function logTicks(axis: TimeAxis, columns: number): readonly Tick[] {
  const kept: Tick[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const { unit, amount, seconds } of rounds) {
    if (seconds < axis.from * (1 - 1e-9) || seconds > axis.to) continue;
    const label = `${grouped.format(amount)} ${unit.name}`;
    const begin = columnOf(axis, seconds, columns) - Math.floor(label.length / 2);
    if (begin < free) continue;
    kept.push({ seconds, label });
    free = begin + label.length + gap;
  }
  return kept;
}

/** The largest round number that is at most so many seconds. */
export function roundBelow(seconds: number): number {
  return rounds.findLast(round => round.seconds <= seconds)?.seconds ?? seconds;
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
