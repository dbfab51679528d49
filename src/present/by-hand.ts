import type { HandCheck, TopologyResult } from '../result.js';
import { bits, bytes, count, duration, percent, rate } from './units.js';

/** A line of arithmetic as one would write it down, and what the simulation says to it. */
export interface HandLine {
  readonly topology: string;
  /** "all files through network in: 1,000 × 50 MB / 147 MB/s = 340 s". */
  readonly arithmetic: string;
  /** "saturated for 341 s, last upload after 10.4 min". */
  readonly simulated: string;
}

/** The lines to which the simulation has something to say. */
export function handLines(topology: TopologyResult): readonly HandLine[] {
  return topology.byHand
    .filter(({ simulated }) => simulated !== null)
    .map(check => ({
      topology: topology.name,
      arithmetic: arithmetic[check.kind](check.terms, check),
      simulated: simulated[check.kind](check, topology),
    }));
}

type Terms = Readonly<Record<string, number>>;

const times = (factor: number | undefined): string =>
  factor === undefined || factor === 1 ? '' : ` × ${factor}`;

const arithmetic: Readonly<Record<HandCheck['kind'], (terms: Terms, check: HandCheck) => string>> = {
  time: ({ uploads, size, factor, capacity }, { resource, value }) =>
    `all files through ${resource}: ${count(uploads)} × ${bytes(size)}${times(factor)} / ${rate(capacity)} = ${duration(value)}`,
  share: ({ uploads, size, factor, capacity, span }, { resource, value }) =>
    `load of ${resource}: ${count(uploads)} × ${bytes(size)}${times(factor)} / (${duration(span)} × ${rate(capacity)}) = ${percent(value)}`,
  memory: ({ bodies, factor, size, base, limit }, { value }) =>
    `memory: ${count(bodies)} bodies × ${factor} × ${bytes(size)} + ${bytes(base)} = ${bytes(value)} of ${bytes(limit)}`,
  'memory-full': ({ limit, base, copies, inflow }, { value }) =>
    `memory full: (${bytes(limit)} − ${bytes(base)}) / (${copies} × ${rate(inflow)}) = ${duration(value)}`,
  threads: ({ rate: perSecond, ownTime, limit }, { value }) =>
    `busy threads: ${count(perSecond)}/s × ${duration(ownTime)} = ${count(value)} of ${limit === undefined ? 'unlimited' : count(limit)}`,
  signing: ({ uploads, each, cores }, { value }) =>
    `all URLs signed: ${count(uploads)} × ${duration(each)} / ${count(cores)} cores = ${duration(value)}`,
  alone: ({ roundTrips, slowStart, size, rate: speed, forward, own }, { value }) =>
    `an upload alone: ${[
      `${duration(roundTrips)} of round trips`,
      slowStart ? `${duration(slowStart)} of slow start` : '',
      speed === undefined ? '' : `${bytes(size)} / ${bits(speed)}`,
      forward ? `${bytes(size)} / ${bits(forward)}` : '',
      own ? `${duration(own)} of service` : '',
    ]
      .filter(term => term !== '')
      .join(' + ')} = ${duration(value)}`,
};

const simulated: Readonly<Record<HandCheck['kind'], (check: HandCheck, topology: TopologyResult) => string>> =
  {
    time: (check, { makespan }) =>
      `saturated for ${duration(check.simulated)}, last upload after ${duration(makespan)}`,
    share: check => percent(check.simulated),
    memory: check => `peak ${bytes(check.simulated)}`,
    'memory-full': check => `after ${duration(check.simulated)}`,
    threads: check => count(check.simulated),
    signing: check => `the last after ${duration(check.simulated)}`,
    alone: check => `p50 ${duration(check.simulated)}`,
  };
