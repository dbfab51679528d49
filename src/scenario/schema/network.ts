/** The network of a server or of the storage: two directions, each with its own rate and standing queue. */
import { z } from 'zod';
import { readQuantity } from '../../units.js';
import { quoted } from '../text.js';
import type { NetworkDirection, NetworkParameters, RequestRate } from '../types.js';
import { burst, lastingRate, type WrittenBurst, withBaseline } from './burst.js';
import { Complaint, completed, field, isMapping, leaf, maybe, notOneValue, oneOf } from './form.js';
import { number, quantity, word } from './values.js';

const needed = 'a time (50ms) or a size (1MB) is needed';

/** A queue as written: seconds at the direction's capacity, or bytes. */
type Queue = { readonly seconds: number } | { readonly bytes: number };

const queue = leaf(
  (raw): Queue | Complaint => {
    const wrong = notOneValue(raw, needed);
    if (wrong !== undefined) return wrong;
    const text = String(raw);
    const time = readQuantity('time', text);
    if (time.ok) return { seconds: time.value };
    const size = readQuantity('size', text);
    if (size.ok) return { bytes: size.value };
    // Whichever reading recognised the unit knows better what is wrong.
    const { what } = time.code === 'other-kind' || time.code === 'unknown-unit' ? size : time;
    return new Complaint(time.code, what.startsWith('"') ? what : quoted(text), needed);
  },
  { text: 'time or size', amount: {}, json: { type: 'string', examples: ['50ms', '1MB'] } },
);

const queues = z.strictObject({
  in: maybe(queue, 'Of the direction in.'),
  out: maybe(queue, 'Of the direction out.'),
});

/** A limited direction has a queue that fills, an unlimited one has none. */
const defaultQueue = (rate: unknown): string => (rate === 'unlimited' ? '0s' : '50ms');

function secondsOf(queue: Queue | undefined, rate: number, efficiency: number): number {
  if (queue === undefined) return rate === Number.POSITIVE_INFINITY ? 0 : 0.05;
  if ('seconds' in queue) return queue.seconds;
  return rate === Number.POSITIVE_INFINITY ? 0 : queue.bytes / (rate * efficiency);
}

function directionOf(
  given: number,
  queue: Queue | undefined,
  efficiency: number,
  bursts: WrittenBurst | undefined,
): NetworkDirection {
  const rate = bursts?.baseline ?? given;
  return {
    rate,
    queue: secondsOf(queue, rate, efficiency),
    queueInBytes: queue !== undefined && 'bytes' in queue,
    burst: bursts === undefined ? null : { rate: bursts.rate, credit: bursts.credit },
  };
}

/** @param rate the default of both directions, and where it comes from */
export function network(rate: { value: string; source: string; kind: 'estimate' | 'documented' }) {
  const direction = quantity('rate', { positive: true, unlimited: true });
  const full = completed(
    z.strictObject({
      in: field(direction, rate.value, { description: 'Rate of the direction in, on the wire.', ...rate }),
      out: field(direction, rate.value, { description: 'Rate of the direction out, on the wire.', ...rate }),
      efficiency: field(number({ above: 0, most: 1 }), 0.9415, {
        description: 'Share of the rate that carries payload.',
        kind: 'derived',
        source: '1448 bytes of payload per 1538 on an Ethernet wire, with TCP timestamps',
      }),
      queue: maybe(
        oneOf([queue.transform((both): z.output<typeof queues> => ({ in: both, out: both })), queues], {
          text: 'time or size, or `{in, out}` of them',
          pick: raw => (isMapping(raw) ? 1 : 0),
          expand: raw => (isMapping(raw) ? raw : { in: raw, out: raw }),
        }),
        'What stands in a full direction: a time at its capacity, or bytes. Default `50ms` for a limited direction, `0s` for an unlimited one.',
        { sourceKind: 'estimate', source: 'the buffers of ordinary switches and drivers' },
      ),
      burst,
    }),
    raw => {
      const queues = isMapping(raw.queue)
        ? raw.queue
        : raw.queue === undefined
          ? {}
          : { in: raw.queue, out: raw.queue };
      const bursts = isMapping(raw.burst)
        ? {
            in: withBaseline(raw.burst.in ?? 'none', raw.in),
            out: withBaseline(raw.burst.out ?? 'none', raw.out),
          }
        : {};
      return {
        ...raw,
        queue: {
          in: queues.in ?? defaultQueue(lastingRate(bursts.in, raw.in)),
          out: queues.out ?? defaultQueue(lastingRate(bursts.out, raw.out)),
        },
        ...(isMapping(raw.burst) ? { burst: bursts } : {}),
      };
    },
  );
  const output = full.transform(
    ({ in: into, out, efficiency, queue, burst }): NetworkParameters => ({
      in: directionOf(into, queue?.in, efficiency, burst?.in),
      out: directionOf(out, queue?.out, efficiency, burst?.out),
      efficiency,
    }),
  );
  return oneOf(
    [
      direction.transform((both): NetworkParameters => {
        const one = directionOf(both, undefined, 1, undefined);
        return { in: one, out: one, efficiency: 0.9415 };
      }),
      output,
    ],
    {
      text: 'rate or `unlimited`, or a mapping',
      pick: raw => (isMapping(raw) ? 1 : 0),
      expand: raw => (isMapping(raw) ? raw : { in: raw, out: raw }),
    },
  );
}

