/** Named sets of sourced values: what a product documents, and what is only estimated, side by side. */
import type { SourceKind } from '../../result.js';
import type { TopologyKind } from '../types.js';

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

export interface Profile {
  readonly name: string;
  /** A few words: the list of all profiles has one line for each. */
  readonly summary: string;
  /**
   * By field of the mapping that names the profile, `threads` or `cpu.perRequest`; anything not here keeps the
   * default of the schema.
   */
  readonly values: Readonly<Record<string, Sourced>>;
  readonly facts: readonly Fact[];
  /** What a reader of results has to know who runs it in a topology of this kind. */
  readonly cautions?: Readonly<Partial<Record<TopologyKind, string>>>;
}

/** Profiles that stand in one place of a scenario. */
export interface ProfileKind {
  /** Where a scenario names one. */
  readonly field: string;
  readonly title: string;
  /** One of them, in messages. */
  readonly noun: string;
  readonly profiles: readonly Profile[];
}

/** What a profile lays under the mapping that names it. */
export function valuesOf({ values }: Profile): Record<string, unknown> {
  const laid: Record<string, unknown> = {};
  for (const [path, { value }] of Object.entries(values)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let at = laid;
    for (const key of keys) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return laid;
}
