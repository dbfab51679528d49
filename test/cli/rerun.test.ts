/** A saved run, repeated. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workplace, workplace } from './spawn.js';

const traced = `
name: traced
workload: { uploads: { arrivals: { trace: trace.csv } } }
topologies: [proxy-streaming, valet-key]
`;

const queue = `
name: queue
workload: { uploads: { arrivals: { rate: 2/s, for: 30s }, size: { exponential: 1MB } } }
`;

let place: Workplace;
beforeEach(async () => {
  place = await workplace({
    'sub/traced.yaml': traced,
    'sub/trace.csv': 'start,size\n0,1000000\n1,2000000\n',
    'queue.yaml': queue,
  });
});
afterEach(() => place?.remove());

const saved = 'results/queue/result.json';
const put = (file: string, change: (text: string) => string) => {
  const path = join(place.path, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};

test('gives the same bytes, with all that the run was told', async () => {
  await place.run([
    ...[
      'run',
      'queue.yaml',
      '--set',
      'server.network=30Mbps',
      '--seed',
      '7',
      '--topology',
      'valet-key,proxy-buffered',
    ],
    ...['--precision', '30%', '--figure', 'latency.mean', '--baseline', 'valet-key', '--jobs', '2', '-q'],
  ]);
  const again = await place.run(['rerun', saved, '--jobs', '1']);
  expect(again).toMatchObject({ status: 0, stderr: '' });
  expect(again.stdout).toMatch(/^the same, byte for byte: results\/queue\/result\.json \(valet-sim \d/);
});

test('says what has changed since: the scenario, or a trace that it reads', async () => {
  await place.run(['run', 'queue.yaml', '-q']);
  await place.run(['run', 'sub/traced.yaml', '-q']);
  expect((await place.run(['rerun', 'results/traced/result.json'])).status).toBe(0);
  put('queue.yaml', text => `${text}# another line\n`);
  put('sub/trace.csv', text => `${text}2,3000000\n`);
  const scenario = await place.run(['rerun', saved]);
  expect(scenario).toMatchObject({ status: 2, stdout: '' });
  expect(scenario.stderr).toContain('cannot be repeated: queue.yaml has changed since');
  const trace = await place.run(['rerun', 'results/traced/result.json']);
  expect(trace).toMatchObject({ status: 2, stdout: '' });
  expect(trace.stderr).toContain('cannot be repeated: trace.csv has changed since');
});

test('names the first figure that is not what was saved', async () => {
  await place.run(['run', 'queue.yaml', '-q']);
  put(saved, text => text.replace(/"offered": \d+/, '"offered": 12345'));
  const { status, stdout } = await place.run(['rerun', saved]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^NOT the same \(the same version\); it begins at line \d+: "offered": 12345/);
});

test('refuses what cannot be repeated', async () => {
  await place.run(['run', 'queue.yaml', '-q']);
  put(saved, text => text.replace('"partial": null', '"partial": {"missing": [], "replications": 9}'));
  const interrupted = await place.run(['rerun', saved]);
  expect(interrupted).toMatchObject({ status: 2, stdout: '' });
  expect(interrupted.stderr).toContain('it was interrupted');
  const none = await place.run(['rerun', 'queue.yaml']);
  expect(none.status).toBe(2);
  expect(none.stderr).toContain('is no JSON');
});
