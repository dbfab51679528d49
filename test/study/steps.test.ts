import { expect, test } from 'vitest';
import { runInSteps, runScenario } from '../../src/study/run.js';
import { parseText } from '../theory/scenario-text.js';

const loaded = {
  ...parseText({
    name: 'in steps',
    workload: {
      uploads: { arrivals: { count: 20_000, over: '1m' }, size: { uniform: ['1MB', '2MB'] } },
      background: [{ name: 'GET /', arrivals: { rate: '20/s', for: '1m' } }],
    },
    topologies: ['proxy-streaming', 'valet-key'],
  }),
  file: 'steps.yaml',
  sha256: '',
};

test('a run in steps gives the bytes of a run at once, and its progress grows to the end', () => {
  const steps = runInSteps(loaded, { uploads: true }, { aborted: false });
  const shares: number[] = [];
  const topologies = new Set<string>();
  for (;;) {
    const step = steps.next();
    if (step.done) {
      expect(JSON.stringify(step.value)).toBe(JSON.stringify(runScenario(loaded)));
      break;
    }
    shares.push(step.value.share);
    topologies.add(step.value.topology);
  }
  expect([...topologies]).toEqual(['proxy-streaming', 'valet-key']);
  expect(shares.length).toBeGreaterThan(4);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.3);
  expect(shares.at(-1)).toBeGreaterThan(0.8);
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});

test('a run that is given up keeps the topologies that are finished, unchanged, and names the others', () => {
  const stop = { aborted: false };
  const steps = runInSteps(loaded, { uploads: true }, stop);
  for (;;) {
    const step = steps.next();
    if (step.done) {
      const { result, uploads } = step.value;
      const whole = runScenario(loaded).result;
      expect(result.partial).toEqual({ missing: ['valet-key'], replications: 1 });
      expect(whole.partial).toBeNull();
      expect(result.topologies).toEqual(whole.topologies.slice(0, 1));
      expect(result.comparison).toEqual([]);
      expect(uploads.map(table => table.topology)).toEqual(['proxy-streaming']);
      break;
    }
    stop.aborted = step.value.topology === 'valet-key';
  }
});

test('one that is given up at once has nothing', () => {
  const steps = runInSteps(loaded, { uploads: false }, { aborted: true });
  expect(steps.next().done).toBe(false);
  const { value } = steps.next();
  expect(value).toMatchObject({
    result: { topologies: [], partial: { missing: ['proxy-streaming', 'valet-key'], replications: 1 } },
  });
});
