/** Capacities and sweeps through the command line, against what can be computed by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CapacityStudy, Sweep } from '../../src/parameter-study.js';
import { ended, type Workplace, workplace } from './spawn.js';

/** Uploads of 50 MB over 125 MB/s in and out, nothing else takes time: n of them stream through in n x 0.4 s. */
const link = `
name: link
workload: { uploads: { arrivals: { count: 10, at: 0s }, size: 50MB } }
clients: [{ name: c, uplink: 10Gbps, rtt: 0s }]
client: { timeout: unlimited }
transport: { tls: none, slowStart: false, unfairness: 0, ackLoad: 0%, preflight: false }
server:
  cores: unlimited
  cpu: { perRequest: 0s, perMiB: 0s }
  memory: unlimited
  threads: unlimited
  network: { in: 1Gbps, out: 1Gbps, efficiency: 1, queue: 0ms }
storage:
  network: { in: unlimited, out: unlimited, efficiency: 1, queue: 0ms }
  perConnection: unlimited
  firstByte: 0s
  requestRate: unlimited
topologies: [proxy-streaming]
`;

/** M/M/1 on the one thread: T is exponential with mean 1 / (mu - lambda), mu = 10/s. */
const queue = `
name: queue
seed: 3
warmup: 60s
workload: { uploads: { arrivals: { rate: 1/s, for: 1000s }, size: 1B } }
clients: [{ name: c, uplink: 10Gbps, rtt: 0s }]
client: { timeout: unlimited }
transport: { tls: none, slowStart: false, unfairness: 0, ackLoad: 0%, preflight: false }
server:
  threads: 1
  backlog: unlimited
  cores: unlimited
  cpu: { perRequest: 0s, perMiB: 0s }
  memory: unlimited
  network: { in: unlimited, out: unlimited, efficiency: 1, queue: 0ms }
storage:
  network: { in: unlimited, out: unlimited, efficiency: 1, queue: 0ms }
  perConnection: unlimited
  firstByte: { exponential: 100ms }
  requestRate: unlimited
topologies: [proxy-streaming]
`;

let place: Workplace;
beforeEach(async () => {
  place = await workplace({ 'link.yaml': link, 'queue.yaml': queue });
});
afterEach(() => place?.remove());

const count = 'workload.uploads.arrivals.count';

