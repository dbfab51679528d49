import type { Assumption, FoundWarmup, Origin } from '../result.js';
import type { Scenario, TimedScenario } from '../scenario/types.js';

/** A scenario as it was loaded: what to run, and how to tell it from others. */
export interface Loaded {
  readonly scenario: Scenario;
  /** The scenario with all its defaults, in the form of a scenario file. */
  readonly resolved: unknown;
  readonly sha256: string;
  readonly file: string;
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** Where it came from; absent where that was no file. */
  readonly origin?: Pick<Origin, 'set' | 'seed' | 'selection' | 'files'>;
}

/** A scenario that can be replicated: where the warm-up had to be looked for, it was. */
export interface Ready extends Loaded {
  readonly scenario: TimedScenario;
  readonly warmup: FoundWarmup | null;
}
