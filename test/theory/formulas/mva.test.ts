import { describe, expect, it } from 'vitest';
import { meanValueAnalysis } from './mva.js';
import { erlangB } from './queueing.js';

describe('mean value analysis', () => {
  it('alone: nobody to wait for', () => {
    const alone = meanValueAnalysis({ population: 1, think: 4, service: 1, servers: 1 });
    expect(alone).toEqual({ residence: 1, throughput: 0.2, utilization: 0.2 });
  });

  it('two customers by hand: R(2) = s (1 + Q(1))', () => {
    const { residence, throughput } = meanValueAnalysis({ population: 2, think: 4, service: 1, servers: 1 });
    expect(residence).toBeCloseTo(1.2, 14);
    expect(throughput).toBeCloseTo(2 / 5.2, 14);
  });

  // One server is idle when all are away: as many busy "lines" as customers, loss formula of Erlang (Palm 1947).
  it.each([
    [10, 4.461],
    [5, 1.361],
    [20, 12.03],
    [7, 30],
  ])('one server, %i customers: idle as Erlang B says for think / service = %f', (population, think) => {
    const { utilization } = meanValueAnalysis({ population, think, service: 1, servers: 1 });
    expect(1 - utilization).toBeCloseTo(erlangB(population, think), 10);
  });

  it.each([
    [12, 3, 5, 2],
    [30, 4, 2, 1.5],
    [6, 6, 1, 1],
  ])(
    '%i customers at %i servers: the birth-death chain of the repairman',
    (population, servers, think, service) => {
      let weight = 1;
      let sum = 1;
      let busy = 0;
      for (let j = 1; j <= population; j++) {
        weight *= ((population - j + 1) / think) * (service / Math.min(j, servers));
        sum += weight;
        busy += Math.min(j, servers) * weight;
      }
      const solution = meanValueAnalysis({ population, think, service, servers });
      expect(solution.throughput).toBeCloseTo(busy / sum / service, 10);
      expect(solution.residence).toBeCloseTo(population / solution.throughput - think, 10);
    },
  );
});
