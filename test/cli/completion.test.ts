import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLine } from '../../src/commands/command-line.js';
import { describe as description } from '../../src/commands/completion/describe.js';
import { laterCommands } from '../../src/commands/later.js';
import { isInstalled, shells } from './shells.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
let work: string;
beforeAll(async () => {
  place = await workplace({
    'work/a.yaml': '',
    'work/b.yml': '',
    'work/c.txt': '',
    'work/with space.yaml': '',
    'work/sub/deep.yaml': '',
  });
  work = join(place.path, 'work');
  mkdirSync(join(place.path, 'scripts'));
  for (const { name } of shells)
    writeFileSync(scriptOf(name), (await place.run(['completion', name])).stdout);
});
afterAll(() => place?.remove());

const scriptOf = (shell: string): string => join(place.path, 'scripts', shell);

/** What is offered for the last word of a line; `sub/` is the folder. */
const cases: readonly (readonly [line: string, offered: readonly string[]])[] = [
  [
    'valet-sim ',
    [
      ...[
        'run',
        'compare',
        'rerun',
        'sweep',
        'capacity',
        'sensitivity',
        'check',
        'trace',
        'init',
        'import',
        'profiles',
        'schema',
        'completion',
      ],
      'help',
    ],
  ],
  ['valet-sim run', ['run']],
  ['valet-sim comp', ['compare', 'completion']],
  ['valet-sim repo', []],
  ['valet-sim --ver', ['--version']],
  ['valet-sim run --form', ['--format']],
  ['valet-sim run --no', ['--no-save', '--no-chart', '--no-color']],
  ['valet-sim run --repo', []],
  ['valet-sim run --seed 3 --top', ['--topology']],
  ['valet-sim run a.yaml --qui', ['--quiet']],
  ['valet-sim check --out', []],
  ['valet-sim run --format ', ['table', 'json', 'csv', 'markdown']],
  ['valet-sim trace a.yaml --play wrong-', ['wrong-bucket', 'wrong-key', 'wrong-method']],
  ['valet-sim run --format j', ['json']],
  ['valet-sim run --format=j', ['json']],
  ['valet-sim run --topology proxy-st', ['proxy-streaming']],
  ['valet-sim run --topology naive,va', ['naive,valet-key', 'naive,valet-key-multipart']],
  [
    'valet-sim run --topology naive,valet-key,',
    ['proxy-buffered', 'proxy-spooled', 'proxy-streaming', 'valet-key-multipart'].map(
      name => `naive,valet-key,${name}`,
    ),
  ],
  ['valet-sim run --set server.thr', ['server.threads=']],
  ['valet-sim sensitivity a.yaml --only server.count,server.thr', ['server.count,server.threads']],
  ['valet-sim run ', ['a.yaml', 'b.yml', 'sub/', 'with space.yaml']],
  ['valet-sim check a', ['a.yaml']],
  ['valet-sim run --set server.threads=3 --format json a', ['a.yaml']],
  ['valet-sim run b.yml a', ['a.yaml']],
  ['valet-sim run -- a', ['a.yaml']],
  ['valet-sim run sub/', ['sub/deep.yaml']],
  ['valet-sim run -o ', ['sub/']],
  ['valet-sim run --out=s', ['sub/']],
  ['valet-sim run --uploads-csv c', ['c.txt']],
  ['valet-sim completion z', ['zsh']],
  ['valet-sim completion zsh f', []],
  ['valet-sim profiles tom', ['tomcat']],
  ['valet-sim profiles tomcat m5.x', ['m5.xlarge']],
  ['valet-sim profiles --format j', ['json']],
  ['valet-sim help che', ['check']],
];

describe.each(shells)('$name', ({ name, parse, complete }) => {
  // Whoever has no such shell sees that it was not tested; bash there has to be.
  const missing = name !== 'bash' && !isInstalled(name);

  it.skipIf(missing)('parses its script', () => {
    expect(execFileSync(name, [...parse, scriptOf(name)], { encoding: 'utf8' })).toBe('');
  });

  if (name === 'zsh') {
    // Tab inserts what there is only one of, and what may follow: a space, or the mark of what goes on.
    const sure = cases.filter(([, offered]) => offered.length < 2);
    it.skipIf(missing).each(sure)('%s', (line, [offered]) => {
      const before = line.slice(0, Math.max(line.lastIndexOf(' '), line.lastIndexOf('=')) + 1);
      const after = offered === undefined ? line : before + offered;
      const bare = (text: string): string => text.replace(/[ =,]$/, '');
      expect(complete(scriptOf(name), line, work).map(bare)).toEqual([bare(after)]);
    });
    return;
  }

  it.skipIf(missing).each(cases)('%s', (line, offered) => {
    // Bash says of the whole answer that they are names of files, and marks folders itself.
    const marked = name === 'bash' ? offered.map(one => one.replace(/\/$/, '')) : offered;
    expect(complete(scriptOf(name), line, work).sort()).toEqual([...marked].sort());
  });
});

describe('completion', () => {
  it('knows every visible command and option, and no other', async () => {
    const program = description(commandLine('1', () => {}));
    const help = async (args: readonly string[]): Promise<string> =>
      (await place.run([...args, '--help'])).stdout;
    const flags = (text: string): string[] =>
      [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(match => match[1]!);
    const [, commands = ''] = (await help([])).split('Commands:\n').map(part => part.split('\n\n')[0]);
    const named = [...commands.matchAll(/^ {2}(\w+)/gm)].map(match => match[1]);
    expect(program.commands.map(each => each.name)).toEqual(named);
    for (const later of laterCommands) expect(named).not.toContain(later);
    for (const { name, options } of program.commands)
      expect(options.map(({ long }) => `--${long}`)).toEqual(flags(await help([name])));
  });

  it('says how to install each script, in its help and in the script', async () => {
    const { stdout: help } = await place.run(['completion', '--help']);
    for (const { name } of shells) {
      expect(help).toContain(`valet-sim completion ${name}`);
      expect((await place.run(['completion', name])).stdout).toContain(`valet-sim completion ${name}`);
    }
  });

  it('guesses no shell where a program reads the script', async () => {
    const { status, stdout, stderr } = await place.run(['completion'], { SHELL: '/bin/bash' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe('error: for which shell?\n(Usage: valet-sim completion bash|zsh|fish)\n');
  });

  it('refuses shells that it does not know', async () => {
    const { status, stderr } = await place.run(['completion', 'zhs']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/Allowed are bash, zsh, fish\.\n\(Did you mean zsh\?\)\n$/);
  });
});
