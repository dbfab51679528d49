import { describe, expect, it } from 'vitest';
import { storageProfile, storageProfiles } from '../../src/scenario/profiles/registry.js';
import { siteSections } from '../../src/scenario/schema/topology.js';
import { parse, smallest } from './help.js';

describe('storage profiles', () => {
  it.each(storageProfiles.map(profile => [profile.name, profile] as const))(
    '%s is valid and sourced',
    (name, profile) => {
      const values = Object.fromEntries(
        Object.entries(profile.storage).map(([field, { value }]) => [field, value]),
      );
      expect(siteSections.storage.safeParse(values).success).toBe(true);
      for (const { source, kind } of [...Object.values(profile.storage), ...profile.facts]) {
        expect(source).not.toBe('');
        expect(kind).not.toBe('');
      }
      expect(storageProfile(name)).toBe(profile);
      expect(parse(`${smallest}storage: { profile: ${name} }\n`).warnings).toEqual([]);
    },
  );

  it('s3-standard has what Amazon documents, and an estimate of the first byte', () => {
    const { storage } = parse(`${smallest}storage: { profile: s3-standard }\n`).scenario.topologies[0]!;
    expect(storage).toMatchObject({
      network: { in: { rate: Number.POSITIVE_INFINITY, queue: 0 } },
      perConnection: 90e6,
      rtt: 0,
      firstByte: { kind: 'lognormal', mu: Math.log(0.03), sigma: expect.closeTo(0.6, 4) },
      requestRate: { rate: 3500, burst: 3500 },
    });
  });

  it('are overridden by any field beside them', () => {
    const { storage } = parse(`${smallest}storage: { profile: s3-standard, firstByte: 5ms }\n`).scenario
      .topologies[0]!;
    expect(storage).toMatchObject({
      firstByte: { kind: 'constant', value: 0.005 },
      requestRate: { rate: 3500 },
    });
  });
});
