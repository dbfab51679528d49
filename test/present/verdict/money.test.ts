import { expect, it } from 'vitest';
import { verdictOn } from '../../../src/present/verdict/verdict.js';
import type { CostLine, TopologyResult } from '../../../src/result.js';
import { costLine, result, topology } from '../fixtures.js';

/** A design whose million uploads cost the sum of its lines. */
function priced(name: string, ...lines: readonly CostLine[]): TopologyResult {
  const total = lines.reduce((sum, { dollars }) => sum + dollars!, 0);
  const { cost } = topology(name);
  return topology(name, { cost: { ...cost, total, perMillionUploads: 1000 * total, lines } });
}

const said = (...topologies: readonly TopologyResult[]) =>
  / (A million .*)$/.exec(verdictOn(result(topologies)).headline)?.[1] ?? null;
const requests = costLine('requests', 'storage.price', 1000, 'request', 5e-6);
const nat = (gigabytes: number) => costLine('nat', 'prices.nat', gigabytes * 1e9, 'B', 4.5e-11);
const hours = (count: number) => costLine('servers', 'server.price', count, 'h', 0.1);

it('is not spoken of where it is not known', () => {
  expect(said(topology('a'), topology('b'))).toBeNull();
});

it('of one design is a sum', () => {
  expect(said(priced('a', requests), topology('b'))).toBe(
    'A million uploads that succeed cost $5.00 with a.',
  );
});

it('is compared by factors, the dearest last, with what most of it is for', () => {
  // 0.005; 0.005 + 0.45; 0.005 + 0.01: 45 / 46 of the dear one are for NAT, two thirds of the third for servers.
  expect(said(priced('a', requests, nat(10)), priced('b', requests), priced('c', requests, hours(0.1)))).toBe(
    'A million uploads that succeed cost $5.00 with b, against $15.00 with c (3× as much, 66.7% of it for servers) and $455.00 with a (91× as much, 98.9% of it for NAT).',
  );
});

it('says of no part that is less than half that it is most of it', () => {
  const all = [requests, nat(1), hours(0.45)];
  // 0.005 + 0.045 + 0.045.
  expect(said(priced('a', requests), priced('b', ...all))).toMatch(/\$95\.00 with b \(19× as much\)\.$/);
});

it('that differs by little is about the same', () => {
  const little = costLine('servers', 'server.price', 0.001, 'h', 0.4);
  expect(said(priced('a', requests), priced('b', requests, little))).toBe(
    'A million uploads that succeed cost about the same: $5.00 with a and $5.40 with b.',
  );
});

it('that is nothing is no measure for others', () => {
  const free = costLine('requests', 'storage.price', 1000, 'request', 0);
  expect(said(priced('a', free), priced('b', requests))).toBe(
    'A million uploads that succeed cost $0 with a, against $5.00 with b (100% of it for requests to storage).',
  );
});
