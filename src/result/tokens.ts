import type { Distribution } from './durations.js';

/** Signed URLs: how long they live, and how old they are when they are used. Seconds. */
export interface TokenResult {
  /** URLs that were signed. */
  readonly issued: number;
  /** Requests whose URL storage looked at. */
  readonly presented: number;
  /** From the signing to the arrival of the request's head at storage; above a million of them a histogram. */
  readonly age: Distribution;
  /** For how long URLs are valid, from their signing on; null where there were none. */
  readonly life: Extent | null;
  /** For how long they still are when the head arrives; negative where it came too late. */
  readonly left: Extent | null;
}

/** The least, the mean and the largest of some values. */
export interface Extent {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}
