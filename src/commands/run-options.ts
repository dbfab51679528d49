import type { Play } from '../journey.js';
import type { ResultFormat } from '../present/view.js';

/** What the options say of the scenario, for every command that reads one. */
export interface ScenarioOptions {
  readonly seed?: string;
  readonly set: readonly string[];
  readonly topology?: readonly string[];
  readonly quiet: boolean;
}

/** The options of `run`, as the command line hands them over. */
export interface RunOptions extends ScenarioOptions {
  readonly format: ResultFormat;
  readonly out?: string;
  readonly save: boolean;
  readonly uploadsCsv?: string;
  readonly color: boolean;
  readonly chart: boolean;
  readonly replications?: number;
  /** Largest half-width of a 95% interval as a share of the mean. */
  readonly precision?: number;
  readonly figure?: string;
  readonly untilDecided: boolean;
  readonly baseline?: string;
  readonly jobs?: number;
}

/** The options of `trace`. */
export interface TraceOptions extends ScenarioOptions {
  readonly format: 'table' | 'json';
  readonly upload: number;
  readonly play?: Play;
  readonly color: boolean;
}
