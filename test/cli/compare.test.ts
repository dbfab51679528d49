/** Two results side by side through the command line. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SideBySide } from '../../src/parameter-study.js';
import { type Workplace, workplace } from './spawn.js';

/** n uploads of 50 MB over 125 MB/s take n x 0.4 s, on two servers half of it. */
const link = `
name: link
workload: { uploads: { arrivals: { count: 100, at: 0s }, size: 50MB } }
clients: [{ name: c, uplink: 10Gbps, rtt: 0s }]
client: { timeout: unlimited }
transport: { tls: none, slowStart: false, unfairness: 0, ackLoad: 0%, preflight: false }
server:
  cores: unlimited
  cpu: { perRequest: 0s, perMiB: 0s }
  memory: unlimited
  threads: unlimited
  network: { in: 1Gbps, out: 1Gbps, efficiency: 1, queue: 0ms }
storage: { network: { in: unlimited, out: unlimited, efficiency: 1, queue: 0ms }, perConnection: unlimited, firstByte: 0s }
topologies: [proxy-streaming]
`;

const queue = `
name: queue
workload: { uploads: { arrivals: { rate: 2/s, for: 60s }, size: { exponential: 1MB } } }
server: { network: 30Mbps }
topologies: [proxy-streaming, valet-key]
`;

let place: Workplace;
beforeEach(async () => {
  place = await workplace({
    'link.yaml': link,
    'queue.yaml': queue,
    'other.yaml': queue,
    'no.json': '{"a": 1}',
  });
});
afterEach(() => place?.remove());

async function compared(...args: readonly string[]): Promise<SideBySide> {
  const { status, stdout, stderr } = await place.run(['compare', ...args, '--format', 'json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

const metricsOf = ({ pairs }: SideBySide, i = 0) =>
  Object.fromEntries(pairs[i]!.metrics.map(pair => [pair.metric, pair]));

test('a saved result and a scenario that is run for it, by hand', async () => {
  await place.run(['run', 'link.yaml', '-q']);
  const sides = await compared('results/link/result.json', 'link.yaml', '--set', 'server.count=2');
  const { makespan, succeeded } = metricsOf(sides);
  expect(makespan!.a).toBeCloseTo(40, 9);
  expect(makespan!.b).toBeCloseTo(20, 9);
  expect(makespan!.ratio).toBeCloseTo(0.5, 9);
  expect(makespan!.difference).toBeCloseTo(-20, 9);
  expect(makespan).toMatchObject({ ci95: null, paired: false });
  expect(succeeded).toMatchObject({ a: 1, b: 1, difference: 0 });
});

test('replications of one seed are paired, and tell more than independent ones', async () => {
  const faster = ['--set', 'server.network=40Mbps', '--replications', '12'];
  await place.run(['run', 'queue.yaml', '-q', '--replications', '12']);
  const paired = metricsOf(await compared('results/queue/result.json', 'other.yaml', ...faster));
  const apart = metricsOf(
    await compared('results/queue/result.json', 'other.yaml', ...faster, '--seed', '9'),
  );
  const metric = 'completion.p95';
  expect(paired[metric]).toMatchObject({ paired: true });
  expect(apart[metric]).toMatchObject({ paired: false });
  const width = ({ ci95 }: (typeof paired)[string]) => ci95![1] - ci95![0];
  expect(width(paired[metric]!)).toBeLessThan(0.8 * width(apart[metric]!));
  expect(paired[metric]!.ci95![1]).toBeLessThan(0);
});

test('a result beside itself is the same in everything, in words, too', async () => {
  await place.run(['run', 'queue.yaml', '-q', '--replications', '3']);
  const same = ['compare', 'results/queue/result.json', 'results/queue/result.json'];
  const { status, stdout } = await place.run(same);
  expect(status).toBe(0);
  expect(stdout).toContain('completion.p95');
  expect(stdout).not.toMatch(/faster|slower|not distinguishable/);
  const csv = await place.run([...same, '--format', 'csv']);
  expect(csv.stdout.split('\n')[1]).toMatch(/^proxy-streaming,proxy-streaming,succeeded,1,1,1,0,0,0,true$/);
  const markdown = await place.run([...same, '--format', 'markdown']);
  expect(markdown.stdout).toContain('| the same |');
});

test('what is missing on one side is named', async () => {
  const { stdout } = await place.run([
    ...['compare', 'queue.yaml', 'other.yaml', '--set', 'topologies=[valet-key, proxy-buffered]'],
  ]);
  expect(stdout).toContain('valet-key');
  expect(stdout).not.toContain('Only on one side');
  await place.run(['run', 'queue.yaml', '-q']);
  const other = await place.run([
    ...[
      'compare',
      'results/queue/result.json',
      'other.yaml',
      '--set',
      'topologies=[valet-key, proxy-buffered]',
    ],
  ]);
  expect(other.stdout).toContain('Only on one side: proxy-streaming (a), proxy-buffered (b).');
});

test('what is no result is refused', async () => {
  const refused = async (...files: string[]) => {
    const { status, stdout, stderr } = await place.run(['compare', ...files]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    return stderr;
  };
  expect(await refused('no.json', 'queue.yaml')).toContain('no.json: is no result of valet-sim');
  expect(await refused('gone.json', 'queue.yaml')).toContain('gone.json: cannot be read');
  expect(await refused('queue.yaml', 'gone.yaml')).toContain('gone.yaml');
  expect(await refused('queue.yaml')).toContain("missing required argument 'b'");
});
