import seedrandom from 'seedrandom';
import { philox4x32 } from './philox.js';

/** A source of uniform numbers in [0, 1) with 53 random bits each. */
export interface Uniforms {
  double(): number;
}

/** One sequence for one purpose: what is drawn for sizes can never shift what is drawn for arrivals. */
export function sequence(seed: string, purpose: string): Uniforms {
  return seedrandom.alea(`${seed}/${purpose}`);
}

/**
 * Draws addressed by up to three integers: `at(7, 2)` always begins the same sub-sequence, whatever was drawn
 * before.
 * The key of each purpose comes from seedrandom; the numbers from Philox blocks of two doubles.
 */
export class KeyedUniforms implements Uniforms {
  private readonly key0: number;
  private readonly key1: number;
  private readonly words = new Uint32Array(4);
  private item = 0;
  private turn = 0;
  private part = 0;
  private draw = 0;

  constructor(seed: string, purpose: string) {
    const keys = seedrandom.alea(`${seed}/${purpose}`);
    this.key0 = keys.int32() >>> 0;
    this.key1 = keys.int32() >>> 0;
  }

  /** All are non-negative integers below 2^32. */
  at(item: number, turn = 0, part = 0): this {
    this.item = item;
    this.turn = turn;
    this.part = part;
    this.draw = 0;
    return this;
  }

  double(): number {
    const second = this.draw & 1;
    if (second === 0) {
      philox4x32(this.draw >>> 1, this.item, this.turn, this.part, this.key0, this.key1, this.words);
    }
    this.draw++;
    const high = this.words[2 * second]! >>> 5;
    const low = this.words[2 * second + 1]! >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }
}

/** A standard normal number by Marsaglia's polar method, which needs no sine: engines differ in theirs. */
export function standardNormal(uniforms: Uniforms): number {
  for (;;) {
    const x = 2 * uniforms.double() - 1;
    const y = 2 * uniforms.double() - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}
