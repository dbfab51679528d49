import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SlidingCount } from '../../src/kernel/resources/sliding-count.js';

it('counts what lies in (now - window, now]', () => {
  const count = new SlidingCount(10);
  count.add(0);
  count.add(0);
  count.add(4);
  expect([count.at(4), count.at(9.999), count.at(10), count.at(13.9), count.at(14)]).toEqual([3, 3, 1, 1, 0]);
  count.add(14);
  expect(count.at(14)).toBe(1);
});

it('agrees with counting them all', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(0, 0, 0.5, 1, 7), fc.boolean()), { maxLength: 400 });
  fc.assert(
    fc.property(steps, fc.constantFrom(0.5, 3, 20), (all, window) => {
      const count = new SlidingCount(window);
      const added: number[] = [];
      let now = 0;
      for (const [gap, adds] of all) {
        now += gap;
        if (adds) {
          count.add(now);
          added.push(now);
        }
        expect(count.at(now)).toBe(added.filter(time => time > now - window).length);
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

it('forgets what has left the window', () => {
  const count = new SlidingCount(5);
  for (let now = 0; now < 20_000; now++) {
    count.add(now);
    expect(count.at(now)).toBe(Math.min(now + 1, 5));
  }
});
