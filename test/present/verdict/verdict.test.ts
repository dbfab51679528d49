import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../../src/present/verdict/verdict.js';
import type { BackgroundResult, Result, TopologyResult } from '../../../src/result.js';
import {
  direction,
  everythingFailed,
  noTimes,
  oneUpload,
  result,
  server,
  steady,
  threads,
  times,
  topology,
  twoTopologies,
  usage,
  valetKey,
  withBackground,
} from '../fixtures.js';

type Uploads = TopologyResult['uploads'];

const uploads = (more: Partial<Uploads>): { readonly uploads: Uploads } => ({
  uploads: { ...topology('x').uploads, ...more },
});

/** Nothing full, nothing used. */
const calm = server({
  threads: threads(400, 3),
  memory: usage(16e9, 1e8),
  networkIn: direction(125e6, 1e6),
  networkOut: direction(125e6, 1e6),
  cpu: usage(4, 0.1),
  upstream: usage(50, 1),
});

const site = (more: Parameters<typeof server>[0], servers = 1) => ({
  server: {
    ...calm,
    ...more,
    ...steady,
    servers: servers > 1 ? Array.from({ length: servers }, () => server(more)) : [],
  },
});

/** Links and cores that are hardly idle. */
const busySeries = { ...topology('x').series, cpu: [4, 3.5, 3], networkIn: [125e6, 120e6, 90e6] };

const headline = (...topologies: readonly TopologyResult[]): string => verdictOn(result(topologies)).headline;

const resolvedWith = (parts: object, all: Result): Result => ({
  ...all,
  scenario: { ...all.scenario, resolved: { ...(all.scenario.resolved as object), ...parts } },
});

/** What is said of the one design of a result. */
function said(more: Partial<TopologyResult>, parts: object = {}): string {
  const { designs } = verdictOn(resolvedWith(parts, result([topology('it', { ...site({}), ...more })])));
  expect(designs).toHaveLength(1);
  return designs[0]!.text;
}

