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
      'trace',
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

  it.each(['run', 'check', 'trace', 'schema', 'completion'])('prints help for %s', async command => {
    const { status, stdout } = await place.run([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain(`valet-sim ${command}`);
    for (const later of laterOptions) expect(stdout).not.toContain(`--${later}`);
  });

  it.each([
    ['help'],
    ['run', '-h'],
    ['help', 'run'],
    ['run', 'a.yaml', '--seed', '1', '-h'],
    ['help', 'help'],
  ])('prints help for %s %s', async (...args) => {
    const { status, stdout, stderr } = await place.run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: valet-sim /);
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
    ['an unknown command', ['rum', 'a.yaml'], "unknown command 'rum'\n(Did you mean run?)"],
    ['an abbreviated command', ['sch'], "unknown command 'sch'\n(Did you mean schema?)"],
    [
      'a command like no other',
      ['frobnicate'],
      "unknown command 'frobnicate'\n(The commands are run, compare, rerun, sweep, capacity, sensitivity, check, trace, init, import, profiles, schema, completion and help.)",
    ],
    ['help for an unknown command', ['help', 'chek'], "unknown command 'chek'\n(Did you mean check?)"],
    ['help of an unknown command', ['chek', '-h'], "unknown command 'chek'\n(Did you mean check?)"],
    [
      'a scenario for a command',
      ['scenarios/a.yaml'],
      `unknown command 'scenarios/a.yaml'\n(Did you mean "valet-sim run scenarios/a.yaml"?)`,
    ],
    [
      'control characters in it',
      ['\u001b[31mrum'],
      "unknown command '␛[31mrum'\n(The commands are run, compare, rerun, sweep, capacity, sensitivity, check, trace, init, import, profiles, schema, completion and help.)",
    ],
    [
      'an unknown option',
      ['run', 'a.yaml', '--topologi', 'x'],
      "unknown option '--topologi'\n(Did you mean --topology?)",
    ],
    [
      'an unknown option with its value',
      ['check', 'a.yaml', '--sede=3'],
      "unknown option '--sede=3'\n(Did you mean --seed?)",
    ],
    ['an abbreviated option', ['run', '--up', 'x'], "unknown option '--up'\n(Did you mean --uploads-csv?)"],
    ['an option in another case', ['-v'], "unknown option '-v'\n(Did you mean -V?)"],
    [
      'an option like no other',
      ['run', 'a.yaml', '-x'],
      `unknown option '-x'\n("valet-sim run --help" shows the options.)`,
    ],
    [
      'an option before its command',
      ['--seed', '1', 'run'],
      "unknown option '--seed'\n(It is an option of run, compare, sweep, capacity, sensitivity, check and trace, and stands behind the command.)",
    ],
    [
      'an option of another command',
      ['check', 'a.yaml', '--format', 'json'],
      "unknown option '--format'\n(It is an option of run, compare, sweep, capacity, sensitivity, trace and profiles.)",
    ],
    [
      'no scenario',
      ['run'],
      "missing required argument 'scenario'\n(Usage: valet-sim run [options] <scenario...>)",
    ],
    ['an option without its value', ['run', 'a.yaml', '--seed'], "option '--seed <seed>' argument missing"],
    [
      'an option in place of a value',
      ['run', 'a.yaml', '--seed', '--set', 'a=1'],
      "option '--seed <seed>' argument missing\n(What follows is --set, another option.)",
    ],
    [
      'an unknown format',
      ['run', 'a.yaml', '--format', 'tabel'],
      "option '--format <format>' argument 'tabel' is invalid. Allowed are table, json, csv, markdown.\n(Did you mean table?)",
    ],
    [
      'too many arguments',
      ['schema', 'x'],
      "too many arguments for 'schema'. Expected 0 arguments but got 1.\n(Usage: valet-sim schema [options])",
    ],
  ])('exits 2 for %s, and says one thing', async (_, args, message) => {
    expect(await place.run(args)).toMatchObject({ status: 2, stdout: '', stderr: `error: ${message}\n` });
  });

  it('takes what follows -- for a scenario', async () => {
    const { status, stderr } = await place.run(['check', '--', '--seed']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '--seed:1:1: no such file\n' });
  });

  it.each(laterCommands)('has no help for %s, which comes later', async command => {
    for (const args of [
      ['help', command],
      [command, '--help'],
    ])
      expect(await place.run(args)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: `"${command}" is not yet available in this version\n`,
      });
  });

  it.each<[string, readonly string[], string]>([
    ['no names of topologies', ['run', 'a.yaml', '--topology', ','], '--topology'],
    [
      'two documents on standard output',
      ['run', 'a.yaml', '--uploads-csv', '-', '--format', 'json'],
      '--uploads-csv -',
    ],
    ['uploads of several scenarios', ['run', 'a.yaml', 'b.yaml', '--uploads-csv', 'u.csv'], 'one scenario'],
    ['two scenarios for one folder', ['run', 'x/a.yaml', 'y/a.yaml'], 'would both be saved in "results/a"'],
    ['--no-save with --out', ['run', 'a.yaml', '--no-save', '-o', 'x'], '--no-save and --out contradict'],
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
