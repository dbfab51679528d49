/** scenarios/1000-uploads.yaml: what breaks first, and what does not. */
import { describe, expect } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { backgroundOf, eachSeed, expectAbout, expectBetween, topologyOf } from './scenario-file.js';

const file = '1000-uploads.yaml';

describe('proxy-buffered runs out of memory, and all uploads are lost with it', () => {
  eachSeed(file, run => {
    const { server, uploads } = topologyOf(run, 'proxy-buffered');
    expect(server.crashes).toBe(1);
    expect(server.memory.peak).toBe(16 * 2 ** 30);
    expect(uploads.failed).toBe(1000);
    expect(uploads.attemptFailures['server-crash']).toBe(1000);
  });
});

describe('proxy-streaming keeps its memory, and takes the threads and the network for minutes', () => {
  eachSeed(file, run => {
    const { server, uploads } = topologyOf(run, 'proxy-streaming');
    expect(uploads.failed).toBe(0);
    expect(server.memory.peak).toBeLessThan(1e9);
    expect(server.threads.saturatedFor).toBeGreaterThan(180);
    expect(server.networkIn.saturatedFor).toBeGreaterThan(180);
    const feed = backgroundOf(run, 'proxy-streaming', 'GET /feed');
    expect(feed.failed).toBeGreaterThan(0);
    expect(feed.latency.p99).toBeGreaterThan(180);
  });
});

describe('valet-key sends no file byte through the server', () => {
  eachSeed(file, run => {
    const { server, uploads } = topologyOf(run, 'valet-key');
    expect(uploads.failed).toBe(0);
    expect(server.bytes).toBe(0);
    expectAbout(backgroundOf(run, 'valet-key', 'GET /feed').slowdown.p99, 1, 0.05);
  });
});

describe('one upload holds a thread for minutes, or for half a second', () => {
  eachSeed(file, run => {
    const mean = (name: string) => topologyOf(run, name).server.threads.holdTime.mean;
    expect(mean('proxy-buffered')).toBeGreaterThan(60);
    expect(mean('proxy-streaming')).toBeGreaterThan(180);
    expectBetween(mean('valet-key'), 0.3, 0.6);
  });
});

describe('with 200 threads the buffering proxy survives, and makes everybody wait', () => {
  const claim = (run: Run) => {
    const { completion, server, uploads } = topologyOf(run, 'proxy-buffered');
    expect(server.crashes).toBe(0);
    expect(uploads.failed).toBe(0);
    expect(completion.p50).toBeGreaterThan(120);
    expect(backgroundOf(run, 'proxy-buffered', 'GET /feed').latency.p99).toBeGreaterThan(60);
  };
  eachSeed(file, claim, { set: ['server.threads=200'], topologies: ['proxy-buffered'] });
});