async function studyOf<Study>(args: readonly string[]): Promise<Study> {
  const { status, stdout, stderr } = await place.run([...args, '--no-save', '--format', 'json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('capacity', () => {
  test('of a link is what it carries in the time that there is', async () => {
    // 60.1 s x 125 MB/s / 50 MB = 150.25.
    const { topologies } = await studyOf<CapacityStudy>([
      ...['capacity', 'link.yaml', '--vary', `${count}=1..10000`, '--slo', 'completion.max < 60.1s'],
      ...['--tolerance', '0.1%'],
    ]);
    const [streaming] = topologies;
    expect(streaming).toMatchObject({ capacity: '150', missed: '151' });
    expect(['server.networkIn', 'server.networkOut']).toContain(streaming!.bottleneck);
    expect(streaming!.headroom.find(({ resource }) => resource === 'server.networkIn')!.times).toBeCloseTo(
      1,
      9,
    );
  });

  test('the fewest servers that do it', async () => {
    // 100 uploads on n servers in turn: ceil(100 / n) x 0.4 s < 10.1 s from n = 4 (25 each) on.
    const { topologies } = await studyOf<CapacityStudy>([
      ...['capacity', 'link.yaml', '--vary', 'server.count=1..30', '--min', '--set', `${count}=100`],
      ...['--slo', 'completion.max < 10.1s'],
    ]);
    expect(topologies[0]).toMatchObject({ capacity: '4', missed: '3' });
  });

  test('of a queue is the rate at which its 95th percentile meets the limit', async () => {
    // T is exponential: p95 = ln 20 / (10 - lambda) = 1 s at lambda = 10 - 2.996 = 7.004/s.
    const { topologies } = await studyOf<CapacityStudy>([
      ...['capacity', 'queue.yaml', '--vary', 'workload.uploads.arrivals.rate=1/s..9.5/s'],
      ...['--slo', 'completion.p95 < 1s', '--replications', '20', '--tolerance', '5%'],
    ]);
    const [{ capacity, missed, bottleneck, trials }] = topologies as [CapacityStudy['topologies'][number]];
    const [met, short] = [Number.parseFloat(capacity!), Number.parseFloat(missed!)];
    // What is called met is so with 95% of confidence each, and so is what is missed; seeds are fixed.
    expect(met).toBeLessThan(7.004);
    expect(short).toBeGreaterThan(7.004);
    expect(met).toBeGreaterThan(6);
    expect(short).toBeLessThan(8);
    expect(bottleneck).toBe('server.threads');
    expect(trials.length).toBeGreaterThan(4);
  });

  test('says so where no value will do, or every one', async () => {
    const none = await place.run([
      ...['capacity', 'link.yaml', '--vary', `${count}=10..100`, '--slo', 'completion.max < 1s', '--no-save'],
    ]);
    expect(none.status).toBe(0);
    expect(none.stdout).toContain('proxy-streaming: none of 10 to 100 (10 misses completion.max < 1s)');
    const all = await place.run([
      ...['capacity', 'link.yaml', '--vary', `${count}=10..20`, '--slo', 'completion.max < 1h', '--no-save'],
    ]);
    expect(all.stdout).toContain('proxy-streaming: up to 20, the end of the range');
  });

  test('wants objectives and a range', async () => {
    const bare = await place.run(['capacity', 'link.yaml', '--vary', `${count}=1..5`]);
    expect(bare).toMatchObject({ status: 2, stdout: '' });
    expect(bare.stderr).toContain("give one: --slo 'completion.p95 < 1m'");
    const list = await place.run(['capacity', 'link.yaml', '--vary', `${count}=1,5`, '--slo', 'failed < 1%']);
    expect(list.status).toBe(2);
    expect(list.stderr).toContain('two ends are needed');
  });
});

describe('a sweep', () => {
  test('has every point, by hand', async () => {
    const sweep = await studyOf<Sweep>([
      ...['sweep', 'link.yaml', '--vary', `${count}=100..300:3`, '--vary', 'server.count=1,2'],
    ]);
    expect(sweep.points.map(({ values }) => values.join(' '))).toEqual([
      ...['100 1', '100 2', '200 1', '200 2', '300 1', '300 2'],
    ]);
    // n x 0.4 s on one server, half of it on two.
    expect(sweep.points.map(({ topologies }) => topologies[0]!.completion.max)).toEqual(
      [40, 20, 80, 40, 120, 60].map(seconds => expect.closeTo(seconds, 6)),
    );
  });

  test('is a table with a chart, a row per point in CSV, and Markdown', async () => {
    const args = [
      'sweep',
      'link.yaml',
      '--vary',
      `${count}=100,200,400`,
      '--figure',
      'completion.max',
      '--no-save',
    ];
    const shown = await place.run(args);
    expect(shown.status).toBe(0);
    expect(shown.stdout).toMatch(/400 +2\.67 min/);
    expect(shown.stdout).toContain('┬');
    const csv = await place.run([...args, '--format', 'csv']);
    const [head, ...rows] = csv.stdout.trim().split('\n');
    expect(head!.startsWith(`${count},topology,replications,offered`)).toBe(true);
    expect(rows.map(row => row.split(',').slice(0, 4).join())).toEqual([
      ...['100,proxy-streaming,1,100', '200,proxy-streaming,1,200', '400,proxy-streaming,1,400'],
    ]);
    const markdown = await place.run([...args, '--format', 'markdown']);
    expect(markdown.stdout).toMatch(/\| 400 +\| +2\.67 min \|/);
  });

  test('marks the knee of a queue', async () => {
    const { knees } = await studyOf<Sweep>([
      ...['sweep', 'queue.yaml', '--vary', 'workload.uploads.arrivals.rate=1/s..9/s:9'],
      ...['--figure', 'latency.mean', '--set', 'workload.uploads.arrivals.for=20000s'],
    ]);
    // 1 / (10 - rate) from 1 to 9: chord slope (1 - 1/9) / 8 = 1/9 = 1 / (10 - rate)^2 at rate 7.
    expect(knees).toEqual([{ topology: 'proxy-streaming', value: '7/s' }]);
  });

  test('goes on where it was interrupted, and begins anew where the scenario is another', async () => {
    const args = [
      'sweep',
      'queue.yaml',
      '--vary',
      'workload.uploads.arrivals.rate=1/s..9/s:40',
      '--no-chart',
    ];
    const child = place.start([...args, '--replications', '20']);
    setTimeout(() => child.kill('SIGINT'), 6000);
    const first = await ended(child);
    expect({ status: first.status, signal: first.signal }).toEqual({ status: 130, signal: null });
    const done = Number(/interrupted: (\d+) of 40 points/.exec(first.stderr)?.[1]);
    expect(done).toBeLessThan(40);
    const file = join(place.path, 'results/queue/sweep/points.json');
    if (done > 0) {
      // Whatever the figures say: those of the first run are taken as they stand.
      expect(JSON.parse(readFileSync(file, 'utf8')).points).toHaveLength(done);
      const again = place.start([...args, '--replications', '20']);
      setTimeout(() => again.kill('SIGINT'), 6000);
      const { stderr } = await ended(again);
      expect(stderr).toContain(`${done} of 40 points are of an earlier run of the same study`);
      const other = place.start([...args, '--replications', '20', '--seed', '4']);
      setTimeout(() => other.kill('SIGINT'), 3000);
      expect((await ended(other)).stderr).not.toContain('earlier run');
    }
  });

  test('refuses what it cannot vary before anything runs', async () => {
    const refused = async (...vary: string[]) => {
      const { status, stdout, stderr } = await place.run(['sweep', 'link.yaml', ...vary]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      return stderr;
    };
    expect(await refused()).toContain('--vary is needed');
    expect(await refused('--vary', 'server.threds=1,2')).toMatch(
      /^--vary server\.threds: .*did you mean threads/,
    );
    expect(await refused('--vary', 'server.count=1,2', '--slo', 'nobody: failed < 1%')).toMatch(
      /^--slo: no topology is called "nobody"/,
    );
    expect(await refused('--vary', 'server.threads=5..x')).toContain('not a number');
    expect(await refused('--vary', 'server.threads=1,0')).toContain('threads');
    expect(await refused('--vary', `${count}=1,2`, '--vary', `${count}=3`)).toContain('varied twice');
  });
});
