import { expect, it } from 'vitest';
import { kneeOf } from '../../src/statistics/knee.js';

const loads = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

it('of 1 / (1 - rho) lies where its slope is that of the chord', () => {
  // From rho = 0.01 to 0.99 it climbs from 1/0.99 to 100: chord slope (100 - 1.0101) / 0.98 = 101.01 = 1 / (1 - rho)^2
  // at rho = 1 - 1 / sqrt(101.01) = 0.9005.
  const knee = kneeOf(
    loads,
    loads.map(rho => 1 / (1 - rho)),
  );
  expect(loads[knee!]).toBeCloseTo(0.9, 12);
});

it('of two straight lines is their corner', () => {
  expect(kneeOf([0, 1, 2, 3, 4], [1, 1, 1, 5, 9])).toBe(2);
});

it('is none where nothing climbs, or evenly, or against the load, or there is too little to see', () => {
  expect(kneeOf([0, 1, 2, 3], [5, 5, 5, 5])).toBeNull();
  expect(kneeOf([0, 1, 2, 3], [0, 1, 2, 3])).toBeNull();
  expect(kneeOf([0, 1, 2, 3], [9, 3, 2, 1])).toBeNull();
  expect(kneeOf([0, 1, 2, 3], [10, 10, 11, 15])).toBeNull();
  expect(kneeOf([0, 1], [1, 9])).toBeNull();
});
