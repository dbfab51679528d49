/** A pool against a twin that keeps its queue in an array. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pool, type Waiter } from '../../src/kernel/resources/pool.js';

type Operation = { readonly kind: 'ask' | 'release' | 'leave' | 'shut' | 'reopen'; readonly which: number };

const operations = fc.array(
  fc.record({
    kind: fc.constantFrom<Operation['kind']>(
      ...['ask', 'ask', 'ask', 'release', 'release', 'leave', 'shut', 'reopen'].map(
        k => k as Operation['kind'],
      ),
    ),
    which: fc.nat(),
  }),
  { maxLength: 300, size: 'max' },
);
const capacity = fc.constantFrom(1, 2, 3, Number.POSITIVE_INFINITY);
const backlog = fc.constantFrom(0, 1, 4, Number.POSITIVE_INFINITY);

it('first come, first served; refused when full; left from any place', () => {
  fc.assert(
    fc.property(operations, capacity, backlog, (list, units, room) => {
      const told: [number, number][] = [];
      const pool = new Pool(units, room, { poolChanged: (inUse, waiting) => told.push([inUse, waiting]) });
      const granted: number[] = [];
      const expected: number[] = [];
      let inUse = 0;
      let open = true;
      const queue: { readonly name: number; readonly place: number }[] = [];
      let names = 0;
      for (const { kind, which } of list) {
        if (kind === 'ask') {
          const name = names++;
          const waiter: Waiter = { granted: from => granted.push(from === pool ? name : Number.NaN) };
          const free = inUse < units;
          expect(pool.take()).toBe(free);
          if (free) {
            inUse++;
            continue;
          }
          const place = pool.wait(waiter);
          expect(place >= 0).toBe(queue.length < room);
          if (place >= 0) queue.push({ name, place });
        } else if (kind === 'release') {
          if (inUse === 0) continue;
          pool.release();
          const next = open ? queue.shift() : undefined;
          if (next === undefined) inUse--;
          else expected.push(next.name);
        } else if (kind === 'leave') {
          if (queue.length === 0) continue;
          const [left] = queue.splice(which % queue.length, 1);
          pool.leave(left!.place);
        } else {
          open = kind === 'reopen';
          if (open) pool.reopen();
          else pool.shut();
          continue;
        }
        expect([pool.inUse, pool.waiting]).toEqual([inUse, queue.length]);
        if (told.length > 0) expect(told.at(-1)).toEqual([inUse, queue.length]);
      }
      expect(granted).toEqual(expected);
    }),
    { numRuns: 300, seed: 55 },
  );
});
