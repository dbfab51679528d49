/** The designs under test: each a kind, the options of its kind, and what differs from the scenario for it alone. */
import { z } from 'zod';
import type { TopologyKind, TopologyOptions } from '../types.js';
import { behaviour, transport } from './clients.js';
import { faultList } from './faults.js';
import { field, isMapping, maybe, oneOf } from './form.js';
import { gateway } from './gateway.js';
import { prices } from './prices.js';
import { server } from './server.js';
import { storage } from './storage.js';
import { valetKey } from './valet-key.js';
import { name, number, quantity, word } from './values.js';

export const topologyKinds = [
  'proxy-buffered',
  'proxy-spooled',
  'proxy-streaming',
  'valet-key',
  'valet-key-multipart',
] as const satisfies readonly TopologyKind[];

export const kindAliases: Readonly<Record<string, TopologyKind>> = { naive: 'proxy-buffered' };

/** The kind that a name stands for by itself, if it does. */
export function kindOf(text: string): TopologyKind | undefined {
  return (
    topologyKinds.find(kind => kind === text) ??
    (Object.hasOwn(kindAliases, text) ? kindAliases[text] : undefined)
  );
}

const connections = number({ least: 1, most: 1e9, integer: true, unlimited: true });

const options = {
  streamBuffer: field(quantity('size'), '200KiB', {
    description: 'proxy-streaming: memory per upload.',
    kind: 'measured',
    source: 'Node 20 piping: 0.1 MiB in plain text, up to 1 MiB with TLS',
  }),
  copies: field(number({ least: 0, most: 1000 }), 1.27, {
    description: 'proxy-buffered: bytes of memory per byte received, while receiving.',
    kind: 'measured',
    source: 'multer with memory storage on Node 20',
  }),
  completeCopies: field(number({ least: 0, most: 1000 }), 1.85, {
    description:
      'proxy-buffered: bytes of memory per byte of a whole body, from its completion to the answer.',
    kind: 'measured',
    source: 'multer with memory storage on Node 20; its maintainers say "peak at twice the size of the file"',
  }),
  perRequest: field(quantity('size'), '16KiB', {
    description: 'proxy-buffered, proxy-spooled: memory per request.',
    kind: 'measured',
    source: 'high-water mark of a stream in Node 20',
  }),
  upstreamConnections: maybe(
    connections,
    'proxy-buffered (default 50), proxy-spooled (default `unlimited`): connections of one server to storage.',
    {
      sourceKind: 'documented',
      source: 'AWS SDK for JavaScript v3, maxSockets; nginx opens one for each request',
    },
  ),
  partSize: field(quantity('size', { positive: true }), '5MiB', {
    description: 'valet-key-multipart: bytes of a part; the last one may be smaller.',
    kind: 'documented',
    source: 'Amazon S3: the smallest part; Uppy takes as much (@uppy/aws-s3)',
  }),
  parallel: field(number({ least: 1, most: 10_000, integer: true }), 6, {
    description: 'valet-key-multipart: parts of one upload that are on their way at once.',
    kind: 'documented',
    source: 'Uppy (@uppy/aws-s3); browsers open 6 connections to one host with HTTP/1.1',
  }),
  signing: field(word(['upfront', 'each']), 'upfront', {
    description:
      'valet-key-multipart: when URLs are signed: all of them with the permission, or those of a wave of parts just before it.',
    kind: 'convention',
    source: 'the fewest requests',
  }),
};

/** Which kinds use an option. */
export const optionKinds: Readonly<Record<keyof TopologyOptions, readonly TopologyKind[]>> = {
  streamBuffer: ['proxy-streaming'],
  copies: ['proxy-buffered'],
  completeCopies: ['proxy-buffered'],
  perRequest: ['proxy-buffered', 'proxy-spooled'],
  upstreamConnections: ['proxy-buffered', 'proxy-spooled'],
  partSize: ['valet-key-multipart'],
  parallel: ['valet-key-multipart'],
  signing: ['valet-key-multipart'],
};

/** The parts of a scenario that a topology may override. */
export const siteSections = { client: behaviour, transport, server, storage, valetKey, prices, gateway };

const reserved = (text: string): string | undefined => {
  if (text === 'all') return 'another name: "all" means every topology in objectives';
  if (/[,:]/.test(text)) return 'a name without commas and colons, which options and objectives use';
  return undefined;
};

const override = (part: string) =>
  `What differs in \`${part}\` for this topology; laid over the scenario's own.`;

const full = z.strictObject({
  name: name('a topology name', reserved).meta({
    description: 'Name, unique; by itself it may be that of a kind.',
  }),
  kind: maybe(
    word(topologyKinds, { aliases: kindAliases, noun: 'a kind of topology' }),
    'The design; default is the kind of this name.',
  ),
  ...options,
  client: maybe(behaviour, override('client')),
  transport: maybe(transport, override('transport')),
  server: maybe(server, override('server')),
  storage: maybe(storage, override('storage')),
  valetKey: maybe(valetKey, override('valetKey')),
  prices: maybe(prices, override('prices')),
  gateway: maybe(gateway, `${override('gateway')} \`none\` takes it away.`),
  faults: maybe(faultList, 'Faults of this topology, instead of those of the scenario.'),
});

const byName = word(topologyKinds, { aliases: kindAliases, noun: 'a kind of topology' });

const topology = oneOf([byName, full], {
  text: 'name of a kind, or a mapping',
  pick: raw => (isMapping(raw) ? 1 : 0),
  expand: raw => (isMapping(raw) ? raw : { name: raw }),
});

export const topologies = field(z.array(topology).min(1).max(100), ['proxy-buffered', 'valet-key'], {
  description: 'The designs under test; each replays the same workload.',
  kind: 'convention',
  source: 'the question of this simulator',
});

/** The options alone, all of them, as a topology of this kind has them by default. */
export function topologyOptions(kind: TopologyKind) {
  const description = 'Connections of one server to storage.';
  const upstreamConnections =
    kind === 'proxy-spooled'
      ? field(connections, 'unlimited', {
          description,
          kind: 'documented',
          source: 'nginx opens a connection for each request, unless told to keep some alive',
        })
      : field(connections, 50, {
          description,
          kind: 'documented',
          source: 'AWS SDK for JavaScript v3, maxSockets',
        });
  return z.strictObject({ ...options, upstreamConnections });
}

export { full as topologyMapping };
