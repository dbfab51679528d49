/** Every warning says what happened with figures that can be computed by hand, and is silent next to where it applies. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/study/run.js';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

const warningsOf = (parts: Part): readonly string[] => runText(fluidWith(parts)).result.warnings;

const burst = (count: number, size = '1MB'): Part => ({
  uploads: { arrivals: { count, at: '0s' }, size },
});
/** A client with an uplink of its own and no round trip. */
const at = (uplink: string): Part => ({ name: uplink, uplink, rtt: '0s' });

describe('memory', () => {
  const buffering = (memory: string, threads: number): Part => ({
    workload: burst(10),
    clients: [at('1MB/s')],
    server: { memory, threads, restart: '1s' },
    storage: { perConnection: '1MB/s' },
    topologies: [{ ...plainBuffers, completeCopies: 2 }],
  });

  it('that was full: how much fits, and how many threads that is', () => {
    // 10 x 1 MB/s into 5 MB: full after half a second; 2 copies of 1 MB each fit twice and a half.
    expect(warningsOf(buffering('5MB', 10))).toEqual([
      'proxy-buffered: a server ran out of memory at 500 ms: 10 upload attempts died with it; 10 of 10 uploads failed for good. ' +
        'Only threads bound what is in memory, and 2 uploads fit, (5 MB - 0 B) / (2 x 1 MB + 0 B): try server.threads=2. ' +
        'Or have it turn away what does not fit (server.onOutOfMemory=reject), or keep bodies out of memory (proxy-streaming, valet-key).',
    ]);
  });

  it('is not full with that many threads, and is with one more', () => {
    expect(warningsOf(buffering('5MB', 2))).toEqual([]);
    expect(warningsOf(buffering('5MB', 3))[0]).toContain('try server.threads=2.');
    expect(warningsOf(buffering('20MB', 10))).toEqual([]);
  });

  it('says where not even one upload fits', () => {
    expect(warningsOf(buffering('1.5MB', 1))[0]).toContain(
      'Not even one upload fits: (1.5 MB - 0 B) / (2 x 1 MB + 0 B) is less than 1.',
    );
  });

  it('of a streaming proxy holds its buffers', () => {
    const streaming = (memory: string): Part => ({
      workload: burst(10),
      clients: [at('1MB/s')],
      server: { memory },
      topologies: [{ name: 'proxy-streaming', streamBuffer: '1MB' }],
    });
    expect(warningsOf(streaming('7.5MB'))[0]).toContain(
      '7 uploads fit, (7.5 MB - 0 B) / (1 MB): try server.threads=7.',
    );
    expect(warningsOf(streaming('10MB'))).toEqual([]);
  });

  it('of a spooling proxy holds heads, which no thread bounds', () => {
    const spooling = (memory: string): Part => ({
      workload: burst(10),
      clients: [at('1MB/s')],
      server: { memory, threads: 1 },
      topologies: [{ name: 'proxy-spooled', perRequest: '1MB' }],
    });
    expect(warningsOf(spooling('7.5MB'))[0]).toContain(
      'A spooling server has 1 MB of memory for each upload from its head on, and nothing bounds how many those are: 7 fit, (7.5 MB - 0 B) / 1 MB.',
    );
    expect(warningsOf(spooling('10MB'))).toEqual([]);
  });

  it('of the scenario of 1,000 uploads: what it advises holds', async () => {
    const file = 'scenarios/1000-uploads.yaml';
    const run = async (set: readonly string[]) =>
      runScenario(await loadScenario(file, set, { topologies: ['proxy-buffered'] }), { uploads: false })
        .result;
    const before = await run([]);
    // (16 GiB - 500 MB) / (1.85 x 50 MB + 16 KiB) = 180.3
    const [advised] = /server\.threads=\d+/.exec(before.warnings.join())!;
    expect(advised).toBe('server.threads=180');
    const after = await run([advised]);
    expect(before.topologies[0]!.server.crashes).toBe(1);
    expect(after.topologies[0]!.server.crashes).toBe(0);
    expect(after.topologies[0]!.uploads.succeeded).toBe(1000);
    expect(after.warnings.filter(warning => warning.includes('memory'))).toEqual([]);
  });

  it('is blamed for what else fails, and what comes during the restart', () => {
    const [warning] = warningsOf({
      ...buffering('5MB', 10),
      client: { retry: { attempts: 2, base: '0s' } },
      workload: {
        ...burst(9),
        background: [
          { name: 'GET /', arrivals: { count: 1, at: '1s' }, request: '0B', response: '0B', service: '0s' },
        ],
      },
    });
    // 9 x 1 MB/s fill 5 MB in 5/9 s; the other request meets the restarting server.
    expect(warning).toContain(
      'at 556 ms: 9 upload attempts died with it, 9 were refused by it while it restarted, 1 other request failed; 9 of 9 uploads failed for good.',
    );
  });
});

