import { autoscaling } from './autoscaling.js';
import { background } from './background.js';
import { brokenChecks } from './broken-checks.js';
import { brokenConnections } from './broken-connections.js';
import { clockSkew } from './clock-skew.js';
import { costOfWarmup } from './cost-of-warmup.js';
import { emptyBudget } from './empty-budget.js';
import { expiredTokens } from './expired-tokens.js';
import { faults } from './faults.js';
import { fullBacklog } from './full-backlog.js';
import { fullDisk } from './full-disk.js';
import { fullMemory } from './full-memory.js';
import { gateway } from './gateway.js';
import { growingQueue } from './growing-queue.js';
import { horizon } from './horizon.js';
import { percentiles } from './percentiles.js';
import { requestRate } from './request-rate.js';
import { timeouts } from './timeouts.js';
import { unfairness } from './unfairness.js';
import { unseenCliff } from './unseen-cliff.js';
import { unsteady } from './unsteady.js';
import { type Cause, type Evidence, texts } from './warning.js';

/** The most serious first. */
const causes: readonly Cause[] = [
  brokenChecks,
  fullMemory,
  fullDisk,
  fullBacklog,
  gateway,
  growingQueue,
  unsteady,
  unseenCliff,
  autoscaling,
  timeouts,
  clockSkew,
  brokenConnections,
  emptyBudget,
  expiredTokens,
  requestRate,
  faults,
  horizon,
  percentiles,
  background,
  unfairness,
  costOfWarmup,
];

/**
 * What the reader should know before believing the numbers: what happened, the likely cause, what to do. The same
 * in several designs is said once.
 */
export function warningsOf(designs: readonly Evidence[]): string[] {
  return causes.flatMap(cause => texts(cause, designs));
}
