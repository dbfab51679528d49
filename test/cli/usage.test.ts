import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laterCommands, laterOptions } from '../../src/commands/later.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place?.remove());

describe('help and version', () => {
  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await place.run(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints help with examples and exit statuses', async () => {
    const { status, stdout, stderr } = await place.run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const text of [
      'run',
      'check',
      'init',
      'import',
      'schema',
      'Examples:',
      'Exit status:',
      '99',
      '130',
      'NO_COLOR',
    ])
      expect(stdout).toContain(text);
    for (const later of laterCommands) expect(stdout).not.toMatch(new RegExp(`^  ${later}\\b`, 'm'));
  });

  it.each(['run', 'check', 'schema'])('prints help for %s', async command => {
    const { status, stdout } = await place.run([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(`valet-sim ${command}`);
    for (const later of laterOptions) expect(stdout).not.toContain(`--${later}`);
  });

  it.each([
    ['init', ['--rate', '--yes', 'On a terminal it asks']],
    ['import', ['--log-format', '--min-size', 'Every line is accounted for']],
  ])('prints help for %s', async (command, parts) => {
    const { status, stdout } = await place.run([command, '--help']);
    expect(status).toBe(0);
    for (const part of parts) expect(stdout).toContain(part);
  });

  it('without a command prints help where errors go', async () => {
    const { status, stdout, stderr } = await place.run([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: valet-sim');
  });
});

describe('bad usage', () => {
  it.each<[string, readonly string[], string]>([
    ['an unknown command', ['rum', 'a.yaml'], 'Did you mean run?'],
    ['a scenario for a command', ['scenarios/a.yaml'], 'Did you mean "valet-sim run scenarios/a.yaml"?'],
    ['an unknown option', ['run', 'a.yaml', '--topologi', 'x'], 'Did you mean --topology?'],
    ['an option before its command', ['--seed', '1', 'run'], "unknown option '--seed'"],
    ['no scenario', ['run'], "missing required argument 'scenario'"],
    ['an option without its value', ['run', 'a.yaml', '--seed'], 'argument missing'],
    ['an unknown format', ['run', 'a.yaml', '--format', 'jsn'], 'Did you mean json?'],
    ['no names of topologies', ['run', 'a.yaml', '--topology', ','], '--topology'],
    ['too many arguments', ['schema', 'x'], 'too many arguments'],
    [
      'two documents on standard output',
      ['run', 'a.yaml', '--uploads-csv', '-', '--format', 'json'],
      '--uploads-csv -',
    ],
    ['uploads of several scenarios', ['run', 'a.yaml', 'b.yaml', '--uploads-csv', 'u.csv'], 'one scenario'],
    ['two scenarios for one folder', ['run', 'x/a.yaml', 'y/a.yaml'], 'would both be saved in "results/a"'],
    ['--no-save with --out', ['run', 'a.yaml', '--no-save', '-o', 'x'], '--no-save and --out contradict'],
    ['a later format', ['run', 'a.yaml', '--format', 'markdown'], '--format markdown is not yet available'],
  ])('exits 2 for %s', async (_, args, message) => {
    const { status, stdout, stderr } = await place.run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it.each(laterCommands)('exits 2 for %s, which comes later', async command => {
    const { status, stdout, stderr } = await place.run([command, 'a', '--vary', 'x=1..2', '-o', 'y']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(`"${command}" is not yet available in this version\n`);
  });

  it.each(laterOptions)('exits 2 for --%s, which comes later', async option => {
    for (const args of [[`--${option}`, '3'], [`--${option}`], [`--${option}=3`]]) {
      const { status, stderr } = await place.run(['run', 'a.yaml', ...args]);
      expect(status).toBe(2);
      expect(stderr).toBe(`--${option} is not yet available in this version\n`);
    }
  });

  it('leaves nothing behind', () => {
    expect(place.files()).toEqual([]);
  });
});
