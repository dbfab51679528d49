/** Users who give an upload up, from their click on. Nothing is random but in the last test. */
import { describe, expect, it } from 'vitest';
import type { TopologyKind } from '../../src/scenario/types.js';
import { topologies } from '../../src/topologies/registry.js';
import { always } from '../reference/hand-made.js';
import { byHand, direction } from './by-hand.js';

/** 10 MB: 5 s into the server, 10 s out of it. */
const server = { network: { in: direction(2e6), out: direction(1e6), efficiency: 1 } };
const upload = { start: 1, size: 10e6 };
const patience = always(3);

it('while the body is being received, everything is given back at once', () => {
  const run = byHand('proxy-buffered', { server, client: { patience } }, { uploads: [upload] });
  expect(run.uploads[0]).toMatchObject({ status: 'failed', reason: 'abandoned', attempts: 1, end: 4 });
  expect(run.recorder.attemptFailures.toRecord()).toEqual({ abandoned: 1 });
  expect(run.recorder.wastedBytes).toBeCloseTo(6e6, 3);
  expect(run.epoch + run.to).toBe(4);
  expect(run.hosts.servers[0]!.memory.at(run.to)).toBe(0);
});

it('once it has the whole body, a buffering server finishes the PUT for nobody', () => {
  const client = { patience: always(7), retry: { attempts: 5 } };
  const run = byHand('proxy-buffered', { server, client }, { uploads: [upload] });
  expect(run.uploads[0]).toMatchObject({ reason: 'abandoned', attempts: 1, end: 8 });
  expect(run.recorder.wastedBytes).toBeCloseTo(10e6, 3);
  expect(run.epoch + run.to).toBeCloseTo(16, 9);
});

it('a pause between two attempts just ends: no attempt fails of it', () => {
  const client = {
    patience,
    timeout: 1,
    retry: { attempts: 10, base: 1.5, cap: 60, jitter: 'none' as const },
  };
  const run = byHand('proxy-streaming', { server, client }, { uploads: [upload] });
  // Attempts at 1 and 3.5 s would time out at 2 and 4.5 s; the third would begin at 7.5 s. Patience ends at 4.
  expect(run.uploads[0]).toMatchObject({ reason: 'abandoned', attempts: 2, end: 4 });
  expect(run.recorder.attemptFailures.toRecord()).toEqual({ timeout: 1, abandoned: 1 });
  const waiting = byHand(
    'proxy-streaming',
    { server, client: { ...client, patience: always(2) } },
    { uploads: [upload] },
  );
  expect(waiting.uploads[0]).toMatchObject({ reason: 'abandoned', attempts: 1, end: 3 });
  expect(waiting.recorder.attemptFailures.toRecord()).toEqual({ timeout: 1 });
  expect(waiting.recorder.failures.toRecord()).toEqual({ abandoned: 1 });
  expect(waiting.epoch + waiting.to).toBe(3);
});

it('the wait for the right moment to use a signed URL counts', () => {
  const site = { client: { patience }, valetKey: { useAfter: always(50) } };
  const run = byHand('valet-key', site, { uploads: [upload] });
  expect(run.uploads[0]).toMatchObject({ reason: 'abandoned', end: 4 });
});

it('one who gives up in the backlog leaves it', () => {
  const run = byHand(
    'proxy-streaming',
    { server: { ...server, threads: 1 }, client: { patience: always(11.5) } },
    { uploads: [upload, { start: 2, size: 1e6 }] },
  );
  // The first is through at 11 s, the second waits from 2 to 11 s and is through at 12 s.
  expect(run.uploads.map(({ status, end }) => [status, end])).toEqual([
    ['succeeded', 11],
    ['succeeded', 12],
  ]);
  const impatient = byHand(
    'proxy-streaming',
    { server: { ...server, threads: 1 }, client: { patience: always(10.5) } },
    { uploads: [upload, { start: 2, size: 1e6 }] },
  );
  expect(impatient.uploads.map(({ reason, end }) => [reason, end])).toEqual([
    // After 10 s exactly, and 12 s would be too late for the second, who waits from 2 s on; 11.5 is not.
    [null, 11],
    [null, 12],
  ]);
});

it('in a closed loop the user goes on to the next turn', () => {
  const turns = [
    [
      { think: 1, size: 10e6 },
      { think: 2, size: 1e6 },
    ],
  ];
  const run = byHand('proxy-streaming', { server, client: { patience } }, { uploads: { until: 100, turns } });
  // Asks at 1 s, gives up at 4 s, thinks for 2 s, is served in 1 s.
  expect(run.uploads.map(({ start, end, reason }) => [start, end, reason])).toEqual([
    [1, 4, 'abandoned'],
    [6, 7, null],
  ]);
});

describe.each(topologies.map(({ kind }) => kind as TopologyKind))('%s', kind => {
  it('exponential patience of mean m, uploads of d seconds: a share of exp(-d / m) is served', () => {
    const n = 4000;
    const uploads = Array.from({ length: n }, () => ({ start: 0, size: 1e6, uplink: 1e6 }));
    const exponential = { kind: 'exponential' as const, mean: 2 };
    const run = byHand(kind, { client: { patience: exponential } }, { uploads });
    const share = Math.exp(-0.5);
    expect(Math.abs(run.recorder.succeeded / n - share)).toBeLessThan(
      5 * Math.sqrt((share * (1 - share)) / n),
    );
    // Who gives up does so after m - d / (exp(d / m) - 1) s in the mean: an exponential below d.
    const mean = 2 - 1 / (Math.exp(0.5) - 1);
    expect(Math.abs(run.recorder.wastedBytes / run.recorder.failed / 1e6 - mean)).toBeLessThan(
      (5 * 0.29) / Math.sqrt(run.recorder.failed),
    );
  });
});
