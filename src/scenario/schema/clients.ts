/** Who uploads: classes of clients by their networks, and how every client behaves. */
import { z } from 'zod';
import { profileKinds } from '../profiles/registry.js';
import { distribution, distributionNames } from './distribution.js';
import { drops } from './drops.js';
import { field, isMapping, maybe, oneOf } from './form.js';
import { profiled, profileField } from './profiled.js';
import { retryBudget } from './retry-budget.js';
import { flag, name, number, quantity, word } from './values.js';

const rtt = distribution('time');
const rttDefault = '24ms';
const rttSource =
  '14 ms access round trip of cable (measured, Ookla 2022) and 10 ms within a region (estimate)';

const rttBoth = z.strictObject({
  server: field(rtt, rttDefault, {
    description: 'Round trip to the servers.',
    kind: 'estimate',
    source: rttSource,
  }),
  storage: field(rtt, rttDefault, {
    description: 'Round trip to storage.',
    kind: 'estimate',
    source: rttSource,
  }),
});

const isBoth = (raw: unknown): boolean =>
  isMapping(raw) && !distributionNames.some(distribution => Object.hasOwn(raw, distribution));

const rtts = oneOf([rtt.transform(both => ({ server: both, storage: both })), rttBoth], {
  text: 'distribution of time, or `{server, storage}` of them',
  pick: raw => (isBoth(raw) ? 1 : 0),
  expand: raw => (isBoth(raw) ? raw : { server: raw, storage: raw }),
});

const wrongly = (what: string) =>
  field(quantity('share'), '0%', {
    description: `Share of uploads that ask ${what}.`,
    kind: 'convention',
    source: 'no mistakes',
  });

const mistakes = z.strictObject({
  bucket: wrongly('for a bucket that does not exist'),
  key: wrongly('for a key that they may not write'),
  method: wrongly('with a method that was not signed'),
  signature: wrongly('with a signature that does not fit'),
});

const fields = z.strictObject({
  name: maybe(
    name('a name of the client class'),
    'Name of this class of clients, unique; the default is that of its profile. Needed without one.',
  ),
  profile: profileField(
    profileKinds.client,
    'Access network: a named set of sourced values (see "Profiles"); any field beside it overrides the profile\'s.',
  ),
  weight: field(number({ above: 0, most: 1e12 }), 1, {
    description: 'Share of the uploads that come from this class, relative to the others.',
    kind: 'convention',
    source: 'classes are equally frequent',
  }),
  uplink: field(distribution('rate', { positive: true, unlimited: true }), 'unlimited', {
    description: 'Payload bandwidth from the client.',
    kind: 'convention',
    source: 'what is not given does not limit',
  }),
  downlink: field(distribution('rate', { positive: true, unlimited: true }), 'unlimited', {
    description: 'Payload bandwidth to the client.',
    kind: 'convention',
    source: 'what is not given does not limit',
  }),
  rtt: field(rtts, rttDefault, {
    description: 'Round trip time; one for both, or by far end.',
    kind: 'estimate',
    source: rttSource,
  }),
  loss: field(distribution('share'), '0%', {
    description: 'Share of packets lost; bounds the rate of a connection (Mathis).',
    kind: 'convention',
    source: 'no loss',
  }),
  mistakes: field(mistakes, {}, { description: 'Shares of uploads that ask for the wrong thing.' }),
  drops: field(drops, {}, { description: 'Connections of uploads that break by themselves.' }),
});

const client = profiled(fields, { profile: profileKinds.client }, { named: true });

export const broadband = {
  name: 'broadband',
  uplink: '21.6Mbps',
  downlink: '200Mbps',
  rtt: rttDefault,
  loss: '0%',
} as const;

export const clients = field(z.array(client).min(1).max(1000), [broadband], {
  description: 'Classes of clients.',
  kind: 'published',
  source: 'uplink: median of US fixed broadband, June 2022 (Ookla); downlink: about the median of cable then',
});

const retry = z.strictObject({
  attempts: field(number({ least: 1, most: 1000, integer: true }), 3, {
    description: 'Attempts in all; 1 = no retry.',
    kind: 'documented',
    source: 'AWS SDK for JavaScript v3, standard retry mode',
  }),
  base: field(quantity('time'), '100ms', {
    description: 'Pause before the first retry; doubles with each.',
    kind: 'documented',
    source: 'AWS SDK for JavaScript v3',
  }),
  cap: field(quantity('time'), '20s', {
    description: 'Longest pause.',
    kind: 'documented',
    source: 'AWS SDK for JavaScript v3',
  }),
  jitter: field(word(['full', 'equal', 'none']), 'full', {
    description: '`full`: uniform from 0 to the pause; `equal`: from half of it; `none`: the pause itself.',
    kind: 'documented',
    source: 'AWS SDK for JavaScript v3',
  }),
  budget: field(retryBudget, 'unlimited', {
    description:
      'Retries of all clients of one class together, as a share of their first attempts; without one, `attempts` alone limits them.',
    kind: 'convention',
    source: "off unless asked for: a single client's own budget (AWS SDK v3: 100 retries) is hardly ever met",
  }),
});

export const behaviour = z
  .strictObject({
    timeout: field(quantity('time', { positive: true, unlimited: true }), 'unlimited', {
      description: 'Of one attempt, from its first packet.',
      kind: 'recalled',
      source: 'fetch and XMLHttpRequest have none of their own',
    }),
    patience: field(distribution('time', { positive: true, unlimited: true }), 'unlimited', {
      description: 'From the click until its user gives an upload up, whatever it is doing by then.',
      kind: 'convention',
      source:
        'nobody gives up; an estimate would be {lognormal: {median: 60s, cv: 1.3108}}, without a good source',
    }),
    retry: field(retry, {}, { description: 'What a client does after a failure that may pass.' }),
  })
  .meta({ id: 'client' });

export const transport = z
  .strictObject({
    tls: field(word(['1.3', '1.2', 'none']), '1.3', {
      description:
        'Version of TLS on connections from clients: one more round trip to open, with 1.2 two, with none 0.',
      kind: 'documented',
      source: 'RFC 8446, RFC 5246',
    }),
    slowStart: field(flag(), true, {
      description:
        'New connections from clients begin with a window of 14,600 bytes that doubles every round trip.',
      kind: 'documented',
      source: 'RFC 6928',
    }),
    unfairness: field(number({ least: 0, most: 10 }), 0.2, {
      description:
        'Sigma of the lognormal shares that flows get of a link whose queue drops; 0 = equal shares.',
      kind: 'measured',
      source: 'fitted on shaped links: 0.15 for 20 flows, 0.2 for 50, 0.5 for 200',
    }),
    ackLoad: field(quantity('share'), '2.5%', {
      description: "Load that the acknowledgements of a streaming proxy's flow put on the other direction.",
      kind: 'derived',
      source: 'one acknowledgement for every two segments',
    }),
    preflight: field(flag(), false, {
      description: 'Browsers ask storage first (CORS): one more round trip before a PUT.',
      kind: 'convention',
      source: 'clients that are no browsers, or the same origin',
    }),
    keepAlive: field(quantity('time', { unlimited: true }), '0s', {
      description:
        'How long an idle connection stays open for the next attempt, or the next turn of a user; with `0s` each attempt opens its own.',
      kind: 'convention',
      source: 'the hardest case; nginx keeps them for 75 s, Node.js for 5 s',
    }),
  })
  .meta({ id: 'transport' });
