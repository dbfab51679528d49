/** scenarios/what-it-costs.yaml: what NAT, zones and load balancers charge for bytes that need not pass there. */
import { describe, expect, it } from 'vitest';
import type { CostLine } from '../../src/result.js';
import type { Run } from '../../src/study/run.js';
import { eachSeed, expectBetween, runFile, topologyOf } from './scenario-file.js';

const file = 'what-it-costs.yaml';
const names = ['proxy behind NAT', 'proxy with an endpoint', 'valet-key'] as const;
const costOf = (run: Run, name: string) => topologyOf(run, name).cost;
const lineOf = (run: Run, topology: string, name: CostLine['name']) =>
  costOf(run, topology).lines.find(line => line.name === name)!;
/** What costs n cents is anything that rounds to them. */
const CENTS = 2;

describe('to the cent', () => {
  eachSeed(file, run => {
    // 20,000 x 3 MB are 60 GB.
    expect(lineOf(run, 'proxy behind NAT', 'nat').dollars).toBeCloseTo(60 * 0.045, 9);
    expect(costOf(run, 'proxy behind NAT').transfer).toBeCloseTo(2.7 + 60 * 0.01, 9);
    expect(costOf(run, 'proxy with an endpoint').transfer).toBeCloseTo(0.6, 9);
    expect(costOf(run, 'valet-key').transfer).toBe(0);
    for (const name of names) {
      const { cost, window } = topologyOf(run, name);
      const hours = (window[1] - window[0]) / 3600;
      // The last photo arrives after 864 s at the latest, and takes a second and a half.
      expect(hours).toBeGreaterThan(860 / 3600);
      expect(hours).toBeLessThan(867 / 3600);
      expect(cost.servers).toBeCloseTo(2 * hours * 0.096, 9);
      expect(cost.requests).toBeCloseTo(0.1, 9);
      const processed = name === 'valet-key' ? 0.04 : 60;
      expect(cost.loadBalancer).toBeCloseTo(hours * 0.0225 + processed * 0.008, 9);
      const total = cost.servers! + cost.requests! + cost.transfer! + cost.loadBalancer!;
      expect(cost.total).toBeCloseTo(total, 9);
      expect(cost.perMillionUploads).toBeCloseTo(50 * total, 6);
    }
    // 0.046 + 0.10 + 3.30 + 0.485; the window is some seconds longer or shorter than 864 s.
    expect(costOf(run, 'proxy behind NAT').total).toBeCloseTo(3.93, CENTS);
    expect(costOf(run, 'proxy with an endpoint').total).toBeCloseTo(1.23, CENTS);
    expect(costOf(run, 'valet-key').total).toBeCloseTo(0.15, CENTS);
  });
});

describe('the published 270 dollars a day', () => {
  eachSeed(file, run => {
    const nat = lineOf(run, 'proxy behind NAT', 'nat');
    expect(100 * nat.dollars!).toBeCloseTo(270, 6);
    expect(nat.perMillionUploads).toBeCloseTo(135, 6);
    expect(nat.perMonth).toBeCloseTo(8212.5, 6);
  });
});

describe('a million uploads', () => {
  eachSeed(file, run => {
    const [natted, endpoint, valet] = names.map(name => costOf(run, name).perMillionUploads!);
    // 12 hours of two servers and a load balancer, whatever the seed leaves of the last seconds.
    const hours = (1e6 / 20_000) * (864 / 3600);
    expect(hours).toBe(12);
    const fixed = 5 + 2 * hours * 0.096 + hours * 0.0225;
    expect(fixed).toBeCloseTo(7.574, 9);
    expectBetween(natted!, fixed + 135 + 30 + 24 - 0.02, fixed + 135 + 30 + 24 + 0.02);
    expectBetween(endpoint!, fixed + 30 + 24 - 0.02, fixed + 30 + 24 + 0.02);
    expectBetween(valet!, fixed + 0.016 - 0.02, fixed + 0.016 + 0.02);
    expect(135 / natted!).toBeCloseTo(0.69, 2);
    expectBetween(natted! / valet!, 25.5, 26.5);
    expectBetween(endpoint! / valet!, 7.9, 8.3);
  });
});

describe('a month', () => {
  eachSeed(file, run => {
    const [natted, endpoint, valet] = names.map(name => costOf(run, name).perMonth!);
    expectBetween(natted! - valet!, 11_450, 11_550);
    expectBetween(endpoint! - valet!, 3_250, 3_350);
  });
});

it('acceleration is as dear as NAT', async () => {
  const run = await runFile(file, {
    set: ['topologies.valet-key.prices.acceleration=0.04/GB'],
    topologies: ['valet-key'],
  });
  expect(lineOf(run, 'valet-key', 'acceleration').perMillionUploads).toBeCloseTo(120, 6);
});