describe('the backlog', () => {
  const waiting = (backlog: number, background: readonly Part[] = []): Part => ({
    workload: { ...burst(10), background },
    clients: [at('1MB/s')],
    server: { threads: 4, backlog },
    topologies: ['proxy-streaming'],
  });

  it('that overflowed: uploads', () => {
    expect(warningsOf(waiting(6))).toEqual([]);
    const [warning, ...rest] = warningsOf(waiting(4));
    expect(rest).toEqual([]);
    expect(warning).toMatch(
      /^proxy-streaming: the backlog of 4 overflowed and refused 2 of 10 upload attempts, with threads held for 1 s by an upload in the mean\. A longer backlog would only /,
    );
  });

  it('that overflowed: requests for signed URLs, which are short already', () => {
    const [warning] = warningsOf({ ...waiting(4), topologies: ['valet-key'], valetKey: { authorise: '1s' } });
    expect(warning).toMatch(/refused 2 of 10 upload attempts.* let more of them wait \(server\.backlog\)\.$/);
    expect(warning).not.toContain('(valet-key)');
  });

  it('that overflowed: others, who can do nothing about it', () => {
    const page = {
      name: 'GET /',
      arrivals: { count: 200, at: '0.5s' },
      request: '0B',
      response: '0B',
      service: '0s',
    };
    expect(warningsOf(waiting(206, [page]))).toEqual([]);
    const [warning] = warningsOf(waiting(6, [page]));
    expect(warning).toMatch(
      /refused 200 of 200 GET \/, with threads .* through no fault of theirs\. A longer/,
    );
  });
});

describe('arrivals without a steady state', () => {
  const offered = (rate: string, more: Part = {}): Part => ({
    workload: { uploads: { arrivals: { rate, for: '500s', ...more }, size: '1MB' } },
    server: { network: { in: '2MB/s' } },
    topologies: ['proxy-streaming'],
  });

  it('are told where more comes than can be served', () => {
    // One after the other, 0.4 a second are left over: 175 in the mean of the last quarter. 2.4 / 2 servers are needed.
    const oneByOne = { ...offered('2.4/s', { process: 'constant' }) };
    const network = { in: '2MB/s' };
    const [warning, ...rest] = warningsOf({ ...oneByOne, server: { network, threads: 1 } });
    expect(rest).toEqual([]);
    expect(warning).toMatch(
      /^proxy-streaming: 2\.4 uploads a second arrive and about 2 can be served: the servers' network in is full, and the uploads in flight still grow when the 8\.33 min of arrivals end, to 17\d\. .*: try server\.count=2\.$/,
    );
  });

  it('are told of Poisson arrivals', () => {
    expect(warningsOf(offered('2.4/s'))[0]).toContain(' uploads a second arrive and about 2 can be served: ');
  });

  it.each(['1.4/s', '1.9/s'])('are none at %s of the 2/s that can be served', rate => {
    expect(warningsOf(offered(rate))).toEqual([]);
  });

  it('are none where a peak passes', () => {
    const rate = [
      { until: '300s', rate: '1/s' },
      { until: '400s', rate: '6/s' },
      { until: '900s', rate: '0.5/s' },
    ];
    const peak = offered('1/s');
    expect(warningsOf({ ...peak, workload: { uploads: { arrivals: { rate }, size: '1MB' } } })).toEqual([]);
  });

  it('name the pool where nothing else is full', () => {
    const pool = (threads: number): Part => ({
      workload: { uploads: { arrivals: { rate: '10/s', process: 'constant', for: '500s' }, size: '1MB' } },
      clients: [at('1MB/s')],
      server: { threads },
      topologies: ['proxy-streaming'],
    });
    expect(warningsOf(pool(8))[0]).toContain(
      '10 uploads a second arrive and about 8 can be served: the pool of threads is full',
    );
    expect(warningsOf(pool(11))).toEqual([]);
  });
});

