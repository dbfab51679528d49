/** The inside of a worker thread: runs the points that it is asked for, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Replication, replicate } from '../../study/replications/replication.js';
import { observe } from '../../study/sensitivity/observed.js';
import type { PointAnswer, PointRequest, PointWorkerData } from './point-protocol.js';

const { shares, place } = workerData as PointWorkerData;
const done = new Float64Array(shares);

parentPort!.on('message', ({ scenario, replications: count, figure }: PointRequest) => {
  const replications: Replication[] = [];
  while (replications.length < count) {
    const steps = replicate({ scenario }, replications.length, { uploads: false }, { aborted: false });
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      done[place] = (replications.length + step.value.share) / count;
    }
    replications.push(step.value);
  }
  // The counter goes back before the answer: whoever has it must not count this point twice.
  done[place] = 0;
  parentPort!.postMessage(observe(replications, figure, scenario.slo) satisfies PointAnswer);
});
