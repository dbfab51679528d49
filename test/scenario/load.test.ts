/** Scenarios from files, and files that are none: never a hang, a stack or more than 16 kB. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { loadScenario } from '../../src/scenario/load.js';
import { ScenarioError } from '../../src/scenario/problem.js';
import { full } from './full.js';
import { errorOf, parse, smallest } from './help.js';

const folder = mkdtempSync(join(tmpdir(), 'valet-sim-scenario-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refused(path: string, overrides: readonly string[] = []): Promise<string> {
  const error: unknown = await loadScenario(path, overrides).then(
    () => new Error('the scenario was accepted'),
    reason => reason,
  );
  if (!(error instanceof ScenarioError)) throw error;
  expect(error).toBeInstanceOf(UserError);
  expect(error.problems.length).toBeGreaterThan(0);
  expect(new TextEncoder().encode(error.message).length).toBeLessThan(16_000);
  expect(error.message).not.toMatch(/\n\s+at |RangeError|TypeError|undefined/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
  expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  return error.message;
}

describe('loadScenario', () => {
  it('gives the scenario, its file as named, and the hash of its bytes', async () => {
    const path = file('full.yaml', full);
    const loaded = await loadScenario(path);
    expect(loaded.file).toBe(path);
    expect(loaded.sha256).toBe(createHash('sha256').update(full).digest('hex'));
    expect(loaded.scenario).toEqual(parse(full).scenario);
  });

  it('takes JSON, a byte order mark and CR LF', async () => {
    const { scenario } = parse(smallest);
    const json = JSON.stringify({
      name: 'm',
      workload: { uploads: { arrivals: { count: 1 }, size: '1MB' } },
    });
    for (const text of [json, `\ufeff${smallest}`, smallest.replaceAll('\n', '\r\n')]) {
      expect((await loadScenario(file('variant.yaml', text))).scenario).toEqual(scenario);
    }
  });

  it('finds traces beside the scenario', async () => {
    mkdirSync(join(folder, 'sub'), { recursive: true });
    file('sub/t.csv', 'start,size\n0,5\n');
    const path = file('sub/s.yaml', 'name: m\nworkload: { uploads: { arrivals: { trace: ./t.csv } } }\n');
    expect((await loadScenario(path)).scenario.workload.uploads.arrivals).toMatchObject({
      trace: { file: './t.csv' },
    });
    file('sub/t.csv', 'start,size\n0,x\n');
    expect(await refused(path)).toContain(`${join(folder, 'sub', 't.csv')}:2:3: `);
    const missing = file(
      'sub/missing.yaml',
      'name: m\nworkload: { uploads: { arrivals: { trace: none.csv } } }\n',
    );
    expect(await refused(missing)).toMatch(
      /missing\.yaml:2:43: workload\.uploads\.arrivals\.trace: none\.csv: no such file/,
    );
    const inFolder = file('sub/folder.yaml', 'name: m\nworkload: { uploads: { arrivals: { trace: . } } }\n');
    expect(await refused(inFolder)).toMatch(/this is a folder/);
  });

  it('tells which files it read', async () => {
    file('one.csv', 'start,size\n0,5\n');
    file('two.csv', 'value\n0.1\n');
    const path = file(
      'reads.yaml',
      'name: m\nworkload: { uploads: { arrivals: { trace: ./one.csv } } }\n' +
        'clients: [{ name: a, rtt: { empirical: two.csv } }]\n',
    );
    expect((await loadScenario(path)).inputs).toEqual([
      path,
      join(folder, 'one.csv'),
      join(folder, 'two.csv'),
    ]);
  });

  it('takes options, seed and topologies', async () => {
    const { scenario } = await loadScenario(file('full.yaml', full), ['server.count=9'], {
      seed: '5',
      topologies: ['naive'],
    });
    expect(scenario).toMatchObject({ seed: '5', topologies: [{ name: 'naive', server: { count: 9 } }] });
  });
});

describe('--topology', () => {
  it('naive is an alias, unless a topology has this name', () => {
    const names = (text: string, topologies: readonly string[]) =>
      parse(text, { topologies }).scenario.topologies.map(topology => topology.name);
    expect(names(smallest, ['naive'])).toEqual(['proxy-buffered']);
    expect(names(smallest, ['naive', 'valet-key'])).toEqual(['proxy-buffered', 'valet-key']);
    expect(names(full, ['naive'])).toEqual(['naive']);
    expect(() => parse(`${smallest}topologies: [valet-key]\n`, { topologies: ['naive'] })).toThrow(
      /no topology "naive"/,
    );
  });
});

describe('names', () => {
  it('may have the joiners that languages and emoji need', () => {
    const name = '\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u{1f469}\u200d\u{1f4bb}';
    expect(parse(smallest.replace('name: m', `name: ${name}`)).scenario.name).toBe(name);
  });
});

describe('problems that are not shown', () => {
  it('are all counted', () => {
    const bad = (rows: number) => `start,size\n${'0,x\n'.repeat(rows)}`;
    const arrivals = '{ arrivals: { trace: t.csv } }';
    const text = `name: m\nworkload: { uploads: ${arrivals} }\n${Array.from({ length: 1500 }, (_, i) => `k${i}: 1`).join('\n')}\n`;
    const { message, problems } = errorOf(() => parse(text, { files: { 't.csv': bad(500) } }));
    const shown = message.split('\n').filter(line => /^scenarios\/.*:\d+:\d+: /.test(line)).length;
    expect(problems.length).toBeLessThan(1100);
    expect(message).toMatch(new RegExp(`\nand ${2000 - shown} more$`));
  });
});

describe('what cannot be read', () => {
  it('is a file that is not there, or none', async () => {
    expect(await refused(join(folder, 'ful.yaml'))).toMatch(
      /ful\.yaml:1:1: no such file \(did you mean .*full\.yaml\?\)/,
    );
    expect(await refused(folder)).toMatch(/this is a folder, not a file/);
    expect(await refused(join(folder, 'full.yaml', 'x'))).toMatch(/no such file/);
    expect(await refused(join(folder, 'x'.repeat(5000)))).toMatch(/no such file/);
    expect(await refused('a\0b')).toMatch(/no file can have this name/);
    expect(await refused('')).toMatch(/no such file/);
    expect(await refused('/dev/null')).toMatch(/not a regular file/);
  });

  it('is a pipe that never ends', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await refused(pipe)).toMatch(/not a regular file/);
  });

  it('is no text', async () => {
    expect(await refused(file('utf16le', Buffer.from(`\ufeff${smallest}`, 'utf16le')))).toMatch(
      /UTF-16; save it as a text file in UTF-8/,
    );
    expect(await refused(file('utf16', Buffer.from(smallest, 'utf16le')))).toMatch(/UTF-16/);
    expect(await refused(file('elf', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0)))).toMatch(
      /elf:1:1: this file is binary, not text; a text file in UTF-8/,
    );
    const mixed = Uint8Array.of(0x41, 0, 0x13, 7, 0xb3, 0, 0, 0, 1, 0x42, 0, 0xff);
    expect(await refused(file('mixed', mixed))).toMatch(/binary/);
    expect(await refused(file('zeros', new Uint8Array(600)))).toMatch(/binary/);
    expect(await refused(file('gzip', Uint8Array.of(0x1f, 0x8b, 8)))).toMatch(/gzip/);
    expect(await refused(file('zip', Uint8Array.of(0x50, 0x4b, 3, 4)))).toMatch(/ZIP/);
    expect(await refused(file('latin1', Buffer.from('name: caf\u00e9\n', 'latin1')))).toMatch(
      /latin1:1:10: this is not text/,
    );
    expect(await refused(file('nul', 'name: m\nx: \0\n'))).toMatch(/nul:2:4: this is not text/);
    expect(await refused(file('png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)))).toMatch(
      /not text/,
    );
  });

  it('is larger than any scenario', async () => {
    expect(await refused(file('huge', new Uint8Array(17 * 2 ** 20)))).toMatch(
      /too large \(17 MiB\); at most 16 MiB/,
    );
  });
});

describe('hostile text', () => {
  const anchors = (levels: number) => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level <= levels; level += 1) {
      lines.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    return lines.join('\n');
  };
  const deepBlock = Array.from({ length: 2000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');

  it.each<[string, string, RegExp]>([
    ['flow lists', '['.repeat(1_000_000), /more than 100 levels deep/],
    ['flow mappings', '{a: '.repeat(500_000), /more than 100 levels deep/],
    ['lists in one line', '- '.repeat(500_000), /more than 100 levels deep/],
    ['keys in one line', '? '.repeat(500_000), /more than 100 levels deep/],
    ['blocks', deepBlock, /more than 100 levels deep/],
    ['closed brackets', ']'.repeat(1_000_000), /./],
    ['anchors', anchors(9), /aliases expand to more than 100 copies/],
    ['101 aliases', `${smallest}x: &x 1\ny: [${'*x, '.repeat(101)}]\n`, /more than 100 copies/],
    ['an anchor in itself', 'a: &a { b: *a }\n', /contains itself/],
    [
      'aliases that nest',
      `${Array.from({ length: 99 }, (_, i) => `k${i}: &k${i} [${i > 0 ? `*k${i - 1}` : ''}]`).join('\n')}\n`,
      /100 copies/,
    ],
    ['many values', `a: [${'1, '.repeat(1_000_000)}]`, /too many values/],
    ['many lines', 'a: 1\n'.repeat(500_000), /too many values/],
    ['many documents', '---\n'.repeat(500_000), /too many values|a second YAML document/],
    ['many bad items', `${smallest}clients: [${'x, '.repeat(900)}]\n`, /and \d+ more$/],
    [
      'many unknown keys',
      `${smallest}server:\n${Array.from({ length: 20_000 }, (_, i) => `  k${i}: 1`).join('\n')}\n`,
      /and \d+ more$/,
    ],
    ['an open quote', `name: "${'x'.repeat(1_000_000)}`, /Missing closing/],
    ['a long line', `name: ${'x'.repeat(5_000_000)}`, /too long/],
    [
      '10^12 uploads',
      'name: m\nworkload: { uploads: { arrivals: { count: 1000000000000 }, size: 1B } }\n',
      /at most 100000000/,
    ],
    [
      'a name of escapes',
      `${smallest}"\\e[2J\\e]0;x\\a\\u202e": 1\n`,
      /"\\x1b\[2J\\x1b\]0;x\\x07\\u202e" is not a key/,
    ],
    ['values of escapes', `${smallest}horizon: "\\e[31m5s"\n`, /"\\x1b\[31m5s" does not start with a number/],
    ['a lone surrogate', `${smallest}horizon: "\\ud800"\n`, /\\ud800/],
    ['garbage', '%!@#$%^&*()_+{}|:"<>?`~[]\\;\',./'.repeat(1000), /./],
  ])('%s', async (_, text, expected) => {
    expect(await refused(file('hostile.yaml', text))).toMatch(expected);
  });

  it('of any kind is refused with a text, or read', async () => {
    const line = fc.constantFrom(
      'name: m',
      'workload:',
      '  uploads:',
      '    arrivals: { count: 1 }',
      '    size: 1MB',
      'server:',
      '  x: 1',
      '- a',
      '? b',
      ': c',
      '&a',
      '*a',
      '!!str',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '|',
      '>',
      '#',
      '---',
      '...',
      '%YAML 1.2',
      '\t',
      '<<: *a',
      'null',
      '~',
      'clients: [{ name: a }]',
      'topologies: [{}]',
      'slo: [a: b]',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(line, { maxLength: 20 }).map(lines => lines.join('\n')),
          fc.string({ maxLength: 200 }),
        ),
        async text => {
          try {
            parse(text);
          } catch (error) {
            if (!(error instanceof ScenarioError)) throw error;
            expect(error.message.length).toBeLessThan(16_000);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('in options does as little', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('server.', 'clients.', 'topologies[0].', 'workload.uploads.', ''),
        (text, start) => {
          try {
            parse(full, { overrides: [start + text] });
          } catch (error) {
            if (!(error instanceof ScenarioError)) throw error;
            expect(error.message.length).toBeLessThan(16_000);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
