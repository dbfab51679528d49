import { Sample } from './sample.js';

/** What is noted of the signed URLs of one replay. Seconds. */
export class TokenLog {
  /** URLs that were signed. */
  issued = 0;
  /** Requests whose URL storage looked at. */
  presented = 0;
  /** From a URL's signing to the arrival of a request that bears it. */
  readonly age = new Sample();
  /** For how long URLs were valid, from their signing on; below 0 where they never were. */
  readonly life = new Extent();
  /** For how long they still were when the request arrived; below 0 where it came too late. */
  readonly left = new Extent();

  /** So many URLs were signed at once that are valid for so long. */
  signed(urls: number, life: number): void {
    this.issued += urls;
    this.life.add(life, urls);
  }

  /** `counts`: it is part of the percentiles. */
  used(age: number, left: number, counts: boolean): void {
    this.presented++;
    if (!counts) return;
    this.age.add(age);
    this.left.add(left);
  }
}

/** The least, the mean and the largest of some values. */
export class Extent {
  private count = 0;
  private sum = 0;
  private least = Number.POSITIVE_INFINITY;
  private largest = Number.NEGATIVE_INFINITY;

  add(value: number, times = 1): void {
    this.count += times;
    this.sum += times * value;
    if (value < this.least) this.least = value;
    if (value > this.largest) this.largest = value;
  }

  /** Null where there were none. */
  toResult(): { readonly min: number; readonly mean: number; readonly max: number } | null {
    const { count, sum, least, largest } = this;
    // A sum of equal values may round away from them.
    const mean = Math.min(largest, Math.max(least, sum / count));
    return count === 0 ? null : { min: least, mean, max: largest };
  }
}
