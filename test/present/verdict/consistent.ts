/** What a verdict says against the figures of its own report: what has to hold of every result whatsoever. */
import { expect } from 'vitest';
import { resourcesUsed } from '../../../src/present/resources.js';
import { verdictOn } from '../../../src/present/verdict/verdict.js';
import { count, duration, percent, ratio } from '../../../src/readable.js';
import type { Result, TopologyResult } from '../../../src/result.js';
import { cellsOf, figuresIn } from './figures.js';

export function expectConsistent(result: Result): void {
  const { headline: quoted, designs, notes } = verdictOn(result);
  // Names of several words stand in quotes.
  const headline = quoted.replaceAll('"', '');
  expect([headline, ...designs.map(({ text }) => text), ...notes].join('\n')).not.toMatch(
    /NaN|null|undefined|Infinity|—| {2}|;;|; *\./,
  );
  expectOutcome(headline, result.topologies);
  // What it costs is a sentence of its own, with designs in another order.
  expectRace(headline.replace(/ A million uploads that succeed cost .*$/, ''), result.topologies);
  expectWork(headline, result);
  expectFinite(result);
  expectKnown([headline, ...designs.map(({ text }) => text)], result);
  for (const topology of result.topologies.filter(t => t.uploads.offered > 0)) {
    const its = designs.filter(({ name }) => namesOf(name, result).includes(topology.name));
    expect(its).toHaveLength(1);
    expectLimits(its[0]!.text, topology);
    expectLosses(its[0]!.text, topology);
  }
}

/** Names are words of letters in these tests, so that lists of them can be taken apart. */
function namesOf(listed: string, { topologies }: Result): readonly string[] {
  return topologies.map(({ name }) => name).filter(name => listed.split(/, | and /).includes(name));
}

/** JSON has no other numbers. */
function expectFinite({ topologies, breakEven }: Result): void {
  const numbers = [
    ...topologies.flatMap(t => t.byHand.flatMap(({ value, terms }) => [value, ...Object.values(terms)])),
    ...breakEven.map(({ overhead }) => overhead),
  ];
  for (const number of numbers) expect(Number.isFinite(number)).toBe(true);
}

/** Who completes every upload, and how many the others complete. */
function expectOutcome(headline: string, topologies: readonly TopologyResult[]): void {
  const busy = topologies.filter(t => t.uploads.offered > 0);
  if (busy.length === 0) {
    expect(headline).toBe('There are no uploads.');
    return;
  }
  for (const { name, uploads } of busy) {
    const { offered, succeeded } = uploads;
    const part =
      succeeded === 0
        ? `${name} completes none`
        : `${name} completes ${count(succeeded)} of ${count(offered)}`;
    if (succeeded < offered) expect(headline).toContain(part);
    else expect(headline).not.toMatch(new RegExp(`${name} completes (none|[\\d,]+ of)`));
  }
  const whole = busy.filter(t => t.uploads.succeeded === t.uploads.offered).length;
  if (busy.length > 1) {
    expect(/^(Both|All \d+) designs complete every upload\./.test(headline)).toBe(whole === busy.length);
    expect(/^(N|By the end of the run.*, n)o design completes every upload:/.test(headline)).toBe(
      whole === 0,
    );
  }
}

