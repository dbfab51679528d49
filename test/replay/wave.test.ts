/** How the bytes of a wave move, by hand. */
import { expect, it } from 'vitest';
import { Wave } from '../../src/replay/wave.js';

const never = Number.POSITIVE_INFINITY;

function waveOf(parts: number, partBytes: number, lastBytes = partBytes): Wave {
  const wave = new Wave();
  wave.begin(parts, partBytes, lastBytes);
  return wave;
}

it('equal parts go together, in one go', () => {
  const wave = waveOf(4, 10);
  expect(wave.advance(never)).toBe(40);
  expect(wave).toMatchObject({ moving: 0, intact: 4, broken: 0, lostBytes: 0 });
});

it('a smaller last part is done first', () => {
  const wave = waveOf(3, 8, 5);
  expect(wave.advance(never)).toBe(15);
  expect(wave).toMatchObject({ moving: 2, intact: 3 });
  expect(wave.advance(never)).toBe(6);
  expect(wave).toMatchObject({ moving: 0, intact: 3, lostBytes: 0 });
});

it('a connection that breaks costs its own part; the others go on', () => {
  const wave = waveOf(3, 8, 5);
  expect(wave.advance(9)).toBe(9);
  expect(wave).toMatchObject({ moving: 2, intact: 2, broken: 1, lostBytes: 3 });
  // 2 x 5 bytes to go, which the next break lets through.
  expect(wave.advance(11)).toBe(10);
  expect(wave).toMatchObject({ moving: 0, intact: 2, broken: 1, lostBytes: 3 });
});

it('a smaller last part that is through is sent again with one before it that breaks', () => {
  const wave = waveOf(3, 8, 5);
  expect(wave.advance(17)).toBe(15);
  // 15 of the 17 bytes to the break are behind it: each of the two has one byte more by then.
  expect(wave.advance(17)).toBe(2);
  expect(wave).toMatchObject({ moving: 1, intact: 1, broken: 1, lostBytes: 6 + 5 });
  expect(wave.advance(never)).toBe(2);
  expect(wave).toMatchObject({ moving: 0, intact: 1 });
});

it('all of them may break, one after the other', () => {
  const wave = waveOf(2, 10);
  expect(wave.advance(12)).toBe(12);
  expect(wave.advance(1)).toBe(1);
  expect(wave).toMatchObject({ moving: 0, intact: 0, broken: 2, lostBytes: 6 + 7 });
});

it('a body that is through is not broken by its bytes', () => {
  const wave = waveOf(2, 10);
  expect(wave.advance(20)).toBe(20);
  expect(wave).toMatchObject({ intact: 2, broken: 0 });
});
