/** The story of scenarios/avatar-1.yaml is as its comment tells it; instants by hand from the model reference. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Journey, Play } from '../../src/journey.js';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/study/run.js';
import { traceUpload } from '../../src/study/trace.js';

const loaded = await loadScenario(join(import.meta.dirname, '../../scenarios/avatar-1.yaml'));
const trace = async (play: Play | null = null) => {
  const { journeys } = await traceUpload(loaded, { upload: 0, play });
  return Object.fromEntries(journeys.map(journey => [journey.topology, journey]));
};
const plain = await trace();

/** Bytes; bytes per second; seconds. */
const size = 2e6;
const uplink = 16e6 / 8;
const toStorage = 90e6;
const R = 0.04;
const S = 0.06;
const authorise = 0.004;
const sign = 0.0005;
const firstByte = 0.03;

type Line = readonly [action: string, from: string, to: string, start: number, end: number];

/** Each step from where the last one ended: `[action, from, to, how long]`. */
function following(steps: readonly (readonly [string, string, string, number])[]): Line[] {
  let now = 0;
  return steps.map(([action, from, to, takes]) => {
    const start = now;
    now += takes;
    return [action, from, to, start, now];
  });
}

function expectSteps({ steps, latency, end }: Journey, lines: readonly Line[]): void {
  expect(steps.map(({ action, from, to }) => [action, from, to])).toEqual(
    lines.map(([action, from, to]) => [action, from, to]),
  );
  for (const [i, [action, , , start, until]] of lines.entries()) {
    expect(steps[i]!.start, action).toBeCloseTo(start, 12);
    expect(steps[i]!.end, action).toBeCloseTo(until, 12);
  }
  expect(latency).toBeCloseTo(lines.at(-1)![4], 12);
  expect(end).toBe(latency);
}

describe('the walk-through', () => {
  it('proxy-buffered: one hop after the other', () => {
    const journey = plain['proxy-buffered']!;
    expectSteps(
      journey,
      following([
        ['connect', 'client', 'server 1', 2 * R],
        ['send', 'client', 'server 1', R / 2],
        ['takeThread', 'server 1', 'server 1', 0],
        ['holdMemory', 'server 1', 'server 1', 0],
        ['receiveIntoMemory', 'client', 'server 1', size / uplink],
        ['holdMemory', 'server 1', 'server 1', 0],
        ['reachStorage', 'server 1', 'storage', 0],
        ['transfer', 'server 1', 'storage', size / toStorage],
        ['commit', 'storage', 'storage', firstByte],
        ['storageAnswers', 'storage', 'server 1', 0],
        ['answer', 'server 1', 'client', R / 2],
      ]),
    );
    expect(journey.held.thread).toBeCloseTo(size / uplink + size / toStorage + firstByte, 12);
    expect(journey.held.memory).toBe(1.85 * size + 16 * 1024);
    expect(journey.steps.filter(({ type }) => type === 'bytes').map(({ bound }) => bound)).toEqual([
      "client's uplink",
      'one connection',
    ]);
  });

  it('proxy-streaming: one flow through the server', () => {
    const journey = plain['proxy-streaming']!;
    expectSteps(
      journey,
      following([
        ['connect', 'client', 'server 1', 2 * R],
        ['send', 'client', 'server 1', R / 2],
        ['takeThread', 'server 1', 'server 1', 0],
        ['holdMemory', 'server 1', 'server 1', 0],
        ['reachStorage', 'server 1', 'storage', 0],
        ['transfer', 'client', 'storage', size / uplink],
        ['commit', 'storage', 'storage', firstByte],
        ['storageAnswers', 'storage', 'server 1', 0],
        ['answer', 'server 1', 'client', R / 2],
      ]),
    );
    expect(journey.steps[5]).toMatchObject({ through: 'server 1', bytes: size, bound: "client's uplink" });
    expect(journey.latency).toBeCloseTo(R * 2 + R + size / uplink + firstByte, 12);
    expect(journey.held.thread).toBeCloseTo(size / uplink + firstByte, 12);
    expect(journey.held.memory).toBe(200 * 1024);
  });

  it('valet-key: the four steps of the flow', () => {
    const journey = plain['valet-key']!;
    expectSteps(
      journey,
      following([
        ['connect', 'client', 'server 1', 2 * R],
        ['send', 'client', 'server 1', R / 2],
        ['takeThread', 'server 1', 'server 1', 0],
        ['authorise', 'server 1', 'server 1', authorise],
        ['sign', 'server 1', 'server 1', sign],
        ['issueToken', 'server 1', 'server 1', 0],
        ['answer', 'server 1', 'client', R / 2],
        ['connect', 'client', 'storage', 2 * S],
        ['send', 'client', 'storage', S / 2],
        ['presentToken', 'storage', 'storage', 0],
        ['transfer', 'client', 'storage', size / uplink],
        ['commit', 'storage', 'storage', firstByte],
        ['answer', 'storage', 'client', S / 2],
        ['reuseConnection', 'client', 'client', 0],
        ['send', 'client', 'server 1', R / 2],
        ['takeThread', 'server 1', 'server 1', 0],
        ['answer', 'server 1', 'client', R / 2],
      ]),
    );
    expect(journey.steps.map(({ flow }) => flow).join('')).toBe('11111123333444444');
    expect(journey.held).toEqual({ thread: expect.closeTo(authorise + sign, 12), memory: 0 });
  });

  it('the URL counts down from its signing on', () => {
    const { steps, tokens, checks } = plain['valet-key']!;
    const issued = 2 * R + R / 2 + authorise + sign;
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).toMatchObject({ bucket: 'user-profiles', key: 'avatar-1.png', expires: 900, ttl: 900 });
    expect(tokens[0]!.issued).toBeCloseTo(issued, 12);
    expect(tokens[0]!.url).toMatch(
      /^https:\/\/user-profiles\.s3\.us-east-1\.amazonaws\.com\/avatar-1\.png\?.*X-Amz-Expires=900&.*X-Amz-Signature=[0-9a-f]{64}$/,
    );
    for (const { start, end, tokenLeft } of steps) {
      if (start < tokens[0]!.issued) expect(tokenLeft).toBeNull();
      else expect(tokenLeft).toBeCloseTo(issued + 900 - end, 9);
    }
    // Half a round trip back, two to open, half to send the head.
    expect(checks.map(({ age }) => age)).toEqual([expect.closeTo(R / 2 + 2 * S + S / 2, 12)]);
    expect(checks[0]!.age).toBeCloseTo(0.17, 12);
    expect(checks[0]!.fields.every(({ ok }) => ok)).toBe(true);
  });

  it('says what its comment says: alone, the valet key takes longest and costs the server least', () => {
    const latencies = ['proxy-streaming', 'proxy-buffered', 'valet-key'].map(name => plain[name]!.latency!);
    expect(latencies.map(seconds => seconds.toFixed(2))).toEqual(['1.15', '1.17', '1.37']);
    const { result } = runScenario(loaded);
    for (const { name, latency, server } of result.topologies) {
      expect(plain[name]!.latency).toBe(latency.max);
      expect(server.bytes).toBe(name === 'valet-key' ? 0 : size);
    }
  });
});

