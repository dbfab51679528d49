import { describe, expect, it } from 'vitest';
import type { Series, TopologyResult } from '../../src/result.js';
import {
  curve,
  everythingFailed,
  fixtures,
  oneUpload,
  result,
  server,
  steady,
  topology,
  twoTopologies,
  unlimited,
  usage,
  valetKey,
} from './fixtures.js';
import { part, show, widest } from './screen.js';

/** Lines of a chart: from below its title to the labels of its axis. */
function chart(text: string, title: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(title);
  if (from < 0) return [];
  return lines.slice(from + 1, lines.findIndex((line, i) => i > from && line.trim().startsWith('└')) + 2);
}

const overTime = (topologies: readonly TopologyResult[], width = 100) =>
  part(show(result(topologies), width), 'Over time');

/** Ten bins of a second each with these values of one series. */
function series(of: Partial<Series>, more: Partial<TopologyResult> = {}): Partial<TopologyResult> {
  const zeros = Array.from({ length: 10 }, () => 0);
  const time = zeros.map((_, i) => i);
  const { series: shape } = topology('x');
  const quiet = Object.fromEntries(Object.keys(shape).map(name => [name, zeros]));
  return {
    window: [0, 10],
    series: { ...(quiet as unknown as Series), binWidth: 1, time, ...of },
    ...more,
  };
}

