/** What is said of uploads in parts: their journeys, what they leave behind, what their storage would not take. */
import { describe, expect, it } from 'vitest';
import { withoutRepeats } from '../../src/present/terminal/trace/waves.js';
import { verdictOn } from '../../src/present/verdict/verdict.js';
import { exampleCredentials, signatureOf, signatureOver } from '../../src/signing/presign.js';
import { traceUpload } from '../../src/study/trace.js';
import { fluidWith, type Part, parseText, runText } from '../theory/scenario-text.js';

const parts = (more: Part = {}): Part => ({
  workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '10MB' } },
  clients: [{ name: 'anyone', uplink: '1MB/s', rtt: '250ms' }],
  topologies: [{ name: 'multipart', kind: 'valet-key-multipart', partSize: '1MB', parallel: 2, ...more }],
});

async function journeyOf(scenario: Part, play: 'expired' | null = null) {
  const loaded = { ...parseText(fluidWith(scenario)), file: 'parts.yaml', sha256: '' };
  const { journeys } = await traceUpload(loaded, { upload: 0, play });
  return journeys[0]!;
}

describe('the journey of an upload in parts', () => {
  it.each(['upfront', 'each'])('is told wave by wave, without gaps (%s)', async signing => {
    const journey = await journeyOf(parts({ signing }));
    const { steps, latency, phases } = journey;
    const sent = steps.filter(({ action }) => action === 'transferParts');
    expect(sent.map(step => step.parts)).toEqual([1, 3, 5, 7, 9].map(n => ({ first: n, last: n + 1 })));
    for (const { bytes, duration, bound } of sent)
      expect([bytes, duration, bound]).toEqual([2e6, 2, "client's uplink"]);
    const sum = Object.values(phases).reduce((all, seconds) => all + seconds, 0);
    expect(sum).toBeCloseTo(latency!, 9);
    for (const [i, step] of steps.entries()) expect(step.start).toBe(i === 0 ? 0 : steps[i - 1]!.end);
    expect(phases.bytes).toBeCloseTo(10, 9);
    // Asked for once or before each wave; after that, storage; the completion goes to the server again.
    const flows = steps.map(({ flow }) => flow).filter((flow, i, all) => flow !== all[i - 1]);
    const waves = [1, 2, 3, 4, 5].flatMap(() => [2, 3]);
    expect(flows).toEqual(signing === 'upfront' ? [1, 2, 3, 4] : [1, ...waves, 4]);
  });

  it('has a URL of its own for each part, all of them signed', async () => {
    const { tokens, checks } = await journeyOf(parts({ signing: 'each' }));
    expect(tokens.map(token => token.parts)).toEqual([1, 3, 5, 7, 9].map(n => ({ first: n, last: n + 1 })));
    for (const { url, parts: range } of tokens) {
      expect(url).toContain(`?partNumber=${range!.first}&uploadId=`);
      expect(await signatureOver('PUT', url, exampleCredentials)).toBe(signatureOf(url));
      // The number of the part is signed with the rest.
      const other = url.replace(`partNumber=${range!.first}`, 'partNumber=99');
      expect(await signatureOver('PUT', other, exampleCredentials)).not.toBe(signatureOf(url));
    }
    for (const check of checks) expect(check.reason).toBeNull();
    expect(checks).toHaveLength(5);
  });

  it('that comes too late is refused for its first wave', async () => {
    const { status, reason, checks } = await journeyOf(parts(), 'expired');
    expect([status, reason]).toEqual(['failed', 'token-expired']);
    expect(checks[0]!.fields.find(({ field }) => field === 'expiry')!.verdict).toBe('expired');
  });

  it('cannot come too late where URLs are signed just before', async () => {
    await expect(journeyOf(parts({ signing: 'each' }), 'expired')).rejects.toThrow(
      /just before they are used/,
    );
  });

  it('shows of many waves the first and the last', async () => {
    const { steps } = await journeyOf(parts());
    const shown = withoutRepeats(steps);
    const skipped = shown.flatMap(item => ('skipped' in item ? [item.skipped] : []));
    expect(skipped).toHaveLength(1);
    const numbers = skipped[0]!.filter(({ type }) => type === 'bytes').map(step => step.parts!.first);
    expect(numbers).toEqual([3, 5, 7]);
    expect(shown.reduce((n, item) => n + ('skipped' in item ? item.skipped.length : 1), 0)).toBe(
      steps.length,
    );
  });
});

describe('what failed uploads leave in storage', () => {
  const late = { ...parts(), valetKey: { ttl: '4.9s' } };

  it('is a risk in the verdict, and an objective can be set on it', () => {
    const { result } = runText(
      fluidWith({ ...late, slo: ['storage.abandonedBytes <= 0B', 'storage.abandonedParts < 5'] }),
    );
    // Signed at 0.375 s, first heads at 0.875 s, then every 2.25 s: two waves within 4.9 s.
    expect(result.topologies[0]!.storage).toMatchObject({ abandonedParts: 4, abandonedBytes: 4e6 });
    expect(result.topologies[0]!.slo.map(({ ok, value }) => [ok, value])).toEqual([
      [false, 4e6],
      [true, 4],
    ]);
    const { text } = verdictOn(result).designs[0]!;
    expect(text).toMatch(
      /4 MB in 4 parts of failed uploads wait in storage, paid for, until a lifecycle rule/,
    );
  });

  it('comes with the advice to sign later', () => {
    const { result } = runText(fluidWith(late));
    expect(result.warnings.join('\n')).toMatch(/sign them just before \(signing: each\)/);
  });

  it('is no untold file: who completes an upload knows of it', () => {
    const { result } = runText(fluidWith(parts()));
    expect(verdictOn(result).notes.join()).not.toMatch(/not told/);
  });
});

describe('the limits of a storage', () => {
  const warnings = (size: string, partSize: string, storage: Part = {}) =>
    parseText(
      fluidWith({
        workload: { uploads: { arrivals: { count: 1, at: '0s' }, size } },
        storage,
        topologies: [{ name: 'multipart', kind: 'valet-key-multipart', partSize }],
      }),
    ).warnings.filter(text => text.startsWith('"multipart": '));
  const s3 = { profile: 's3-standard' };

  it('are 10,000 parts', () => {
    expect(warnings('52GB', '5MiB')).toEqual([]);
    expect(warnings('53GB', '5MiB')).toEqual([
      expect.stringMatching(/10,109 parts .* takes at most 10,000: raise partSize to 6MiB/),
    ]);
  });

  it('are parts of 5 MiB to 5 GiB, but for the last one, where the storage is known', () => {
    expect(warnings('1GB', '4MiB', s3)).toEqual([expect.stringMatching(/no parts under 5 MiB/)]);
    expect(warnings('10GB', '6GB', s3)).toEqual([expect.stringMatching(/no parts over 5 GiB/)]);
    expect(warnings('1MB', '4MiB', s3)).toEqual([]);
    expect(warnings('1GB', '5MiB', s3)).toEqual([]);
    expect(warnings('1GB', '4MiB')).toEqual([]);
  });
});
