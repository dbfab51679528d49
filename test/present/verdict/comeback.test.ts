/** What the verdict says of scheduled faults. */
import { describe, expect, it } from 'vitest';
import { comeback } from '../../../src/present/verdict/comeback.js';
import type { Incident, Recovery } from '../../../src/result.js';
import { topology } from '../fixtures.js';

const incident = (outcome: Incident['outcome'], time: number | null, from = 100): Incident => ({
  from,
  until: from + 30,
  share: 0,
  time,
  outcome,
});

const nothing = { p50: null, p90: null, p95: null, p99: null, max: null };

function said(...incidents: readonly Incident[]): string | null {
  const undisturbed = { offered: 1000, succeeded: 1000, failed: 0, amplification: 1, completion: nothing };
  const recovery: Recovery = { time: null, metastable: null, incidents, undisturbed };
  return comeback(topology('a', { recovery }));
}

describe('the verdict on faults', () => {
  it.each([
    ['it recovers 42 s after the fault began (which lasts 30 s)', [incident('recovered', 42)]],
    ['the fault costs no goodput', [incident('recovered', 0)]],
    ['goodput is not back when the load ends', [incident('cut-short', null)]],
    [
      'it recovers from each fault, at the latest 42 s after one began',
      [incident('recovered', 42), incident('recovered', 31, 300)],
    ],
    [
      'it recovers from 1 of 2 faults before the next',
      [incident('overtaken', null), incident('recovered', 31, 300)],
    ],
  ])('%s', (text, incidents) => {
    expect(said(...incidents)).toBe(text);
  });

  it('calls metastable what goes on when the fault is over', () => {
    expect(said(incident('metastable', null))).toMatch(
      /^it never recovers: metastable: the fault ends after 30 s, .*1× attempts per upload; 1× without/,
    );
  });

  it('is silent where there are none, or nothing to come back to', () => {
    expect(said(incident('no-load', null))).toBeNull();
    expect(comeback(topology('a'))).toBeNull();
  });
});
