/** Puts the results of a parameter study together. */
import type { Sweep, SweepPoint, SweptTopology } from '../../parameter-study.js';
import { figureOf, type Result, type TopologyResult } from '../../result.js';
import { kneeOf } from '../../statistics/knee.js';
import { bottleneckOf } from './bottleneck.js';
import type { Point, Variation } from './range.js';

/** Every combination of the values, the last field varying fastest. */
export function gridOf(variations: readonly Variation[]): readonly (readonly Point[])[] {
  return variations.reduce<readonly (readonly Point[])[]>(
    (grid, { points }) => grid.flatMap(row => points.map(point => [...row, point])),
    [[]],
  );
}

/** What is kept of a result at a point. */
export function pointOf(values: readonly string[], { replications, topologies }: Result): SweepPoint {
  return { values, replications, topologies: topologies.map(swept) };
}

function swept(topology: TopologyResult): SweptTopology {
  const { series, completionCurve, byHand, checks, samples, ...figures } = topology;
  return { ...figures, bottleneck: bottleneckOf(topology) };
}

/** Where the figure begins to climb, for each topology; of one varied field only, whose values are numbers. */
export function kneesOf(
  variations: readonly Variation[],
  points: readonly SweepPoint[],
  figure: string,
): Sweep['knees'] {
  const [variation, ...others] = variations;
  const names = points[0]?.topologies.map(({ name }) => name) ?? [];
  if (variation === undefined || others.length > 0) return [];
  const byText = new Map(variation.points.map(({ text, value }) => [text, value]));
  return names.map(topology => {
    const known = points
      .map(({ values, topologies }) => ({
        text: values[0]!,
        x: byText.get(values[0]!) ?? null,
        y: figureOf(topologies.find(({ name }) => name === topology)!, figure),
      }))
      .filter((at): at is { text: string; x: number; y: number } => at.x !== null && at.y !== null)
      .sort((a, b) => a.x - b.x);
    const along = known.map(({ x }) => (variation.log ? Math.log(x) : x));
    const knee = kneeOf(
      along,
      known.map(({ y }) => y),
    );
    return { topology, value: knee === null ? null : known[knee]!.text };
  });
}
