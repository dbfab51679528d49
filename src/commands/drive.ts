import { ExitCode } from '../errors.js';
import type { Progress } from '../present/progress.js';
import type { Loaded } from '../study/loaded.js';
import { foreseen, isEnough, once, type Plan } from '../study/replications/plan.js';
import type { Wanted } from '../study/replications/replication.js';
import type { RunProgress } from '../study/replications/work.js';
import { givenUp, type Run, runInSteps, runOf } from '../study/run.js';
import { warmedUp } from '../study/steady/warm-up.js';
import { Crew } from './parallel/crew.js';

/** The longest time for which the program is deaf to Ctrl-C. */
const BREATH_MS = 40;

/** How a scenario is to be run. */
export interface Course {
  readonly plan: Plan;
  /** Worker threads, at most. */
  readonly jobs: number;
}

/**
 * Runs a scenario and lets the world in now and then: progress is shown, and Ctrl-C ends the run with what is
 * finished; a second one ends the program at once.
 */
export async function drive(
  loaded: Loaded,
  wanted: Wanted,
  progress: Progress,
  { plan, jobs }: Course = { plan: once, jobs: 1 },
): Promise<Run> {
  const stop = new AbortController();
  const interrupt = () => {
    progress.end();
    if (stop.signal.aborted) process.exit(ExitCode.interrupted);
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    const workers = Math.min(jobs, plan.most);
    return workers > 1
      ? await sideBySide(loaded, wanted, progress, plan, workers, stop.signal)
      : await oneByOne(loaded, wanted, progress, plan, stop.signal);
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
  }
}

async function oneByOne(
  loaded: Loaded,
  wanted: Wanted,
  progress: Progress,
  plan: Plan,
  signal: AbortSignal,
): Promise<Run> {
  return paced(runInSteps(loaded, wanted, signal, plan), progress);
}

/** Goes through the steps and lets the world in between them. */
export async function paced<Outcome>(
  steps: Generator<RunProgress, Outcome, void>,
  progress: Progress,
): Promise<Outcome> {
  let breath = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - breath < BREATH_MS) continue;
    progress.show(step.value.topology, step.value.share);
    await new Promise(resolve => setImmediate(resolve));
    breath = performance.now();
  }
}

async function sideBySide(
  loaded: Loaded,
  wanted: Wanted,
  progress: Progress,
  plan: Plan,
  workers: number,
  signal: AbortSignal,
): Promise<Run> {
  // Before the workers are there: all of them leave out the same.
  const ready = await paced(warmedUp(loaded, signal), progress);
  if (ready === null) return givenUp(loaded, plan);
  const { scenario } = ready;
  const crew = new Crew(workers, scenario, wanted, list => isEnough(plan, scenario.slo, list), plan.most);
  const looking = setInterval(() => {
    const share = Math.min(1, crew.done / foreseen(plan, crew.replications));
    progress.show(`${crew.replications.length} replications, ${workers} workers`, share);
  }, BREATH_MS);
  try {
    const { replications, failure } = await crew.work(signal);
    if (failure !== null && replications.length === 0) throw failure;
    return { ...runOf(ready, replications, plan, wanted.baseline), failure };
  } finally {
    clearInterval(looking);
  }
}
