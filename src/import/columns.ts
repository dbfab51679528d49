/**
 * Columns of numbers that grow in blocks: a log of gigabytes leaves some ten bytes of each request, and none of its
 * text.
 */
const block = 65_536;

type Typed = Float64Array | Uint16Array;

export class GrowingColumn<T extends Typed> {
  readonly #blocks: T[] = [];
  readonly #make: (length: number) => T;
  length = 0;

  constructor(make: (length: number) => T) {
    this.#make = make;
  }

  push(value: number): void {
    const within = this.length % block;
    if (within === 0) this.#blocks.push(this.#make(block));
    this.#blocks[this.#blocks.length - 1]![within] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#blocks[Math.floor(index / block)]![index % block]!;
  }
}

export const numbers = (): GrowingColumn<Float64Array> =>
  new GrowingColumn<Float64Array>(length => new Float64Array(length));

/** Numbers from 0 to 65,535. */
export const indices = (): GrowingColumn<Uint16Array> =>
  new GrowingColumn<Uint16Array>(length => new Uint16Array(length));
