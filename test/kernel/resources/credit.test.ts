import { describe, expect, it } from 'vitest';
import { Credit } from '../../../src/kernel/resources/credit.js';

/** Of 90 units, 10 a second of which are earned. */
const bucket = () => new Credit(90, 10);

describe('credit', () => {
  it('is gone after 90 / (40 - 10) s at a use of 40, and stays so at the baseline', () => {
    const credit = bucket();
    credit.setUse(2, 40);
    expect(credit.at(3)).toBe(60);
    expect(credit.nextTime()).toBe(5);
    credit.meetEnd(5);
    credit.setUse(5, 10);
    expect(credit).toMatchObject({ exhausted: true, level: 0, slope: 0 });
    expect(credit.nextTime()).toBe(Number.POSITIVE_INFINITY);
    // Rounding is no rest.
    credit.setUse(6, 10 * (1 - 1e-12));
    expect(credit.exhausted).toBe(true);
  });

  it('is earned below the baseline, until it is full', () => {
    const credit = bucket();
    credit.setUse(0, 40);
    credit.meetEnd(3);
    credit.setUse(3, 4);
    expect(credit).toMatchObject({ exhausted: false, slope: 6 });
    expect(credit.at(8)).toBe(30);
    expect(credit.nextTime()).toBe(18);
    credit.meetEnd(18);
    expect(credit).toMatchObject({ exhausted: false, level: 90, slope: 0 });
    credit.setUse(20, 0);
    expect(credit.nextTime()).toBe(Number.POSITIVE_INFINITY);
  });

  it('is earned by what is left of the baseline', () => {
    const credit = bucket();
    credit.setUse(0, 40);
    credit.setBaseline(1, 20);
    expect(credit.at(2)).toBe(40);
    credit.meetEnd(4);
    // What is used at a new baseline is yet to be told.
    credit.setBaseline(5, 50);
    expect(credit).toMatchObject({ exhausted: true, slope: 0 });
  });
});
