/** Workers that die: nothing finished is lost, and nobody waits for the dead. */
import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import type { Replication } from '../../src/study/replications/replication.js';
import { parseText } from '../theory/scenario-text.js';

/** Numbers whose worker dies, and how often. */
const deadly = new Map<number, number>();
const made: number[] = [];

/** Stands in for a thread: answers at once, or dies of what it is asked. */
class FakeWorker extends EventEmitter {
  terminated = false;
  postMessage(index: number): void {
    made.push(index);
    setImmediate(() => {
      if (this.terminated) return;
      const lives = deadly.get(index) ?? 0;
      if (lives === 0) {
        this.emit('message', { index, topologies: [], uploads: [], warnings: [] } satisfies Replication);
        return;
      }
      deadly.set(index, lives - 1);
      this.emit('error', new Error(`out of memory in ${index}`));
      this.emit('exit', 1);
    });
  }
  async terminate(): Promise<number> {
    this.terminated = true;
    return 0;
  }
}

vi.mock('node:worker_threads', () => ({ Worker: FakeWorker }));
const { Crew } = await import('../../src/commands/parallel/crew.js');

const { scenario } = parseText({
  name: 'any',
  workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '1MB' } },
});

afterEach(() => {
  deadly.clear();
  made.length = 0;
});

const timed = { ...scenario, warmup: 0, pilot: null };

function crewOf(size: number, most: number) {
  return new Crew(size, timed, { uploads: false }, list => list.length >= most, most);
}

const numbers = (replications: readonly Replication[]) => replications.map(({ index }) => index);

test('a replication whose worker dies is made by another', async () => {
  deadly.set(2, 1);
  const { replications, failure } = await crewOf(3, 6).work(new AbortController().signal);
  expect(failure).toBeNull();
  expect(numbers(replications)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(made.filter(index => index === 2)).toHaveLength(2);
});

test('one that kills every worker ends the work, with what is finished before it', async () => {
  deadly.set(2, 100);
  const { replications, failure } = await crewOf(2, 6).work(new AbortController().signal);
  expect(failure?.message).toBe('out of memory in 2');
  expect(numbers(replications)).toEqual([0, 1]);
});

test('a signal ends it with what counts so far', async () => {
  const stop = new AbortController();
  const crew = new Crew(
    2,
    timed,
    { uploads: false },
    list => {
      if (list.length === 3) stop.abort();
      return false;
    },
    1000,
  );
  const { replications, failure } = await crew.work(stop.signal);
  expect(failure).toBeNull();
  expect(numbers(replications).slice(0, 3)).toEqual([0, 1, 2]);
  expect(replications.length).toBeLessThan(1000);
});

test('no more are made than can be wanted', async () => {
  await crewOf(4, 5).work(new AbortController().signal);
  expect(made.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});
