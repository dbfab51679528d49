/** What clocks, credentials and sizes do to a signed URL. Powers of two, so that equal is equal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenRules } from '../../src/replay/token.js';
import { always, type Deep, type fluid } from '../reference/hand-made.js';
import { byHand } from './by-hand.js';
import { fluidWith, type Part, runText } from './scenario-text.js';

/** Signed after one and a half round trips and 62.5 ms; then half a trip back, a wait, TCP, half a trip. */
const upload = { start: 1, size: 1e6, uplink: 1e6, rttServer: 0.125, rttStorage: 0.25 };
const signedAt = 1 + 1.5 * 0.125 + 0.0625;
const age = 0.0625 + 0.5 + 0.25 + 0.125;
const head = signedAt + age;
const bit = 2 ** -40;

type ValetKey = Deep<typeof fluid>['valetKey'];
const ask = (valetKey: ValetKey, client: Deep<typeof fluid>['client'] = {}) =>
  byHand(
    'valet-key',
    { client, valetKey: { authorise: always(0.0625), useAfter: always(0.5), ...valetKey } },
    { uploads: [upload] },
  );
const reasonOf = (valetKey: ValetKey) => ask(valetKey).uploads[0]!.reason;
const threeTimes = { retry: { attempts: 3, base: 1, cap: 60, jitter: 'none' as const } };

describe("a clock of storage's that is ahead", () => {
  it('takes its lead from the life of a URL, which has it more where it is behind', () => {
    expect(reasonOf({ clockSkew: 0.25, ttl: age + 0.25 })).toBeNull();
    expect(reasonOf({ clockSkew: 0.25, ttl: age + 0.25 - bit })).toBe('token-expired');
    expect(reasonOf({ clockSkew: -0.25, ttl: age - 0.25 })).toBeNull();
    expect(reasonOf({ clockSkew: -0.25, ttl: age - 0.25 - bit })).toBe('token-expired');
  });

  it('leaves a shorter ttl no life at all', () => {
    const { recorder } = ask({ clockSkew: 60, ttl: 32 });
    expect(recorder.rejectedTokens).toBe(1);
    expect(recorder.tokens!.life.toResult()).toEqual({ min: -28, mean: -28, max: -28 });
  });
});

describe('a server whose clock is ahead', () => {
  it('may be so by 15 minutes when the request arrives, and no more', () => {
    expect(reasonOf({ clockSkew: -(900 + age) })).toBeNull();
    expect(reasonOf({ clockSkew: -(900 + age + 2 ** -38) })).toBe('token-not-yet-valid');
  });

  it('signs what no retry helps: the next URL would be from the future, too', () => {
    const { uploads, recorder } = ask({ clockSkew: -1024 }, threeTimes);
    expect(uploads[0]).toMatchObject({ attempts: 1, reason: 'token-not-yet-valid', end: head + 0.125 });
    expect(recorder.wastedBytes).toBe(0);
    expect(recorder.rejectedTokens).toBe(1);
  });
});

const forGood = (first: number) => ({ first, every: Number.POSITIVE_INFINITY, ahead: 0 });

describe('credentials that end', () => {
  it('take all URLs with them that they have signed, on the clock of the scenario', () => {
    expect(reasonOf({ credentialsEnd: forGood(head) })).toBeNull();
    expect(reasonOf({ credentialsEnd: forGood(head - bit) })).toBe('token-expired');
  });

  it('make no URL live longer', () => {
    expect(reasonOf({ credentialsEnd: forGood(1000), ttl: age - bit })).toBe('token-expired');
  });

  it('sign nothing that is of use, once they have ended for good', () => {
    const { uploads, recorder } = ask({ credentialsEnd: forGood(0.5) }, threeTimes);
    expect(uploads[0]).toMatchObject({ attempts: 3, reason: 'token-expired' });
    expect(recorder.tokens!.issued).toBe(3);
  });

  it('end by the clock of storage, whatever the servers think of the time', () => {
    expect(reasonOf({ credentialsEnd: forGood(head), clockSkew: -512 })).toBeNull();
    expect(reasonOf({ credentialsEnd: forGood(head - bit), clockSkew: -512 })).toBe('token-expired');
  });
});

describe('credentials that are renewed', () => {
  const every = (period: number, first: number, ahead: number) =>
    reasonOf({ credentialsEnd: { every: period, first, ahead } });

  it('are new from the end of those before on', () => {
    // Signed at 1.25, used at 2.1875: credentials of 0.25 to 2.25 will do, those of 1 to 2 and 0.125 to 2.125 not.
    expect(signedAt).toBe(1.25);
    expect(head).toBe(2.1875);
    expect(every(2, 0.25, 0)).toBeNull();
    expect(every(1, 1, 0)).toBe('token-expired');
    expect(every(2, 0.125, 0)).toBe('token-expired');
    // The end of some is the beginning of the next: 1.25 to 3.25.
    expect(every(2, 1.25, 0)).toBeNull();
    expect(every(2, 1.25 + bit, 0)).toBe('token-expired');
  });

  it('may be taken before that', () => {
    // From 2 - 0.75 = 1.25 on those are used that end at 3.
    expect(every(1, 2, 0.75)).toBeNull();
    expect(every(1, 2, 0.75 - bit)).toBe('token-expired');
  });

  it('give a retry a URL that lives', () => {
    const { uploads } = ask({ credentialsEnd: { every: 4, first: 2, ahead: 0 } }, threeTimes);
    expect(uploads[0]).toMatchObject({ attempts: 2, status: 'succeeded' });
  });
});

