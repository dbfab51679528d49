import type { Play } from '../journey.js';
import type { ResultFormat } from '../present/view.js';

/** What the options say of the scenario, for every command that reads one. */
export interface ScenarioOptions {
  readonly seed?: string;
  readonly set: readonly string[];
  readonly topology?: readonly string[];
  readonly quiet: boolean;
}

/** What the options say of how often a scenario is run. */
export interface ReplicationOptions {
  readonly replications?: number;
  /** Largest half-width of a 95% interval as a share of the mean. */
  readonly precision?: number;
  readonly figure?: string;
  readonly untilDecided: boolean;
  readonly baseline?: string;
  readonly jobs?: number;
}

/** The options of `run`, as the command line hands them over. */
export interface RunOptions extends ScenarioOptions, ReplicationOptions {
  readonly format: ResultFormat;
  readonly out?: string;
  readonly save: boolean;
  readonly uploadsCsv?: string;
  readonly color: boolean;
  readonly chart: boolean;
}

/** What the commands that run a scenario at several values share. */
export interface StudyOptions extends ScenarioOptions, ReplicationOptions {
  readonly format: ResultFormat;
  readonly out?: string;
  readonly save: boolean;
  readonly color: boolean;
  /** Objectives in place of the scenario's. */
  readonly slo: readonly string[];
}

export interface SweepOptions extends StudyOptions {
  readonly vary: readonly string[];
  readonly chart: boolean;
}

/** The options of `compare`. */
export interface CompareOptions extends ScenarioOptions, ReplicationOptions {
  readonly format: ResultFormat;
  readonly color: boolean;
}

/** The options of `rerun`. */
export interface RerunOptions {
  readonly jobs?: number;
  readonly quiet: boolean;
}

export interface CapacityOptions extends StudyOptions {
  readonly vary: string;
  /** Look for the smallest value. */
  readonly min: boolean;
  /** Share of the value to which the capacity is found. */
  readonly tolerance: number;
}

/** The options of `sensitivity`. */
export interface SensitivityOptions extends StudyOptions {
  /** Share of itself by which each value is moved. */
  readonly by: number;
  /** Paths of parameters, or what they begin with; all, if absent. */
  readonly only?: readonly string[];
  readonly chart: boolean;
}

/** The options of `trace`. */
export interface TraceOptions extends ScenarioOptions {
  readonly format: 'table' | 'json';
  readonly upload: number;
  readonly play?: Play;
  readonly color: boolean;
}
