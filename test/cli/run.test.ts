import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/present/terminal/width.js';
import type { Result } from '../../src/result.js';
import { bad, meetsObjective, missesObjective, small } from './scenarios.js';
import { ended, type Workplace, workplace } from './spawn.js';

const sources = {
  'bad.yaml': bad,
  'bucket.yaml': small('storage: { buckets: [other] }\n'),
  'met.yaml': meetsObjective,
  'missed.yaml': missesObjective,
  'other.yaml': small(),
  'small.yaml': small(),
  'traced.yaml': 'name: traced\nworkload: { uploads: { arrivals: { trace: t.csv } } }\n',
  't.csv': 'start,size\n0,1000\n',
};
const given = Object.keys(sources);

let place: Workplace;
beforeEach(async () => {
  place = await workplace(sources);
});
afterEach(() => place?.remove());

const saved = (path: string): Result => JSON.parse(readFileSync(join(place.path, path), 'utf8'));
const added = () => place.files().filter(file => !given.includes(file));

describe('run', () => {
  it('prints tables to standard output, notices to standard error, and saves the result', async () => {
    const { status, stdout, stderr } = await place.run(['run', 'small.yaml']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^small\nseed 7 · 2 topologies · small\.yaml · valet-sim /);
    expect(stdout).toMatch(/self-checks: (\d+) of \1 hold\n$/);
    expect(stderr).toContain('saved results/small/result.json\n');
    expect(added()).toEqual(['results/small/result.json']);
    expect(saved('results/small/result.json').topologies.map(t => t.name)).toEqual([
      'proxy-buffered',
      'valet-key',
    ]);
  });

  it('prints no escapes and at most 100 columns into a pipe', async () => {
    const { stdout } = await place.run(['run', 'small.yaml'], { COLUMNS: '200' });
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(Math.max(...stdout.split('\n').map(widthOf))).toBeLessThanOrEqual(100);
  });

  it('respects FORCE_COLOR, NO_COLOR and --no-color', async () => {
    const colour = async (args: readonly string[], env: Record<string, string>) =>
      (await place.run(['run', 'small.yaml', '--no-save', ...args], env)).stdout.includes('\u001b[');
    expect(await colour([], { FORCE_COLOR: '1' })).toBe(true);
    expect(await colour([], { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colour(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });

  it('prints the same whether it saves or not', async () => {
    const saving = await place.run(['run', 'small.yaml']);
    const notSaving = await place.run(['run', 'small.yaml', '--no-save']);
    expect(notSaving.stdout).toBe(saving.stdout);
    expect(notSaving.stderr).not.toContain('saved');
  });

  it('draws charts, in colour where there is any, and leaves them out with --no-chart', async () => {
    const { stdout } = await place.run(['run', 'small.yaml', '--no-save']);
    expect(stdout).toContain('\nOver time\n\nUploads in flight\n─── proxy-buffered   ━━━ valet-key\n');
    const coloured = await place.run(['run', 'small.yaml', '--no-save'], { FORCE_COLOR: '1' });
    expect(coloured.stdout).toContain(
      '\u001b[36m───\u001b[39m proxy-buffered   \u001b[35m━━━\u001b[39m valet-key',
    );
    const without = await place.run(['run', 'small.yaml', '--no-save', '--no-chart']);
    expect(without.stdout).not.toMatch(/Over time|Time to completion\n|─── +proxy/);
    // Nothing else changes.
    const [before, after] = stdout.split(/Time to completion\n[\s\S]*(?=self-checks)/);
    expect(without.stdout).toBe(before + after);
  });

  it('is silent about notices with -q, and saves all the same', async () => {
    const { status, stdout, stderr } = await place.run(['run', 'small.yaml', '-q']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Uploads');
    expect(added()).toEqual(['results/small/result.json']);
  });

  it('says warnings on standard error, whatever the format, and not with -q', async () => {
    for (const format of ['table', 'json', 'csv', 'markdown']) {
      const args = ['run', 'bucket.yaml', '--no-save', '--format', format];
      const { stdout, stderr } = await place.run(args);
      expect(stderr).toMatch(/^warning: uploads name the bucket .+$/m);
      expect(stdout).not.toContain('warning: ');
      expect((await place.run([...args, '-q'])).stderr).toBe('');
    }
  });

  it('takes naive for proxy-buffered', async () => {
    const args = ['run', 'small.yaml', '--no-save', '--format', 'json', '--topology', 'naive'];
    const result: Result = JSON.parse((await place.run(args)).stdout);
    expect(result.topologies.map(t => t.name)).toEqual(['proxy-buffered']);
  });

  it('applies --seed, --set and --topology', async () => {
    const args = ['--seed', '99', '--set', 'workload.uploads.arrivals.count=3', '--topology', 'valet-key'];
    const { stdout } = await place.run(['run', 'small.yaml', '--format', 'json', ...args]);
    const result: Result = JSON.parse(stdout);
    expect(result.seed).toBe('99');
    expect(result.topologies.map(t => [t.name, t.uploads.offered])).toEqual([['valet-key', 3]]);
  });
});

describe('run --format', () => {
  it('json prints one document and nothing else, the one that is saved', async () => {
    const { status, stdout } = await place.run(['run', 'small.yaml', '--format', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 'valet-sim/result@1',
      scenario: { file: 'small.yaml' },
    });
    expect(stdout).toBe(readFileSync(join(place.path, 'results/small/result.json'), 'utf8'));
  });

  it('json prints an array for several scenarios', async () => {
    const { stdout } = await place.run(['run', 'small.yaml', 'other.yaml', '--format', 'json', '--no-save']);
    const results: Result[] = JSON.parse(stdout);
    expect(results.map(r => r.scenario.file)).toEqual(['small.yaml', 'other.yaml']);
  });

  it('csv prints a row per topology', async () => {
    const { stdout } = await place.run(['run', 'small.yaml', 'other.yaml', '--format', 'csv', '--no-save']);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows.map(row => `${row['scenario.file']} ${row.name} ${row['uploads.offered']}`)).toEqual([
      'small.yaml proxy-buffered 20',
      'small.yaml valet-key 20',
      'other.yaml proxy-buffered 20',
      'other.yaml valet-key 20',
    ]);
  });

  it('markdown prints one document, without colour', async () => {
    const args = ['run', 'small.yaml', 'met.yaml', '--format', 'markdown', '--no-save'];
    const { status, stdout, stderr } = await place.run(args, { FORCE_COLOR: '1' });
    expect(status).toBe(0);
    expect(stderr).toMatch(
      /^warning: proxy-buffered, valet-key: completion\.p99 is the largest of 20 values\..*\n$/,
    );
    expect(stdout.match(/^# .*$/gm)).toEqual(['# small', '# small']);
    expect(stdout).toContain('\n| topology | uploads offered |');
    expect(stdout.match(/^```text\n─── proxy-buffered {3}━━━ valet-key$/gm)!.length).toBeGreaterThan(2);
    expect((await place.run([...args, '--no-chart'])).stdout).not.toContain('```');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(stdout).not.toContain('\n\n\n');
  });

  it('table shows the scenarios one after the other', async () => {
    const { stdout } = await place.run(['run', 'small.yaml', 'met.yaml', '--no-save']);
    expect(stdout.match(/^self-checks/gm)).toHaveLength(2);
    expect(stdout).toContain('═════');
  });
});

describe('what run saves', () => {
  it('goes where --out says', async () => {
    const { stderr } = await place.run(['run', 'small.yaml', '-o', 'some/where']);
    expect(stderr).toContain('saved some/where/result.json');
    expect(added()).toEqual(['some/where/result.json']);
  });

  it('goes into a folder per scenario where there are several', async () => {
    await place.run(['run', 'small.yaml', 'other.yaml', '--out', 'out']);
    expect(added()).toEqual(['out/other/result.json', 'out/small/result.json']);
  });

  it('is nothing with --no-save', async () => {
    await place.run(['run', 'small.yaml', '--no-save']);
    expect(added()).toEqual([]);
  });

  it('replaces an older result as a whole', async () => {
    mkdirSync(join(place.path, 'results/small'), { recursive: true });
    writeFileSync(join(place.path, 'results/small/result.json'), 'old'.repeat(1_000_000));
    await place.run(['run', 'small.yaml']);
    expect(saved('results/small/result.json').format).toBe('valet-sim/result@1');
    expect(added()).toEqual(['results/small/result.json']);
  });

  it('is the same wherever it is run, to the byte', async () => {
    const elsewhere = await workplace(sources);
    try {
      const here = await place.run(['run', 'small.yaml', '--format', 'json']);
      const there = await elsewhere.run(['run', 'small.yaml', '--format', 'json']);
      expect(there.stdout).toBe(here.stdout);
    } finally {
      elsewhere.remove();
    }
  });

  it('never takes the place of what the run reads', async () => {
    mkdirSync(join(place.path, 'links'));
    symlinkSync('../t.csv', join(place.path, 'links/data'));
    symlinkSync('../small.yaml', join(place.path, 'links/result.json'));
    for (const [args, target] of [
      [['traced.yaml', '--uploads-csv', 'traced.yaml'], 'traced.yaml'],
      [['traced.yaml', '--uploads-csv', './t.csv'], './t.csv'],
      [['traced.yaml', '--uploads-csv', 'links/data'], 'links/data'],
      [['small.yaml', '-o', 'links'], 'links/result.json'],
      [['links/result.json', '-o', 'links'], 'links/result.json'],
    ] as const) {
      const { status, stdout, stderr } = await place.run(['run', ...args]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toBe(`cannot write "${target}": this run reads it; name another file\n`);
    }
    expect(readFileSync(join(place.path, 't.csv'), 'utf8')).toBe(sources['t.csv']);
    for (const name of ['small.yaml', 'traced.yaml'] as const)
      expect(readFileSync(join(place.path, name), 'utf8')).toBe(sources[name]);
    expect(existsSync(join(place.path, 'results'))).toBe(false);
  });

  it('is refused before anything runs where it cannot be saved', async () => {
    for (const out of ['small.yaml', 'small.yaml/deeper']) {
      const { status, stdout, stderr } = await place.run(['run', 'small.yaml', '-o', out]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`cannot write "${out}/result.json"`);
    }
  });
});

describe('run --uploads-csv', () => {
  const header =
    'topology,replication,upload,start,end,latency,status,reason,attempts,size,client,server,bucket';

  it('writes a row per upload, with --no-save too', async () => {
    const { stderr } = await place.run(['run', 'small.yaml', '--no-save', '--uploads-csv', 'deep/u.csv']);
    expect(stderr).toContain('saved deep/u.csv');
    expect(added()).toEqual(['deep/u.csv']);
    const text = readFileSync(join(place.path, 'deep/u.csv'), 'utf8');
    expect(text.split('\n')[0]).toBe(header);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const ids = Array.from({ length: 20 }, (_, i) => i);
    expect(rows.map(row => `${row.topology} ${row.upload}`)).toEqual([
      ...ids.map(i => `proxy-buffered ${i}`),
      ...ids.map(i => `valet-key ${i}`),
    ]);
  });

  it('agrees with the result', async () => {
    const args = ['--no-save', '--uploads-csv', 'u.csv', '--format', 'json'];
    const result: Result = JSON.parse((await place.run(['run', 'small.yaml', ...args])).stdout);
    const rows: Record<string, string>[] = parse(readFileSync(join(place.path, 'u.csv'), 'utf8'), {
      columns: true,
    });
    for (const { name, uploads, latency } of result.topologies) {
      const own = rows.filter(row => row.topology === name);
      expect(own.filter(row => row.status === 'succeeded')).toHaveLength(uploads.succeeded);
      expect(own.reduce((sum, row) => sum + Number(row.attempts), 0)).toBe(uploads.attempts);
      expect(Math.max(...own.map(row => Number(row.latency)))).toBe(latency.max);
    }
  });

  it('with - prints rows alone on standard output, and tables on standard error', async () => {
    const { status, stdout, stderr } = await place.run([
      'run',
      'small.yaml',
      '--no-save',
      '--uploads-csv',
      '-',
    ]);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toHaveLength(42);
    expect(stdout.split('\n')[0]).toBe(header);
    expect(stderr).toContain('Resources');
  });
});

describe('exit statuses', () => {
  it('99 where an objective was missed, said after the tables', async () => {
    const { status, stdout, stderr } = await place.run(['run', 'missed.yaml', '-q']);
    expect(status).toBe(99);
    expect(stdout).toContain('MISSED');
    expect(stderr).toMatch(/^objective missed: small: valet-key: completion\.p99 < 1us \(it is .+\)\n$/);
    expect(added()).toEqual(['results/missed/result.json']);
  });

  it('0 where all were met', async () => {
    expect((await place.run(['run', 'met.yaml'])).status).toBe(0);
  });

  it('99 where one of several scenarios missed, after all have run', async () => {
    const { status, stdout } = await place.run(['run', 'missed.yaml', 'small.yaml', '--format', 'json']);
    expect(status).toBe(99);
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it('2 for bad scenarios, with all problems of all files, before anything runs', async () => {
    const { status, stdout, stderr } = await place.run(['run', 'small.yaml', 'bad.yaml', 'missing.yaml']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/bad\.yaml:2:1: /);
    expect(stderr).toMatch(/bad\.yaml:6:\d+: /);
    expect(stderr).toContain('missing.yaml');
    expect(added()).toEqual([]);
  });

  it('0 and no complaint where the reader has seen enough', async () => {
    const child = place.start([
      'run',
      'small.yaml',
      '--no-save',
      '-q',
      '--uploads-csv',
      '-',
      '--set',
      'workload.uploads.arrivals.count=5000',
    ]);
    const end = ended(child);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { status, stderr } = await end;
    expect(status).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|error/i);
  });

  it.skipIf(process.platform === 'win32')('130 and a word where it is interrupted as it saves', async () => {
    const args = ['--no-save', '-q', '--uploads-csv', 'deep/u.csv'];
    const count = 'workload.uploads.arrivals.count=60000';
    const child = place.start(['run', 'small.yaml', ...args, '--set', count, '--format', 'json']);
    const end = ended(child);
    const poll = setInterval(() => {
      if (added().some(file => file.endsWith('.tmp'))) child.kill('SIGINT');
    }, 5);
    const { status, signal, stderr } = await end.finally(() => clearInterval(poll));
    expect(signal === 'SIGINT' || status === 130).toBe(true);
    expect(stderr).toBe('interrupted\n');
    expect(existsSync(join(place.path, 'deep'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    '130 where it is interrupted, with nothing half-written',
    async () => {
      const args = ['-o', 'out', '--uploads-csv', 'u.csv', '--set', 'workload.uploads.arrivals.count=300000'];
      const child = place.start(['run', 'small.yaml', ...args]);
      const end = ended(child);
      setTimeout(() => child.kill('SIGINT'), 700);
      const { status, signal } = await end;
      // A shell reports the death by this signal as 130.
      expect(signal === 'SIGINT' || status === 130).toBe(true);
      expect(added().filter(file => !['out/result.json', 'u.csv'].includes(file))).toEqual([]);
      expect(existsSync(join(place.path, 'out'))).toBe(added().includes('out/result.json'));
    },
  );
});
