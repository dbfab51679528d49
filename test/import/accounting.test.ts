/** Every line of a log becomes an upload, a background request, or is skipped for a reason; and which. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { unknownSize } from '../../src/import/collector.js';
import { formatNamed } from '../../src/import/formats/registry.js';
import { type Logs, readLogs } from '../../src/import/read-logs.js';
import type { Rules } from '../../src/import/rules.js';
import { secondsSince } from '../../src/import/traces.js';
import { albLine, nginxLine, s3Line } from './log-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'valet-sim-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual: Rules = {
  minSize: undefined,
  sizes: null,
  failed: false,
  uploadPaths: [],
  groups: 5,
  spread: true,
  uplinks: true,
  keys: true,
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
};

async function read(
  content: string | Uint8Array,
  rules: Partial<Rules> = {},
  format?: string,
): Promise<Logs> {
  const file = join(folder, 'log');
  writeFileSync(file, content);
  return readLogs([file], format === undefined ? undefined : formatNamed(format), { ...usual, ...rules });
}

const skipped = (logs: Logs) => Object.fromEntries(logs.collected.account.skipped);
const column = (values: { length: number; at: (i: number) => number }) =>
  Array.from({ length: values.length }, (_, i) => values.at(i));

describe('the sum over all lines', () => {
  const lines = { nginx: nginxLine, alb: albLine, s3: s3Line };

  it.each(['nginx', 'alb', 's3'] as const)('of %s, with garbage among them', async name => {
    const good = fc.constantFrom(
      lines[name](),
      lines[name]({ status: '404' }),
      lines[name]({ status: '503' }),
      lines[name]({ request: 'GET /feed HTTP/1.1' }),
    );
    // Garbage has no line of its own in it, or it would be more than one.
    const garbage = fc.string({ unit: 'binary' }).map(text => text.replace(/[\n\r]/g, ' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(good, garbage), { maxLength: 60 }),
        fc.boolean(),
        async (list, end) => {
          const text = list.join('\n') + (end ? '\n' : '');
          const { account } = (await read(text, {}, name)).collected;
          // As `wc -l` counts, and one more where the last line is not ended.
          const newlines = text.split('\n').length - 1;
          expect(account.lines).toBe(newlines + (text.endsWith('\n') || text === '' ? 0 : 1));
          expect(account.uploads + account.background + account.skippedLines).toBe(account.lines);
          const untouched = list.filter(line => line === lines[name]()).length;
          expect(account.uploads).toBeGreaterThanOrEqual(untouched);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('every kind of line of a load balancer, and why', async () => {
    const logs = await read(
      [
        albLine(),
        albLine({ received: '99999' }),
        albLine({ request: 'GET https://files.example:443/feed?page=2 HTTP/2.0', received: '400' }),
        albLine({ status: '413' }),
        albLine({ status: '502' }),
        albLine({ status: '460' }),
        albLine({ type: 'ws' }),
        albLine({ target: '-', targetStatus: '-' }),
        albLine({ request: '- http://files.example:80- -' }),
        albLine({ received: '-' }),
        '',
        albLine().slice(0, 120),
        'hello',
      ].join('\r\n'),
    );
    expect(logs.collected.account).toMatchObject({ lines: 13, uploads: 1, background: 2 });
    expect(skipped(logs)).toEqual({
      'failed uploads: refused (4xx)': 1,
      'failed uploads: broken (5xx)': 1,
      'failed uploads: given up by the client (499, 460 or no status)': 1,
      'WebSocket connections, which are no requests': 1,
      'answered by the load balancer itself, no server saw it': 1,
      'no request in it (a client that broke off or spoke no HTTP)': 1,
      [unknownSize]: 1,
      'blank lines': 1,
      'the line ends too early': 1,
      'not a line of an Application Load Balancer': 1,
    });
    expect(logs.collected.account.examples.map(({ line, why }) => [line, why])).toEqual([
      [12, 'the line ends too early'],
      [13, 'not a line of an Application Load Balancer'],
    ]);
  });

  it('what failed is failed, whether or not its size is known', async () => {
    const logs = await read(
      [s3Line(), s3Line({ status: '403', size: '-' }), s3Line({ size: '-' })].join('\n'),
    );
    expect(skipped(logs)).toEqual({ 'failed uploads: refused (4xx)': 1, [unknownSize]: 1 });
  });

  it('options decide what an upload is', async () => {
    const text = [
      nginxLine(),
      nginxLine({ request: 'POST /login HTTP/1.1', length: '900' }),
      nginxLine({ status: '499', length: '2000000' }),
      nginxLine({ request: 'PUT /upload/8 HTTP/1.1', length: '-' }),
    ].join('\n');
    const uploads = async (rules: Partial<Rules>) => column((await read(text, rules)).collected.sizes);
    expect(await uploads({})).toEqual([5_000_000]);
    expect(await uploads({ minSize: 900 })).toEqual([5_000_000, 900]);
    expect(await uploads({ minSize: 900, uploadPaths: ['/upload'] })).toEqual([5_000_000]);
    expect(await uploads({ failed: true })).toEqual([5_000_000, 2_000_000]);
    expect(await uploads({ sizes: { kind: 'constant', value: 7e6 } })).toEqual([5_000_000, 7_000_000]);
    expect(skipped(await read(text, { groups: 0 }))['other requests (no background wanted)']).toBe(1);
    const late = await read(text, { from: Date.UTC(2026, 2, 3) * 1000 });
    expect(skipped(late)).toEqual({ 'outside of --from and --until': 4 });
  });
});

describe('instants', () => {
  it('a start is the end less the time that the request took, within its second', async () => {
    const { collected } = await read(nginxLine());
    const start = collected.starts.at(0) - Date.UTC(2026, 2, 2, 8) * 1000;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(start).toBeLessThan(1_000_000);
    expect((await read(nginxLine(), { spread: false })).collected.starts.at(0)).toBe(
      Date.UTC(2026, 2, 2, 8) * 1000,
    );
  });

  it('spreads evenly, and always in the same way', async () => {
    const text = `${nginxLine()}\n`.repeat(4000);
    const first = column((await read(text)).collected.starts).map(at => at % 1_000_000);
    expect(column((await read(text)).collected.starts).map(at => at % 1_000_000)).toEqual(first);
    // A quarter each, give or take: five standard deviations of a binomial are 137.
    for (const quarter of [0, 1, 2, 3])
      expect(Math.abs(first.filter(at => Math.floor(at / 250_000) === quarter).length - 1000)).toBeLessThan(
        137,
      );
  });

  it('of a load balancer stay as they are, to the microsecond', async () => {
    expect((await read(albLine())).collected.starts.at(0)).toBe(Date.UTC(2026, 2, 2, 8, 0, 0, 500) * 1000);
  });

  it('are written without rounding', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 31), (first, micros) => {
        const text = secondsSince(first, first + micros);
        expect(Number(text)).toBe(micros / 1e6);
        expect(text).toMatch(/^\d+(\.\d{0,5}[1-9])?$/);
      }),
    );
  });
});

describe('observed rates', () => {
  it.each([
    // 5 MB within 4 s; within 0.1 + 3.9 s; within 4 - 0.1 s.
    ['nginx', nginxLine(), 1_250_000],
    ['alb', albLine(), 1_250_000],
    ['s3', s3Line(), 1_282_051],
  ])('of %s', async (_, line, rate) => {
    expect(column((await read(line)).collected.uplinks)).toEqual([rate]);
  });

  it('are not given where they would be a guess', async () => {
    const quick = nginxLine({ time: '0.009' });
    const unknown = nginxLine({ time: '-' });
    const sizeless = nginxLine({ length: '-' });
    const failed = nginxLine({ status: '499' });
    const sizes = { kind: 'constant', value: 7e6 } as const;
    const { collected } = await read([quick, unknown, sizeless, failed].join('\n'), { sizes, failed: true });
    expect(column(collected.uplinks)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(collected.account.uploads).toBe(4);
    expect(column((await read(nginxLine(), { uplinks: false })).collected.uplinks)).toEqual([Number.NaN]);
  });
});

describe('background requests', () => {
  it('are grouped by method and first part, with what names one thing left out', async () => {
    const paths = ['/feed', '/feed/2?x=1', '/', '/17/a', '/1234/b', '/a@b.example', `/${'9f'.repeat(16)}/z`];
    const text = [nginxLine(), ...paths.map(path => nginxLine({ request: `GET ${path} HTTP/1.1` }))];
    const { collected } = await read(text.join('\n'), { groups: 3 });
    expect(collected.groups.ranked(3).names).toEqual(['GET /*', 'GET /feed', 'GET /']);
    expect(collected.groups.ranked(1).names).toEqual(['GET /*', 'other requests']);
  });

  it('have names that a scenario takes: unique, whole, and not endlessly many', async () => {
    const odd = ['/a', '/a ', '/caf\u00e9', '/caf\u00e9', '/\u0001', '/\ufffd', '/a\u00a0'];
    const many = Array.from({ length: 3000 }, (_, i) => `/scan${i}.php`);
    const text = [
      nginxLine(),
      ...[...odd, ...many].map(path => nginxLine({ request: `GET ${path} HTTP/1.1` })),
    ];
    const { collected } = await read(text.join('\n'), { groups: 50 });
    const { names } = collected.groups.ranked(50);
    expect(names.slice(0, 2)).toEqual(['GET /a', 'GET /caf\u00e9']);
    expect(new Set(names).size).toBe(51);
    expect(names.at(-1)).toBe('other requests');
    expect(collected.account.background).toBe(odd.length + many.length);
  });

  it('time of those that a server gave up on is no time of service', async () => {
    const text = [
      nginxLine({ request: 'GET /a HTTP/1.1' }),
      nginxLine({ request: 'GET /a HTTP/1.1', status: '504' }),
    ];
    expect(column((await read(text.join('\n'))).collected.services)).toEqual([4_000_000, Number.NaN]);
  });
});

describe('bytes', () => {
  it('gzip is told by its first bytes; one that breaks off gives what came before', async () => {
    const text = `${Array.from({ length: 5000 }, (_, i) => nginxLine({ length: String(200_000 + i * 7919) })).join('\n')}\n`;
    const packed = gzipSync(text);
    const whole = await read(packed);
    expect(whole.collected.account.uploads).toBe(5000);
    expect(whole.files[0]!.broken).toBeNull();
    const two = await read(Buffer.concat([packed, packed]));
    expect(two.collected.account.uploads).toBe(10_000);
    const half = await read(packed.subarray(0, packed.length / 2));
    expect(half.files[0]!.broken).toMatch(/unexpected end/);
    const { account } = half.collected;
    expect(account.uploads).toBeGreaterThan(0);
    // The line in which it breaks off may say anything: its numbers may be cut off, too.
    expect(account.lines).toBe(account.uploads + 1);
    expect(skipped(half)).toEqual({ 'the file breaks off here': 1 });
  });

  it('takes a byte order mark, bytes that are no UTF-8, NULs, and lines of megabytes', async () => {
    const latin1 = Buffer.from(nginxLine({ request: 'PUT /upload/caf\u00e9.jpg HTTP/1.1' }), 'latin1');
    const log = Buffer.concat([
      Buffer.from(`\ufeff${nginxLine()}\n`),
      latin1,
      Buffer.from(`\n\0\0\0\n${'x'.repeat(3_000_000)}\n${nginxLine()}`),
    ]);
    const logs = await read(log);
    expect(logs.collected.account).toMatchObject({ lines: 5, uploads: 3 });
    expect(skipped(logs)).toMatchObject({ 'longer than 1048576 bytes': 1 });
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /the log is empty/],
    ['blank lines', '\n\n\r\n', /the log is empty/],
    [
      'an image',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 1, 2, 3, 4),
      /binary|no line/,
    ],
    ['an archive', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0), /ZIP/],
    ['UTF-16', Buffer.from(`\ufeff${nginxLine()}\n`, 'utf16le'), /UTF-16/],
    ['another text', 'the quick brown fox\n', /no line of the first 1 is one of an access log/],
    ['a broken gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), /cannot be unpacked/],
  ])('%s is refused', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

it('logs of different formats count together', async () => {
  const files = [nginxLine(), albLine(), s3Line()].map((line, i) => {
    const file = join(folder, `log-${i}`);
    writeFileSync(file, `${line}\n`);
    return file;
  });
  const { files: read, collected } = await readLogs(files, undefined, usual);
  expect(read.map(({ format }) => format.name)).toEqual(['nginx', 'alb', 's3']);
  expect(collected.account).toMatchObject({ lines: 3, uploads: 3 });
  expect(collected.keys[2]).toBe('photos/7.jpg');
});