describe('the ways of a refusal', () => {
  const refused = (journey: Journey) => journey.checks.filter(({ reason }) => reason !== null);
  const wrong = (journey: Journey) =>
    refused(journey)[0]!
      .fields.filter(({ ok }) => !ok)
      .map(({ field }) => field);

  it.each([
    ['wrong-bucket', 'no-such-bucket', ['bucket', 'signature']],
    ['wrong-key', 'access-denied', ['key', 'signature']],
    ['wrong-method', 'access-denied', ['method', 'signature']],
    ['tampered', 'signature-mismatch', ['expiry', 'signature']],
  ] as const)('%s: %s, when the head arrives and before any byte', async (play, reason, fields) => {
    const journey = (await trace(play))['valet-key']!;
    expect(journey).toMatchObject({ status: 'failed', reason, attempts: 1 });
    expect(journey.checks).toHaveLength(1);
    expect(journey.checks[0]!.reason).toBe(reason);
    expect(wrong(journey)).toEqual(fields);
    expect(journey.steps.some(({ type }) => type === 'bytes')).toBe(false);
    // The head arrives, and the answer takes half a round trip.
    expect(journey.latency).toBeCloseTo(2.5 * R + authorise + sign + R / 2 + 2.5 * S + S / 2, 12);
  });

  it('expired: after 16 minutes, and the next URL is used in time', async () => {
    const journey = (await trace('expired'))['valet-key']!;
    expect(journey).toMatchObject({ status: 'succeeded', attempts: 2 });
    const [first, second] = journey.checks;
    expect(first).toMatchObject({ reason: 'token-expired', attempt: 1 });
    expect(first!.age).toBeCloseTo(R / 2 + 960 + 2.5 * S, 9);
    expect(wrong(journey)).toEqual(['expiry']);
    expect(second).toMatchObject({ reason: null, attempt: 2 });
    expect(journey.tokens.map(({ url }) => url.includes('X-Amz-Date=20260101T0016'))).toEqual([false, true]);
    // One whole attempt that is refused, the back-off, and one that is not.
    const refusal = 2.5 * R + authorise + sign + R / 2 + 960 + 3 * S;
    expect(journey.latency).toBeCloseTo(refusal + 0.5 + plain['valet-key']!.latency!, 9);
    expect(journey.phases.client).toBeCloseTo(960, 9);
    expect(journey.phases.backOff).toBeCloseTo(0.5, 9);
  });

  it('through a proxy the wrong bucket is told after all bytes, and other mistakes cannot be made', async () => {
    const wrongBucket = await trace('wrong-bucket');
    for (const name of ['proxy-buffered', 'proxy-streaming']) {
      const { steps, reason, latency } = wrongBucket[name]!;
      expect(reason).toBe('no-such-bucket');
      const body = steps.findLast(({ type }) => type === 'bytes')!;
      expect(body.bytes).toBe(size);
      expect(steps.slice(-2)).toMatchObject([
        { action: 'refusal', from: 'storage', to: 'server 1' },
        { action: 'refusal', from: 'server 1', to: 'client' },
      ]);
      expect(steps.at(-2)!.start).toBe(body.end);
      expect(latency).toBeCloseTo(plain[name]!.latency! - firstByte, 12);
    }
    for (const play of ['wrong-key', 'wrong-method', 'tampered', 'expired'] as const)
      expect((await trace(play))['proxy-buffered']).toEqual(plain['proxy-buffered']);
  });
});
