/** Watching an upload changes nothing, and what it tells adds up to what became of the upload. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Replayed, replay } from '../../src/replay/replay.js';
import { Watch } from '../../src/replay/watch.js';
import { uploadStatus } from '../../src/result.js';
import { stepsOf } from '../../src/study/journey.js';
import { summarise } from '../../src/study/summary.js';
import { handMade } from '../reference/hand-made.js';
import { type RandomScenario, randomScenario } from '../reference/random-scenario.js';
import { randomlyDrawn } from '../reference/randomly.js';

const anything = fc.oneof(randomScenario(), randomlyDrawn({ ties: true }));

function run({ spec, work, horizon }: RandomScenario, watch?: Watch): Replayed {
  const options = { seed: 'watch', horizon, warmup: 0 };
  return replay(spec, handMade(work), watch === undefined ? options : { ...options, watch });
}

function bytesOf(replayed: Replayed, { spec }: RandomScenario): string {
  const { uploads, background } = replayed.recorder;
  const result = summarise(spec, replayed, background, [], null, null);
  return JSON.stringify([result, [...uploads.end], [...uploads.attempts], [...uploads.server]]);
}

describe('a watched upload', () => {
  it('leaves every byte of the result as it is without', () => {
    let watched = 0;
    fc.assert(
      fc.property(anything, fc.nat({ max: 7 }), (scenario, id) => {
        const watch = new Watch(id);
        expect(bytesOf(run(scenario, watch), scenario)).toBe(bytesOf(run(scenario), scenario));
        if (watch.attempts.length > 0) watched++;
      }),
      { numRuns: 150, seed: 71 },
    );
    expect(watched).toBeGreaterThan(50);
  });

  it('tells steps that follow each other without a gap, from its start to its end', () => {
    const seen = { succeeded: 0, failed: 0, unfinished: 0, retried: 0, aside: 0 };
    fc.assert(
      fc.property(anything, fc.nat({ max: 7 }), (scenario, id) => {
        const watch = new Watch(id);
        const replayed = run(scenario, watch);
        if (watch.upload === null) return;
        const { recorder, topology, simulation, epoch } = replayed;
        const log = recorder.uploads;
        const status = uploadStatus[log.status[watch.index]!]!;
        const start = log.start[watch.index]! + epoch;
        const end = (status === 'unfinished' ? simulation.now : log.end[watch.index]!) + epoch;
        const steps = stepsOf({
          spec: scenario.spec,
          watch,
          issuesTokens: topology.issuesTokens,
          clock: instant => instant + epoch,
          over: simulation.now,
        });
        let now = start;
        let sum = 0;
        for (const step of steps) {
          expect(step.end).toBeGreaterThanOrEqual(step.start);
          if (step.aside) continue;
          expect(step.start).toBe(now);
          now = step.end;
          sum += step.duration;
        }
        expect(now).toBe(end);
        expect(Math.abs(sum - (end - start))).toBeLessThanOrEqual(1e-12 * (1 + end));
        seen[status]++;
        if (watch.attempts.length > 1) seen.retried++;
        if (steps.some(({ aside, action }) => aside && action !== 'notifyFromStorage')) seen.aside++;
        expect(watch.attempts.filter(({ began }) => !Number.isNaN(began)).length).toBe(
          log.attempts[watch.index],
        );
      }),
      { numRuns: 1500, seed: 72 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThanOrEqual(5);
  });
});