describe('charts over time', () => {
  it('draw all topologies on one pair of axes, with limits and a legend', () => {
    const threads = [0, 0, 0, 0, 400, 400, 400, 400, 400, 400];
    const one = topology('proxy', series({ threads }));
    const other = topology('valet', series({ threads: threads.map(n => n / 4) }));
    // Forty columns, four to a second: both rise in the one that begins at 4 s, and take turns on the way.
    expect(chart(overTime([one, other], 45), 'Busy threads')).toEqual([
      '─── proxy   ━━━ valet   ╌╌╌ limit 400',
      '400 ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╭───────────────────────',
      '    │                │',
      '    │                │',
      '300 ┤                │',
      '    │                │',
      '    │                │',
      '200 ┤                │',
      '    │                │',
      '    │                │',
      '100 ┤                │━━━━━━━━━━━━━━━━━━━━━━━',
      '    │                │',
      '    │                │',
      '  0 ┤━━━━────━━━━────┛',
      '    └┬───────┬───────┬───────┬───────┬───────',
      '    0 s     2 s     4 s     6 s     8 s',
    ]);
  });

  it('end where the window of a topology ends', () => {
    const long = topology('long', series({ active: [8, 8, 8, 8, 8, 4, 4, 4, 4, 4] }));
    const short = topology('short', {
      ...series({}),
      window: [0, 2.5],
      series: { ...long.series, time: [0, 1, 2], active: [8, 0, 0] },
    });
    const bottom = chart(overTime([long, short], 46), 'Uploads in flight').find(line =>
      line.startsWith('0 ┤'),
    )!;
    // 44 - 1 columns for 10 s: 2.5 s end within the eleventh.
    expect(bottom.slice(3).replace(/[━┗ ]/g, '')).toBe('');
    expect(bottom.length - 3).toBe(Math.ceil((2.5 / 10) * 43));
  });

  it('leave out what says nothing', () => {
    expect(overTime([topology('idle', series({ memory: Array(10).fill(5e9) }))])).toBe('');
    expect(part(show(oneUpload), 'Time to completion')).toBe('');
    // Memory that is there all the time, and is not even near its limit.
    const flat = topology(
      'flat',
      series({ active: [2, 3, 4, 5, 6, 7, 8, 9, 9, 9], memory: Array(10).fill(5e8) }),
    );
    expect(overTime([flat])).toContain('Uploads in flight');
    expect(overTime([flat])).not.toContain('Memory');
    // One upload at a time.
    expect(overTime([topology('one', series({ active: [1, 1, 1, 1, 0, 1, 1, 1, 1, 1] }))])).toBe('');
    // A hundredth of the limit.
    expect(overTime([topology('low', series({ networkIn: [1e6, 0, 1e6, 0, 1e6, 0, 0, 0, 0, 0] }))])).toBe('');
  });

  it('say nothing of a run of no length, nor of a single bin', () => {
    const { series: shape } = topology('x');
    expect(overTime([topology('none', { window: [5, 5] })])).toBe('');
    const single = Object.fromEntries(
      Object.entries(shape).map(([name, v]) => [name, Array.isArray(v) ? v.slice(0, 1) : v]),
    );
    expect(overTime([topology('one bin', { window: [0, 9], series: single as unknown as Series })])).toBe('');
  });

  it('have no level where there is no limit, and none that would press the lines to the bottom', () => {
    const memory = [1e9, 2e9, 3e9, 4e9, 4e9, 3e9, 2e9, 1e9, 0, 0];
    const limited = (limit: number | null) =>
      topology(
        'a',
        series({ memory }, { server: { ...server({ memory: usage(limit, 4e9) }), ...steady, servers: [] } }),
      );
    expect(chart(overTime([limited(null)]), 'Memory of the servers')[0]).toBe('─── a');
    const near = chart(overTime([limited(20e9)]), 'Memory of the servers');
    expect(near[0]).toBe('─── a   ╌╌╌ limit 20 GB');
    expect(near[1]).toMatch(/^20 GB ┤╌+$/);
    const far = chart(overTime([limited(21e9)]), 'Memory of the servers');
    expect(far[0]).toBe('─── a   ╌╌╌ limit 21 GB, above the chart');
    expect(far[1]).toMatch(/^4 GB ┤ +╭─+╮$/);
    expect(far.slice(1).join('')).not.toContain('╌');
    expect(chart(overTime([limited(81e9)]), 'Memory of the servers')).toEqual([]);
  });

  it('name those who have a limit of their own', () => {
    const active = { memory: [1e9, 2e9, 3e9, 4e9, 4e9, 3e9, 2e9, 1e9, 0, 0] };
    const named = (name: string, limit: number) =>
      topology(
        name,
        series(active, { server: { ...server({ memory: usage(limit, 4e9) }), ...steady, servers: [] } }),
      );
    const legend = chart(
      overTime([named('a', 4e9), named('b', 4e9), named('c', 8e9)]),
      'Memory of the servers',
    )[0];
    expect(legend).toBe('─── a   ━━━ b   ═══ c   ╌╌╌ limit 4 GB (all but c)   ╌╌╌ limit 8 GB (c)');
  });

  it('are several where there are more topologies than kinds of lines, on equal axes', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i) =>
      topology(name, series({ active: [0, 0, 0, 0, 0, 9, 9, 9, 9, 100 * (i + 1)] })),
    );
    const text = overTime(six);
    const [first, second] = [1, 2].map(i => chart(text, `Uploads in flight (${i} of 2)`));
    expect(first[0]).toBe('─── a   ━━━ b   ═══ c');
    expect(second[0]).toBe('··· d   ─── e   ━━━ f');
    expect(first.map(line => line.slice(0, 5))).toEqual([
      '─── a',
      ...second.slice(1).map(line => line.slice(0, 5)),
    ]);
  });

  it('end when 99% of the uploads are over, where the rest would be most of the chart', () => {
    const spent = (completed: number[], end: number) =>
      topology('a', series({ active: [9, 8, 5, 2, 1, 1, 1, 1, 1, 1], completed }, { window: [0, end] }));
    // 990 of 1,000 by the end of the second bin of ten.
    const text = overTime([spent([500, 490, 0, 0, 0, 0, 0, 0, 0, 10], 10)]).replaceAll('\n', ' ');
    expect(text).toContain(
      'Drawn up to 2.2 s, when 99% of the uploads of each topology are over; what follows, up to 10 s, is left out.',
    );
    expect(text).not.toMatch(/ 3 s/);
    // 989: the straggler decides.
    const whole = overTime([spent([500, 489, 0, 0, 0, 0, 0, 0, 0, 11], 10)]);
    expect(whole).not.toContain('Drawn up to');
    expect(whole).toContain('9 s');
    // Nor may it end before those that never end.
    const early = spent([500, 490, 0, 0, 0, 0, 0, 0, 0, 10], 10);
    const stuck = { ...early, uploads: { ...early.uploads, offered: 2000, unfinished: 1000 } };
    expect(overTime([stuck])).not.toContain('Drawn up to');
  });

  it('count from the begin where the clock has too many digits', () => {
    const { series: shape } = topology('x', series({ active: [0, 9, 9, 5, 5, 5, 5, 5, 5, 5] }));
    const late = (from: number) =>
      overTime([
        topology('a', {
          window: [from, from + 10],
          series: { ...shape, time: shape.time.map(t => t + from) },
        }),
      ]);
    expect(late(1.7e9)).toContain("Instants are counted from 1,700,000,000 s on the scenario's clock.");
    const axis = (text: string) => chart(text, 'Uploads in flight').at(-1)!.trim().split(/ {2,}/);
    expect(axis(late(1.7e9))).toEqual(axis(late(0)));
    expect(axis(late(100))[0]).toBe('100 s');
    expect(late(100)).not.toContain('counted from');
  });
});

