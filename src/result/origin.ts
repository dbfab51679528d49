/** What made a run what it is, beside its scenario. */
export interface Origin {
  /** Overrides as `--set` takes them. */
  readonly set: readonly string[];
  /** In place of the scenario's; null where that held. */
  readonly seed: string | null;
  /** Those that were selected; null where all ran. */
  readonly selection: readonly string[] | null;
  /** SHA-256 of the traces and values that the scenario reads, by their path as it stands there. */
  readonly files: Readonly<Record<string, string>>;
  /** The most replications, and what might have ended them earlier. */
  readonly replications: number;
  readonly precision: { readonly figure: string; readonly halfWidth: number } | null;
  readonly untilDecided: boolean;
  readonly baseline: string | null;
}
