import { join } from 'node:path';
import { ExitCode, UserError } from '../errors.js';
import type { CapacityStudy, CapacityTrial, TopologyCapacity } from '../parameter-study.js';
import { checkRoomFor, writeFile } from '../present/export/file.js';
import { toJson } from '../present/export/json.js';
import { openNotices } from '../present/notices.js';
import { openProgress } from '../present/progress.js';
import { showCapacity } from '../present/study/show.js';
import type { ObjectiveResult, TopologyResult } from '../result.js';
import { bottleneckOf, pressures } from '../study/vary/bottleneck.js';
import { type Capacity, findCapacity, type Verdict } from '../study/vary/capacity.js';
import { type Point, readSpan, type Span } from '../study/vary/range.js';
import { version } from '../version.js';
import { scenarioName } from './places.js';
import type { CapacityOptions } from './run-options.js';
import { loadAt, runAt } from './vary/run-at.js';

/** Replications at the most for one value, where the scenario's luck decides. */
const BUDGET = 50;

/** Thrown where Ctrl-C ends the search; caught in this file. */
class Interrupted extends Error {}

/** `valet-sim capacity SCENARIO --vary PATH=LOW..HIGH`: the largest value that still meets the objectives. */
export async function capacity(file: string, options: CapacityOptions): Promise<ExitCode> {
  const span = readSpan(options.vary);
  const ends = [span.at(span.low), span.at(span.high)] as const;
  const [first] = await Promise.all(ends.map(({ text }) => loadAt(file, options, [`${span.path}=${text}`])));
  const { scenario, sha256 } = first!;
  if (scenario.slo.length === 0) {
    throw new UserError(
      `"${scenario.name}" has no objectives (slo) that a capacity could meet; give one: --slo 'completion.p95 < 1m'`,
    );
  }
  const folder = options.save ? (options.out ?? join('results', scenarioName(file), 'capacity')) : null;
  const target = folder === null ? null : join(folder, 'capacity.json');
  if (target !== null) checkRoomFor(target);

  const found: TopologyCapacity[] = [];
  const names = scenario.topologies.map(({ name }) => name).filter(name => concerns(scenario.slo, name));
  try {
    for (const name of names) found.push(await capacityOf(file, name, span, options));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  const study: CapacityStudy = {
    format: 'valet-sim/capacity@1',
    version,
    scenario: { name: scenario.name, file, sha256 },
    seed: scenario.seed,
    set: options.set,
    vary: { path: span.path, low: ends[0].text, high: ends[1].text },
    smallest: options.min,
    tolerance: options.tolerance,
    objectives: scenario.slo.map(({ topology, expr }) =>
      topology === 'all' ? expr : `${topology}: ${expr}`,
    ),
    topologies: found,
    missing: names.slice(found.length),
  };
  const notices = openNotices(process.stderr, options.quiet);
  if (found.length > 0) {
    if (target !== null) {
      await writeFile(target, [toJson(study)]);
      notices.note(`saved ${target}`);
    }
    await showCapacity(study, options.format, process.stdout, options);
  }
  if (study.missing.length === 0) return ExitCode.ok;
  notices.alert(`interrupted: missing ${study.missing.join(', ')}`);
  return ExitCode.interrupted;
}

function concerns(slo: readonly { readonly topology: string }[], name: string): boolean {
  return slo.some(({ topology }) => topology === 'all' || topology === name);
}

interface Evidence {
  readonly result: TopologyResult;
  readonly replications: number;
}

async function capacityOf(
  file: string,
  name: string,
  span: Span,
  options: CapacityOptions,
): Promise<TopologyCapacity> {
  const found = await findCapacity<Evidence>(
    span,
    { smallest: options.min, tolerance: options.tolerance },
    point => judgeAt(file, name, span, point, options),
  );
  return summary(name, found);
}

async function judgeAt(
  file: string,
  name: string,
  span: Span,
  point: Point,
  options: CapacityOptions,
): Promise<{ verdict: Verdict; evidence: Evidence }> {
  const loaded = await loadAt(file, options, [`${span.path}=${point.text}`], [name]);
  const inner = openProgress(process.stderr, process.env, options.quiet, () => performance.now());
  const progress = {
    show: (_: string, share: number) => inner.show(`${name} at ${span.path} = ${point.text}`, share),
    end: inner.end,
  };
  const untilDecided = options.precision === undefined;
  const result = await runAt(loaded, { replications: BUDGET, ...options, untilDecided }, progress);
  if (result === null) throw new Interrupted();
  const [topology] = result.topologies;
  const evidence = { result: topology!, replications: result.replications };
  return { verdict: verdictOf(topology!.slo), evidence };
}

/** All objectives together: one that is missed is enough. */
function verdictOf(slo: readonly ObjectiveResult[]): Verdict {
  if (slo.some(({ outcome }) => outcome === 'fail')) return 'fail';
  return slo.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'inconclusive';
}

function summary(topology: string, { met, missed, trials }: Capacity<Evidence>): TopologyCapacity {
  // What gives way shows best where it has just given way.
  const broken = missed?.evidence.result ?? met?.evidence.result ?? null;
  const at = met?.evidence.result ?? null;
  const headroom = at === null ? [] : pressures(at).filter(({ use }) => use > 0);
  return {
    topology,
    capacity: met?.point.text ?? null,
    missed: missed?.point.text ?? null,
    bottleneck: broken && bottleneckOf(broken),
    headroom: headroom.map(({ resource, use }) => ({ resource, times: 1 / use })),
    trials: trials.map(
      ({ point, verdict, evidence }): CapacityTrial => ({
        value: point.text,
        verdict,
        replications: evidence.replications,
        objectives: evidence.result.slo.map(({ expr, outcome, value, ci95 }) => ({
          expr,
          outcome,
          value,
          ci95,
        })),
      }),
    ),
  };
}