describe('a largest size', () => {
  it('refuses by the head what is larger, and no retry makes it smaller', () => {
    expect(reasonOf({ maxSize: 1e6 })).toBeNull();
    const { uploads, recorder } = ask({ maxSize: 1e6 - 1 }, threeTimes);
    expect(uploads[0]).toMatchObject({ attempts: 1, reason: 'too-large', end: head + 0.125 });
    expect(recorder.wastedBytes).toBe(0);
    expect(recorder.rejectedTokens).toBe(1);
  });

  it('is looked at last: whoever comes late asks again, and learns it then', () => {
    const { recorder } = ask({ maxSize: 1, ttl: 0.5 }, threeTimes);
    expect(recorder.attemptFailures.toRecord()).toEqual({ 'token-expired': 3 });
  });
});

describe('what a run says of its signed URLs', () => {
  const scenario = (valetKey: Part): Part =>
    fluidWith({
      workload: { uploads: { arrivals: { count: 4, at: '1s' }, size: '1MB' } },
      clients: [{ name: 'anyone', rtt: { server: '125ms', storage: '250ms' } }],
      valetKey: { authorise: '62.5ms', useAfter: '500ms', ...valetKey },
      topologies: ['proxy-buffered', 'valet-key'],
    });
  const tokensOf = (valetKey: Part) => runText(scenario(valetKey)).result.topologies.map(t => t.tokens);

  it('is their age when they come to storage, and what is left of their lives', () => {
    const [none, tokens] = tokensOf({ ttl: '15m', clockSkew: '2s' });
    expect(none).toBeNull();
    const { age: ages, ...rest } = tokens!;
    for (const figure of [ages.mean!, ages.p50!, ages.p99!, ages.max!]) expect(figure).toBeCloseTo(age, 12);
    expect(rest).toMatchObject({ issued: 4, presented: 4, life: { min: 898, mean: 898, max: 898 } });
    expect(rest.left!.mean).toBeCloseTo(898 - age, 9);
  });

  it('knows credentials that end in between', () => {
    const [, tokens] = tokensOf({ credentialsEnd: '2s' });
    expect(tokens!.life!.max).toBeCloseTo(2 - signedAt, 12);
    expect(tokens!.left!.min).toBeCloseTo(2 - head, 12);
  });
});

/** The rules with the ends of the credentials written out. */
function plainly(
  { ttl, clockSkew, first, every, ahead, maxSize }: Record<string, number>,
  signed: number,
  now: number,
  bytes: number,
) {
  let end = first!;
  while (every! < Number.POSITIVE_INFINITY && end - ahead! <= signed) end += every!;
  const date = signed - clockSkew!;
  if (date - now > 900) return 'token-not-yet-valid';
  if (now > date + ttl! || now > end) return 'token-expired';
  return bytes > maxSize! ? 'too-large' : null;
}

// Quarters, so that no sum is rounded.
const quarters = (most: number) => fc.integer({ min: 0, max: 4 * most }).map(n => n / 4);

it('the rules are those that one would write down, at any instant of any clock', () => {
  const period = fc.oneof(
    fc.constant(Number.POSITIVE_INFINITY),
    quarters(20).map(n => n + 1),
  );
  const parameters = fc.record({
    ttl: quarters(60),
    clockSkew: quarters(2000).map(n => n - 1000),
    first: quarters(100),
    every: period,
    ahead: fc.constantFrom(0, 0.25, 0.75),
    maxSize: fc.constantFrom(1, 10, Number.POSITIVE_INFINITY),
  });
  const when = fc.record({ signed: quarters(200), age: quarters(80), epoch: quarters(50) });
  fc.assert(
    fc.property(parameters, when, fc.integer({ min: 1, max: 20 }), (given, { signed, age, epoch }, bytes) => {
      const { first, every, ahead, ...rest } = given;
      const rules = new TokenRules({ ...rest, credentialsEnd: { first, every, ahead } }, epoch);
      const [from, to] = [signed - epoch, signed + age - epoch];
      expect(rules.refusal(from, to, bytes)).toBe(plainly(given, signed, signed + age, bytes));
    }),
    { seed: 4711, numRuns: 2000 },
  );
});

it('a longer life and slower clocks of storage refuse nobody more', () => {
  const waits = Array.from({ length: 40 }, (_, i) => ({ ...upload, start: i, rttStorage: 0.0625 * (i % 9) }));
  const expired = (valetKey: ValetKey) =>
    byHand('valet-key', { valetKey: { useAfter: always(0.5), ...valetKey } }, { uploads: waits }).recorder
      .rejectedTokens;
  let last = Number.POSITIVE_INFINITY;
  for (const ttl of [0.25, 0.5, 0.75, 1, 1.5, 2]) {
    expect(expired({ ttl })).toBeLessThanOrEqual(last);
    last = expired({ ttl });
    expect(expired({ ttl, clockSkew: 0.25 })).toBeGreaterThanOrEqual(last);
    expect(expired({ ttl, clockSkew: -0.25 })).toBeLessThanOrEqual(last);
  }
  expect(last).toBe(0);
});
