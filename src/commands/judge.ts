import { ExitCode } from '../errors.js';
import { formatOf, metricOf } from '../present/metrics.js';
import type { Notices } from '../present/notices.js';
import { clean } from '../present/terminal/text.js';
import { describeBroken, selfChecks } from '../present/trust.js';
import type { Result } from '../result.js';

/** The exit status that results deserve, with the reason on standard error where it is not 0. */
export function judge(results: readonly Result[], notices: Notices): ExitCode {
  const broken = results.flatMap(brokenChecks);
  const missed = results.flatMap(missedObjectives);
  for (const line of [...broken, ...missed]) notices.alert(line);
  // A wrong result cannot say whether an objective was met.
  if (broken.length > 0) return ExitCode.internal;
  return missed.length > 0 ? ExitCode.objectiveMissed : ExitCode.ok;
}

function brokenChecks(result: Result): string[] {
  const { broken } = selfChecks(result);
  return broken.map(
    b =>
      `self-check failed: ${clean(result.scenario.name)}: ${clean(describeBroken(b))}; do not trust this result, please report it`,
  );
}

function missedObjectives(result: Result): string[] {
  return result.topologies.flatMap(topology =>
    topology.slo
      .filter(objective => !objective.ok)
      .map(({ expr, value }) => {
        const is = value === null ? 'there is no value' : `it is ${formatOf(metricOf(expr))(value)}`;
        return `objective missed: ${clean(result.scenario.name)}: ${clean(topology.name)}: ${clean(expr)} (${is})`;
      }),
  );
}