/** Whoever is called faster is, by the times in which 95% of the uploads are complete. */
function expectRace(headline: string, topologies: readonly TopologyResult[]): void {
  const p95 = new Map(topologies.map(t => [t.name, t.completion.p95]));
  const faster = /([^.;:]*?) (?:is|are) (?:the )?(?:faster|fastest): .* after (.*), against (.*)\.$/.exec(
    headline,
  );
  const alike = /([^.;:]*?) are about equally fast: /.exec(headline);
  const racing = topologies.filter(t => t.completion.p95 !== null);
  const known = racing.map(t => t.completion.p95!);
  const best = Math.min(...known);
  const first = racing.find(t => t.completion.p95 === best);
  const fair = racing.every(t => isFair(first!, t));
  expect(headline.includes('ploads that succeed')).toBe(known.length > 1 && !fair);
  expect(faster !== null || alike !== null).toBe(known.length > 1 && fair);
  if (alike !== null) expect(Math.max(...known)).toBeLessThanOrEqual(1.1 * Math.min(...known));
  if (!fair) expectSuccesses(headline, topologies);
  if (faster === null) return;
  const leaders = topologies.filter(t =>
    faster[1]!
      .trim()
      .split(/, | and /)
      .includes(t.name),
  );
  const slower = topologies.filter(t => new RegExp(`with ${t.name}(?![\\w-])`).test(faster[3]!));
  expect(leaders.length + slower.length).toBe(known.length);
  for (const t of leaders) expect(p95.get(t.name)).toBeLessThanOrEqual(1.1 * best);
  for (const t of slower) {
    expect(p95.get(t.name)).toBeGreaterThan(1.1 * best);
    const times = best > 0 ? ` (${ratio(p95.get(t.name)! / best)} as long)` : '';
    expect(faster[3]).toContain(`${duration(p95.get(t.name))} with ${t.name}${times}`);
  }
}

function lossOf({ uploads: { offered, succeeded } }: TopologyResult): number {
  return (offered - succeeded) / offered;
}

/** Completion may say who is faster: no more is lost, or the uploads that succeed are as much faster or alike. */
function isFair(first: TopologyResult, other: TopologyResult): boolean {
  if (Math.abs(lossOf(first) - lossOf(other)) <= 0.005) return true;
  const ratios = [other.latency.p50! / first.latency.p50!, other.latency.p99! / first.latency.p99!];
  const slower = other.completion.p95! > 1.1 * first.completion.p95!;
  if (!slower) return ratios.every(ratio => ratio <= 1.1 && ratio >= 1 / 1.1);
  return Math.min(...ratios) >= 1 / 1.1 && Math.max(...ratios) > 1.1;
}

/** Who is said to complete more does, and times are those of the successes. */
function expectSuccesses(headline: string, topologies: readonly TopologyResult[]): void {
  const more = /\. ([^.:]*?) completes? (?:more|the most)\./.exec(headline);
  const losses = topologies.filter(t => t.uploads.offered > 0).map(lossOf);
  expect(more === null).toBe(Math.min(...losses) === 0);
  if (more !== null) {
    const most = topologies.filter(t => more[1]!.split(/, | and /).includes(t.name));
    expect(most.length).toBeGreaterThan(0);
    for (const t of most) expect(lossOf(t)).toBeLessThanOrEqual(Math.min(...losses) + 0.005);
  }
  const known = topologies.filter(({ completion }) => completion.p95 !== null);
  const tails = known.map(t => t.latency.p99!).sort((a, b) => a - b);
  const [least, most] = [duration(tails[0]), duration(tails.at(-1))];
  if (least === most) expect(headline).toContain(`the p99 is ${least} with each`);
  else if (known.length > 2 && tails.at(-1)! <= 1.1 * tails[0]!)
    expect(headline).toContain(`the p99 is ${least} to ${most}`);
  else for (const t of known) expect(headline).toContain(`${duration(t.latency.p99)} with ${t.name}`);
}

/** What a closed loop gets done. */
function expectWork(headline: string, { topologies, scenario }: Result): void {
  const closed = JSON.stringify(scenario.resolved).includes('"users"');
  const able = topologies.filter(t => t.uploads.succeeded > 0);
  expect(headline.includes('The users complete')).toBe(closed && able.length > 0);
  const most = / uploads? (?:at [^.]*?\/s )?with (\w+): /.exec(headline);
  if (!closed || most === null) return;
  const first = able.find(({ name }) => name === most[1])!;
  for (const { uploads } of able) expect(first.uploads.succeeded).toBeGreaterThanOrEqual(uploads.succeeded);
}

