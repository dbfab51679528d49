import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Result } from '../../src/result.js';
import { small } from './scenarios.js';
import { ended, type Workplace, workplace } from './spawn.js';

/** Minutes of work on any machine. */
const long = `
name: long
workload: { uploads: { arrivals: { rate: 2000/s, for: 1h }, size: 1MB } }
server: { threads: unlimited, network: unlimited, cores: unlimited }
`;

let place: Workplace;
beforeEach(async () => {
  place = await workplace({ 'long.yaml': long, 'small.yaml': small(), 'other.yaml': small() });
});
afterEach(() => place?.remove());

test('Ctrl-C ends a run soon, keeps what is finished and says what is missing, with status 130', async () => {
  const child = place.start(['run', 'small.yaml', 'long.yaml', 'other.yaml', '--set', 'seed=7']);
  child.stderr?.on('data', (text: Buffer) => {
    // The next scenario is about to begin: give it the time to draw its workload.
    if (String(text).includes('saved')) setTimeout(() => child.kill('SIGINT'), 300);
  });
  const { status, signal, stdout, stderr } = await ended(child);
  expect({ status, signal }).toEqual({ status: 130, signal: null });
  expect(stderr).toMatch(/interrupted: nothing of "long" is finished; not run: other.yaml\n$/);
  expect(stdout).toContain('valet-key');
  const result: Result = JSON.parse(readFileSync(join(place.path, 'results/small/result.json'), 'utf8'));
  expect(result.partial).toBeNull();
  expect(place.files().filter(file => file.startsWith('results'))).toEqual(['results/small/result.json']);
});
