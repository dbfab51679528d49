/** What the verdict says of scheduled faults. */
import { describe, expect, it } from 'vitest';
import { comeback } from '../../../src/present/verdict/comeback.js';
import type { Incident, Recovery } from '../../../src/result.js';
import { result, topology } from '../fixtures.js';

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
  const { uploads } = topology('a');
  const faulty = topology('a', { recovery, uploads: { ...uploads, amplification: 5.58 } });
  return comeback(faulty, result([faulty]));
}

describe('the verdict on faults', () => {
  it.each([
    ['goodput is back 42 s after the fault begins, 12 s after it ends', [incident('recovered', 42)]],
    ['goodput is back 30 s after the fault begins, as soon as it ends', [incident('recovered', 30)]],
    ['goodput is back 20 s after the fault begins, while it goes on', [incident('recovered', 20)]],
    ['the fault costs no goodput', [incident('recovered', 0)]],
    ['goodput is not back when the load ends', [incident('cut-short', null)]],
    [
      'goodput recovers from each fault, at the latest 42 s after one begins',
      [incident('recovered', 42), incident('recovered', 31, 300)],
    ],
    [
      'goodput recovers from 1 of 2 faults before the next',
      [incident('overtaken', null), incident('recovered', 31, 300)],
    ],
  ])('%s', (text, incidents) => {
    expect(said(...incidents)).toBe(text);
  });

  it('calls metastable what goes on when the fault is over', () => {
    expect(said(incident('metastable', null))).toBe(
      'goodput never recovers from a fault of 30 s (metastable: 5.58 attempts per upload instead of 1)',
    );
  });

  it('says in how many replications, where others recover', () => {
    const one = incident('metastable', null);
    const undisturbed = { offered: 1000, succeeded: 1000, failed: 0, amplification: 1, completion: nothing };
    const recovery: Recovery = { time: null, metastable: true, incidents: [one], undisturbed };
    const some = topology('a', { recovery, n: { 'recovery.incidents.0.time': 2 } });
    expect(comeback(some, { ...result([some]), replications: 5 })).toContain(
      '(metastable in 3 of 5 replications: ',
    );
  });

  it('is silent where there are none, or nothing to come back to', () => {
    expect(said(incident('no-load', null))).toBeNull();
    expect(comeback(topology('a'), result([topology('a')]))).toBeNull();
  });
});
