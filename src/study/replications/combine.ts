/** One topology over several replications. */
import type { CompletionCurve, SelfCheck, TopologyResult } from '../../result.js';
import type { Objective } from '../../scenario/types.js';
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
  return {
    ...figures,
    ...spread,
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
  const { quantiles, completionCurve, series, slo, byHand, checks, ci95, n, ...figures } = replication;
  return figures;
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
