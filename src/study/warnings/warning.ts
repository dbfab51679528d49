import type { TopologyResult } from '../../result.js';
import type { TimedScenario, TopologySpec } from '../../scenario/types.js';
import type { Workload } from '../../workload/workload.js';

/** All that a warning about one design may look at. */
export interface Evidence {
  readonly scenario: TimedScenario;
  readonly workload: Workload;
  readonly spec: TopologySpec;
  /** The host before whose queue the clients' flows get unequal shares. */
  readonly unequalInto: 'server' | 'storage' | null;
  readonly result: TopologyResult;
}

/** What happened in one design, with its figures, and what follows from it: the likely cause, and what to do. */
export interface Finding {
  /** Stands behind the design's name and before a full stop: `the server crashed at 89.6 s`. */
  readonly fact: string;
  /** Whole sentences. Designs with the same advice share a warning. */
  readonly advice: string;
}

/** One reason for not taking the numbers as they stand; finds nothing where it does not apply. */
export type Cause = (evidence: Evidence) => readonly Finding[];

/** The texts of what was found: one for each cause and advice, naming the designs that it concerns. */
export function texts(cause: Cause, designs: readonly Evidence[]): string[] {
  const byAdvice = new Map<string, Map<string, string[]>>();
  for (const design of designs) {
    for (const { fact, advice } of cause(design)) {
      const facts = byAdvice.get(advice) ?? new Map<string, string[]>();
      byAdvice.set(advice, facts);
      facts.set(fact, [...(facts.get(fact) ?? []), design.spec.name]);
    }
  }
  return Array.from(byAdvice, ([advice, facts]) => {
    const told = Array.from(facts, ([fact, names]) => `${names.join(', ')}: ${fact}`);
    return `${told.join('; ')}. ${advice}`;
  });
}
