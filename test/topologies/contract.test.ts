import { expect, it } from 'vitest';
import { topologies } from '../../src/topologies/registry.js';
import { keepsTheContract, type LowerBound } from './contract.js';

/** Of 6 parts of 5 MiB. */
const waves = (size: number): number => Math.ceil(size / (6 * 5 * 2 ** 20));

/** TCP and one exchange with each host that the client speaks to; then the bytes. */
const bounds: Readonly<Record<string, LowerBound>> = {
  'proxy-buffered': ({ size, rtt, uplink, server, storage }) =>
    2 * rtt + size / Math.min(uplink, server) + size / Math.min(server, storage),
  'proxy-spooled': ({ size, rtt, uplink, server, storage }) =>
    2 * rtt + size / Math.min(uplink, server) + size / Math.min(server, storage),
  'proxy-streaming': ({ size, rtt, uplink, server, storage }) =>
    2 * rtt + size / Math.min(uplink, server, storage),
  'valet-key': ({ size, rtt, uplink, storage }) => 4 * rtt + size / Math.min(uplink, storage),
  // The connection to the server is still open when the parts are complete.
  'valet-key-multipart': ({ size, rtt, uplink, storage }) =>
    (4 + waves(size) - 1 + 1) * rtt + size / Math.min(uplink, storage),
};

it('every topology of the registry has a closed form, and a kind of its own', () => {
  const kinds = topologies.map(({ kind }) => kind);
  expect(kinds.filter(kind => bounds[kind] === undefined)).toEqual([]);
  expect(new Set(kinds).size).toBe(kinds.length);
});

for (const topology of topologies) keepsTheContract(topology, bounds[topology.kind] ?? (() => Number.NaN));
