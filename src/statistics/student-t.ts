/**
 * Student's t distribution for whole degrees of freedom, by the finite sums of Abramowitz & Stegun, Handbook of
 * Mathematical Functions, 26.7.3 and 26.7.4: no approximation, and only `sqrt` and `atan` besides arithmetic.
 */

/**
 * P(|T| <= t) for t >= 0. With s = t / sqrt(n + t^2) = sin(theta) and c2 = n / (n + t^2) = cos(theta)^2:
 * n even: s (1 + c2/2 + c2^2 (1 3)/(2 4) + ...), n odd: 2/pi (theta + s c (1 + c2 2/3 + c2^2 (2 4)/(3 5) + ...)),
 * floor(n / 2) terms.
 */
export function centralProbability(t: number, degrees: number): number {
  requireDegrees(degrees);
  if (t === Number.POSITIVE_INFINITY) return 1;
  const root = Math.sqrt(degrees + t * t);
  const sine = t / root;
  const cosine = Math.sqrt(degrees) / root;
  const odd = degrees % 2 === 1;
  let term = 1;
  let sum = degrees === 1 ? 0 : 1;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (Math.atan(t / Math.sqrt(degrees)) + sine * cosine * sum) : sine * sum;
}

/** The t for which P(|T| <= t) = `confidence` (0 to 1, exclusive): 12.706 for 0.95 and one degree of freedom. */
export function twoSidedQuantile(confidence: number, degrees: number): number {
  requireDegrees(degrees);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`confidence ${confidence} is not between 0 and 1`);
  let low = 0;
  let high = 1;
  while (centralProbability(high, degrees) < confidence) {
    low = high;
    high *= 2;
  }
  // Bisection to neighbouring doubles: slow next to Newton's method, but it cannot fail to converge.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (centralProbability(middle, degrees) < confidence) low = middle;
    else high = middle;
  }
}

function requireDegrees(degrees: number): void {
  if (!Number.isInteger(degrees) || degrees < 1) throw new RangeError(`${degrees} degrees of freedom`);
}