describe('the headline', () => {
  it('says who carries the load, and who is faster by how much', () => {
    // 41 x 1.7 = 69.7 s, 301 x 1.7 = 511.7 s.
    expect(verdictOn(twoTopologies).headline).toBe(
      'Both designs complete every upload. valet-key is faster: 95% of the uploads are complete after 69.7 s, ' +
        'against 8.53 min with proxy-buffered (7.34× as long).',
    );
  });

  it('of three, in the order of their times', () => {
    expect(
      headline(
        topology('slow', { completion: times(40) }),
        topology('quick', { completion: times(10) }),
        topology('middling', { completion: times(20) }),
      ),
    ).toBe(
      'All 3 designs complete every upload. quick is the fastest: 95% of the uploads are complete after 17 s, ' +
        'against 34 s with middling (2× as long) and 68 s with slow (4× as long).',
    );
  });

  it('calls nothing faster that is about as fast', () => {
    expect(
      headline(topology('a', { completion: times(10) }), topology('b', { completion: times(10.4) })),
    ).toBe(
      'Both designs complete every upload. They are about equally fast: 95% of the uploads are complete after ' +
        '17 s with a and 17.7 s with b.',
    );
    expect(headline(topology('a'), topology('b'))).toContain('complete after 8.53 min with each.');
    const instant = { completion: times(0) };
    expect(headline(topology('a', instant), topology('b', instant))).toContain('after 0 s with each.');
  });

  it('gives no ratio to nothing', () => {
    expect(
      headline(topology('a', { completion: times(0) }), topology('b', { completion: times(10) })),
    ).toContain('a is faster: 95% of the uploads are complete after 0 s, against 17 s with b.');
  });

  it('puts two that lead together', () => {
    expect(
      headline(
        topology('a', { completion: times(10) }),
        topology('b', { completion: times(10) }),
        topology('c', { completion: times(20) }),
      ),
    ).toContain(
      'a and b are faster: 95% of the uploads are complete after 17 s with each, against 34 s with c (2×',
    );
  });

  it('says what the others complete', () => {
    const some = topology('some', { ...uploads({ succeeded: 425, failed: 575 }), completion: noTimes });
    const none = topology('none', { ...uploads({ succeeded: 0, failed: 1000 }), completion: noTimes });
    expect(headline(valetKey(), some, none)).toBe(
      'Only valet-key completes every upload; some completes 425 of 1,000, none completes none. ' +
        'With valet-key 95% of the uploads are complete after 69.7 s.',
    );
    expect(headline(some, none)).toBe(
      'No design completes every upload: some completes 425 of 1,000, none completes none.',
    );
    expect(headline(topology('a'), valetKey('b'), some)).toMatch(
      /^a and b complete every upload; some completes/,
    );
  });

  it('compares designs that lose little, too, where those that succeed say the same', () => {
    const most = topology('most', {
      ...uploads({ succeeded: 990, failed: 10 }),
      completion: times(10),
      latency: times(10),
    });
    expect(headline(most, valetKey())).toBe(
      'Only valet-key completes every upload; most completes 990 of 1,000. ' +
        'most is faster: 95% of the uploads are complete after 17 s, against 69.7 s with valet-key (4.1× as long).',
    );
  });

  it('calls nobody slow for failing', () => {
    const lossy = (name: string, failed: number, p95: number, latency: number) =>
      topology(name, {
        ...uploads({ succeeded: 1000 - failed, failed }),
        completion: times(p95),
        latency: times(latency),
      });
    expect(headline(lossy('a', 20, 10, 10), lossy('b', 21, 10.2, 10), lossy('c', 45, 16, 10.1))).toBe(
      'No design completes every upload: a completes 980 of 1,000, b completes 979 of 1,000, c completes 955 of 1,000. ' +
        'a and b complete the most. Uploads that succeed take about equally long: the p99 is 21 s to 21.2 s.',
    );
    expect(headline(lossy('a', 20, 10, 10), lossy('b', 45, 16, 5))).toContain(
      '. a completes more. Of uploads that succeed, the p50 is 10 s with a and 5 s with b; the p99 is 21 s with a and 10.5 s with b.',
    );
    expect(headline(lossy('a', 0, 10, 10), lossy('b', 45, 16, 10))).toBe(
      'Only a completes every upload; b completes 955 of 1,000. Uploads that succeed take about equally long: ' +
        'the p99 is 21 s with each.',
    );
    // Half a percent more is no reason.
    expect(headline(lossy('a', 20, 10, 10), lossy('b', 24, 16, 10))).toContain('a is faster: ');
    expect(headline(lossy('a', 20, 10, 10), lossy('b', 45, 16, 15))).toContain('a is faster: ');
  });

  it('says what a closed loop gets done', () => {
    const loop = (...all: readonly TopologyResult[]) =>
      verdictOn(resolvedWith({ workload: { uploads: { arrivals: { users: 16 } } } }, result(all))).headline;
    const does = (name: string, succeeded: number, goodput: number | null) =>
      topology(name, { ...uploads({ offered: succeeded, succeeded }), goodput });
    expect(loop(does('a', 200, 126e6), does('b', 250, null), does('c', 1000, 704e6))).toContain(
      'All 3 designs complete every upload. The users complete 1,000 uploads at 704 MB/s with c: 4× as many as ' +
        'with b (250 uploads) and 5× as many as with a (200 uploads at 126 MB/s). They are',
    );
    expect(loop(does('a', 200, 126e6), does('b', 210, 130e6))).toContain(
      ' The users complete about as many uploads: 210 uploads at 130 MB/s with b and 200 uploads at 126 MB/s with a. ',
    );
    expect(loop(does('a', 200, 126e6))).toContain(' The users complete 200 uploads at 126 MB/s with a. ');
    expect(headline(topology('a'))).not.toContain('The users');
  });

  it('of one design, and of one upload', () => {
    expect(headline(topology('it'))).toBe(
      'it completes all 1,000 uploads. 95% of the uploads are complete after 8.53 min.',
    );
    expect(verdictOn(oneUpload).headline).toBe(
      'proxy-buffered completes the upload. The upload is complete after 7.14 s.',
    );
    expect(verdictOn(everythingFailed).headline).toBe('proxy-buffered completes none.');
  });

  it('names the horizon where it is only that', () => {
    const cut = (name: string) =>
      topology(name, { ...uploads({ succeeded: 600, unfinished: 400 }), completion: noTimes });
    const all = resolvedWith({ horizon: '60s' }, result([cut('a'), cut('b')]));
    expect(verdictOn(all).headline).toBe(
      'By the end of the run (horizon: 60s), no design completes every upload: a completes 600 of 1,000, ' +
        'b completes 600 of 1,000.',
    );
    const one = resolvedWith({ horizon: '60s' }, result([cut('a'), valetKey()]));
    expect(verdictOn(one).headline).toMatch(
      /^By the end of the run \(horizon: 60s\), only valet-key completes every upload; a completes 600/,
    );
  });

  it('does without times where all uploads arrived within the warm-up', () => {
    const none = { completion: noTimes };
    expect(headline(topology('a', none), topology('b', none))).toBe('Both designs complete every upload.');
    const warm = resolvedWith({ warmup: '60s' }, twoTopologies);
    expect(verdictOn(warm).headline).toContain(
      '95% of the uploads after the warm-up are complete after 69.7 s',
    );
  });

  it('of no uploads', () => {
    const { headline: all, designs, notes } = verdictOn(result([valetKey('it', uploads({ offered: 0 }))]));
    expect(all).toBe('There are no uploads.');
    expect([...designs, ...notes]).toEqual([]);
  });
});

