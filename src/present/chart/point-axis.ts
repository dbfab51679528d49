/** An axis to the right with values that somebody has chosen, evenly spaced from the first to the last column. */
export interface PointAxis {
  readonly points: readonly string[];
}

/** The column of each point and how it is written. */
export function pointTicks(
  { points }: PointAxis,
  columns: number,
): readonly { column: number; label: string }[] {
  const last = Math.max(1, points.length - 1);
  return points.map((label, i) => ({ column: Math.round((i / last) * (columns - 1)), label }));
}
