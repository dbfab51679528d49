/** Signed URLs that expire, and storage that limits its requests. Powers of two, so that equal is equal. */
import { describe, expect, it } from 'vitest';
import { always, type Deep, type fluid } from '../reference/hand-made.js';
import { byHand, kinds, network } from './by-hand.js';

const retry = (attempts: number, base = 1) => ({
  retry: { attempts, base, cap: 60, jitter: 'none' as const },
});

describe('a token', () => {
  /** Signed at 1 + 0.25 (the permission's first one and a half round trips), in the client's hands at 1.3125. */
  const upload = { start: 1, size: 1e6, uplink: 1e6, rttServer: 0.125, rttStorage: 0.25 };
  const signedAt = 1 + 1.5 * 0.125 + 0.0625;
  const valetKey = { authorise: always(0.0625), useAfter: always(0.5) };
  /** The head of the PUT: half a round trip back, dawdling, TCP, half a round trip. */
  const headAfter = 0.0625 + 0.5 + 0.25 + 0.125;
  const ask = (ttl: number, site: Deep<typeof fluid> = {}) =>
    byHand('valet-key', { ...site, valetKey: { ...valetKey, ttl } }, { uploads: [upload] });

  it('is valid until the end of signing + ttl, inclusive, when the head arrives', () => {
    expect(ask(headAfter).uploads[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(ask(headAfter).uploads[0]!.end).toBe(signedAt + headAfter + 1 + 0.125);
    const { uploads, recorder } = ask(headAfter - 2 ** -40);
    expect(uploads[0]).toMatchObject({ status: 'failed', reason: 'token-expired', attempts: 1 });
    expect(uploads[0]!.end).toBe(signedAt + headAfter + 0.125);
    expect(recorder.rejectedTokens).toBe(1);
    expect(recorder.wastedBytes).toBe(0);
  });

  it('may expire while the bytes flow', () => {
    const long = { ...upload, size: 1e9 };
    const { uploads } = byHand(
      'valet-key',
      { valetKey: { ...valetKey, ttl: headAfter } },
      { uploads: [long] },
    );
    expect(uploads[0]!.end).toBe(signedAt + headAfter + 1000 + 0.125);
  });

  it('that has expired is asked for anew, from the permission on', () => {
    const { uploads } = ask(headAfter - 2 ** -40, { client: retry(2, 8) });
    const once = signedAt + headAfter + 0.125 - 1;
    expect(uploads[0]).toMatchObject({ reason: 'token-expired', attempts: 2, end: 1 + once + 8 + once });
  });

  it('is kept while only the PUT is tried again, until storage says that it has expired', () => {
    // The first PUT comes too soon after another upload's: storage takes one request in 4 s.
    const storage = { requestRate: { rate: 0.25, burst: 1 } };
    const other = { ...upload, start: 0.96875, size: 1 };
    const work = { uploads: [other, upload] };
    const run = (ttl: number) =>
      byHand('valet-key', { client: retry(3, 4), storage, valetKey: { ...valetKey, ttl } }, work);
    const head = signedAt + headAfter;
    // The refusal's way back, the pause, TCP and half a round trip.
    const second = head + 0.125 + 4 + 0.25 + 0.125;
    const kept = run(second - signedAt).uploads[1]!;
    expect(kept).toMatchObject({ status: 'succeeded', attempts: 2, end: second + 1 + 0.125 });
    // One bit less of a life, and it is refused: a third attempt begins with a new permission, 8 s later.
    const lost = run(second - signedAt - 2 ** -40).uploads[1]!;
    const third = second + 0.125 + 8 + (signedAt - 1) + headAfter;
    expect(lost).toMatchObject({ status: 'succeeded', attempts: 3, end: third + 1 + 0.125 });
  });
});

describe.each(kinds)('a request rate of 2/s and a burst of 3: %s', kind => {
  const storage = { requestRate: { rate: 2, burst: 3 } };
  const five = { uploads: Array.from({ length: 5 }, () => ({ start: 0 })) };

  it('takes the burst and refuses the rest', () => {
    const { uploads, recorder } = byHand(kind, { storage }, five);
    expect(uploads.map(({ reason }) => reason)).toEqual([null, null, null, 'slow-down', 'slow-down']);
    expect(recorder.slowDowns).toBe(2);
    expect(recorder.storageRequests).toBe(5);
  });

  it('has a token again every half second, the one of this very instant included', () => {
    const { uploads, recorder } = byHand(kind, { storage, client: retry(2, 1) }, five);
    for (const { status } of uploads) expect(status).toBe('succeeded');
    expect(uploads.map(({ end }) => end)).toEqual([0, 0, 0, 1, 1]);
    expect(recorder.attempts).toBe(7);
    const soon = byHand(kind, { storage, client: retry(2, 0.75) }, five);
    expect(soon.uploads.map(({ reason }) => reason)).toEqual([null, null, null, null, 'slow-down']);
  });

  it('never saves more than its burst', () => {
    const late = { uploads: [{ start: 0 }, ...five.uploads.map(() => ({ start: 1000 }))] };
    expect(byHand(kind, { storage }, late).recorder.slowDowns).toBe(2);
  });
});

it('storage refuses a streamed upload before its bytes, a buffered one after the first hop', () => {
  const site = { storage: { requestRate: { rate: 1, burst: 1 } }, server: network(1e6) };
  const uploads = [
    { start: 0, size: 1 },
    { start: 0.25, size: 1e6 },
  ];
  const streamed = byHand('proxy-streaming', site, { uploads });
  expect(streamed.uploads[1]).toMatchObject({ reason: 'slow-down', end: 0.25 });
  expect(streamed.recorder.wastedBytes).toBe(0);
  // It reaches storage at 1.25 s, when there is a token again: the other two leave none for it.
  const more = [...uploads, { start: 1.125, size: 1 }];
  const buffered = byHand('proxy-buffered', site, { uploads: more });
  expect(buffered.uploads[1]).toMatchObject({ reason: 'slow-down' });
  expect(buffered.uploads[1]!.end).toBeCloseTo(1.25, 5);
  expect(buffered.recorder.wastedBytes).toBeCloseTo(1e6, 3);
});
