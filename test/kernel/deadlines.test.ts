/** Deadlines in the order of their setting, against an array. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Deadlines } from '../../src/kernel/deadlines.js';

interface Set {
  readonly owner: { expire(): void };
  readonly handle: number;
  readonly time: number;
  readonly order: number;
}

it('the next one is the one set first of those that are set', () => {
  const operation = fc.record({ kind: fc.constantFrom('set', 'set', 'clear', 'pop'), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300, size: 'max' }), operations => {
      const deadlines = new Deadlines();
      const twin: Set[] = [];
      let now = 0;
      let order = 0;
      for (const { kind, which } of operations) {
        // Ties, too: time stands still every other time.
        now += which % 2;
        if (kind === 'set') {
          const owner = { expire: () => {} };
          const handle = deadlines.set(owner, now + 5, order);
          twin.push({ owner, handle, time: now + 5, order: order++ });
        } else if (twin.length > 0 && kind === 'clear') {
          const [cleared] = twin.splice(which % twin.length, 1);
          deadlines.clear(cleared!.handle);
        } else if (twin.length > 0) {
          expect(deadlines.nextOrder).toBe(twin[0]!.order);
          expect(deadlines.pop()).toBe(twin.shift()!.owner);
        }
        expect(deadlines.nextTime).toBe(twin[0]?.time ?? Infinity);
      }
    }),
    { numRuns: 200, seed: 52 },
  );
});