describe('broken connections', () => {
  const breaking = (every: string, attempts: number): Part => ({
    workload: burst(200, '10MB'),
    clients: [{ ...at('1MB/s'), drops: { every } }],
    client: { retry: { attempts, base: '1s' } },
    topologies: ['proxy-streaming', 'valet-key'],
  });

  it('that waste much are told once for all designs, with how much', () => {
    const { result } = runText(fluidWith(breaking('10MB', 3)));
    const { attemptFailures, attempts, wastedBytes, succeeded, failed } = result.topologies[0]!.uploads;
    const share = wastedBytes / (wastedBytes + succeeded * 10e6);
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toMatch(/^proxy-streaming, valet-key: connections broke in /);
    expect(result.warnings[0]).toContain(
      `broke in ${attemptFailures['connection-lost']} of ${attempts} attempts (clients[].drops)`,
    );
    expect(result.warnings[0]).toContain(`, ${Number((100 * share).toPrecision(3))}% of all file bytes`);
    expect(result.warnings[0]).toContain(`, and ${failed} of 200 uploads failed for it.`);
    expect(result.warnings[0]).toContain('client.retry.attempts allows 3.');
  });

  it('that waste little are the price of a plain upload', () => {
    // (exp(0.1) - 1) x 10 - 1 = 5% more than the file.
    expect(warningsOf(breaking('100MB', 100))).toEqual([]);
  });
});

describe('a budget of retries', () => {
  const budgeted = (ratio: string, minimum = '0/s'): Part => ({
    workload: burst(9, '10MB'),
    clients: [at('1MB/s')],
    client: { timeout: '11s', retry: { attempts: 5, budget: { ratio, minimum, window: '30s' } } },
    server: { threads: 1 },
    topologies: ['proxy-streaming'],
  });
  const about = /^proxy-streaming: the retry budget/;

  it('that never has room for one is told with how much it would need', () => {
    const told = warningsOf(budgeted('5%')).filter(text => about.test(text));
    expect(told).toEqual([
      'proxy-streaming: the retry budget (5% of the first attempts of 30 s) had no room for any of 8 retries. ' +
        'A retry needs 20 first attempts of its class of clients within client.retry.budget.window. Try a longer window, a larger ratio, or a minimum.',
    ]);
  });

  it('that has, or is meant to have none, is not', () => {
    for (const parts of [budgeted('50%'), budgeted('5%', '1/s'), budgeted('0%')]) {
      expect(warningsOf(parts).filter(text => about.test(text))).toEqual([]);
    }
  });
});

describe('timeouts', () => {
  const limited = (timeout: string): Part => ({
    workload: burst(4, '10MB'),
    clients: [at('1MB/s')],
    client: { timeout, retry: { attempts: 2, base: '0s' } },
    topologies: ['proxy-streaming', 'valet-key'],
  });

  it('that can never be met are told once for all designs', () => {
    expect(warningsOf(limited('9s'))).toEqual([
      "proxy-streaming, valet-key: client.timeout is 9 s, and 4 of 4 uploads need longer on the client's own uplink, with nobody else there (up to 10 s, for 10 MB). " +
        'No server and no retry can help those. Set client.timeout=11s or more, or make the files smaller.',
    ]);
  });

  it('that can never be met for some', () => {
    const clients = [
      { ...at('1MB/s'), weight: 1 },
      { ...at('20MB/s'), weight: 1 },
    ];
    const { result } = runText(fluidWith({ ...limited('9s'), workload: burst(50, '10MB'), clients }));
    const { failed } = result.topologies[1]!.uploads;
    expect(failed).toBeGreaterThan(0);
    expect(result.warnings[0]).toContain(`${failed} of 50 uploads need longer`);
  });

  it('that can be met are not', () => {
    expect(warningsOf(limited('11s'))).toEqual([]);
  });

  const crowded = (timeout: string, count = 4): Part => ({
    ...limited(timeout),
    workload: burst(count, '10MB'),
    clients: [at('10MB/s')],
    server: { threads: 1, network: { in: '10MB/s' } },
    topologies: ['proxy-streaming'],
  });

  it('that waste much are told with how much', () => {
    // One at a time, 1 s each: three wait. The second is cut at 1.5 s with half its bytes sent, as is the fourth's
    // second try, and so on; what matters is that there are some and that they are counted.
    const { result } = runText(fluidWith(crowded('1.5s')));
    const { wastedBytes, attemptFailures, succeeded } = result.topologies[0]!.uploads;
    const share = wastedBytes / (wastedBytes + succeeded * 10e6);
    expect(share).toBeGreaterThan(0.1);
    expect(result.warnings[0]).toContain(
      `${attemptFailures.timeout} attempts ended at client.timeout (1.5 s)`,
    );
    expect(result.warnings[0]).toContain(`${Number((100 * share).toPrecision(3))}% of all file bytes`);
  });

  it('that waste nothing are not', () => {
    // They wait for the thread and have sent nothing when their time is over.
    const { result } = runText(
      fluidWith({ ...crowded('1s'), client: { timeout: '1.0001s', retry: { attempts: 1 } } }),
    );
    expect(result.topologies[0]!.uploads.attemptFailures.timeout).toBe(3);
    expect(result.warnings).toEqual([]);
  });
});