/** Every figure stands in a table of the same report, or follows from figures that do. */
function expectKnown(texts: readonly string[], result: Result): void {
  const known = new Set([...cellsOf(result), ...result.topologies.flatMap(derived), ...ratios(result)]);
  for (const text of texts) {
    const bare = result.topologies
      .flatMap(t => [t.name, ...t.background.map(({ name }) => name)])
      .reduce((left, name) => left.replaceAll(name, ''), text)
      .replace(
        /\((4[01]\d|50[347])\)|503 slow-down|All \d+ designs|95% of the uploads|\(horizon: [^)]*\)/g,
        '',
      );
    for (const figure of figuresIn(bare)) expect(known, `${figure} in: ${text}`).toContain(figure);
  }
}

function derived({
  uploads,
  background,
  server,
  storage,
  recovery,
  cost,
  window: [from],
  steady,
}: TopologyResult): readonly string[] {
  const { offered, failed, unfinished, retriesDenied, failures } = uploads;
  const usages = [server.threads, server.memory, server.cpu, server.networkIn, server.networkOut];
  const { upstream, disk, diskSpace } = server;
  const bursts = [server.networkIn, server.networkOut, storage.networkIn, storage.networkOut];
  const instants = [...usages, upstream, disk, diskSpace, storage.networkIn, storage.networkOut].flatMap(
    usage => (usage === null || usage.saturatedAt === null ? [] : [usage.saturatedAt]),
  );
  return [
    ...[steady?.offered, steady?.capacity].map(rate => count(rate ?? 0)),
    percent(failed / offered),
    ...[failed, unfinished, retriesDenied, server.crashes, ...Object.values(failures)].map(count),
    ...background.map(b => percent(b.failed / b.offered)),
    ...instants.map(at => duration(at - from)),
    ...bursts.flatMap(({ burst }) =>
      burst?.exhaustedAt == null ? [] : [duration(burst.exhaustedAt - from)],
    ),
    // The table has all its splits in one cell.
    ...(storage.partitions?.splits ?? []).flatMap(at => [duration(at), duration(at - from)]),
    ...ofFleet(server, from),
    ...ofFaults(recovery),
    ...cost.lines.map(({ dollars }) => percent((dollars ?? 0) / (cost.total ?? 0))),
  ];
}

/** How long a fault lasts, which the table has, and how long after its end goodput is back. */
function ofFaults(recovery: TopologyResult['recovery']): readonly string[] {
  const incidents = recovery?.incidents ?? [];
  const told = incidents.filter(({ outcome }) => outcome !== 'no-load').length;
  return [
    ...incidents.map(({ from, until, time }) => duration((time ?? 0) - (until - from))),
    ...Array.from({ length: told + 1 }, (_, some) => count(some)),
  ];
}

/** Parts of the cells of the table of fleets, which hold more than a figure each. */
function ofFleet({ autoscale, health }: TopologyResult['server'], from: number): readonly string[] {
  const since = (instant: number) => [duration(instant), duration(Math.abs(instant - from))];
  const removals =
    health === null ? [] : [count(health.removals), ...health.events.flatMap(e => since(e.at))];
  if (autoscale === null) return removals;
  const { above, highest, initial, peak, steps } = autoscale;
  const helps = steps.flatMap(({ ready, arrived }) =>
    ready === null ? [] : [...since(ready), percent(arrived)],
  );
  return [
    ...removals,
    ...[above, highest].flatMap(x => [percent(x), count(x)]),
    count(initial),
    count(peak),
    ...helps,
  ];
}

