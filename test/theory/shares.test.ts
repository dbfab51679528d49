/**
 * Unequal shares: the weight of a flow whose bottleneck queue is remote and drops is lognormal with mean 1. A request
 * whose body is a flow of weight 1 shares the link with one upload and so tells the upload's weight: w / (1 + w) of the
 * link is the upload's, so its body takes (1 + w) times as long as alone. 4,000 such pairs, far apart; means and
 * deviations within 5 standard errors (fixed seed): a false alarm for one seed in 1.7 million each.
 */
import { describe, expect, it } from 'vitest';
import type { TopologyKind } from '../../src/scenario/types.js';
import { byHand, kinds, network } from './by-hand.js';

const n = 4000;
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

function weights(kind: TopologyKind, unfairness: number): number[] {
  const starts = Array.from({ length: n }, (_, i) => 1000 * i);
  const uploads = starts.map(start => ({ start, size: 100e6 }));
  // Half a second after the upload; 50 kB are a flow, whatever the queue.
  const requests = starts.map(start => ({ start: start + 0.5, request: 50_000 }));
  const site = { transport: { unfairness }, server: network(1e6) };
  const run = byHand(kind, site, { uploads, background: [{ name: 'probe', requests }] });
  const { latency } = run.recorder.background[0]!;
  return Array.from({ length: n }, (_, rank) => latency.smallest(rank + 1) / 0.05 - 1);
}

describe.each([0.2, 0.5])('sigma %d', sigma => {
  const drawn = weights('proxy-buffered', sigma);
  const logs = drawn.map(Math.log);

  it('the weights have mean 1', () => {
    const deviation = Math.sqrt(Math.exp(sigma ** 2) - 1);
    expect(Math.abs(mean(drawn) - 1)).toBeLessThan((5 * deviation) / Math.sqrt(n));
  });

  it('their logarithms have deviation sigma', () => {
    const centre = mean(logs);
    expect(Math.abs(centre + sigma ** 2 / 2)).toBeLessThan((5 * sigma) / Math.sqrt(n));
    const variance = mean(logs.map(x => (x - centre) ** 2));
    expect(Math.abs(variance / sigma ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });
});

it('0 means equal shares', () => {
  for (const weight of weights('proxy-buffered', 0)) expect(weight).toBeCloseTo(1, 6);
});

it('a streaming proxy passes on what it gets: its flows stay together', () => {
  for (const weight of weights('proxy-streaming', 0.5)) expect(weight).toBeCloseTo(1, 6);
});

describe.each(kinds)('whatever the shares, the link is full: %s', kind => {
  it('the last of a burst ends when all bytes are through', () => {
    const site = { transport: { unfairness: 0.5 }, server: network(1e6), storage: network(1e6) };
    const uploads = Array.from({ length: 50 }, () => ({ start: 0, size: 1e6 }));
    const ends = byHand(kind, site, { uploads }).uploads.map(({ end }) => end);
    const spread = Math.min(...ends) / Math.max(...ends);
    if (kind === 'proxy-buffered') {
      // Between perfect overlap of in and out, and none.
      expect(Math.max(...ends)).toBeGreaterThan(50);
      expect(Math.max(...ends)).toBeLessThan(100);
    } else {
      expect(Math.max(...ends)).toBeCloseTo(50, 6);
    }
    if (kind === 'proxy-streaming') expect(spread).toBeCloseTo(1, 9);
    else expect(spread).toBeLessThan(0.9);
  });
});