describe('what is full', () => {
  it('first, since when and for how long, and what after it', () => {
    expect(
      said({
        ...site({
          threads: threads(400, 400, { saturatedAt: 3, saturatedFor: 100 }),
          networkIn: direction(125e6, 125e6, { saturatedAt: 1, saturatedFor: 200 }),
          cpu: usage(4, 4, { saturatedAt: 5, saturatedFor: 50 }),
          upstream: usage(50, 50, { saturatedAt: 2, saturatedFor: 1 }),
        }),
        series: busySeries,
      }),
    ).toMatch(
      /^network in is full after 1 s \(for 3\.33 min in all\), then threads \(after 3 s, for 100 s\) and CPU cores \(after 5 s, for 50 s\); /,
    );
  });

  it('last, and at times, where it has pauses in which nobody waits', () => {
    const bursts = {
      threads: threads(400, 400, { saturatedAt: 3, saturatedFor: 100 }),
      networkOut: direction(125e6, 125e6, {
        saturatedAt: 1,
        saturatedFor: 90,
        mean: 43e6,
        utilization: 0.344,
      }),
    };
    const series = { ...topology('x').series, networkOut: [50e6, 60e6, 10e6] };
    expect(said({ ...site(bursts), series })).toMatch(
      /^all 400 threads are busy after 3 s \(for 100 s in all\); network out is full at times \(90 s in all, 34\.4% used in the mean\); 50 GB/,
    );
    expect(said({ ...site({ networkOut: bursts.networkOut }), series })).toMatch(
      /^network out is full at times \(90 s in all/,
    );
    // Full without a pause, and nearly idle for the rest of the run.
    const onEnd = { ...series, networkOut: [120e6, 40e6, 40e6] };
    expect(said({ ...site({ networkOut: bursts.networkOut }), series: onEnd })).toMatch(
      /^network out is full after 1 s \(for 90 s in all\); /,
    );
    // One of three servers has it all.
    const idle = direction(125e6, 0);
    const fleet = {
      server: {
        ...calm,
        networkOut: { ...bursts.networkOut, utilization: 0.3 },
        ...steady,
        servers: [
          server({ networkOut: { ...idle, utilization: 0.9 } }),
          server({ networkOut: idle }),
          server({ networkOut: idle }),
        ],
      },
      series: { ...series, networkOut: [38e6, 38e6, 38e6] },
    };
    expect(said(fleet)).toMatch(/^network out of a server is full after 1 s/);
  });

  it.each<[Parameters<typeof server>[0], number, string]>([
    [
      { threads: threads(400, 400, { saturatedAt: 1, saturatedFor: 99 }) },
      1,
      'all 400 threads are busy after 1 s',
    ],
    [
      { threads: threads(1, 1, { saturatedAt: 1, saturatedFor: 99 }) },
      1,
      'the only thread is busy after 1 s',
    ],
    [
      { threads: threads(8, 8, { saturatedAt: 1, saturatedFor: 99 }) },
      2,
      'all threads of a server are busy after 1 s',
    ],
    [{ cpu: usage(4, 4, { saturatedAt: 1, saturatedFor: 99 }) }, 1, 'all CPU cores are busy after 1 s'],
    [
      { cpu: usage(4, 4, { saturatedAt: 1, saturatedFor: 99 }) },
      3,
      'all CPU cores of a server are busy after 1 s',
    ],
    [
      { upstream: usage(50, 50, { saturatedAt: 1, saturatedFor: 99 }) },
      1,
      'all 50 connections to storage are busy',
    ],
    [{ memory: usage(1e9, 1e9, { saturatedAt: 1, saturatedFor: 99 }) }, 1, 'memory is full after 1 s'],
    [
      { networkIn: direction(9, 9, { saturatedAt: 1, saturatedFor: 99 }) },
      2,
      'network in of a server is full after 1 s',
    ],
  ])('%o of %d servers', (more, servers, text) => {
    expect(said({ ...site(more, servers), series: busySeries }).startsWith(text)).toBe(true);
  });

  it('storage has no servers', () => {
    const storage = {
      ...topology('x').storage,
      networkIn: direction(9, 9, { saturatedAt: 1, saturatedFor: 99 }),
    };
    expect(said({ ...site({}, 3), storage })).toMatch(/^storage in is full after 1 s/);
  });

  it('counts from the first arrival where the clock began long before', () => {
    const { server: late } = site({ cpu: usage(4, 4, { saturatedAt: 1.7e9 + 36, saturatedFor: 99 }) });
    const from = (begin: number, parts: object = {}) =>
      said({ server: late, window: [begin, 1.7e9 + 722], series: busySeries }, parts);
    expect(from(1.7e9)).toMatch(/^all CPU cores are busy 36 s after the first arrival \(for/);
    expect(from(1.7e9 + 36)).toContain('are busy from the start (for');
    expect(from(1.7e9 + 36, { warmup: '1h' })).toContain('are busy from the end of the warm-up on (for');
    expect(from(1.7e9, { warmup: '1h' })).toContain('36 s after the warm-up');
  });

  it('nothing, or for a moment', () => {
    expect(said({})).toMatch(/^nothing is ever full; /);
    expect(said(site({ networkIn: direction(125e6, 100e6) }))).toMatch(
      /^nothing is ever full \(most used: network in, 32% in the mean\); /,
    );
    expect(said(site({ cpu: usage(4, 4, { saturatedAt: 1, saturatedFor: 0.5 }) }))).toMatch(
      /^nothing is full for longer than 500 ms in all \(CPU cores\); /,
    );
    expect(said(site({ memory: usage(1e9, 1e9, { saturatedAt: 1, saturatedFor: 0 }) }))).toMatch(
      /^nothing is full for longer than an instant \(memory\); /,
    );
  });
});

describe('what is lost', () => {
  it.each([
    ['overloaded', 'all threads are busy and the backlog is full (503)'],
    ['timeout', 'the clients give up waiting (timeout)'],
    ['connection-lost', 'connections break before the file is through (connection-lost)'],
    ['abandoned', 'users lose patience (abandoned)'],
    ['token-expired', 'signed URLs expire before they are used (403)'],
    ['slow-down', 'storage gets more requests than it takes (503 slow-down)'],
    ['out-of-memory', 'the server turns uploads away for lack of memory (503)'],
    ['no-such-bucket', 'requests name a bucket that does not exist (404)'],
  ])('for %s', (reason, why) => {
    expect(said(uploads({ succeeded: 988, failed: 12, failures: { [reason]: 12 } }))).toMatch(
      new RegExp(
        `^12 of 1,000 uploads \\(1\\.2%\\) are lost: ${why.replace(/[()]/g, '\\$&')}; nothing is ever full`,
      ),
    );
  });

  it('and where a budget of retries has a part in it', () => {
    const lost = { succeeded: 988, failed: 12, failures: { timeout: 12 } };
    expect(said(uploads({ ...lost, retriesDenied: 12 }))).toMatch(
      /^12 of 1,000 uploads .*\(timeout\); the retry budget denies 12 retries; nothing is ever full/,
    );
    expect(said(uploads({ ...lost, retriesDenied: 1 }))).toContain('denies 1 retry;');
    expect(said(uploads({ ...lost, retriesDenied: 0 }))).not.toContain('budget');
  });

  it('mostly for one reason of several', () => {
    const failures = { timeout: 4, 'access-denied': 9, overloaded: 2 };
    expect(said(uploads({ succeeded: 985, failed: 15, failures }))).toContain(
      '15 of 1,000 uploads (1.5%) are lost: most (9) because storage denies what is asked for (403)',
    );
  });

  it('of one, of all, and of the only one', () => {
    expect(said(uploads({ succeeded: 999, failed: 1, failures: { 'token-expired': 1 } }))).toMatch(
      /^1 of 1,000 uploads \(0\.1%\) is lost: signed URLs expire before they are used \(403\)/,
    );
    expect(said(uploads({ succeeded: 999, failed: 1, failures: { timeout: 1 } }))).toMatch(
      /^1 of 1,000 uploads \(0\.1%\) is lost/,
    );
    expect(said(uploads({ succeeded: 0, failed: 1000, failures: { timeout: 1000 } }))).toMatch(
      /^all 1,000 uploads are lost/,
    );
    expect(said(uploads({ offered: 1, succeeded: 0, failed: 1, failures: { timeout: 1 } }))).toMatch(
      /^the upload is lost/,
    );
  });

  it('beside what is unfinished', () => {
    expect(said(uploads({ succeeded: 0, failed: 998, unfinished: 2, failures: { timeout: 998 } }))).toContain(
      'lost: the clients give up waiting (timeout); 2 more are unfinished at the end of the run; ',
    );
  });

  it('with a server that runs out of memory', () => {
    const crashed = (crashes: number, servers = 1) =>
      site({ crashes, memory: usage(16e9, 16e9, { saturatedAt: 89.6 }) }, servers);
    const all = uploads({ succeeded: 0, failed: 1000, failures: { 'server-crash': 400, refused: 600 } });
    expect(said({ ...crashed(1), ...all })).toMatch(
      /^memory is full after 89\.6 s and the server crashes: all 1,000 uploads are lost; 50 GB of files/,
    );
    const retried = uploads({ ...all.uploads, attemptFailures: { refused: 2000 } });
    expect(said({ ...crashed(3), ...retried })).toMatch(
      /^memory is full after 89\.6 s and the server crashes \(3 crashes in all\): all 1,000 uploads are lost; it refuses connections while it restarts; /,
    );
    expect(said({ ...crashed(3, 2), ...all })).toMatch(
      /^memory of a server is full after 89\.6 s and it crashes \(3 crashes in all\): /,
    );
  });

  it('after what was full before the crash, and not what was only then', () => {
    const crashed = site({
      crashes: 1,
      memory: usage(16e9, 16e9, { saturatedAt: 89.6 }),
      threads: threads(400, 400, { saturatedAt: 0.138, saturatedFor: 89.4 }),
      networkIn: direction(125e6, 125e6, { saturatedAt: 0.369, saturatedFor: 89.2 }),
      cpu: usage(4, 4, { saturatedAt: 100, saturatedFor: 30 }),
      upstream: usage(50, 50, { saturatedAt: 0.1, saturatedFor: 0.5 }),
    });
    const all = uploads({ succeeded: 0, failed: 1000, failures: { 'server-crash': 1000 } });
    expect(said({ ...crashed, ...all, series: busySeries })).toMatch(
      /^all 400 threads are busy after 138 ms \(for 89\.4 s in all\), then network in \(after 369 ms, for 89\.2 s\); memory is full after 89\.6 s and the server crashes: all 1,000 uploads are lost; 50 GB/,
    );
  });

  it('in the warm-up, whose instants are not measured', () => {
    const crashed = site({ crashes: 1, memory: usage(16e9, 1e9) });
    const some = uploads({ succeeded: 900, failed: 100, failures: { 'server-crash': 100 } });
    expect(said({ ...crashed, ...some }, { warmup: '60s' })).toMatch(
      /^memory is full during the warm-up and the server crashes: 100 of 1,000 uploads \(10%\) are lost; /,
    );
  });

  it('is nothing, where all is tried again', () => {
    const crashed = site({ crashes: 2, memory: usage(16e9, 16e9, { saturatedAt: 89.6 }) });
    expect(said(crashed)).toMatch(
      /^memory is full after 89\.6 s and the server crashes \(2 crashes in all\); nothing is full for longer than an instant \(memory\); /,
    );
  });

  it('is not put down to a crash that others were lost to', () => {
    const crashed = site({ crashes: 1, memory: usage(16e9, 16e9, { saturatedAt: 89.6 }) });
    const text = said({
      ...crashed,
      ...uploads({ succeeded: 0, failed: 1000, failures: { timeout: 990, 'server-crash': 10 } }),
    });
    expect(text).toMatch(
      /^memory is full after 89\.6 s and the server crashes; all 1,000 uploads are lost: most \(990\) because the clients give up waiting/,
    );
  });
});

describe('the other requests', () => {
  const [{ background }] = withBackground.topologies as [TopologyResult];
  const feed = background[0] as BackgroundResult;
  const quiet = { ...feed, failed: 0, slowdown: { p50: 1, p99: 1.02 } };

  it('fail, and the others wait', () => {
    // p99: 2.35 x 2.1 s and 47 ms x 2.1.
    expect(said({ background })).toContain(
      '; 0.0368% of GET /feed fail and the p99 of the others is 63.4× what it is alone (4.94 s instead of 98.7 ms); ',
    );
  });

  it('wait, fail, or hardly notice', () => {
    expect(said({ background: [{ ...feed, failed: 0 }] })).toContain(
      '; the p99 of GET /feed is 63.4× what it is alone',
    );
    expect(said({ background: [{ ...quiet, failed: 2987 }] })).toContain('; 10% of GET /feed fail; 50 GB');
    expect(said({ background: [quiet] })).toContain('; GET /feed hardly notices (p99 1.02×); ');
    expect(said({ background: [{ ...quiet, slowdown: { p50: null, p99: null } }] })).toContain(
      '; GET /feed hardly notices; ',
    );
    expect(said({ background: [{ ...quiet, offered: 0 }] })).not.toContain('GET /feed');
  });

  it('wait most where the typical ones do', () => {
    const typical = { ...feed, failed: 0, slowdown: { p50: 64.1, p99: 63.4 } };
    // p50: 2.35 s and 47 ms.
    expect(said({ background: [typical] })).toContain(
      '; the p50 of GET /feed is 64.1× what it is alone (2.35 s instead of 47 ms); ',
    );
    const other = { ...feed, failed: 0, name: 'POST /b', slowdown: { p50: 2, p99: 64 } };
    expect(said({ background: [other, typical] })).toContain('worst off: the p50 of GET /feed is 64.1×');
    expect(said({ background: [{ ...quiet, slowdown: { p50: 1.05, p99: 1.02 } }] })).toContain(
      '; GET /feed hardly notices (p50 1.05×); ',
    );
  });

  it('of several kinds the one that is worst off', () => {
    const other = { ...quiet, name: 'POST /b' };
    expect(said({ background: [other, { ...feed, failed: 0 }] })).toContain(
      '; of the other requests the worst off: the p99 of GET /feed is',
    );
    expect(
      said({
        background: [
          { ...feed, failed: 0 },
          { ...other, failed: 5 },
        ],
      }),
    ).toContain('worst off: 0.0167% of POST /b fail; ');
    expect(said({ background: [quiet, other] })).toContain('; the other requests hardly notice; ');
  });
});

describe('what is said once', () => {
  it('of designs of which there is the same to say', () => {
    const { designs } = verdictOn(result([valetKey('a'), topology('b'), valetKey('c')]));
    expect(designs.map(({ name }) => name)).toEqual(['a and c', 'b']);
  });

  it('that the application is not told', () => {
    const untold = (notify: string) =>
      verdictOn(resolvedWith({ valetKey: { notify } }, result([topology('p'), valetKey('a'), valetKey('b')])))
        .notes;
    expect(untold('none')).toEqual([
      'With a and b the application is not told that a file is there (valetKey.notify: none).',
    ]);
    expect(untold('client')).toEqual([]);
    const lost = valetKey('a', uploads({ succeeded: 0, failed: 1000, failures: { timeout: 1000 } }));
    expect(verdictOn(resolvedWith({ valetKey: { notify: 'none' } }, result([lost]))).notes).toEqual([]);
    const own = {
      valetKey: { notify: 'none' },
      topologies: [{ name: 'b', valetKey: { notify: 'storage' } }],
    };
    expect(verdictOn(resolvedWith(own, result([valetKey('a'), valetKey('b')]))).notes).toEqual([
      'With a the application is not told that a file is there (valetKey.notify: none).',
    ]);
  });
});

it('bytes that cross the servers', () => {
  expect(said(site({ bytes: 0 }))).toMatch(/; no file byte crosses the servers\.$/);
  expect(said(site({ bytes: 13.1e9 }))).toMatch(/; 13\.1 GB of files cross the servers\.$/);
});

describe('a gateway', () => {
  const gateway = { profile: 'aws-api-gateway-rest', maxBody: 10e6, timeout: 29, idle: 60, buffers: true };
  const lostTo = (reason: string, more: Partial<TopologyResult> = {}) => {
    const failed = { offered: 1000, succeeded: 0, failed: 1000, failures: { [reason]: 1000 } };
    const one = topology('api', { gateway, ...site({}), ...uploads(failed), ...noTimes, ...more });
    return verdictOn(result([one])).designs[0]!.text;
  };

  it.each([
    ['payload-too-large', 'the gateway (aws-api-gateway-rest) refuses bodies over 10 MB (413)'],
    ['gateway-timeout', "gives up waiting for the server's answer after 29 s (504)"],
    ['gateway-idle', 'gives up connections that are silent for 60 s (504)'],
  ])('%s: with the limit that it was', (reason, words) => {
    expect(lostTo(reason)).toContain('all 1,000 uploads are lost: the gateway');
    expect(lostTo(reason)).toContain(words);
  });

  it('without a profile is a gateway', () => {
    expect(lostTo('payload-too-large', { gateway: { ...gateway, profile: null } })).toContain(
      'lost: the gateway refuses bodies over 10 MB (413)',
    );
  });
});
