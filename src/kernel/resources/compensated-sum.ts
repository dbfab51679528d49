/**
 * A running sum that keeps what rounding would drop (Knuth's TwoSum), so that millions of additions and subtractions
 * leave no drift: `hi + lo` is the sum to about 100 bits. Whoever removes the last term calls `clear`: nothing is
 * exactly nothing.
 */
export class CompensatedSum {
  hi = 0;
  lo = 0;

  get value(): number {
    return this.hi + this.lo;
  }

  add(term: number): void {
    const hi = this.hi;
    const sum = hi + term;
    const shadow = sum - hi;
    this.lo += hi - (sum - shadow) + (term - shadow);
    this.hi = sum;
  }

  /** Adds a * b with all of its 106 bits (Dekker's product). */
  addProduct(a: number, b: number): void {
    const product = a * b;
    this.add(product);
    if (a !== 1) this.add(productError(a, b, product));
  }

  clear(): void {
    this.hi = 0;
    this.lo = 0;
  }
}

const SPLITTER = 2 ** 27 + 1;

/** a * b - product, exactly, where product is a * b rounded. */
export function productError(a: number, b: number, product: number): number {
  const wideA = SPLITTER * a;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = SPLITTER * b;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
