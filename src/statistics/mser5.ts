/**
 * Where the start-up of a simulation ends: MSER-5 (White, An effective truncation heuristic for bias reduction in
 * simulation output, Simulation 69(6), 1997, with the batches of five of White, Cobb & Spratt, WSC 2000).
 *
 * Observations in their order are averaged in batches of five, Y_1 ... Y_m. Dropping the first d leaves a mean whose
 * squared standard error, were the rest independent, is estimated by
 *
 *     z(d) = sum over j > d of (Y_j - mean of those)^2 / (m - d)^2.
 *
 * Observations from the start-up lie far from the mean and make z large; dropping more than the start-up makes it
 * large again, for less is left. The d with the least z is where to cut. Example: 9 9 0 1 0 1 0 1 as batch means give
 * z = 1.72, 1.29, 0.042, 0.048, ...: cut off two.
 */

const BATCH = 5;

/**
 * How many of the first observations to leave out (a multiple of five). Null where the least z lies in the second
 * half of the batches, or there are fewer than ten batches: the series has not settled, or is too short to say.
 */
export function startUpLength(observations: ArrayLike<number>): number | null {
  const batches = Math.floor(observations.length / BATCH);
  if (batches < 10) return null;
  // Backwards, so that each step adds one batch to the mean and the sum of squares of those behind it (Welford).
  let mean = 0;
  let squares = 0;
  let best = Number.POSITIVE_INFINITY;
  let cut = 0;
  for (let d = batches - 1; d >= 0; d--) {
    const y = batchMean(observations, d);
    const n = batches - d;
    const step = y - mean;
    mean += step / n;
    squares += step * (y - mean);
    // A handful of batches may lie close together by chance: z says something of a mean of many only.
    if (n < 5) continue;
    const z = squares / (n * n);
    if (z <= best) {
      best = z;
      cut = d;
    }
  }
  return cut <= batches / 2 ? cut * BATCH : null;
}

function batchMean(observations: ArrayLike<number>, batch: number): number {
  let sum = 0;
  for (let i = batch * BATCH; i < (batch + 1) * BATCH; i++) sum += observations[i]!;
  return sum / BATCH;
}
