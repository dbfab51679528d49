/** Which points a study of sensitivity runs: every number of the scenario, one at a time, down and up. */
import type { LeftOut } from '../../parameter-study.js';
import type { Parameter, Parameters } from '../../scenario/parameters/parameters.js';
import type { Scenario } from '../../scenario/types.js';

export const sides = ['low', 'high'] as const;
export type Side = (typeof sides)[number];

/** One parameter moved one way. */
export interface Point {
  readonly parameter: Parameter;
  readonly side: Side;
  /** The value instead, in the form of a scenario file. */
  readonly value: string;
  /** `PATH=VALUE` of all that sets it. */
  readonly set: readonly string[];
}

/** @param by share of itself by which each value is moved */
export function pointsOf(parameters: readonly Parameter[], by: number): readonly Point[] {
  return parameters.flatMap(parameter =>
    sides.flatMap((side): Point[] => {
      const moved = parameter.scaled(side === 'low' ? 1 - by : 1 + by);
      return moved === null ? [] : [{ parameter, side, ...moved }];
    }),
  );
}

/** What is moved: prices only where the figure or an objective is about costs, of which alone they change anything. */
export function chosenFrom(
  { parameters, fixed }: Parameters,
  { slo }: Pick<Scenario, 'slo'>,
  figure: string,
): { readonly moved: readonly Parameter[]; readonly leftOut: readonly LeftOut[] } {
  const costs = [figure, ...slo.map(({ metric }) => metric)].some(metric => metric.startsWith('cost.'));
  const idle = (path: string) => !costs && isPrice(path);
  return {
    moved: parameters.filter(({ path }) => !idle(path)),
    leftOut: [
      ...fixed,
      ...parameters
        .filter(({ path }) => idle(path))
        .map(({ path, value }) => ({ path, value, reason: 'price' as const })),
    ],
  };
}

function isPrice(path: string): boolean {
  return /(?:^|\.)prices\.|\.price$/.test(path);
}
