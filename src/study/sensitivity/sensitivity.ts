/**
 * How much a figure depends on each number of a scenario: one at a time is moved down and up, all else stays
 * (Saltelli et al., Global Sensitivity Analysis, 2008, 1.2.6: the one-at-a-time design). Every point has the luck of
 * the scenario as it stands, so that a difference is the parameter's. What two changes do together it does not say.
 */
import type { Effect, Move, MovedParameter, ParameterEffects } from '../../parameter-study.js';
import { profileOf } from '../../scenario/assumptions.js';
import type { Parameter } from '../../scenario/parameters/parameters.js';
import { byStrength, effectOf, standingOf, strengthOf } from './effects.js';
import { flipsOf } from './flips.js';
import type { Observed } from './observed.js';
import type { Point, Side } from './points.js';

/** What came of a point. */
export interface Outcome {
  /** Why the scenario does not take its value; null where it does. */
  readonly refused: string | null;
  /** Those that use the parameter; none where the value was refused. */
  readonly topologies: readonly Observed[];
}

/** A point, and what came of it; null where it was not run. */
export interface Finished {
  readonly point: Point;
  readonly outcome: Outcome | null;
}

/**
 * Every parameter with what its moves have done, ranked.
 * @param base all topologies of the scenario as it stands
 */
export function ranked(
  parameters: readonly Parameter[],
  base: readonly Observed[],
  points: readonly Finished[],
  figure: string,
): readonly MovedParameter[] {
  return parameters
    .map(parameter => {
      const of = (side: Side) =>
        points.find(({ point }) => point.parameter === parameter && point.side === side);
      return moved(parameter, base, of('low'), of('high'), figure);
    })
    .sort(byStrength);
}

function moved(
  parameter: Parameter,
  base: readonly Observed[],
  low: Finished | undefined,
  high: Finished | undefined,
  figure: string,
): MovedParameter {
  const { path, value, assumption } = parameter;
  const standing = base.filter(({ topology }) => parameter.topologies.includes(topology));
  const topologies = standing.map(
    (of): ParameterEffects => ({
      topology: of.topology,
      low: effectAt(of, low),
      high: effectAt(of, high),
    }),
  );
  const strength = strengthOf(
    topologies.flatMap(effects =>
      [effects.low, effects.high]
        .filter(effect => effect !== null)
        .map(effect => ({
          effect,
          base: standingOf(standing.find(({ topology }) => topology === effects.topology)!),
        })),
    ),
  );
  return {
    path,
    label: labelOf(path),
    origin: assumption === null ? 'given' : profileOf(assumption) === null ? 'default' : 'profile',
    sourceKind: assumption?.kind ?? null,
    source: assumption?.source ?? null,
    value,
    low: moveOf(low, base, figure),
    high: moveOf(high, base, figure),
    topologies,
    strength: Number.isFinite(strength) ? strength : null,
  };
}

function effectAt(base: Observed, finished: Finished | undefined): Effect | null {
  const observed = finished?.outcome?.topologies.find(({ topology }) => topology === base.topology);
  return observed === undefined ? null : effectOf(base, observed);
}

function moveOf(finished: Finished | undefined, base: readonly Observed[], figure: string): Move | null {
  if (finished === undefined) return null;
  const { point, outcome } = finished;
  const after = base.map(own => outcome?.topologies.find(({ topology }) => topology === own.topology) ?? own);
  return {
    value: point.value,
    set: point.set,
    refused: outcome?.refused ?? null,
    flips: flipsOf(base, after, figure),
  };
}

/** What a topology may have of its own beside its options. */
const OWN = 'client|transport|server|storage|valetKey|prices|gateway|faults';
const ownPath = new RegExp(`^topologies\\.(.+?)\\.((?:${OWN})\\b.*|[^.]+)$`);

/** Short, and still what it is: `uploads.size`, `four servers: server.count`. */
function labelOf(path: string): string {
  const [, name, own] = ownPath.exec(path) ?? [];
  if (name !== undefined) return `${name}: ${own}`;
  return path.replace(/^workload\.(?:background\.)?/, '');
}
