/** The event queue against an array that is sorted anew each time. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Calendar, type Scheduled } from '../../src/kernel/calendar.js';

interface Entry {
  readonly name: number;
  readonly time: number;
  readonly order: number;
  readonly handle: number;
}

type Operation =
  | { readonly kind: 'schedule'; readonly time: number }
  | { readonly kind: 'first'; readonly time: number; readonly order: number }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'pop' };

/** Few different times, so that ties are the rule. */
const time = fc.oneof(fc.nat({ max: 5 }), fc.double({ min: 0, max: 10, noNaN: true }), fc.constant(Infinity));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('schedule' as const), time }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('first' as const),
      time,
      order: fc.integer({ min: -9, max: -1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
);

it('events come out in the order (time, sequence), whatever is cancelled', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 400, size: 'max' }), operations => {
      const calendar = new Calendar();
      const fired: number[] = [];
      let twin: Entry[] = [];
      let names = 0;
      const add = (at: number, order: number | undefined) => {
        const name = names++;
        const target: Scheduled = { fire: () => fired.push(name) };
        const sequence = order ?? calendar.nextSequence() + 1;
        const handle =
          order === undefined ? calendar.schedule(at, target) : calendar.schedule(at, target, order);
        twin.push({ name, time: at, order: sequence, handle });
        // Two that were told to come first with the same number have no order of their own: leave the second out.
        if (order !== undefined && twin.some(e => e.name !== name && e.order === order)) {
          calendar.cancel(handle);
          twin.pop();
        }
      };
      const pop = () => {
        twin.sort((a, b) => (a.time === b.time ? a.order - b.order : a.time - b.time));
        const expected = twin.shift()!;
        expect(calendar.nextTime).toBe(expected.time);
        expect(calendar.nextOrder).toBe(expected.order);
        calendar.fireNext();
        expect(fired.at(-1)).toBe(expected.name);
      };
      for (const op of operations) {
        if (op.kind === 'schedule') add(op.time, undefined);
        else if (op.kind === 'first') add(op.time, op.order);
        else if (twin.length === 0) continue;
        else if (op.kind === 'pop') pop();
        else {
          const entry = twin[op.which % twin.length]!;
          calendar.cancel(entry.handle);
          twin = twin.filter(other => other !== entry);
        }
      }
      while (twin.length > 0) pop();
      expect(calendar.nextTime).toBe(Infinity);
    }),
    { numRuns: 300, seed: 51 },
  );
});

it('equal times are first come, first served, in their thousands', () => {
  const calendar = new Calendar();
  const fired: number[] = [];
  for (let name = 0; name < 5000; name++) calendar.schedule(1, { fire: () => fired.push(name) });
  for (let name = 0; name < 5000; name++) calendar.fireNext();
  expect(fired).toEqual(Array.from({ length: 5000 }, (_, name) => name));
});

it('sequence numbers that are given away lie between those of events', () => {
  const calendar = new Calendar();
  const event = { fire: () => {} };
  calendar.schedule(1, event);
  const own = calendar.nextSequence();
  expect(calendar.nextOrder).toBeLessThan(own);
  calendar.fireNext();
  calendar.schedule(1, event);
  expect(calendar.nextOrder).toBeGreaterThan(own);
});

it('an event that is repeated as it fires keeps its handle, and comes after those set before', () => {
  const calendar = new Calendar();
  const fired: string[] = [];
  const note = (name: string) => ({ fire: () => fired.push(name) });
  let rounds = 0;
  const handle = calendar.schedule(1, {
    fire(event) {
      fired.push(`round ${rounds}`);
      expect(event).toBe(handle);
      calendar.schedule(2, note(`set in round ${rounds}`));
      if (++rounds < 3) calendar.repeat(event, 2);
    },
  });
  calendar.schedule(2, note('set before'));
  for (let i = 0; i < 4; i++) calendar.fireNext();
  calendar.cancel(handle);
  while (calendar.nextTime < Infinity) calendar.fireNext();
  expect(fired).toEqual(['round 0', 'set before', 'set in round 0', 'round 1', 'set in round 1']);
});
