import { ExitCode } from '../errors.js';
import type { Progress } from '../present/progress.js';
import type { Loaded } from '../study/loaded.js';
import type { Wanted } from '../study/replications/replication.js';
import { type Run, runInSteps } from '../study/run.js';

/** The longest time for which the program is deaf to Ctrl-C. */
const BREATH_MS = 40;

/**
 * Runs a scenario and lets the world in now and then: progress is shown, and Ctrl-C ends the run with what is
 * finished; a second one ends the program at once.
 */
export async function drive(loaded: Loaded, wanted: Wanted, progress: Progress): Promise<Run> {
  const stop = { aborted: false };
  const interrupt = () => {
    progress.end();
    if (stop.aborted) process.exit(ExitCode.interrupted);
    stop.aborted = true;
  };
  process.on('SIGINT', interrupt);
  try {
    const steps = runInSteps(loaded, wanted, stop);
    let breath = performance.now();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() - breath < BREATH_MS) continue;
      progress.show(step.value.topology, step.value.share);
      await new Promise(resolve => setImmediate(resolve));
      breath = performance.now();
    }
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
  }
}
