/** What `trace` prints: it fits, it adds up, and it says without colour what it says with it. */
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Play, Trace } from '../../src/journey.js';
import { chooseTheme } from '../../src/present/terminal/theme.js';
import { countdown } from '../../src/present/terminal/trace/countdown.js';
import { tracePage } from '../../src/present/terminal/trace/trace.js';
import { loadScenario } from '../../src/scenario/load.js';
import { traceUpload } from '../../src/study/trace.js';
import { fluidWith, type Part, parseText } from '../theory/scenario-text.js';
import { widest } from './screen.js';

const avatar = await loadScenario(join(import.meta.dirname, '../../scenarios/avatar-1.yaml'));
const walk = (play: Play | null = null) => traceUpload(avatar, { upload: 0, play });
const traced = (parts: Part, upload = 0) =>
  traceUpload({ ...parseText(fluidWith(parts)), file: 'trace.yaml', sha256: '' }, { upload, play: null });

const oddName = 'Ünïcödé 文件 very long name of a file indeed, and then some more.png';
const busy = {
  name: 'busy',
  workload: { uploads: { arrivals: { count: 30, at: '12345s' }, size: '3MB' } },
  clients: [{ name: 'a client', uplink: '8Mbps', rtt: '20ms' }],
  client: { timeout: '20s', retry: { attempts: 3, base: '1s', jitter: 'full' } },
  transport: { tls: '1.2', slowStart: true, preflight: true },
  server: {
    count: 2,
    threads: 6,
    memory: '9MB',
    cpu: { perRequest: '2ms', perMiB: '1ms' },
    network: '50Mbps',
  },
  storage: { firstByte: '10ms', requestRate: { rate: '4/s', burst: 2 } },
  valetKey: { authorise: '3ms', sign: '1ms', request: '1KB', response: '40KB', notify: 'storage' },
  topologies: ['proxy-buffered', 'proxy-streaming', 'valet-key'],
};

const pages: Readonly<Record<string, Trace>> = {
  'the walk-through': await walk(),
  expired: await walk('expired'),
  'wrong bucket': await walk('wrong-bucket'),
  tampered: await walk('tampered'),
  'a busy server': await traced(busy, 29),
  'one that a crash takes down': await traced(busy, 0),
  'odd names': await traced({
    name: oddName,
    workload: {
      uploads: { arrivals: { count: 1, at: '0s' }, size: '1B', file: oddName, bucket: 'Ünï bucket' },
    },
    topologies: [
      { name: '拓扑 of a very long name that goes on and on', kind: 'valet-key' },
      'proxy-streaming',
    ],
  }),
  'in no time': await traced({ workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '1MB' } } }),
  'cut short': await traced({
    horizon: '1s',
    workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '9MB' } },
    clients: [{ name: 'slow', uplink: '8Mbps', rtt: '10ms' }],
  }),
};
const all = Object.entries(pages);
const widths = [40, 60, 80, 100, 160] as const;

function show(trace: Trace, width = 100, env: Record<string, string> = {}): string {
  return tracePage(trace, { ...chooseTheme({}, env), width });
}

