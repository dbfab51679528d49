/** A token bucket against a twin that counts in whole thousandths of a token. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenBucket } from '../../src/kernel/resources/token-bucket.js';

it('takes and refuses as a bucket that is filled drop by drop', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200, size: 'max' }),
      (rate, burst, gaps) => {
        const bucket = new TokenBucket(rate, burst);
        // A gap is in ms: `rate` thousandths of a token drop in each.
        let thousandths = 1000 * burst;
        let ms = 0;
        for (const gap of gaps) {
          ms += gap;
          thousandths = Math.min(1000 * burst, thousandths + gap * rate);
          const granted = thousandths >= 1000;
          if (granted) thousandths -= 1000;
          expect(bucket.take(ms / 1000)).toBe(granted);
        }
      },
    ),
    { numRuns: 500, seed: 57 },
  );
});

it('an unlimited one never refuses', () => {
  const bucket = new TokenBucket(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  for (let i = 0; i < 1000; i++) expect(bucket.take(0)).toBe(true);
});
