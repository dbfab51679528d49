import { describe, expect, it } from 'vitest';
import {
  erlangB,
  erlangC,
  finiteQueue,
  meanSojourn,
  meanSojournSharing,
  meanWait,
  meanWaitMG1,
  sojournQuantile,
  sojournTail,
  waitQuantile,
} from './queueing.js';

describe('Erlang', () => {
  // The table of offered traffic by number of servers and blocking that every teletraffic text prints (ITU-D Study
  // Group 2, Teletraffic Engineering Handbook; Gross & Harris, appendix).
  it.each([
    [1, 0.0101, 0.01],
    [2, 0.153, 0.01],
    [5, 1.361, 0.01],
    [10, 4.461, 0.01],
    [20, 12.03, 0.01],
    [50, 37.9, 0.01],
    [100, 84.06, 0.01],
    [10, 6.216, 0.05],
    [20, 9.411, 0.001],
  ])('B: %i servers lose the tabulated share of %f Erlangs', (servers, offered, blocking) => {
    expect(erlangB(servers, offered)).toBeCloseTo(blocking, blocking < 0.01 ? 5 : 3);
  });

  it('B and C by hand: a^c/c! over the sum', () => {
    expect(erlangB(2, 1)).toBeCloseTo(0.5 / 2.5, 15);
    expect(erlangB(3, 2)).toBeCloseTo(4 / 19, 15);
    expect(erlangC(1, 0.7)).toBeCloseTo(0.7, 15);
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 15);
    expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 15);
  });

  it('refuses a queue without a steady state', () => {
    expect(() => erlangC(2, 2)).toThrow(RangeError);
    expect(() => meanWaitMG1(1, 1, 1)).toThrow(RangeError);
  });
});

describe('M/M/c', () => {
  it('one server: 1 / (mu - lambda), exponential', () => {
    const queue = { arrivalRate: 8, serviceRate: 10, servers: 1 };
    expect(meanSojourn(queue)).toBeCloseTo(0.5, 12);
    expect(meanWait(queue)).toBeCloseTo(0.4, 12);
    expect(sojournQuantile(queue, 0.9)).toBeCloseTo(Math.LN10 / 2, 12);
    expect(sojournTail(queue, 0.7)).toBeCloseTo(Math.exp(-1.4), 12);
    expect(waitQuantile(queue, 0.1)).toBe(0);
    expect(waitQuantile(queue, 0.9)).toBeCloseTo(Math.log(8) / 2, 12);
  });

  it('the eye clinic of Gross & Harris, 2.3: three doctors, 6 arrivals and 3 services an hour', () => {
    const queue = { arrivalRate: 6, serviceRate: 3, servers: 3 };
    expect(meanWait(queue) * 6).toBeCloseTo(8 / 9, 12);
    expect(meanSojourn(queue)).toBeCloseTo(13 / 27, 12);
  });

  it.each([2, 3, 8])(
    'the tail of %i servers has the mean as its integral, and quantiles invert it',
    servers => {
      const queue = { arrivalRate: 2 * (servers - 1), serviceRate: 2, servers };
      const other = { ...queue, arrivalRate: 1.7 * servers };
      for (const each of [queue, other]) {
        let integral = 0;
        const step = 1e-3;
        for (let t = step / 2; t < 60; t += step) integral += sojournTail(each, t) * step;
        expect(integral).toBeCloseTo(meanSojourn(each), 5);
        for (const p of [0.1, 0.5, 0.99])
          expect(sojournTail(each, sojournQuantile(each, p))).toBeCloseTo(1 - p, 12);
      }
    },
  );
});

describe('M/M/c/K', () => {
  it('one server: (1 - rho) rho^K / (1 - rho^(K+1))', () => {
    const rho = 0.8;
    const { blocking, meanBusy } = finiteQueue({ arrivalRate: 0.8, serviceRate: 1, servers: 1 }, 5);
    expect(blocking).toBeCloseTo(((1 - rho) * rho ** 5) / (1 - rho ** 6), 14);
    expect(meanBusy).toBeCloseTo(0.8 * (1 - blocking), 14);
  });

  it('no place to wait is Erlang B, and the sojourn one service; endless places are M/M/c', () => {
    const queue = { arrivalRate: 9, serviceRate: 3, servers: 4 };
    expect(finiteQueue(queue, 4).blocking).toBeCloseTo(erlangB(4, 3), 14);
    expect(finiteQueue(queue, 4).meanSojourn).toBeCloseTo(1 / 3, 14);
    expect(finiteQueue(queue, 500).meanSojourn).toBeCloseTo(meanSojourn(queue), 12);
  });
});

describe('M/G/1', () => {
  it('waits as M/M/1 for exponential, half of that for constant service', () => {
    expect(meanWaitMG1(8, 0.1, 2 * 0.1 ** 2)).toBeCloseTo(0.4, 12);
    expect(meanWaitMG1(8, 0.1, 0.1 ** 2)).toBeCloseTo(0.2, 12);
  });

  it('shared, the mean sojourn is that of M/M/1', () => {
    expect(meanSojournSharing(8, 0.1)).toBeCloseTo(0.5, 12);
  });
});