function ratios({ topologies }: Result): readonly string[] {
  const all = topologies.flatMap(t => (t.completion.p95 === null ? [] : [t.completion.p95]));
  const most = Math.max(...topologies.map(t => t.uploads.succeeded));
  const prices = topologies.flatMap(({ cost }) => cost.perMillionUploads ?? []);
  return [
    ...prices.map(price => ratio(price / Math.min(...prices))),
    ...all.map(time => ratio(time / Math.min(...all))),
    ...topologies.filter(t => t.uploads.succeeded > 0).map(t => ratio(most / t.uploads.succeeded)),
  ];
}

/** "Nothing is ever full" where nothing ever is, and of what is full what was first. */
function expectLimits(text: string, topology: TopologyResult): void {
  const full = resourcesUsed(topology).filter(({ saturatedAt }) => saturatedAt !== null);
  const fell = text.includes('crashes');
  expect(fell).toBe(topology.server.crashes > 0);
  const turnedAway =
    topology.storage.slowDowns > 0 &&
    (topology.storage.partitions !== null || (topology.uploads.failures['slow-down'] ?? 0) > 0);
  if (!fell) expect(text.includes('nothing is ever full')).toBe(full.length === 0 && !turnedAway);
  const longest = Math.max(0, ...full.map(({ saturatedFor }) => saturatedFor!));
  const moment = /nothing is full for longer than (an instant|[\d.,]+ \S+)/.exec(text);
  if (moment !== null) {
    expect(moment[1]).toBe(longest === 0 ? 'an instant' : duration(longest));
    expect(longest).toBeLessThan(0.01 * (topology.window[1] - topology.window[0]));
  }
  const lasting = full
    .filter(({ saturatedFor }) => saturatedFor! > 0)
    .filter(use => use.saturatedFor! >= 0.01 * (topology.window[1] - topology.window[0]))
    .toSorted((a, b) => a.saturatedAt! - b.saturatedAt!);
  if (fell) expectBeforeCrash(text, topology);
  if (fell || lasting.length === 0) return;
  const pools = lasting.filter(({ name }) => ['threads', 'memory', 'upstream'].includes(name));
  for (const { saturatedFor } of pools) expect(text).toContain(`for ${duration(saturatedFor)}`);
  for (const { saturatedFor } of lasting) expect(text).toContain(duration(saturatedFor));
  for (const [said] of text.matchAll(/[^;]* at times \([^)]*\)/g)) {
    expect(said).not.toMatch(/thread|memory|connection/);
    const mean = lasting.filter(use => said.includes(`${percent(use.utilization)} used in the mean`));
    expect(mean.some(({ utilization }) => utilization! < 0.6)).toBe(true);
  }
  const [, told] = /^(?:.*; )?([^;]*) \(for [^)]* in all\)/.exec(text) ?? [];
  if (told === undefined) return;
  const order = [...text.matchAll(/ after ([\d.,]+ \S+?) \(for| \(after ([\d.,]+ \S+?), for/g)];
  const instants = lasting.map(({ saturatedAt }) => duration(saturatedAt));
  const places = order.map(([, one, other]) => instants.indexOf(one ?? other!));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}

/** Of a server that crashed with all it had, threads that were busy before come before. */
function expectBeforeCrash(text: string, { server, window: [from], uploads }: TopologyResult): void {
  const { memory, threads } = server;
  const { 'server-crash': died = 0, refused = 0 } = uploads.failures;
  if (memory.saturatedAt === null || threads.saturatedAt === null || died + refused < uploads.failed) return;
  if (uploads.failed === 0 || threads.saturatedFor === 0) return;
  const lasts = threads.saturatedFor >= 0.01 * (memory.saturatedAt - from);
  const [before] = text.split(/memory(?: of a server)? is full/) as [string];
  expect(before.includes('thread')).toBe(lasts && threads.saturatedAt < memory.saturatedAt);
}

function expectLosses(text: string, { uploads, server }: TopologyResult): void {
  expect(/ (is|are) lost/.test(text)).toBe(uploads.failed > 0);
  expect(text.includes('no file byte crosses the servers')).toBe(server.bytes === 0);
}
