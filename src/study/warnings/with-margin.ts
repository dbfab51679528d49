/** A tenth more than so many seconds, in whole ones, as a scenario writes it. */
export function withMargin(seconds: number): string {
  // 1.1 x 90 is 99, not the 99.00000000000001 of binary fractions.
  return `${Math.ceil(Number((1.1 * seconds).toPrecision(12)))}s`;
}
