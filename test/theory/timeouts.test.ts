/** Clients who give up, and what becomes of their work. Nothing is random. */
import { expect, it } from 'vitest';
import type { TopologyKind } from '../../src/scenario/types.js';
import { byHand, direction } from './by-hand.js';

/** 10 MB: 5 s into the server, 10 s out of it. */
const server = { network: { in: direction(2e6), out: direction(1e6), efficiency: 1 } };
const upload = { start: 1, size: 10e6 };

const givingUp = (kind: TopologyKind, timeout: number) =>
  byHand(kind, { server, client: { timeout } }, { uploads: [upload] });

it('while the body is being received, everything is given back at once', () => {
  const run = givingUp('proxy-buffered', 3);
  expect(run.uploads[0]).toMatchObject({ status: 'failed', reason: 'timeout', end: 4 });
  expect(run.recorder.wastedBytes).toBeCloseTo(6e6, 3);
  expect(run.epoch + run.to).toBe(4);
  const [{ memory, threads }] = run.hosts.servers as [(typeof run.hosts.servers)[0]];
  expect([memory.at(run.to), threads.inUse]).toEqual([0, 0]);
  expect(run.recorder.storageRequests).toBe(0);
});

it('once it has the whole body, a buffering server finishes the PUT for nobody', () => {
  const run = givingUp('proxy-buffered', 7);
  expect(run.uploads[0]).toMatchObject({ status: 'failed', reason: 'timeout', end: 8 });
  expect(run.recorder.wastedBytes).toBeCloseTo(10e6, 3);
  // The server works on until 1 + 5 + 10 s, and keeps its thread and the body.
  expect(run.epoch + run.to).toBeCloseTo(16, 9);
  expect(run.recorder.threads.servers[0]!.integral(run.to)).toBeCloseTo(15, 9);
  expect(run.recorder.storageRequests).toBe(1);
  expect(run.simulation.network.routeCarried(run.hosts.servers[0]!.routes.forward.index)).toBeCloseTo(
    10e6,
    3,
  );
});

it('a streaming server stops with its client', () => {
  const run = givingUp('proxy-streaming', 3);
  expect(run.uploads[0]).toMatchObject({ reason: 'timeout', end: 4 });
  expect(run.recorder.wastedBytes).toBeCloseTo(3e6, 3);
  expect(run.epoch + run.to).toBe(4);
});

it('retries for nobody fill the way out, so that later ones are late, too: a storm', () => {
  const client = { timeout: 12, retry: { attempts: 3, base: 1, cap: 60, jitter: 'none' as const } };
  const run = byHand('proxy-buffered', { server, client }, { uploads: [upload] });
  // Attempts at 1, 14 and 28 s. The first PUT goes on until 16 s; the second would need until 29 s.
  expect(run.uploads[0]).toMatchObject({ reason: 'timeout', attempts: 3 });
  expect(run.uploads[0]!.end).toBeCloseTo(28 + 12, 9);
  expect(run.recorder.wastedBytes).toBeCloseTo(30e6, 3);
  expect(run.recorder.storageRequests).toBe(3);
});

it('the time runs anew for each step of a valet-key upload', () => {
  const site = {
    client: { timeout: 1.5 },
    storage: { network: server.network },
    transport: { tls: 'none' as const },
  };
  const slow = { start: 0, size: 2e6, rttServer: 0.6, rttStorage: 0.2 };
  // The permission takes 1.2 s, the PUT 0.4 + 1 s: each within its 1.5 s.
  const [fast] = byHand('valet-key', site, { uploads: [slow] }).uploads;
  expect(fast).toMatchObject({ status: 'succeeded' });
  expect(fast!.end).toBeCloseTo(2.6, 9);
  const [late] = byHand('valet-key', site, { uploads: [{ ...slow, size: 2.4e6 }] }).uploads;
  expect(late).toMatchObject({ reason: 'timeout', attempts: 1 });
  expect(late!.end).toBeCloseTo(1.2 + 1.5, 9);
});

it('one who gives up in the backlog leaves it', () => {
  const full = { ...server, threads: 1, backlog: 1 };
  const uploads = [
    { start: 0, size: 10e6 },
    { start: 1, size: 1e6 },
    { start: 4.5, size: 1e6 },
  ];
  const run = byHand('proxy-streaming', { server: full, client: { timeout: 3 } }, { uploads });
  expect(run.uploads.map(({ end, reason }) => [end, reason])).toEqual([
    [3, 'timeout'],
    [4, null],
    [5.5, null],
  ]);
  const crowded = byHand(
    'proxy-streaming',
    { server: full, client: { timeout: 3 } },
    {
      uploads: [
        { start: 0, size: 2.9e6 },
        { start: 0.1, size: 1e6, uplink: 1e5 },
        { start: 2, size: 1e5 },
      ],
    },
  );
  // The second has the only place in the backlog, gets its thread at 2.9 s, and gives it back at 3.1 s.
  expect(crowded.uploads.map(({ reason }) => reason)).toEqual([null, 'timeout', 'overloaded']);
  expect(crowded.uploads[1]!.end).toBeCloseTo(3.1, 9);
});
