import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../src/journey.js';
import { widthOf } from '../../src/present/terminal/width.js';
import { small } from './scenarios.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace({ 'small.yaml': small(), 'other.yaml': small() });
});
afterAll(() => place?.remove());

const json = async (...args: readonly string[]): Promise<Trace> => {
  const { status, stdout, stderr } = await place.run(['trace', 'small.yaml', '--format', 'json', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
};

describe('trace', () => {
  it('prints the journeys of the first upload side by side, and saves nothing', async () => {
    const { status, stdout, stderr } = await place.run(['trace', 'small.yaml']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^small\nupload 0 \(of 0 to 19\) · seed 7 · small\.yaml · valet-sim /);
    expect(stdout).toMatch(/^proxy-buffered {2}.*│ valet-key {2}/m);
    for (const text of ['Where the time goes', 'The signed URL of valet-key', 'X-Amz-Signature=', '✓ let in'])
      expect(stdout).toContain(text);
    expect(place.files()).toEqual(['other.yaml', 'small.yaml']);
  });

  it('prints no escapes and at most 100 columns into a pipe', async () => {
    const { stdout } = await place.run(['trace', 'small.yaml'], { COLUMNS: '200' });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(Math.max(...stdout.split('\n').map(widthOf))).toBeLessThanOrEqual(100);
  });

  it('respects FORCE_COLOR, NO_COLOR and --no-color', async () => {
    const colour = async (args: readonly string[], env: Record<string, string>) =>
      (await place.run(['trace', 'small.yaml', ...args], env)).stdout.includes('\u001b[');
    expect(await colour([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colour([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colour(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });

  it('prints one JSON document, the same each time', async () => {
    const trace = await json('--upload', '3');
    expect(await json('--upload', '3')).toEqual(trace);
    expect(trace).toMatchObject({ format: 'valet-sim/trace@1', seed: '7', upload: 3, play: null });
    expect(trace.journeys.map(({ topology, status }) => [topology, status])).toEqual([
      ['proxy-buffered', 'succeeded'],
      ['valet-key', 'succeeded'],
    ]);
    expect(Object.keys(trace.journeys[0]!.steps[0]!)).toEqual([
      'action',
      'type',
      'phase',
      'attempt',
      'flow',
      'from',
      'to',
      'through',
      'start',
      'end',
      'duration',
      'bytes',
      'rate',
      'bound',
      'reason',
      'parts',
      'tokenLeft',
      'aside',
    ]);
  });

  it('tells of the upload that the uploads CSV has under its number', async () => {
    const run = await place.run(['run', 'small.yaml', '--no-save', '--uploads-csv', '-', '-q']);
    const rows = run.stdout.split('\n').map(line => line.split(','));
    for (const { topology, start, end, latency } of (await json('--upload', '11')).journeys) {
      const row = rows.find(cells => cells[0] === topology && cells[2] === '11')!;
      expect([String(start), String(end), String(latency)]).toEqual(row.slice(3, 6));
    }
  });

  it('takes --seed, --set and --topology', async () => {
    const trace = await json('--seed', '8', '--set', 'workload.uploads.size=1MB', '--topology', 'valet-key');
    expect(trace.seed).toBe('8');
    expect(trace.journeys.map(({ topology, size }) => [topology, size])).toEqual([['valet-key', 1e6]]);
  });

  it.each([
    ['expired', 'token-expired'],
    ['wrong-bucket', 'no-such-bucket'],
    ['wrong-key', 'access-denied'],
    ['wrong-method', 'access-denied'],
    ['tampered', 'signature-mismatch'],
  ])('--play %s is refused with %s', async (play, reason) => {
    const { status, stdout } = await place.run(['trace', 'small.yaml', '--play', play, '--upload', '1']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^✗ 40[34] ${reason}$`, 'm'));
    expect(stdout).toContain(`--play ${play} · `);
    const help = await place.run(['trace', '--help']);
    expect(help.stdout).toMatch(new RegExp(`^  ${play} +\\w`, 'm'));
  });

  it.each<[string, readonly string[], string]>([
    ['no scenario', ['trace'], "missing required argument 'scenario'"],
    ['several scenarios', ['trace', 'small.yaml', 'other.yaml'], 'too many arguments'],
    ['an unknown play', ['trace', 'small.yaml', '--play', 'wrong-buckt'], 'Did you mean wrong-bucket?'],
    ['a play of no kind', ['trace', 'small.yaml', '--play', 'zzz'], 'Allowed are expired, wrong-bucket'],
    ['no number', ['trace', 'small.yaml', '--upload', '-1'], 'counted from 0'],
    ['half an upload', ['trace', 'small.yaml', '--upload', '1.5'], 'counted from 0'],
    ['an upload too many', ['trace', 'small.yaml', '--upload', '20'], 'uploads 0 to 19'],
    ['an unknown format', ['trace', 'small.yaml', '--format', 'jsn'], 'Did you mean json?'],
    ['a format of run', ['trace', 'small.yaml', '--format', 'csv'], 'Allowed are table, json.'],
    ['an unknown topology', ['trace', 'small.yaml', '--topology', 'valet'], 'valet-key'],
    ['a play without URLs', ['trace', 'small.yaml', '--topology', 'naive', '--play', 'expired'], 'valet-key'],
  ])('exits 2 for %s', async (_, args, message) => {
    const { status, stdout, stderr } = await place.run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
