import type { Format } from '../../readable.js';

/** An axis upwards from 0. */
export interface ValueAxis {
  readonly top: number;
  /** Rows above the one of 0. */
  readonly rows: number;
  /** Rows from one label to the next. */
  readonly rowsPerTick: number;
  readonly format: Format;
}

/**
 * An axis with 3 to 6 round steps that has room for `max` > 0.
 *
 * @param factor what a value is multiplied by where it is written: 8 for bytes that are shown as bits.
 */
export function valueAxis(max: number, format: Format, factor = 1): ValueAxis {
  const shown = max * factor;
  const power = 10 ** Math.floor(Math.log10(shown));
  const candidates = [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5].flatMap(size => {
    const step = size * power;
    // A maximum that is a round number but for an error of rounding needs no further step.
    const steps = Math.ceil(shown / step - 1e-9);
    return steps >= 3 && steps <= 6 ? [{ step, steps }] : [];
  });
  const { step, steps } = candidates.reduce((best, other) =>
    other.step * other.steps < best.step * best.steps * (1 - 1e-9) ? other : best,
  );
  const rowsPerTick = Math.max(2, Math.round(10 / steps));
  return { top: (step * steps) / factor, rows: steps * rowsPerTick, rowsPerTick, format };
}

/** Shares from nothing to all. */
export function shareAxis(format: Format): ValueAxis {
  return { top: 1, rows: 12, rowsPerTick: 3, format };
}

/** What is written beside each row, from the top; empty between labels. */
export function rowLabels({ top, rows, rowsPerTick, format }: ValueAxis): readonly string[] {
  return Array.from({ length: rows + 1 }, (_, row) =>
    (rows - row) % rowsPerTick === 0 ? format((top * (rows - row)) / rows) : '',
  );
}
