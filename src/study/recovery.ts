/**
 * How uploads come through scheduled faults, told by what the same workload does without them. Both replays draw the
 * same, so they deliver the same bytes at the same instants until the first fault begins: what differs is the faults'.
 *
 * With D(t) bytes delivered until t and E(t) those without the faults, the deficit 0.9 E(t) - D(t) grows while goodput
 * is under 90% of what it would be, and shrinks while it is above. A fault is over for the uploads at the first
 * delivery from which on the deficit never again is as large as it was just before it: from there to any later
 * instant at least 90% as many bytes are delivered as without the faults. No window has to be chosen, and what comes
 * and goes with the load, or with chance, is in both.
 */
import type { Recorder } from '../measure/recorder.js';
import type { Replayed } from '../replay/replay.js';
import { type Incident, type Recovery, uploadStatus } from '../result.js';
import type { Fault, TopologySpec } from '../scenario/types.js';
import { percentilesOf } from './figures.js';

/** Of what goodput would be without the faults: from here on it has come back. */
const BACK = 0.9;
/** It has to stay back for this share of what is delivered, without the faults, after the fault began. */
const STAYS = 0.1;
/** Who never comes back although so much of the load still arrives after the fault has ended is stuck. */
const CHANCE = 0.2;

/** A run of faults that overlap or follow each other at once; seconds on the replay's clock. */
interface Span {
  readonly from: number;
  until: number;
}

/** Bytes by instant, in order: deliveries, or arrivals. */
interface Steps {
  readonly at: Float64Array;
  readonly bytes: Float64Array;
}

/**
 * The design whose faults never come. It still is one that could break, so that until the first fault begins its
 * replay is the same to the last bit.
 */
export function withoutFaults(spec: TopologySpec): TopologySpec {
  return { ...spec, faults: spec.faults.map(fault => ({ ...fault, at: Number.POSITIVE_INFINITY })) };
}

/** @param calm the same workload replayed without the faults */
export function recoveryOf(faults: readonly Fault[], run: Replayed, calm: Replayed): Recovery {
  const delivered = deliveriesOf(run.recorder);
  const expected = deliveriesOf(calm.recorder);
  const arrived = arrivalsOf(calm.recorder);
  const spans = spansOf(faults, run.epoch);
  const incidents = spans.map((span, i): Incident => {
    const next = spans[i + 1]?.from ?? Number.POSITIVE_INFINITY;
    const share = bytesIn(expected, span.from, span.until);
    const { outcome, back } = comeback(span, next, delivered, expected, arrived);
    return {
      from: span.from + run.epoch,
      until: span.until + run.epoch,
      share: share > 0 ? bytesIn(delivered, span.from, span.until) / share : null,
      time: back === null ? null : back - span.from,
      outcome,
    };
  });
  const times = incidents.map(({ time }) => time);
  return {
    time: times.includes(null) ? null : Math.max(...(times as number[])),
    metastable: stuck(incidents),
    incidents,
    undisturbed: undisturbed(calm),
  };
}

function stuck(incidents: readonly Incident[]): boolean | null {
  const { outcome } = incidents.at(-1)!;
  if (outcome === 'metastable') return true;
  return outcome === 'recovered' ? false : null;
}

function undisturbed({ recorder }: Replayed): Recovery['undisturbed'] {
  const { uploads, succeeded, failed, attempts, latency } = recorder;
  let counted = 0;
  for (let upload = 0; upload < uploads.count; upload++) {
    if (recorder.counts(uploads.start[upload]!)) counted++;
  }
  return {
    offered: uploads.count,
    succeeded,
    failed,
    amplification: uploads.count > 0 ? attempts / uploads.count : null,
    completion: percentilesOf(latency, counted),
  };
}

function spansOf(faults: readonly Fault[], epoch: number): Span[] {
  const spans: Span[] = [];
  for (const { at, for: lasts } of faults.toSorted((a, b) => a.at - b.at)) {
    const from = at - epoch;
    const last = spans.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, from + lasts);
    else spans.push({ from, until: from + lasts });
  }
  return spans;
}

type Comeback = Pick<Incident, 'outcome'> & { readonly back: number | null };

/** Whether goodput comes back after a fault and before the next, and when. */
function comeback(
  { from, until }: Span,
  next: number,
  delivered: Steps,
  expected: Steps,
  arrived: Steps,
): Comeback {
  const load = bytesIn(arrived, from, next);
  if (load === 0) return { outcome: 'no-load', back: null };
  const back = turningPoint(from, next, delivered, expected);
  const after = back === null ? 0 : bytesIn(expected, back, next);
  if (back !== null && after >= STAYS * bytesIn(expected, from, next)) return { outcome: 'recovered', back };
  if (next < Number.POSITIVE_INFINITY) return { outcome: 'overtaken', back: null };
  const enough = bytesIn(arrived, until, next) >= CHANCE * load;
  return { outcome: enough ? 'metastable' : 'cut-short', back: null };
}

/** The delivery before which the deficit is largest, the fault's start where it never grows; null where it ends so. */
function turningPoint(from: number, next: number, delivered: Steps, expected: Steps): number | null {
  let i = after(delivered.at, from);
  let j = after(expected.at, from);
  let deficit = 0;
  let largest = 0;
  let turns: number | null = from;
  for (;;) {
    const now = Math.min(delivered.at[i] ?? next, expected.at[j] ?? next);
    if (now >= next) break;
    if (deficit > largest) {
      largest = deficit;
      turns = now;
    }
    for (; delivered.at[i] === now; i++) deficit -= delivered.bytes[i]!;
    for (; expected.at[j] === now; j++) deficit += BACK * expected.bytes[j]!;
  }
  return deficit > largest ? null : turns;
}

/** Bytes in [from, to). */
function bytesIn({ at, bytes }: Steps, from: number, to: number): number {
  let sum = 0;
  for (let i = after(at, from); i < at.length && at[i]! < to; i++) sum += bytes[i]!;
  return sum;
}

/** The first instant that does not lie before `instant`. */
function after(at: Float64Array, instant: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const SUCCEEDED = uploadStatus.indexOf('succeeded');

function deliveriesOf({ uploads }: Recorder): Steps {
  return stepsOf(uploads.count, uploads.end, uploads.size, upload => uploads.status[upload] === SUCCEEDED);
}

function arrivalsOf({ uploads }: Recorder): Steps {
  return stepsOf(uploads.count, uploads.start, uploads.size, () => true);
}

function stepsOf(
  count: number,
  instants: Float64Array,
  sizes: Float64Array,
  counts: (upload: number) => boolean,
): Steps {
  const order = Uint32Array.from({ length: count }, (_, upload) => upload)
    .filter(counts)
    .sort((a, b) => instants[a]! - instants[b]!);
  return {
    at: Float64Array.from(order, upload => instants[upload]!),
    bytes: Float64Array.from(order, upload => sizes[upload]!),
  };
}
