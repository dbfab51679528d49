import { bytes, count, duration, percent, rate } from '../readable.js';
import type { HandCheck, TopologyResult } from '../result.js';

/** A line of arithmetic as one would write it down, and what the simulation says to it. */
export interface HandLine {
  readonly topology: string;
  /** "all files through network in: 1,000 × 50 MB / 147 MB/s = 340 s". */
  readonly arithmetic: string;
  /** "saturated for 341 s, 95% complete after 350 s". */
  readonly simulated: string;
}

/** The lines to which the simulation has something to say. */
export function handLines(topology: TopologyResult): readonly HandLine[] {
  return toldChecks(topology).map(check => ({
    topology: topology.name,
    arithmetic: arithmetic[check.kind](check.terms, check),
    simulated: simulated[check.kind](check, topology),
  }));
}

/** The checks that the run came far enough for. */
export function toldChecks(topology: TopologyResult): readonly HandCheck[] {
  return topology.byHand.filter(check => check.simulated !== null && isReached(check, topology));
}

/** A resource that was full for less than this share of the time that all uploads take on it never moved them. */
const FAR = 0.5;

/** Uploads that were lost on the way to a resource, or cut off by the horizon, say nothing of how long it takes. */
function isReached({ kind, simulated, value }: HandCheck, { completion, uploads }: TopologyResult): boolean {
  if (kind !== 'time' && kind !== 'turns') return true;
  const complete = uploads.succeeded === uploads.offered || completion.p95 !== null;
  return complete || (uploads.succeeded > 0 && simulated! >= FAR * value);
}

type Terms = Readonly<Record<string, number>>;
type Kind = HandCheck['kind'];

const times = (factor: number | undefined): string =>
  factor === undefined || factor === 1 ? '' : ` × ${factor}`;

/** "1,000 × 50 MB × 1.025". */
const allFiles = ({ uploads, size, factor }: Terms): string =>
  `${count(uploads)} × ${bytes(size)}${times(factor)}`;

/** "(1,000 × 50 MB − 4.24 GB of credit)": what a burst does not carry goes at the baseline. */
const beyondCredit = (terms: Terms): string =>
  terms.credit ? `(${allFiles(terms)} − ${bytes(terms.credit)} of credit)` : allFiles(terms);

/** "3 × 118 MB/s". */
const ofAll = ({ servers, capacity }: Terms): string =>
  `${servers !== undefined && servers > 1 ? `${count(servers)} × ` : ''}${rate(capacity)}`;

/** "4 cores". */
const places = ({ places: number }: Terms, resource: string): string =>
  `${count(number)} ${units[resource] ?? resource}${number === 1 ? '' : 's'}`;

const units: Readonly<Record<string, string>> = {
  'CPU cores': 'core',
  threads: 'thread',
  'connections to storage': 'connection',
};

const turns: Readonly<Record<string, string>> = {
  'CPU cores': 'work on all files',
  threads: 'a thread for each upload',
  'connections to storage': 'a connection to storage for each upload',
};

/** What the other requests have no part in. */
const ofUploadsAlone = new Set(['connections to storage', 'storage in']);

/** Arrivals within this share of the time are a burst: what counts is when it is over for most. */
const BURST = 0.05;

/** More attempts than this for each upload are work that was not counted. */
const AGAIN = 1.1;

const isBurst = ({ span }: Terms, value: number): boolean => (span ?? 0) < BURST * value;

/** The time that all take has a meaning beside that in which they come. */
const arrivals = (terms: Terms, value: number): string =>
  isBurst(terms, value) ? '' : ` for arrivals of ${duration(terms.span)}`;