describe('signed URLs', () => {
  const late = (valetKey: Part, attempts = 1): Part => ({
    workload: burst(3),
    clients: [at('1MB/s')],
    client: { retry: { attempts, base: '0s' } },
    valetKey,
    topologies: ['valet-key', { name: 'the same', kind: 'valet-key' }],
  });

  it('that clients use too late', () => {
    expect(warningsOf(late({ ttl: '60s', useAfter: '90s' }))).toEqual([
      'valet-key, the same: storage refused 3 requests whose signed URL had expired (valetKey.ttl is 60 s), and 3 uploads failed for it. ' +
        'Clients begin as late as 90 s after they got it (valetKey.useAfter), which is longer than it lives: try valetKey.ttl=99s, or sign when the upload begins. ' +
        'The age is checked when the request arrives: an upload that is running is not cut off, however long it takes.',
    ]);
    expect(warningsOf(late({ ttl: '99s', useAfter: '90s' }))).toEqual([]);
  });

  it('that die with the credentials which signed them', () => {
    const used = { ttl: '60s', useAfter: '30s' };
    const [renewed] = warningsOf(late({ ...used, credentialsEnd: { every: '20s' } }));
    expect(renewed).toContain(
      'A URL dies with the credentials that signed it, which end every 20 s (valetKey.credentialsEnd): let URLs live shorter.',
    );
    const [rarely] = warningsOf(late({ ...used, credentialsEnd: { every: '10m', first: '20s' } }));
    expect(rarely).toContain('let URLs live shorter, or take new ones before: ahead: 1m.');
    const [ended] = warningsOf(late({ ...used, credentialsEnd: '20s' }));
    expect(ended).toContain('those end for good at 20 s (valetKey.credentialsEnd): have them renewed');
    // Those that sign until long after the URLs' end are not to blame.
    const [own] = warningsOf(late({ ttl: '20s', useAfter: '30s', credentialsEnd: '1h' }));
    expect(own).toContain('valetKey.useAfter');
  });

  it("that the servers' clocks date too early, or too late", () => {
    const skewed = (clockSkew: string) => warningsOf(late({ ttl: '60s', useAfter: '50s', clockSkew }));
    expect(skewed('20s')[0]).toContain("The servers' clocks are 20 s behind that of storage");
    expect(skewed('-20s')).toEqual([]);
    expect(skewed('-20m')).toEqual([
      "valet-key, the same: storage refused 3 requests whose signed URL is dated after its own time: the servers' clocks are 20 min ahead (valetKey.clockSkew). " +
        'It grants 15 minutes. Asking again gives another URL from the future: synchronise the clocks of the servers.',
    ]);
  });

  it('that outlive the request, not the upload, are no reason to warn', () => {
    expect(warningsOf({ ...late({ ttl: '1s', useAfter: '0s' }), workload: burst(1, '10MB') })).toEqual([]);
  });

  it('that retries use again', () => {
    const retried = late({ ttl: '5s', useAfter: '0s' }, 3);
    // The first takes storage's only token; the others come back 10 s later, with the same URL.
    const [warning] = warningsOf({
      ...retried,
      client: { retry: { attempts: 4, base: '10s', cap: '10s', jitter: 'none' } },
      storage: { requestRate: { rate: '1/s', burst: 1 } },
    });
    expect(warning).toContain('pauses between retries, which use the same URL');
  });
});

