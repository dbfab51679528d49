/** The inside of a worker thread: makes the replications that it is asked for, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { replicate } from '../../study/replications/replication.js';
import type { Answer, Request, WorkerData } from './protocol.js';

const { scenario, wanted, shares, place } = workerData as WorkerData;
const done = new Float64Array(shares);

parentPort!.on('message', (index: Request) => {
  const steps = replicate({ scenario }, index, wanted, { aborted: false });
  for (;;) {
    const step = steps.next();
    if (step.done) {
      // The counter goes back before the answer: whoever has it must not count this replication twice.
      done[place] = 0;
      parentPort!.postMessage(step.value satisfies Answer);
      return;
    }
    done[place] = step.value.share;
  }
});
