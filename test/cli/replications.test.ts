/** Replications through the command line: worker threads, goals, and what an interruption leaves. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../../src/result.js';
import { ended, type Workplace, workplace } from './spawn.js';

const queue = `
name: queue
seed: 5
workload: { uploads: { arrivals: { rate: 2/s, for: 60s }, size: { exponential: 1MB } } }
server: { network: 30Mbps }
topologies: [proxy-streaming, valet-key]
`;

let place: Workplace;
beforeEach(async () => {
  place = await workplace({
    'queue.yaml': queue,
    'met.yaml': `${queue}slo: ["proxy-streaming: completion.p95 < 1h"]\n`,
    'missed.yaml': `${queue}slo: ["proxy-streaming: completion.p95 < 1ms"]\n`,
  });
});
afterEach(() => place?.remove());

const json = ['--no-save', '--format', 'json'];

async function resultOf(args: readonly string[]): Promise<Result> {
  const { status, stdout, stderr } = await place.run(['run', ...args, ...json]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('worker threads', () => {
  test('any number of them gives the same bytes', async () => {
    const runs = [];
    for (const jobs of ['1', '2', '3']) {
      runs.push(await place.run(['run', 'queue.yaml', '--replications', '5', '--jobs', jobs, ...json]));
    }
    expect(runs[0]!.status).toBe(0);
    expect(JSON.parse(runs[0]!.stdout).replications).toBe(5);
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  test('also where a goal ends the run, whoever works ahead', async () => {
    const goal = ['run', 'queue.yaml', '--precision', '20%', '--figure', 'latency.mean', ...json];
    const one = await place.run([...goal, '--jobs', '1']);
    const three = await place.run([...goal, '--jobs', '3']);
    expect(JSON.parse(one.stdout).precision.reached).toBe(true);
    expect(three).toEqual(one);
  });

  test('also where a pilot looks for the warm-up first', async () => {
    const auto = ['run', 'queue.yaml', '--set', 'warmup=auto', '--replications', '4', ...json];
    const [one, two] = [await place.run([...auto, '--jobs', '1']), await place.run([...auto, '--jobs', '2'])];
    expect(one.status).toBe(0);
    expect(JSON.parse(one.stdout).warmup).toMatchObject({ given: 'auto' });
    expect(two).toEqual(one);
  });

  test('the uploads of all replications come in their order', async () => {
    const { status, stdout } = await place.run([
      ...['run', 'queue.yaml', '--replications', '3', '--jobs', '2', '--no-save', '--uploads-csv', '-'],
    ]);
    expect(status).toBe(0);
    const places = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map(row => row.split(',').slice(0, 2).join(' '));
    const once = places.filter((row, i) => row !== places[i - 1]);
    expect(once).toEqual(
      ['proxy-streaming', 'valet-key'].flatMap(name => [0, 1, 2].map(r => `${name} ${r}`)),
    );
  });
});

test('replication 0 is the single run, and others draw other workloads', async () => {
  const single = await place.run(['run', 'queue.yaml', '--no-save', '--uploads-csv', '-']);
  const three = await place.run([
    ...['run', 'queue.yaml', '--replications', '3', '--no-save', '--uploads-csv', '-'],
  ]);
  const rows = (text: string, r: number) => text.split('\n').filter(row => row.startsWith(`valet-key,${r},`));
  expect(rows(single.stdout, 0).length).toBeGreaterThan(50);
  expect(rows(three.stdout, 0)).toEqual(rows(single.stdout, 0));
  const starts = [0, 1, 2].map(r =>
    rows(three.stdout, r)
      .map(row => row.split(',')[3])
      .join(),
  );
  expect(new Set(starts).size).toBe(3);
});

test('a run with a goal is as precise as was asked, or says that it is not', async () => {
  const met = await resultOf(['queue.yaml', '--precision', '15%', '--figure', 'latency.p99']);
  expect(met.precision).toMatchObject({ figure: 'latency.p99', wanted: 0.15, reached: true });
  for (const { latency, ci95 } of met.topologies) {
    const [low, high] = ci95!['latency.p99']!;
    expect((high - low) / 2).toBeLessThanOrEqual(0.15 * latency.p99!);
    expect((high + low) / 2).toBeCloseTo(latency.p99!, 9);
  }
  const short = await place.run([
    ...['run', 'queue.yaml', '--precision', '0.1%', '--replications', '11', '--no-save', '--no-chart'],
  ]);
  expect(short.status).toBe(0);
  expect(short.stdout).toMatch(/NOT REACHED: .* at most 0\.1% of the mean/);
});

describe('objectives', () => {
  test('are met, missed or undecided by their intervals, with the status of each', async () => {
    const asked = ['--replications', '10', '--no-save', '--no-chart'];
    const met = await place.run(['run', 'met.yaml', ...asked]);
    expect(met.status).toBe(0);
    const missed = await place.run(['run', 'missed.yaml', ...asked]);
    expect(missed.status).toBe(99);
    expect(missed.stderr).toMatch(/objective missed: .* \(it is [^,]+, 95% interval .+ to .+\)/);
    const { topologies } = await resultOf(['queue.yaml', '--replications', '10']);
    // A limit that is the mean itself lies in its interval.
    const mean = topologies[0]!.completion.p95!.toFixed(6);
    const undecided = await place.run([
      ...['run', 'met.yaml', ...asked, '--set', `slo=["proxy-streaming: completion.p95 < ${mean}s"]`],
    ]);
    expect(undecided.stderr).toMatch(/objective undecided: /);
    expect(undecided.status).toBe(98);
    expect(undecided.stdout).toContain('undecided');
  });

  test('end a run until decided after the fewest replications where they are far off', async () => {
    const { replications, topologies } = await resultOf(['met.yaml', '--until-decided']);
    expect(replications).toBe(10);
    expect(topologies[0]!.slo).toMatchObject([{ ok: true, outcome: 'pass' }]);
  });
});

test('Ctrl-C keeps the replications that are finished, and says that it is not all', async () => {
  const child = place.start(['run', 'queue.yaml', '--replications', '1000000', '--jobs', '2']);
  setTimeout(() => child.kill('SIGINT'), 8000);
  const { status, signal, stderr } = await ended(child);
  expect({ status, signal }).toEqual({ status: 130, signal: null });
  expect(stderr).toMatch(/interrupted: "queue" is partial: \d+ of at most 1000000 replications finished/);
  expect(place.files()).toContain('results/queue/result.json');
});

test('what makes no sense is refused before anything runs', async () => {
  const refused = async (...args: string[]) => {
    const { status, stdout, stderr } = await place.run(['run', 'queue.yaml', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    return stderr;
  };
  expect(await refused('--replications', '0')).toContain('whole number from 1');
  expect(await refused('--jobs', 'many')).toContain('whole number from 1');
  expect(await refused('--precision', '2')).toContain('such as 2%');
  expect(await refused('--precision', '2%', '--figure', 'latancy.p99')).toContain('did you mean latency.p99');
  expect(await refused('--figure', 'latency.p99')).toContain('give --precision');
  expect(await refused('--until-decided')).toContain('no objectives');
  expect(await refused('--baseline', 'valet')).toContain('did you mean valet-key');
});