describe('a spool disk', () => {
  const spooling = (space: string, attempts = 1): Part => ({
    workload: { uploads: { arrivals: { rate: '1/s', for: '10s', process: 'constant' }, size: '4MB' } },
    clients: [at('1MB/s')],
    client: { retry: { attempts, base: '10s', jitter: 'none' } },
    storage: { perConnection: '4MB/s' },
    server: { disk: { space } },
    topologies: ['proxy-spooled'],
  });

  it('without room for all: how many files fit, and how many attempts found none', () => {
    // Each is on the disk for 4 s in and 1 s out: five at once. With room for four every fifth is refused.
    const [text, ...others] = warningsOf(spooling('19MB'));
    expect(others).toEqual([]);
    expect(text).toMatch(
      /^proxy-spooled: the spool disk of 19 MB had no room for 2 of 10 upload attempts \(507\), first 4 s after the first arrival; 2 uploads failed for it\. /,
    );
    expect(text).toContain('4 files of 4 MB fit on a server at once. Raise server.disk.space');
    expect(text).not.toContain('never fits');
    expect(warningsOf(spooling('19MB', 2))[0]).toContain('; 0 uploads failed for it.');
  });

  it('with room for all says nothing', () => {
    expect(warningsOf(spooling('20MB'))).toEqual([]);
  });

  it('says where a file never fits', () => {
    expect(warningsOf(spooling('3MB'))[0]).toContain('A file of 4 MB never fits, however often it is sent.');
  });
});

describe("storage's request rate", () => {
  const asked = (count: number): Part => ({
    workload: burst(count),
    storage: { requestRate: { rate: '10/s', burst: 50 } },
    topologies: ['valet-key'],
  });

  it('that was exceeded', () => {
    const [warning, ...rest] = warningsOf(asked(80));
    expect(rest).toEqual([]);
    expect(warning).toContain(
      'valet-key: storage answered 30 of 80 requests with 503 slow-down; in the mean ',
    );
    expect(warning).toContain('. It takes 10 a second, 50 at once. ');
    expect(warning).toContain('and 30 uploads failed for it');
    // The 30 take 3 s at 10 a second.
    expect(warning).toContain('client.retry.base=3s; now 100 ms');
  });

  it('that was met', () => {
    expect(warningsOf(asked(50))).toEqual([]);
  });
});

describe('the horizon', () => {
  const cut = (horizon: string): Part => ({
    horizon,
    workload: { uploads: { arrivals: { rate: '1/s', process: 'constant', for: '200s' }, size: '1MB' } },
    clients: [at('1MB/s')],
    topologies: ['proxy-streaming', 'valet-key'],
  });

  it('that cuts many off', () => {
    const [warning, ...rest] = warningsOf(cut('100s'));
    expect(rest).toEqual([]);
    expect(warning).toMatch(
      /^proxy-streaming, valet-key: (99|100|101) of 200 uploads \(\d+(\.5)?%\) were unfinished at the horizon of 100 s\. /,
    );
  });

  it('that cuts off one in a hundred or fewer', () => {
    const { result } = runText(fluidWith(cut('199.5s')));
    expect(result.topologies[0]!.uploads.unfinished).toBeGreaterThan(0);
    expect(result.warnings).toEqual([]);
    expect(warningsOf(cut('1h'))).toEqual([]);
  });
});

describe('percentiles of objectives', () => {
  const asked = (count: number, slo: readonly string[]): Part => ({
    workload: burst(count),
    topologies: ['proxy-streaming', 'valet-key'],
    slo,
  });

  it('that are the maximum', () => {
    expect(warningsOf(asked(99, ['all: completion.p99 < 1h']))).toEqual([
      'proxy-streaming, valet-key: completion.p99 is the largest of 99 values. ' +
        'An objective on p99 needs at least 100 of them to differ from one on the maximum, and some ten times as many to be steady: raise the number of arrivals, or ask for max.',
    ]);
    expect(warningsOf(asked(19, ['valet-key: latency.p95 < 1h']))[0]).toMatch(
      /^valet-key: latency\.p95 .* 20 of them/,
    );
  });

  it('that are not, or that nobody asks for', () => {
    expect(warningsOf(asked(100, ['all: completion.p99 < 1h']))).toEqual([]);
    expect(warningsOf(asked(20, ['all: completion.p95 < 1h', 'all: completion.max < 1h']))).toEqual([]);
    expect(warningsOf(asked(50, []))).toEqual([]);
  });
});

