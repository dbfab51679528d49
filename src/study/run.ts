import type { Origin, PrecisionReached, Result, UploadTable } from '../result.js';
import { version } from '../version.js';
import { breakEvens } from './break-even.js';
import { compareTopologies } from './comparison.js';
import type { Loaded, Ready } from './loaded.js';
import { combine } from './replications/combine.js';
import {
  foreseen,
  isEnough,
  once,
  type Plan,
  type PrecisionGoal,
  relativeHalfWidth,
  runsByTopology,
  valuesOf,
} from './replications/plan.js';
import { type Replication, replicate, type Wanted } from './replications/replication.js';
import type { RunProgress, Stop } from './replications/work.js';
import { warmedUp, withWarmup } from './steady/warm-up.js';

export interface Run {
  readonly result: Result;
  readonly uploads: readonly UploadTable[];
  /** Why there are fewer replications than planned, where nobody has asked to stop. */
  readonly failure: Error | null;
}

/** Runs a scenario as often as planned. */
export function runScenario(loaded: Loaded, wanted: Wanted = { uploads: true }, plan: Plan = once): Run {
  const steps = runInSteps(loaded, wanted, { aborted: false }, plan);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, pausing now and then, so that a caller can show progress or give up. A run that was given up keeps the
 * replications that are finished, or of the first one its topologies, and its result says what is missing.
 */
export function* runInSteps(
  loaded: Loaded,
  wanted: Wanted,
  stop: Stop,
  plan: Plan = once,
): Generator<RunProgress, Run, void> {
  const { slo } = loaded.scenario;
  const ready = yield* warmedUp(loaded, stop);
  if (ready === null) return givenUp(loaded, plan);
  const replications: Replication[] = [];
  while (!isEnough(plan, slo, replications)) {
    const steps = replicate(ready, replications.length, wanted, stop);
    const total = foreseen(plan, replications);
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      yield { ...step.value, share: (replications.length + step.value.share) / total };
    }
    replications.push(step.value);
    if (stop.aborted && !isWhole(step.value, loaded)) break;
  }
  return runOf(ready, replications, plan, wanted.baseline);
}

/** Nothing, where not even the pilot was finished that looks for the warm-up. */
export function givenUp(loaded: Loaded, plan: Plan): Run {
  return runOf(withWarmup(loaded, 0), [], plan);
}

/** The result of replications in the order of their numbers; the last one may have been given up. */
export function runOf(
  loaded: Ready,
  all: readonly Replication[],
  plan: Plan,
  baseline?: string | undefined,
): Run {
  const { scenario } = loaded;
  const whole = all.filter(replication => isWhole(replication, loaded));
  const kept = whole.length > 0 ? whole : all.slice(0, 1);
  const byTopology = runsByTopology(kept);
  const topologies = byTopology.map(runs => combine(runs, scenario.slo));
  const issuers = new Set(topologies.filter(t => t.timeToToken !== null).map(t => t.name));
  const missing = scenario.topologies.slice(topologies.length).map(spec => spec.name);
  const finished = missing.length === 0 && isEnough(plan, scenario.slo, whole);
  const result: Result = {
    format: 'valet-sim/result@1',
    version,
    scenario: {
      name: scenario.name,
      file: loaded.file,
      sha256: loaded.sha256,
      resolved: loaded.resolved,
    },
    seed: scenario.seed,
    replications: kept.length,
    partial: finished ? null : { missing, replications: plan.most },
    precision: plan.precision && precisionOf(plan.precision, kept),
    origin: originOf(loaded, plan, baseline),
    warmup: loaded.warmup,
    topologies,
    comparison: compareTopologies(
      kept.map((_, r) => byTopology.map(runs => runs[r]!)),
      baseline,
    ),
    warnings: [...loaded.warnings, ...(kept[0]?.warnings ?? [])],
    assumptions: loaded.assumptions,
    breakEven: missing.length === 0 ? breakEvens(scenario, name => issuers.has(name)) : [],
  };
  return { result, uploads: inOrder(kept), failure: null };
}

function originOf({ origin }: Loaded, plan: Plan, baseline: string | undefined): Origin | null {
  if (origin === undefined) return null;
  const { most, precision, untilDecided } = plan;
  return { ...origin, replications: most, precision, untilDecided, baseline: baseline ?? null };
}

function isWhole({ topologies }: Replication, { scenario }: Loaded): boolean {
  return topologies.length === scenario.topologies.length;
}

/** By topology, then by replication. */
function inOrder(replications: readonly Replication[]): readonly UploadTable[] {
  const count = replications[0]?.uploads.length ?? 0;
  return Array.from({ length: count }, (_, i) => replications.map(({ uploads }) => uploads[i]!)).flat();
}

function precisionOf({ figure, halfWidth }: PrecisionGoal, kept: readonly Replication[]): PrecisionReached {
  const widths = runsByTopology(kept).map(
    runs => [runs[0]!.name, relativeHalfWidth(valuesOf(runs, figure))] as const,
  );
  return {
    figure,
    wanted: halfWidth,
    halfWidths: Object.fromEntries(widths),
    reached: widths.every(([, width]) => width !== null && width <= halfWidth),
  };
}