describe('the distribution of completion', () => {
  const of = (topologies: readonly TopologyResult[], width = 100) =>
    part(show(result(topologies), width), 'Time to completion');
  const title = "Share of the uploads that are complete, by the time since the user's click";

  it('rises to 100%', () => {
    const [legend, top, ...rest] = chart(of([topology('a', { completionCurve: curve(300, 1000) })]), title);
    expect(legend).toBe('─── a');
    expect(top).toMatch(/^100% ┤ +╭─*$/);
    // Times from 3 to 300 s are drawn over the logarithm.
    expect(rest.at(-1)!.trim()).toMatch(/^2 s +5 s +10 s +20 s +30 s +1 min +2 min$/);
  });

  it('is read where it should be: half of the uploads by half of the time', () => {
    const even = { share: [0.25, 0.5, 0.75, 1], seconds: [10, 20, 30, 40] };
    const lines = chart(of([topology('a', { completionCurve: even })], 46), '─── a');
    // Forty columns, one a second; a share is complete from the column on that ends at its time.
    expect(lines.slice(0, 13).map(line => line.slice(6))).toEqual([
      `${' '.repeat(39)}╭`,
      `${' '.repeat(39)}│`,
      `${' '.repeat(39)}│`,
      `${' '.repeat(29)}╭─────────╯`,
      `${' '.repeat(29)}│`,
      `${' '.repeat(29)}│`,
      `${' '.repeat(19)}╭─────────╯`,
      `${' '.repeat(19)}│`,
      `${' '.repeat(19)}│`,
      `${' '.repeat(9)}╭─────────╯`,
      `${' '.repeat(9)}│`,
      `${' '.repeat(9)}│`,
      '─────────╯',
    ]);
  });

  it('says that it is of fewer uploads than the tables count, where there is a warm-up', () => {
    const all = result([topology('a')]);
    const resolved = { ...(all.scenario.resolved as object), warmup: '60s' };
    const text = show({ ...all, scenario: { ...all.scenario, resolved } });
    expect(text).toContain('\nShare of the uploads after the warm-up that are complete, by the time');
    expect(show(all)).not.toContain('after the warm-up');
  });

  it('stays below the top where uploads are lost, and says so', () => {
    const { uploads } = topology('a');
    const losing = topology('a', {
      completionCurve: curve(300, 600),
      uploads: { ...uploads, succeeded: 600, failed: 400 },
    });
    const text = of([losing, valetKey()]);
    const lines = chart(text, title);
    expect(lines[0]).toBe('─── a (60% complete)   ━━━ valet-key');
    const few = topology('few', { ...losing, completionCurve: curve(300, 0) });
    const none = topology('none', { ...few, uploads: { ...uploads, succeeded: 0, failed: 1000 } });
    const names = chart(of([few, { ...none, name: 'none' }, valetKey()]), title)[0];
    expect(names).toContain('(under 1% complete)   ━━━ none (0% complete)');
    // 60% of twelve rows is the seventh from below.
    const rows = lines.slice(1, 14).reverse();
    expect(rows.findLastIndex(row => /[─╭]$/.test(row))).toBe(7);
    expect(text).toContain('A line that ends below 100% has lost the rest');
    expect(of([valetKey()])).not.toContain('lost');
  });

  it('is not drawn where nothing completed', () => {
    expect(part(show(everythingFailed), 'Time to completion')).toBe('');
  });
});

describe('every chart', () => {
  it.each(Object.entries(fixtures))('of %s fits, and is no wider than helps', (_, fixture) => {
    for (const width of [40, 60, 80, 160, 200, 300]) {
      const text = show(fixture, width);
      for (const heading of ['Over time', 'Time to completion']) {
        const drawn = part(text, heading)
          .split('\n')
          .filter(line => /[┤│└]/.test(line));
        expect(Math.max(0, ...drawn.map(widest))).toBeLessThanOrEqual(Math.min(width, 160));
      }
    }
  });

  it('says nothing about unlimited resources that are flat', () => {
    expect(part(show(unlimited), 'Over time')).not.toContain('limit');
    expect(part(show(twoTopologies), 'Over time')).toContain('limit');
  });
});
