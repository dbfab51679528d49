/** What holds for every file of scenarios/: it is valid, keeps its promises, and stands in the table of the README. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';
import { pathOf, runFile, scenarioFiles } from './scenario-file.js';

/** What a scenario shows is often what the simulator warns of. */
const warned: Readonly<Record<string, readonly RegExp[]>> = {
  '1000-uploads.yaml': [/^proxy-buffered: a server ran out of memory/, /^proxy-streaming: the backlog/],
  'autoscale.yaml': [/^scaled on CPU: autoscaling watches cpu/],
  'behind-api-gateway.yaml': [/^API Gateway: .* takes no body over 10 MB/, /^load balancer: .* waits 30 s/],
  'burst-credits.yaml': [/There is no steady state/],
  'flaky-phones.yaml': [/^3 attempts: connections broke/, /^valet-key, proxy-streaming: connections broke/],
  'late-tokens.yaml': [/signed URL had expired/],
  'mobile-clients.yaml': [/There is no steady state/],
  'multipart-video.yaml': [
    /^valet-key: client.timeout is 10 min/,
    /^valet-key: storage refused/,
    /^upfront: storage refused/,
  ],
  'signed-urls.yaml': [
    /^fast clock: .*dated after its own time/,
    /^long-lived keys.*; slow clock: .*signed URL had expired/,
    /^role credentials: [^;]*dies with the credentials/,
  ],
  'spooled.yaml': [/There is no steady state/],
  'throttled-storage.yaml': [/^one prefix: storage answered .* with 503 slow-down; .*until it splits/s],
  'silent-proxy.yaml': [/^proxy-spooled: .* no byte passes for 60 s/],
  'metastable.yaml': [/^ten attempts: .* attempts ended at client.timeout/],
  'retry-budget.yaml': [/^proxy-streaming: .* attempts ended at client\.timeout/],
  'retry-storm.yaml': [/^proxy-buffered: servers ran out of memory/],
};

describe.each(scenarioFiles)('%s', file => {
  const text = readFileSync(pathOf(file), 'utf8');

  it('opens with its schema, a question and what to look for', () => {
    const comment = text.slice(0, text.search(/^(?!#)/m));
    const lines = comment.split('\n');
    expect(lines[0]).toBe('# yaml-language-server: $schema=./scenario.schema.json');
    expect(comment).toMatch(/\?/);
    expect(comment).toMatch(/What to look for/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
  });

  it('is valid', async () => {
    expect((await loadScenario(pathOf(file))).warnings).toEqual([]);
  });

  it('meets its objectives, agrees with itself, and warns of what it shows alone', async () => {
    const { result } = await runFile(file);
    const objectives = result.topologies.flatMap(({ slo }) => slo);
    for (const objective of objectives) expect(objective).toMatchObject({ ok: true });
    for (const { checks } of result.topologies) expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const subjects = warned[file] ?? [];
    expect(result.warnings).toHaveLength(subjects.length);
    for (const [i, subject] of subjects.entries()) expect(result.warnings[i]).toMatch(subject);
  });

  it('has a test of its claims', () => {
    expect(existsSync(`test/scenarios/${file.replace(/\.yaml$/, '.test.ts')}`)).toBe(true);
  });
});

describe('the table of scenarios/README.md', () => {
  const readme = readFileSync(pathOf('README.md'), 'utf8');
  const [, table] = /\| question \| scenario \| answer \|\n\| --- \| --- \| --- \|\n((?:\|.*\n)+)/.exec(
    readme,
  )!;
  const listed = table!
    .trim()
    .split('\n')
    .map(row => /\[([\w-]+\.yaml)\]\(\1\)/.exec(row)![1]!);

  it('lists every scenario of the folder, once, and no other', () => {
    expect([...listed].sort()).toEqual(scenarioFiles);
  });

  it('asks and answers in each row', () => {
    for (const row of table!.trim().split('\n')) {
      const [, question, , answer] = row.split('|').map(cell => cell.trim());
      expect(question).toMatch(/\?$/);
      expect(answer!.length).toBeGreaterThan(20);
    }
  });
});
