import { ExitCode } from '../errors.js';
import { formatOf, metricOf } from '../present/metrics.js';
import type { Notices } from '../present/notices.js';
import { clean } from '../present/terminal/text.js';
import { describeBroken, selfChecks } from '../present/trust.js';
import type { ObjectiveResult, Result } from '../result.js';

/** The exit status that results deserve, with the reason on standard error where it is not 0. */
export function judge(results: readonly Result[], notices: Notices): ExitCode {
  const broken = results.flatMap(brokenChecks);
  const missed = results.flatMap(result => objectives(result, 'fail', 'missed'));
  const undecided = results.flatMap(result => objectives(result, 'inconclusive', 'undecided'));
  for (const line of [...broken, ...missed, ...undecided]) notices.alert(line);
  // A wrong result cannot say whether an objective was met.
  if (broken.length > 0) return ExitCode.internal;
  if (missed.length > 0) return ExitCode.objectiveMissed;
  return undecided.length > 0 ? ExitCode.undecided : ExitCode.ok;
}

function brokenChecks(result: Result): string[] {
  const { broken } = selfChecks(result);
  return broken.map(
    b =>
      `self-check failed: ${clean(result.scenario.name)}: ${clean(describeBroken(b))}; do not trust this result, please report it`,
  );
}

function objectives(result: Result, outcome: ObjectiveResult['outcome'], word: string): string[] {
  return result.topologies.flatMap(topology =>
    topology.slo
      .filter(objective => objective.outcome === outcome)
      .map(objective => {
        const { expr } = objective;
        return `objective ${word}: ${clean(result.scenario.name)}: ${clean(topology.name)}: ${clean(expr)} (${standing(objective)})`;
      }),
  );
}

function standing({ expr, value, ci95, reason }: ObjectiveResult): string {
  if (reason === 'no-steady-state') return 'there is no steady state';
  if (value === null) return 'there is no value';
  const format = formatOf(metricOf(expr));
  const interval = ci95 === null ? '' : `, 95% interval ${format(ci95[0])} to ${format(ci95[1])}`;
  return `it is ${format(value)}${interval}`;
}
