import type { Result } from '../result.js';

/** An identity that a run violated: the run is wrong. */
export interface BrokenCheck {
  readonly topology: string;
  readonly check: string;
  readonly error: number;
}

/** How many self-checks there were, and which do not hold. */
export function selfChecks(result: Result): {
  readonly total: number;
  readonly broken: readonly BrokenCheck[];
} {
  const all = result.topologies.flatMap(t => t.checks.map(check => ({ topology: t.name, check })));
  const broken = all
    .filter(({ check }) => !check.ok)
    .map(({ topology, check }) => ({ topology, check: check.name, error: check.error }));
  return { total: all.length, broken };
}

/** "valet-key: conservation of bytes (off by 0.3%)" */
export function describeBroken({ topology, check, error }: BrokenCheck): string {
  const deviation = Number.isFinite(error) ? ` (relative deviation ${error.toPrecision(2)})` : '';
  return `${topology}: ${check}${deviation}`;
}
