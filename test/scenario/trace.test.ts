/** Traces and empirical distributions from CSV. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvProblems } from '../../src/scenario/csv.js';
import { isPrintable } from '../../src/scenario/text.js';
import { readTrace } from '../../src/scenario/trace.js';
import type { Trace } from '../../src/scenario/types.js';
import { errorOf, parse } from './help.js';

const scenario = 'name: m\nworkload: { uploads: { arrivals: { trace: t.csv } } }\n';

function trace(csv: string | Uint8Array, text = scenario): Trace {
  const { arrivals } = parse(text, { files: { 't.csv': csv } }).scenario.workload.uploads;
  if (arrivals.kind !== 'trace') throw new Error('not a trace');
  return arrivals.trace;
}

const message = (csv: string | Uint8Array, text = scenario): string =>
  errorOf(() => parse(text, { files: { 't.csv': csv } })).message;

describe('a trace', () => {
  it('is read in the order of the file, whatever the order of the columns', () => {
    expect(trace('size,bucket,start\n5,a,2\n6,,1.5\n7,b,1\n')).toEqual({
      file: 't.csv',
      start: Float64Array.of(2, 1.5, 1),
      size: Float64Array.of(5, 6, 7),
      bucket: Int32Array.of(0, -1, 1),
      names: ['a', 'b'],
    });
  });

  it('has every optional column, empty where the scenario decides', () => {
    const read = trace('start,size,uplink,downlink,rtt,weight,bucket,file\n0,1,2,3,0.04,5,a,f\n0,1,,,,,,\n');
    expect(read).toMatchObject({
      uplink: Float64Array.of(2, Number.NaN),
      downlink: Float64Array.of(3, Number.NaN),
      rtt: Float64Array.of(0.04, Number.NaN),
      weight: Float64Array.of(5, Number.NaN),
      bucket: Int32Array.of(0, -1),
      fileName: Int32Array.of(1, -1),
      names: ['a', 'f'],
    });
  });

  it.each([
    ['CR LF', 'start,size\r\n0,5\r\n1,6\r\n'],
    ['a byte order mark', '\ufeffstart,size\n0,5\n1,6\n'],
    ['no newline at the end', 'start,size\n0,5\n1,6'],
    ['blank lines', 'start,size\n\n0,5\n\r\n1,6\n\n'],
    ['quotes', '"start","size"\n"0","5"\n1,"6"\r\n'],
    ['spaces around', ' start , size\n0 , 5\n\t1,6 \n'],
    ['exponents', 'start,size\n0e0,0.5e1\n1E0,600e-2\n'],
  ])('may have %s', (_, csv) => {
    expect(trace(csv)).toMatchObject({ start: Float64Array.of(0, 1), size: Float64Array.of(5, 6) });
  });

  it('may have commas, quotes and newlines in quoted names', () => {
    expect(trace('start,size,file\n0,1,"a, ""b"""\n').names).toEqual(['a, "b"']);
    expect(message('start,size,file\n0,1,"a\nb"\n0,x,c\n')).toMatch(
      /t\.csv:2:6: "a\\nb" has characters[\s\S]*t\.csv:4:3: "x" is not a number/,
    );
  });

  it('reads every double back exactly', () => {
    const cell = fc.oneof(
      fc.double({ min: 1e-9, max: 1e15, noNaN: true }),
      fc.nat(1e9).map(n => n / 1000 + 0.001),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, fc.option(cell)), { minLength: 1, maxLength: 50 }), rows => {
        const bound = (value: number) => Math.min(value, 1e10);
        const csv = `start,size,uplink\n${rows.map(([a, b, c]) => `${bound(a)},${b},${c ?? ''}`).join('\n')}\n`;
        const read = trace(csv);
        expect([...read.start]).toEqual(rows.map(([a]) => bound(a)));
        expect([...read.size]).toEqual(rows.map(([, b]) => b));
        expect([...read.uplink!]).toEqual(rows.map(([, , c]) => c ?? Number.NaN));
      }),
    );
  });

  it('reads decimals as Number does', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,18}(\.\d{1,18})?$/), text => {
        fc.pre(Number(text) > 0 && Number(text) < 2 ** 53);
        expect(trace(`start,size\n0,${text}\n`).size[0]).toBe(Number(text));
      }),
      { numRuns: 500 },
    );
  });

  it('reads names back exactly', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter(text => text.trim() === text && isPrintable(text) && !text.includes('\ufffd'));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), names => {
        const csv = `start,size,bucket\n${names.map(text => `0,1,"${text.replaceAll('"', '""')}"`).join('\n')}\n`;
        const read = trace(csv);
        expect([...read.bucket!].map(index => read.names[index])).toEqual(names);
      }),
    );
  });

  it('never throws on anything else than what is wrong with it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, header) => {
        const problems = new CsvProblems();
        const start = new TextEncoder().encode(header ? 'start,size,bucket\n' : '');
        const csv = new Uint8Array([...start, ...bytes]);
        const read = readTrace(csv, 't.csv', 'uploads', problems);
        expect(read === undefined).toBe(problems.any);
        for (const { line, column } of problems.list) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('counts in thousands of rows', () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => `${row / 10},${1000 + row},name-${row % 7}`);
    const read = trace(`start,size,bucket\n${rows.join('\n')}\n`);
    expect(read.start).toHaveLength(200_000);
    expect(read.size[199_999]).toBe(200_999);
    expect(read.names).toHaveLength(7);
  });
});

describe('a broken trace', () => {
  it.each<[string, string, RegExp]>([
    ['an empty file', '', /t\.csv:1:1: the trace is empty; a header is needed, with start and size/],
    ['a mark and nothing else', '\ufeff', /t\.csv:1:1: the trace is empty/],
    [
      'no header',
      '0,5\n',
      /t\.csv:1:1: the header is missing; a header is needed, with start and size; optional: uplink/,
    ],
    ['no rows', 'start,size\n', /t\.csv:2:1: the trace has a header and no rows/],
    ['a missing column', 'start,uplink\n0,5\n', /t\.csv:1:1: the column size is missing/],
    [
      'an unknown column',
      'start,size,uplnk\n0,5,5\n',
      /t\.csv:1:12: "uplnk" is not a column of the trace \(did you mean uplink\?\); known: start, size/,
    ],
    ['a column without a name', 'start,size,\n0,5,\n', /t\.csv:1:12: column 3 has no name/],
    ['the same column twice', 'start,size,start\n0,5,5\n', /t\.csv:1:12: the column start stands twice/],
    ['too few cells', 'start,size\n0,5\n0\n', /t\.csv:3:1: this row has 1 cells, the header 2/],
    ['too many cells', 'start,size\n0,5,6\n', /t\.csv:2:5: this row has 3 cells/],
    [
      'text',
      'start,size\n0,5\n1,five\n',
      /t\.csv:3:3: "five" is not a number; size in bytes, above 0, is needed/,
    ],
    ['hexadecimal', 'start,size\n0,0x10\n', /t\.csv:2:3: "0x10" is not a number/],
    ['a unit', 'start,size\n0,5MB\n', /t\.csv:2:3: "5MB" is not a number; size in bytes/],
    ['an empty size', 'start,size\n0,\n', /t\.csv:2:3: size is empty/],
    ['NaN', 'start,size\nNaN,5\n', /t\.csv:2:1: "NaN" is not a number/],
    ['Infinity', 'start,size\n0,Infinity\n', /t\.csv:2:3: "Infinity" is not a number/],
    ['a negative start', 'start,size\n-1,5\n', /t\.csv:2:1: "-1" is negative; start in seconds, 0 or more/],
    ['a size of 0', 'start,size\n0,0\n', /t\.csv:2:3: "0" is 0/],
    ['overflow', 'start,size\n0,1e999\n', /t\.csv:2:3: "1e999" is too large/],
    ['a long number', `start,size\n0,${'1'.repeat(5000)}\n`, /t\.csv:2:3: "1{39}…" is not a number/],
    ['an open quote', 'start,size\n0,"5\n1,6\n', /t\.csv:2:3: this quote is never closed/],
    ['text after a quote', 'start,size\n0,"5"6\n', /t\.csv:2:6: text stands after a closing quote/],
    ['control characters', 'start,size\n0,\u001b[2J\n', /t\.csv:2:3: "\\x1b\[2J" is not a number/],
    [
      'control characters in a name',
      'start,size,bucket\n0,5,a\u0007\n',
      /t\.csv:2:5: "a\\x07" has characters that cannot be shown/,
    ],
    ['a weight of 0', 'start,size,weight\n0,5,0\n', /t\.csv:2:5: "0" is 0; weight above 0/],
    ['a line of commas', ','.repeat(1_000_000), /t\.csv:1:1: the trace has 1000001 columns; at most 1000/],
    ['a row of commas', `start,size\n${','.repeat(1_000_000)}\n`, /t\.csv:2:3: this row has 1000001 cells/],
    ['semicolons', 'start;size\n0;5\n', /t\.csv:1:1: "start;size" is not a column/],
  ])('%s', (_, csv, expected) => {
    const text = message(csv);
    expect(text).toMatch(expected);
    expect(text).toMatch(/^scenarios\/t\.csv:/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('in UTF-16 or compressed', () => {
    expect(message(Uint8Array.of(0xff, 0xfe, 0x73, 0))).toMatch(/UTF-16; save it as a text file in UTF-8/);
    expect(message(Uint8Array.of(0x1f, 0x8b, 8, 0))).toMatch(/compressed/);
    expect(message(Uint8Array.of(0, 0, 0, 0))).toMatch(/t\.csv:1:1/);
  });

  it('shows the line with a caret', () => {
    expect(message('start,size\n0,5\n1,five\n')).toBe(
      [
        'scenarios/t.csv:3:3: "five" is not a number; size in bytes, above 0, is needed',
        '  3 | 1,five',
        '    |   ^',
      ].join('\n'),
    );
  });

  it('shows some problems and counts the others', () => {
    const rows = Array.from({ length: 832 }, () => '0,x').join('\n');
    const text = message(`start,size\n${rows}\n`);
    expect(text.match(/is not a number/g)).toHaveLength(20);
    expect(text).toMatch(/and 812 more$/);
  });

  it('is told apart from a broken scenario, and both are reported', () => {
    const { problems } = errorOf(() =>
      parse(`${scenario}sede: 1\n`, { files: { 't.csv': 'start,size\n0,x\n' } }),
    );
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['scenarios/s.yaml', 3],
      ['scenarios/t.csv', 2],
    ]);
  });

  it('that is missing is reported in the scenario', () => {
    expect(errorOf(() => parse(scenario)).message).toMatch(
      /^scenarios\/s\.yaml:2:43: workload\.uploads\.arrivals\.trace: t\.csv: no such file/,
    );
  });

  it('of requests has no columns that only uploads have, and may have size 0', () => {
    const text =
      'name: m\nworkload:\n  uploads: { arrivals: { count: 1 }, size: 1MB }\n  background: [{ name: a, arrivals: { trace: t.csv } }]\n';
    const [background] = parse(text, { files: { 't.csv': 'start,size\n0,0\n' } }).scenario.workload
      .background;
    expect(background!.arrivals).toMatchObject({ kind: 'trace', trace: { size: Float64Array.of(0) } });
    expect(message('start,size,bucket\n0,0,a\n', text)).toMatch(
      /t\.csv:1:12: the column bucket has no meaning here/,
    );
  });
});

describe('an empirical distribution', () => {
  const text = 'name: m\nworkload: { uploads: { arrivals: { count: 1 }, size: { empirical: t.csv } } }\n';

  it('has the values of the column "value"', () => {
    const { size } = parse(text, { files: { 't.csv': 'when,value\nx,5\ny,6.5\n' } }).scenario.workload
      .uploads;
    expect(size).toEqual({ kind: 'empirical', values: [5, 6.5] });
  });

  it('has the bounds of its quantity', () => {
    expect(message('value\n5\n0\n', text)).toMatch(
      /t\.csv:3:1: "0" is 0; a size in SI units, above 0, is needed/,
    );
    const loss =
      'name: m\nworkload: { uploads: { arrivals: { count: 1 }, size: 1MB } }\nclients: [{ name: a, loss: { empirical: t.csv } }]\n';
    expect(message('value\n0.5\n5\n', loss)).toMatch(/t\.csv:3:1: "5" is too large/);
  });

  it('needs the column', () => {
    expect(message('size\n5\n', text)).toMatch(/t\.csv:1:1: the column value is missing/);
  });
});
