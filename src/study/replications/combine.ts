/** One topology over several replications. */
import {
  type CompletionCurve,
  figureOf,
  type Incident,
  type Interval,
  type Percentiles,
  type Recovery,
  type SelfCheck,
  sharesOf,
  type TopologyResult,
} from '../../result.js';
import type { Objective } from '../../scenario/types.js';
import { meanInterval } from '../../statistics/mean-interval.js';
import { METRICS } from '../comparison.js';
import { judge } from '../objectives.js';
import { averageOf, type Spread } from './average.js';
import { averageSeries } from './average-series.js';

/** @param replications results of the same topology */
export function combine(
  replications: readonly TopologyResult[],
  objectives: readonly Objective[],
): TopologyResult {
  const [first] = replications;
  if (replications.length === 1) return { ...first!, slo: judge(objectives, replications) };
  const spread: Spread = { ci95: {}, n: {} };
  const figures = averageOf(replications.map(figuresOf), spread);
  const completion = reachedByAll(
    figures.completion,
    replications.map(replication => replication.completion),
  );
  for (const [rank, mean] of Object.entries(completion)) {
    if (mean === null) delete spread.ci95[`completion.${rank}`];
  }
  return {
    ...figures,
    ...spread,
    shares: intervalsOfShares(figures, replications),
    samples: Object.fromEntries(
      METRICS.map(metric => [metric, replications.map(replication => figureOf(replication, metric))]),
    ),
    completion,
    recovery: worstRecovery(
      figures.recovery,
      replications.map(({ recovery }) => recovery).filter(recovery => recovery !== null),
    ),
    quantiles: replications.every(({ quantiles }) => quantiles === 'exact') ? 'exact' : 'histogram',
    completionCurve: averageCurve(replications.map(({ completionCurve }) => completionCurve)),
    series: averageSeries(
      replications.map(({ series }) => series),
      replications.map(({ window }) => window[1]),
    ),
    slo: judge(objectives, replications),
    // A product of means is not the mean of products: arithmetic by hand is about one run.
    byHand: first!.byHand,
    checks: worstOf(replications.map(({ checks }) => checks)),
  };
}

/** What is averaged by the path of each figure; the rest has rules of its own. */
function figuresOf(replication: TopologyResult) {
  const { quantiles, completionCurve, series, slo, byHand, checks, ci95, shares, n, samples, ...figures } =
    replication;
  return figures;
}

/** A rank that falls on an upload that does not complete, if only in one replication, has an infinite mean. */
function reachedByAll(means: Percentiles, each: readonly Percentiles[]): Percentiles {
  const ranks = Object.keys(means) as (keyof Percentiles)[];
  const known = ranks.map(rank => [rank, each.some(one => one[rank] === null) ? null : means[rank]]);
  return Object.fromEntries(known) as unknown as Percentiles;
}

/** Where the number of arrivals differs, those of the counts do not tell them. */
function intervalsOfShares(
  figures: Parameters<typeof sharesOf>[0],
  replications: readonly TopologyResult[],
): Readonly<Record<string, Interval>> {
  const intervals = sharesOf(figures).flatMap((name): [string, Interval][] => {
    const values = replications.map(replication => figureOf(replication, name));
    const interval = meanInterval(values.filter(value => value !== null));
    return interval === null ? [] : [[name, [interval.low, interval.high]]];
  });
  return Object.fromEntries(intervals);
}

/** From the worst to the best. */
const outcomes: readonly Incident['outcome'][] = [
  'metastable',
  'cut-short',
  'overtaken',
  'recovered',
  'no-load',
];

/** Of each fault the worst that it does in any replication: a design that recovers by luck does not recover. */
function worstRecovery(mean: Recovery | null, each: readonly Recovery[]): Recovery | null {
  if (mean === null) return null;
  const incidents = mean.incidents.map((incident, i): Incident => {
    const all = each.map(recovery => recovery.incidents[i]).filter(one => one !== undefined);
    const outcome = outcomes.find(one => all.some(incident => incident.outcome === one))!;
    return { ...incident, outcome, time: all.some(({ time }) => time === null) ? null : incident.time };
  });
  const known = each.map(({ metastable }) => metastable).filter(one => one !== null);
  return {
    ...mean,
    time: each.some(({ time }) => time === null) ? null : mean.time,
    metastable: known.length === 0 ? null : known.includes(true),
    incidents,
  };
}

/** A point that some replications never reach has no mean: their time is infinite. */
function averageCurve(curves: readonly CompletionCurve[]): CompletionCurve {
  const { share } = curves[0]!;
  const seconds = share.map((_, i) => {
    const reached = curves.map(curve => curve.seconds[i]!).filter(value => value !== null);
    return reached.length < curves.length
      ? null
      : reached.reduce((sum, value) => sum + value, 0) / curves.length;
  });
  return { share, seconds };
}

/** Each identity as it held in the replication in which it held worst. */
function worstOf(replications: readonly (readonly SelfCheck[])[]): readonly SelfCheck[] {
  return replications[0]!.map((_, i) =>
    replications
      .map(checks => checks[i]!)
      .reduce((worst, check) => (check.error > worst.error ? check : worst)),
  );
}