const arithmetic: Readonly<Record<Kind, (terms: Terms, check: HandCheck) => string>> = {
  time: (terms, { resource, value }) => {
    const by = ofAll(terms);
    return `all files through ${resource}: ${beyondCredit(terms)} / ${by.includes('×') ? `(${by})` : by} = ${duration(value)}${arrivals(terms, value)}`;
  },
  turns: (terms, { resource, value }) =>
    `${turns[resource]}: ${count(terms.uploads)} × ${duration(terms.each)} / ${places(terms, resource)} = ${duration(value)}${arrivals(terms, value)}`,
  share: (terms, { resource, value }) => {
    const span = duration(terms.span);
    const load =
      terms.each === undefined
        ? `${allFiles(terms)} / (${span} × ${ofAll(terms)})`
        : `${count(terms.uploads)} × ${duration(terms.each)} / (${span} × ${places(terms, resource)})`;
    return `load of ${resource}: ${load} = ${percent(value)}`;
  },
  memory: ({ bodies, factor, size, more, base, limit }, { value }) => {
    const body = `${factor} × ${bytes(size)}`;
    const each = more ? `(${body} + ${bytes(more)})` : body;
    return `memory at most: ${count(bodies)} ${bodies === 1 ? 'body' : 'bodies'} × ${each} + ${bytes(base)} = ${bytes(value)} of ${bytes(limit)}`;
  },
  'memory-full': ({ limit, base, copies, inflow }, { value }) =>
    `memory full: (${bytes(limit)} − ${bytes(base)}) / (${copies} × ${rate(inflow)}) = ${duration(value)}`,
  threads: ({ rate: perSecond, each, limit }, { value }) =>
    `busy threads: ${count(perSecond)}/s × ${duration(each)} = ${count(value)} of ${limit === undefined ? 'unlimited' : count(limit)}`,
  signing: (terms, { resource, value }) =>
    `all URLs signed: ${count(terms.uploads)} × ${duration(terms.each)} / ${places(terms, resource)} = ${duration(value)}`,
  requests: ({ burst, rate: perSecond, span, uploads }, { value }) =>
    `uploads that storage takes at its request rate: ${count(burst)} + ${count(perSecond)}/s × ${duration(span)} = ${count(value)} of ${count(uploads)}`,
  breaks: ({ whole, most }, { value }) =>
    `attempts for each upload: ${percent(whole)} of the connections last for the file, with at most ${count(most)} ${most === 1 ? 'attempt' : 'attempts'} that makes ${count(value)}`,
  oversize: ({ uploads, share, limit }, { value }) =>
    `uploads over the gateway's ${bytes(limit)}: ${share === 1 ? 'all' : percent(share)} of ${count(uploads)} = ${count(value)}`,
  late: ({ size, rate: speed, limit }, { value }) =>
    `an upload passes the gateway for ${bytes(size)} / ${rate(speed)} = ${duration(value)}, of ${duration(limit)}`,
  silent: ({ size, rate: speed, limit }, { value }) =>
    `silent while an upload is forwarded: ${bytes(size)} / ${rate(speed)} = ${duration(value)}, of ${duration(limit)}`,
  alone: ({ roundTrips, slowStart, size, rate: speed, inward, forward, service }, { value }) => {
    const parts = [
      roundTrips ? `${duration(roundTrips)} of round trips` : '',
      slowStart ? `${duration(slowStart)} of slow start` : '',
      speed === undefined ? '' : `${bytes(size)} / ${rate(speed)}`,
      inward === undefined ? '' : `${bytes(size)} / ${rate(inward)}`,
      forward === undefined ? '' : `${bytes(size)} / ${rate(forward)}`,
      service ? `${duration(service)} of service` : '',
    ].filter(part => part !== '');
    return `an upload alone: ${parts.join(' + ')} = ${duration(value)}`;
  },
};

const simulated: Readonly<Record<Kind, (check: HandCheck, topology: TopologyResult) => string>> = {
  time: saturated,
  turns: saturated,
  share: ({ simulated: load, resource }, { background }) =>
    `${percent(load)}${background.length > 0 && !ofUploadsAlone.has(resource) ? ' with the other requests' : ''}`,
  memory: check => `peak ${bytes(check.simulated)}`,
  'memory-full': check => `after ${duration(check.simulated)}`,
  threads: (check, { server }) =>
    `${count(check.simulated)} with ${duration(server.threads.holdTime.mean)} each`,
  signing: (check, { timeToToken }) =>
    `${check.resource} busy for ${duration(check.simulated)}${timeToToken?.p99 ? `, p99 of the time to the URL ${duration(timeToToken.p99)}` : ''}`,
  oversize: check => `${count(check.simulated)} refused with 413`,
  late: cutOff,
  silent: cutOff,
  requests: check => `${count(check.simulated)} answered with 503 slow-down`,
  breaks: check => `${count(check.simulated)}`,
  alone: check => `p50 ${duration(check.simulated)}`,
};

function cutOff({ simulated: attempts }: HandCheck): string {
  return `${count(attempts)} attempt${attempts === 1 ? '' : 's'} cut off with 504`;
}

/** For how long in all, and what became of the uploads. */
function saturated(
  { simulated: seconds, terms, value }: HandCheck,
  { completion, makespan, uploads, steady }: TopologyResult,
): string {
  const again = uploads.attempts > AGAIN * uploads.offered ? ` by ${count(uploads.attempts)} attempts` : '';
  const busy = `saturated for ${duration(seconds)}${again}`;
  if (steady?.stable === false && makespan !== null)
    return `${busy}, the last upload complete after ${duration(makespan)}`;
  const lost = uploads.offered - uploads.succeeded;
  if (makespan === null || completion.p95 === null)
    return `${busy}, ${percent(lost / uploads.offered)} of the uploads not completed`;
  return isBurst(terms, value)
    ? `${busy}, 95% of the uploads complete after ${duration(completion.p95)}`
    : `${busy}, the last upload complete after ${duration(makespan)}`;
}
