import type { DirectionUsage } from './usage.js';

export interface StorageResult {
  readonly networkIn: DirectionUsage;
  readonly networkOut: DirectionUsage;
  readonly bytes: number;
  readonly requests: number;
  readonly slowDowns: number;
  readonly rejectedTokens: number;
  /** Partitions of the keys at the end, and the instants at which they doubled; null where they never do. */
  readonly partitions: { readonly count: number; readonly splits: readonly number[] } | null;
  /** The requests by their kind; null where files are not uploaded in parts. */
  readonly requestKinds: {
    readonly create: number;
    readonly uploadPart: number;
    readonly complete: number;
  } | null;
  /** Parts of failed uploads, which stay in storage until somebody removes them; null likewise. */
  readonly abandonedParts: number | null;
  readonly abandonedBytes: number | null;
  /**
   * Whole files of uploads that failed, of which nobody has told the application; null where servers put files into
   * storage.
   */
  readonly orphans: number | null;
  readonly orphanBytes: number | null;
}
