/** How sure a value is: documented by a vendor, published or measured by others or for this project, and so on. */
export type SourceKind =
  | 'documented'
  | 'published'
  | 'measured'
  | 'derived'
  | 'recalled'
  | 'estimate'
  | 'convention';

/** A value of the run that the scenario does not give: a default, or one of a profile. */
export interface Assumption {
  /** As `--set` takes it: `server.cores`. */
  readonly path: string;
  /** In the form of a scenario file. */
  readonly value: string;
  readonly kind: SourceKind;
  readonly source: string;
  /** Names of the topologies that use it. */
  readonly topologies: readonly string[];
}