const frequency = quantity('frequency', { positive: true, unlimited: true });

/** One second of requests, at least one. */
const burstOf = (rate: number): number => (rate === Number.POSITIVE_INFINITY ? rate : Math.max(1, rate));

function burstText(rate: unknown): number | 'unlimited' {
  const reading = readQuantity('frequency', String(rate), { unlimited: true });
  const burst = reading.ok ? burstOf(reading.value) : 1;
  return burst === Number.POSITIVE_INFINITY ? 'unlimited' : burst;
}

const splitting = z.strictObject({
  after: field(quantity('time', { positive: true }), '30m', {
    description: 'Time for which requests have to be refused again and again.',
    kind: 'published',
    source: 'Amazon S3 says "gradually"; a reader of its knowledge centre, 30 to 60 minutes',
  }),
  calm: field(quantity('time', { positive: true }), '1m', {
    description: 'So long without a refusal, and the time begins anew.',
    kind: 'estimate',
    source: 'rates are watched by the minute',
  }),
  upTo: field(number({ least: 1, most: 1e6, integer: true, unlimited: true }), 'unlimited', {
    description: 'Most partitions that there may be.',
    kind: 'documented',
    source: 'Amazon S3 has no limit of prefixes',
  }),
});

const never = word(['none'], { needed: 'none, or a mapping such as { after: 30m }' });

const split = oneOf([never.transform(() => null), splitting], {
  text: '`none`, or `{after, calm, upTo}`',
  pick: raw => (isMapping(raw) ? 1 : 0),
  expand: raw => raw,
});

const bucket = completed(
  z.strictObject({
    rate: field(frequency, '3500/s', {
      description: 'Requests per time.',
      kind: 'documented',
      source: 'Amazon S3: 3,500 PUT per second and partitioned prefix',
    }),
    burst: maybe(
      number({ least: 1, most: 1e12, unlimited: true }),
      'Requests that may come at once; default one second of the rate, at least 1.',
    ),
    partitions: field(number({ least: 1, most: 1e6, integer: true }), 1, {
      description:
        'Partitions that the keys are spread over evenly, to begin with; each has this rate and burst.',
      kind: 'convention',
      source: 'a new prefix',
    }),
    split: field(split, 'none', {
      description: 'Partitions double under load that lasts.',
      kind: 'convention',
      source: 'a run is too short for it',
    }),
  }),
  raw => ({ ...raw, burst: raw.burst ?? burstText(raw.rate) }),
);

/** A token bucket for each partition of the keys: rate and burst. */
export const requestRate = oneOf(
  [
    frequency.transform((rate): RequestRate => ({ rate, burst: burstOf(rate), partitions: 1, split: null })),
    bucket.transform(({ rate, burst, partitions, split }, context): RequestRate => {
      if (split === null || split.upTo >= partitions)
        return { rate, burst: burst ?? burstOf(rate), partitions, split };
      const complaint = new Complaint(
        'range',
        'there are more partitions to begin with',
        'upTo >= partitions',
        ['split', 'upTo'],
      );
      context.issues.push({ code: 'custom', input: split, path: [...complaint.path], params: { complaint } });
      return z.NEVER;
    }),
  ],
  {
    text: 'number per time or `unlimited`, or `{rate, burst, partitions, split}`',
    pick: raw => (isMapping(raw) ? 1 : 0),
    expand: raw => (isMapping(raw) ? raw : { rate: raw, burst: burstText(raw) }),
  },
);
