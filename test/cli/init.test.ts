import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import builtCli from './build.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place?.remove());

const text = (file: string) => readFileSync(join(place.path, file), 'utf8');

describe('init', () => {
  it('writes a scenario that is valid and runs, and asks nothing without a terminal', async () => {
    const { status, stdout, stderr } = await place.run(['init', 'a/upload.yaml', '--uploads', '20']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe('wrote a/upload.yaml\nnext: valet-sim run a/upload.yaml\n');
    const check = await place.run(['check', 'a/upload.yaml']);
    expect(check).toMatchObject({ status: 0, stderr: '' });
    expect(check.stdout).toContain('20 uploads');
    expect((await place.run(['run', 'a/upload.yaml', '--no-save', '-q'])).status).toBe(0);
  });

  it('explains every line', async () => {
    const { stdout } = await place.run(['init', '-']);
    const lines = stdout.split('\n').filter(line => line !== '');
    expect(lines.length).toBeGreaterThan(30);
    const bare = lines.filter(line => !line.startsWith('#') && !/ # \S.{5}/.test(line));
    expect(bare).toEqual([]);
  });

  it('options say what questions would ask', async () => {
    const options = [
      ['--rate', '5/s', '--for', '1m', '--size', '{uniform: [1MB, 9MB]}', '--uplink', 'unlimited'],
      ['--threads', '50', '--memory', '8GiB', '--network', '2Gbps', '--topology', 'valet-key,naive'],
    ].flat();
    expect((await place.run(['init', 'b.yaml', '-y', '-q', ...options])).stderr).toBe('');
    const result = await place.run(['run', 'b.yaml', '--no-save', '--format', 'json', '-q']);
    const { scenario } = JSON.parse(result.stdout);
    expect(scenario.resolved).toMatchObject({
      workload: { uploads: { arrivals: { rate: '5/s', for: '1m' }, size: { uniform: ['1MB', '9MB'] } } },
      clients: [{ uplink: 'unlimited' }],
      server: { threads: 50, memory: '8GiB', network: { in: '2Gbps', out: '2Gbps' } },
    });
    expect(JSON.parse(result.stdout).topologies.map(({ name }: { name: string }) => name)).toEqual([
      'valet-key',
      'naive',
    ]);
    const spread = await place.run(['init', '-', '--uploads', '20', '--for', '3m']);
    expect(spread.stdout).toContain('arrivals: { count: 20, over: 3m }');
  });

  it('names the schema where it lies beside the file, and only there', async () => {
    const modeline = /^#\s+yaml-language-server\s*:/m;
    expect((await place.run(['init', '-'])).stdout).not.toMatch(modeline);
    writeFileSync(join(place.path, 'scenario.schema.json'), (await place.run(['schema'])).stdout);
    await place.run(['init', 'with-schema.yaml']);
    expect(text('with-schema.yaml').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./scenario.schema.json',
    );
  });

  it('overwrites nothing unless told to', async () => {
    writeFileSync(join(place.path, 'mine.yaml'), 'mine');
    const refused = await place.run(['init', 'mine.yaml']);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('"mine.yaml" is there already; --force overwrites it');
    expect(text('mine.yaml')).toBe('mine');
    expect((await place.run(['init', 'mine.yaml', '--force'])).status).toBe(0);
    expect(text('mine.yaml')).toContain('topologies:');
  });

  it.each<[string, readonly string[], string]>([
    ['--uploads', ['--uploads', 'many'], '--uploads: "many" is not a number'],
    ['--uploads that is a rate', ['--uploads', '5/s'], '--rate takes that'],
    ['--rate', ['--rate', '5'], 'is no number per time; e.g. 20/s'],
    ['both', ['--rate', '5/s', '--uploads', '5'], '--uploads and --rate contradict'],
    ['--for', ['--for', '10'], '--for: "10" has no unit'],
    ['--size', ['--size', '5Mbps'], '--size: "5Mbps" is a rate'],
    ['two values in one', ['--size', '5MB # large'], '--size: this is more than one value'],
    ['--uplink', ['--uplink', '0Mbps'], '--uplink: "0Mbps" is 0'],
    ['--threads', ['--threads', '0'], '--threads: 0 is too small'],
    ['--memory', ['--memory', 'much'], '--memory: "much" does not start with a number'],
    ['--network', ['--network', '1GB'], '--network: '],
    ['--topology', ['--topology', 'valet'], 'did you mean valet-key?'],
    ['more than a run can hold', ['--rate', '1000000/s', '--for', '30d'], 'these values do not go together'],
  ])('exits 2 for a bad value of %s', async (_, args, message) => {
    const { status, stdout, stderr } = await place.run(['init', 'bad.yaml', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(existsSync(join(place.path, 'bad.yaml'))).toBe(false);
  });
});

/** Not every system has it. */
const script =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

describe.skipIf(!script)('init on a terminal', () => {
  /** Types each answer when the prompt before it stands there. */
  async function type(
    file: string,
    answers: readonly string[],
  ): Promise<{ status: number | null; shown: string }> {
    const command = `${process.execPath} ${await builtCli()} init ${file}`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: place.path, timeout: 20_000 });
    let shown = '';
    const left = [...answers];
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      shown += part;
      const prompts = shown.split('  [').length - 1;
      while (left.length > 0 && prompts > answers.length - left.length) child.stdin.write(left.shift()!);
    });
    const status = await new Promise<number | null>(resolve => child.on('close', resolve));
    return { status, shown };
  }

  it('asks, and writes what was answered', async () => {
    const { status, shown } = await type('asked.yaml', [
      '7\r',
      '\r',
      '5 apples\r',
      '5MB\r',
      ...Array(5).fill('\r'),
    ]);
    expect(shown).toContain('"5 apples" has no unit that is known here');
    expect(status).toBe(0);
    expect(text('asked.yaml')).toContain('name: "7 uploads of 5MB at once"');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s leaves nothing behind', async (_, key) => {
    const { status } = await type('left.yaml', ['7\r', key]);
    expect(status).toBe(130);
    expect(existsSync(join(place.path, 'left.yaml'))).toBe(false);
  });
});
