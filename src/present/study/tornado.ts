/** The bars of a tornado chart: from the middle to the right where there is more of the figure, to the left for less. */

/** What one row draws: by which share the figure moves with the value down and up; infinite where it is lost or gained. */
export interface Swing {
  readonly low: number;
  readonly high: number;
}

const DOWN = '░';
const UP = '█';

/** The furthest finite swing, to which all bars of a table are drawn. */
export function furthest(swings: readonly Swing[]): number {
  return Math.max(
    0,
    ...swings
      .flatMap(({ low, high }) => [low, high])
      .map(Math.abs)
      .filter(Number.isFinite),
  );
}

/** `width` characters: `     ░░░░│████████`; an arrow at the end of a bar that is longer than `full`. */
export function swingBar({ low, high }: Swing, full: number, width: number): string {
  const half = Math.floor((width - 1) / 2);
  const cells: string[] = Array.from({ length: 2 * half + 1 }, () => ' ');
  cells[half] = '│';
  // The shorter one over the longer one, where both go the same way.
  const bars = [
    { by: low, mark: DOWN },
    { by: high, mark: UP },
  ].sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  for (const { by, mark } of bars) {
    const share = full > 0 ? Math.abs(by) / full : Number.POSITIVE_INFINITY;
    const length = by === 0 ? 0 : Math.round(Math.min(1, share) * half);
    const step = by > 0 ? 1 : -1;
    for (let i = 1; i <= length; i++) cells[half + step * i] = mark;
    if (by !== 0 && share > 1) cells[half + step * half] = by > 0 ? '▶' : '◀';
  }
  return cells.join('').trimEnd();
}

/** Which side means what, as wide as the bars. */
export function swingHead([less, more]: readonly [string, string], width: number): string {
  const half = Math.floor((width - 1) / 2);
  return `${less.padStart(half).slice(0, half)}│${more.slice(0, half)}`;
}
