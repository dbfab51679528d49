/** Two results, topology by topology: what a change of the scenario has done, or another version. */
import type { MetricPair, Side, SideBySide } from '../parameter-study.js';
import { figureOf, type Interval, type Result, type TopologyResult } from '../result.js';
import { meanInterval } from '../statistics/mean-interval.js';
import { welchInterval } from '../statistics/welch.js';
import { version } from '../version.js';
import { countsLostWork, keepsWork, METRICS } from './comparison.js';
import { ratio } from './figures.js';

export interface Named {
  readonly file: string;
  readonly result: Result;
}

export function sideBySide(a: Named, b: Named): SideBySide {
  const matches = matchesOf(a.result.topologies, b.result.topologies);
  // Replications of the same seed have met the same luck, number by number.
  const shares = a.result.seed === b.result.seed && a.result.replications === b.result.replications;
  const matched = (side: 0 | 1) => matches.map(pair => pair[side].name);
  return {
    format: 'valet-sim/compare@1',
    version,
    a: sideOf(a),
    b: sideOf(b),
    pairs: matches.map(([first, second]) => ({
      topologies: [first.name, second.name],
      metrics: METRICS.map(metric => compare(metric, first, second, shares)),
    })),
    unmatched: {
      a: a.result.topologies.map(({ name }) => name).filter(name => !matched(0).includes(name)),
      b: b.result.topologies.map(({ name }) => name).filter(name => !matched(1).includes(name)),
    },
  };
}

type Pair = readonly [TopologyResult, TopologyResult];

/** Those of the same name; the only ones of both, whatever they are called. */
function matchesOf(a: readonly TopologyResult[], b: readonly TopologyResult[]): readonly Pair[] {
  if (a.length === 1 && b.length === 1) return [[a[0]!, b[0]!]];
  return a.flatMap((first): Pair[] => {
    const second = b.find(({ name }) => name === first.name);
    return second === undefined ? [] : [[first, second]];
  });
}

function sideOf({ file, result: { scenario, seed, replications } }: Named): Side {
  return { file, name: scenario.name, sha256: scenario.sha256, seed, replications };
}

function compare(metric: string, first: TopologyResult, second: TopologyResult, shares: boolean): MetricPair {
  const [a, b] = [figureOf(first, metric), figureOf(second, metric)];
  const comparable =
    a !== null && b !== null && (countsLostWork(metric) || (keepsWork(first) && keepsWork(second)));
  const [own, other] = [wholeSample(first, metric), wholeSample(second, metric)];
  const paired = shares && own !== null && other !== null;
  return {
    metric,
    a,
    b,
    ratio: comparable ? ratio(b, a) : null,
    difference: comparable ? b - a : null,
    ci95: comparable && own !== null && other !== null ? intervalOf(own, other, paired) : null,
    paired: paired && comparable,
  };
}

/** The figure in every replication; null where there is one only, or one that lacks it. */
function wholeSample({ samples }: TopologyResult, metric: string): readonly number[] | null {
  const values = samples?.[metric] ?? [];
  const known = values.filter(value => value !== null);
  return known.length < 2 || known.length < values.length ? null : known;
}

function intervalOf(own: readonly number[], other: readonly number[], paired: boolean): Interval | null {
  const interval = paired
    ? meanInterval(other.map((value, r) => value - own[r]!))
    : welchInterval(own, other);
  return interval && [interval.low, interval.high];
}