describe('every page', () => {
  it.each(all)('%s fits the width', (_, trace) => {
    for (const width of widths) expect(widest(show(trace, width))).toBeLessThanOrEqual(width);
  });

  it.each(all)('%s never shows what is not a figure', (_, trace) => {
    for (const width of widths) expect(show(trace, width)).not.toMatch(/NaN|\bnull\b|undefined|Infinity/);
  });

  it.each(all)('%s holds no control characters but newlines', (_, trace) => {
    expect(show(trace).replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it.each(all)('%s says the same with colour and without', (_, trace) => {
    const coloured = show(trace, 100, { FORCE_COLOR: '1' });
    expect(coloured).toContain('\u001b[35m');
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, '')).toBe(show(trace));
  });

  it.each(all)('%s has neither trailing spaces nor gaps of more than a line', (_, trace) => {
    for (const width of widths) expect(show(trace, width)).not.toMatch(/ \n|\n\n\n|\n\n$/);
  });

  it.each(all)('%s adds up to the last digit', (_, trace) => {
    const lines = show(trace, 160).split('\n');
    const from = lines.findIndex(line => line.startsWith('seconds '));
    const to = lines.findIndex(line => line.startsWith('in all: latency'));
    const cells = (line: string) =>
      line
        .trim()
        .split(/\s{2,}/)
        .slice(1);
    const tenThousandths = (text: string) => BigInt(text.replace('.', ''));
    const phases = lines.slice(from + 2, to).map(cells);
    for (const [i, { end }] of trace.journeys.entries()) {
      if (end === null) continue;
      const sum = phases.reduce((total, row) => total + tenThousandths(row[i]!), 0n);
      expect(sum).toBe(tenThousandths(cells(lines[to]!)[i]!));
    }
  });
});

describe('the ladder', () => {
  const both = (text: string) =>
    text.split('\n').some(line => line.includes('proxy-buffered  succ') && line.includes('valet-key  succ'));

  it('stands beside another where there are 100 columns, and below it where there are not', () => {
    expect(both(show(pages['the walk-through']!, 100))).toBe(true);
    expect(both(show(pages['the walk-through']!, 90))).toBe(false);
    const three = show(pages['the walk-through']!, 150).split('\n');
    expect(three.some(line => /proxy-buffered.*valet-key.*proxy-streaming/.test(line))).toBe(true);
  });

  it('points from who sends to who receives', () => {
    const text = show(
      { ...pages['the walk-through']!, journeys: [pages['the walk-through']!.journeys[0]!] },
      60,
    );
    const lines = text.split('\n');
    const under = (label: string) => lines[lines.findIndex(line => line.includes(label)) + 1]!.trim();
    // Client, server and storage from left to right.
    expect(under('PUT avatar-1.png')).toMatch(/^\+0\.0200 +├─+►│ +│$/);
    expect(under('2 MB at 2 MB/s')).toMatch(/^\+1\.0000 +┝━+►│ +│$/);
    expect(under('2 MB at 90 MB/s')).toMatch(/^\+0\.0222 +│ +┝━+►│$/);
    expect(under('TCP + TLS 1.3')).toMatch(/^\+0\.0800 +│◄─+►│ +│$/);
    expect(lines.findLast(line => line.includes('◄'))!.trim()).toMatch(/^\+0\.0200 +│◄─+┤ +│$/);
  });

  it('is magenta where something is asked and amber where it is answered', () => {
    const lines = show(pages['the walk-through']!, 80, { FORCE_COLOR: '1' }).split('\n');
    const magenta = '\u001b[35m';
    const amber = '\u001b[33m';
    expect(lines.find(line => line.includes('PUT avatar-1.png'))).toContain(`${magenta}PUT avatar-1.png`);
    expect(lines.find(line => line.includes('signed URL') && line.includes('│'))).toContain(
      `${amber}signed URL`,
    );
    expect(lines.some(line => line.includes(`${magenta}━`))).toBe(true);
    expect(lines.some(line => line.includes(`${amber}◄─`))).toBe(true);
  });

  it('has the four steps of the flow as headings', () => {
    const text = show(pages['the walk-through']!, 80);
    const headings = [
      '1 Client requests permission',
      '2 Client receives the signed URL',
      '3 Client uploads directly to storage',
      '4 Confirmation',
    ];
    const places = headings.map(heading => text.indexOf(`\n${heading}`));
    expect(places.every(place => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(text).toContain('URL 15:00.0');
    expect(text).toContain('URL 14:59.9');
  });

  it('says which attempt, and what each refusal was', () => {
    const text = show(pages.expired!, 80);
    expect(text).toContain('── attempt 2 of 3 ──');
    expect(text).toContain('403 token-expired');
    expect(text).toMatch(/^expiry +900 s +900 s, age 960\.1700 s +✗ expired$/m);
    expect(show(pages.tampered!)).toMatch(/^expiry +900 s +604800 s, age 0\.1700 s +✗ differs$/m);
    expect(show(pages['wrong bucket']!)).toContain('proxy-buffered, proxy-streaming: storage says 404');
  });

  it('shows the whole URL, so that it can be put together again', () => {
    const { url } = pages['the walk-through']!.journeys[1]!.tokens[0]!;
    for (const width of widths) {
      const lines = show(pages['the walk-through']!, width).split('\n');
      const from = lines.findIndex(line => line.startsWith('PUT https://'));
      const shown = lines.slice(from, lines.indexOf('', from)).map(line => line.trim());
      expect(shown.join('')).toBe(`PUT ${url}`);
    }
  });
});

describe('a countdown', () => {
  it.each([
    [900, '15:00.0'],
    [899.999, '14:59.9'],
    [59.99, '0:59.9'],
    [0, '0:00.0'],
    [-0.01, '-0:00.1'],
    [-60.02, '-1:00.1'],
    [3600, '1:00:00.0'],
    [604_800, '7:00:00:00.0'],
    [90_061.5, '1:01:01:01.5'],
    // What arithmetic makes of 0.3.
    [0.1 + 0.2, '0:00.3'],
    [900 - 899.7, '0:00.3'],
  ])('%d s is %s', (seconds, text) => {
    expect(countdown(seconds)).toBe(text);
  });
});
