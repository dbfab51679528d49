import type { Fact, Sourced } from '../../scenario/profiles/profile.js';
import { profileKinds } from '../../scenario/profiles/registry.js';

/** A profile as it is shown. */
export interface Listed {
  readonly name: string;
  readonly summary: string;
  /** Where a scenario names it: `server.profile`. */
  readonly field: string;
  readonly values: readonly (Sourced & { readonly field: string })[];
  /** What the simulator does not use. */
  readonly facts: readonly Fact[];
  /** By the kind of topology in which it says less than it seems to. */
  readonly cautions: Readonly<Record<string, string>>;
}

/** All profiles, in the order of their places. */
export function listed(): Listed[] {
  return Object.values(profileKinds).flatMap(({ field, profiles }) =>
    profiles.map(({ name, summary, values, facts, cautions = {} }) => ({
      name,
      summary,
      field,
      values: Object.entries(values).map(([key, sourced]) => ({ field: key, ...sourced })),
      facts,
      cautions,
    })),
  );
}
