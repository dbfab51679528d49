/** The generators: known answers, independence of order, and the first moments of what they make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../src/kernel/philox.js';
import { KeyedUniforms, sequence, standardNormal } from '../../src/kernel/random.js';

/** Published with the generator: Random123, file kat_vectors, "philox4x32 10". */
const knownAnswers: readonly {
  readonly counter: readonly [number, number, number, number];
  readonly key: readonly [number, number];
  readonly answer: readonly number[];
}[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    answer: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    answer: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    answer: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

describe('Philox4x32-10', () => {
  it.each(knownAnswers)('gives the known answer $#', ({ counter, key, answer }) => {
    const out = new Uint32Array(4);
    philox4x32(...counter, ...key, out);
    expect([...out]).toEqual([...answer]);
  });

  it('agrees with the definition in whole numbers of any length', () => {
    const word = fc.nat({ max: 0xffffffff });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        const out = new Uint32Array(4);
        philox4x32(...counter, ...key, out);
        expect([...out]).toEqual(slowPhilox(counter, key));
      }),
      { numRuns: 500, seed: 53 },
    );
  });
});

/** Salmon et al. 2011, in BigInt. */
function slowPhilox(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const a = 0xd2511f53n * c0;
    const b = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(b >> 32n) ^ c1 ^ k0, b & mask, (a >> 32n) ^ c3 ^ k1, a & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [c0, c1, c2, c3].map(Number);
}

const take = (uniforms: { double(): number }, n: number) =>
  Array.from({ length: n }, () => uniforms.double());

describe('keyed draws', () => {
  it('do not depend on what was drawn before', () => {
    const key = fc.tuple(fc.nat(), fc.nat({ max: 100 }), fc.nat({ max: 5 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat({ max: 6 })), { minLength: 1, maxLength: 30 }), draws => {
        const shared = new KeyedUniforms('seed', 'purpose');
        for (const [[item, turn, part], n] of draws) {
          const fresh = new KeyedUniforms('seed', 'purpose');
          expect(take(shared.at(item, turn, part), n)).toEqual(take(fresh.at(item, turn, part), n));
        }
      }),
      { numRuns: 200, seed: 54 },
    );
  });

  it('differ by each part of their address, by purpose and by seed', () => {
    const first = (seed: string, purpose: string, ...at: [number, number?, number?]) =>
      new KeyedUniforms(seed, purpose).at(...at).double();
    const values = [
      first('a', 'p', 0),
      first('a', 'p', 1),
      first('a', 'p', 0, 1),
      first('a', 'p', 0, 0, 1),
      first('a', 'q', 0),
      first('b', 'p', 0),
    ];
    expect(new Set(values).size).toBe(values.length);
    // Not: the seed and the purpose written together.
    expect(first('a/p', 'q', 0)).not.toBe(first('a', 'q', 0));
  });

  it('a sequence never comes back to another address', () => {
    const keyed = new KeyedUniforms('seed', 'purpose');
    const all = [0, 1, 2].flatMap(item => take(keyed.at(item), 1000));
    expect(new Set(all).size).toBe(3000);
  });
});

/**
 * n = 200,000 of each: mean and variance within 5 standard errors of the true ones, for fixed seeds. Each
 * comparison would be a false alarm for one seed in 1.7 million.
 */
describe('moments', () => {
  const n = 200_000;
  const sources = {
    'a sequence': () => sequence('moments', 'uniform'),
    'one address': () => new KeyedUniforms('moments', 'uniform').at(7),
    'many addresses': () => {
      const keyed = new KeyedUniforms('moments', 'uniform');
      let item = 0;
      return { double: () => keyed.at(item++, 3).double() };
    },
  };

  it.each(Object.entries(sources))('uniforms from %s', (_, open) => {
    const source = open();
    let sum = 0;
    let squares = 0;
    const tenths = new Array<number>(10).fill(0);
    let last = 0.5;
    let products = 0;
    let outside = 0;
    for (let i = 0; i < n; i++) {
      const u = source.double();
      if (!(u >= 0 && u < 1)) outside++;
      sum += u - 0.5;
      squares += (u - 0.5) ** 2;
      products += (u - 0.5) * (last - 0.5);
      last = u;
      tenths[Math.floor(10 * u)]!++;
    }
    expect(outside).toBe(0);
    expect(Math.abs(sum / n)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(5 * Math.sqrt((1 / 80 - 1 / 144) / n));
    // Neighbours are uncorrelated.
    expect(Math.abs(products / n)).toBeLessThan(5 * Math.sqrt(1 / 144 / n));
    for (const count of tenths) expect(Math.abs(count - n / 10)).toBeLessThan(5 * Math.sqrt(n * 0.09));
  });

  it('standard normals', () => {
    const keyed = new KeyedUniforms('moments', 'normal');
    let sum = 0;
    let squares = 0;
    let beyond = 0;
    for (let item = 0; item < n; item++) {
      const z = standardNormal(keyed.at(item));
      sum += z;
      squares += z * z;
      if (Math.abs(z) > 1.959963984540054) beyond++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(beyond / n - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / n));
  });
});

it('a uniform has 53 random bits: it can be nearer to 1 than 2^-32', () => {
  const keyed = new KeyedUniforms('bits', 'bits');
  const low = Array.from({ length: 64 }, (_, item) => (keyed.at(item).double() * 2 ** 53) % 2 ** 21);
  // The lowest 21 bits are neither constant nor zero.
  expect(new Set(low).size).toBeGreaterThan(60);
  for (const bits of low) expect(Number.isInteger(bits)).toBe(true);
});
