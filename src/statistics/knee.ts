/**
 * Where a curve that climbs begins to climb steeply: the point farthest below the chord between its ends when both
 * axes are scaled to 0..1 (Satopaa, Albrecht, Irwin & Raghavan, "Finding a 'Kneedle' in a Haystack", 2011, for a
 * convex increasing curve, without smoothing: simulated means are smooth enough, or have too few points to smooth).
 */

/** A curve that rises by less than this factor over its range has no knee worth naming. */
const CLIMBS = 2;

/** Index of the knee of y over x (ascending, as many of both); null where there is none. */
export function kneeOf(x: readonly number[], y: readonly number[]): number | null {
  const last = x.length - 1;
  if (last < 2) return null;
  const [low, high] = [Math.min(...y), Math.max(...y)];
  const rises = y[last] === high && high > 0 && high >= CLIMBS * Math.max(y[0]!, 0);
  if (!rises) return null;
  let knee: number | null = null;
  let most = 1e-9;
  for (let i = 1; i < last; i++) {
    const along = (x[i]! - x[0]!) / (x[last]! - x[0]!);
    const up = (y[i]! - low) / (high - low);
    if (along - up > most) {
      most = along - up;
      knee = i;
    }
  }
  return knee;
}
