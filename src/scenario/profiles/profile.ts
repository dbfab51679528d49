/** Named sets of sourced values: what a product documents, and what is only estimated, side by side. */
import type { SourceKind } from '../../result.js';

export interface Sourced {
  /** In scenario form. */
  readonly value: unknown;
  readonly kind: SourceKind;
  /** Where it was read, or on what an estimate rests. */
  readonly source: string;
  readonly note?: string;
}

/** A value that the simulator does not use (yet), but that a reader of the profile wants to know. */
export interface Fact extends Sourced {
  readonly name: string;
}

export interface StorageProfile {
  readonly name: string;
  readonly summary: string;
  /** By field of `storage`; anything not here keeps the default of the schema. */
  readonly storage: Readonly<Record<string, Sourced>>;
  readonly facts: readonly Fact[];
}