describe('background requests', () => {
  const beside = (arrivals: Part): Part => ({
    workload: {
      ...burst(10, '100MB'),
      background: [{ name: 'GET /', arrivals, request: '0B', response: '0B', service: '1ms' }],
    },
    clients: [at('1MB/s')],
    topologies: ['proxy-streaming', 'valet-key'],
  });

  it('that hardly met an upload', () => {
    // Uploads take 100 s.
    expect(warningsOf(beside({ rate: '10/s', process: 'constant', for: '1010s' }))[0]).toMatch(
      /^proxy-streaming, valet-key: (999|1,000|1,001) of 10,100 GET \/ came while uploads were under way\. .* without uploads\. /,
    );
    expect(warningsOf(beside({ count: 99, at: '1s' }))[0]).toMatch(
      /99 of 99 GET \/ came .* Percentiles of so few/,
    );
    expect(warningsOf(beside({ count: 500, at: '101s' }))[0]).toContain('0 of 500 GET / came');
  });

  it('that did', () => {
    expect(warningsOf(beside({ rate: '10/s', process: 'constant', for: '990s' }))).toEqual([]);
    expect(warningsOf(beside({ count: 100, at: '1s' }))).toEqual([]);
  });
});

it('the scenario of 1,000 uploads gets what it deserves', async () => {
  const { warnings } = runScenario(await loadScenario('scenarios/1000-uploads.yaml'), {
    uploads: false,
  }).result;
  expect(warnings.map(warning => warning.split(/ at | of /)[0])).toEqual([
    'proxy-buffered: a server ran out',
    'proxy-streaming: the backlog',
  ]);
});

describe('gateway', () => {
  const behind = (gateway: Part, more: Part = {}): Part => ({
    workload: burst(2, '50MB'),
    clients: [at('10Mbps')],
    gateway,
    topologies: ['proxy-streaming'],
    ...more,
  });

  it('that refuses what is too large, and how large it is', () => {
    expect(warningsOf(behind({ profile: 'aws-api-gateway-rest' }))).toEqual([
      'proxy-streaming: the gateway (aws-api-gateway-rest) takes no body over 10 MB and refused 2 of 2 upload attempts (413) (the largest file has 50 MB). ' +
        'No retry, server or link helps those. Send files directly to storage, past the gateway (valet-key), or raise gateway.maxBody where the product lets you.',
    ]);
    expect(warningsOf(behind({ maxBody: '50MB' }))).toEqual([]);
  });

  it('that waits no longer than a client needs alone', () => {
    // 50 MB at 10 Mbps: 40 s.
    expect(warningsOf(behind({ timeout: '29s' }))).toEqual([
      "proxy-streaming: the gateway waits 29 s for an answer, from the request's head on, and cut off 2 of 2 upload attempts (504); " +
        "2 of 2 uploads need longer on the client's own uplink, with nobody else there. " +
        'Servers may go on with what was cut off, and finish it for nobody. Raise gateway.timeout where the product lets you, make the servers faster, or send files directly to storage (valet-key).',
    ]);
    expect(warningsOf(behind({ timeout: '41s' }))).toEqual([]);
    expect(warningsOf(behind({ timeout: '29s', buffers: true }))).toEqual([]);
  });

  it('that gives up silent connections, of other requests, too', () => {
    const background = [
      { name: 'report', arrivals: { rate: '1/s', for: '2s', process: 'constant' }, service: '5s' },
    ];
    const [warning] = warningsOf(
      behind(
        { idle: '3s' },
        {
          workload: { ...burst(2, '1MB'), background },
          server: { network: { out: '1Mbps', efficiency: 1, queue: '0s' } },
          topologies: [plainBuffers],
        },
      ),
    );
    // Two bodies of 1 MB go out of the server in 16 s.
    expect(warning).toContain(
      'gives up connections on which no byte passes for 3 s, and cut off 2 of 2 upload attempts, 2 of 2 report (504).',
    );
  });

  it('says nothing where nothing was turned away', () => {
    expect(warningsOf(behind({ profile: 'aws-alb' }))).toEqual([]);
    expect(warningsOf(behind({ profile: 'aws-api-gateway-rest' }, { topologies: ['valet-key'] }))).toEqual(
      [],
    );
  });
});
