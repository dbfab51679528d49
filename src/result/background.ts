import type { Distribution } from './durations.js';

export interface BackgroundResult {
  readonly name: string;
  readonly offered: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly latency: Distribution;
  /** The same requests replayed with no uploads at all. */
  readonly baseline: Distribution;
  readonly slowdown: { readonly p50: number | null; readonly p99: number | null };
}
