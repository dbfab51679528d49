/** The application's servers. */
import { z } from 'zod';
import { profileKinds } from '../profiles/registry.js';
import { distribution } from './distribution.js';
import { autoscale, health } from './fleet.js';
import { field, maybe } from './form.js';
import { network } from './network.js';
import { profiled, profileField } from './profiled.js';
import { number, quantity, word } from './values.js';

const cpu = z.strictObject({
  perRequest: field(distribution('time'), '1.4ms', {
    description: 'Core time of each request, before its body.',
    kind: 'measured',
    source: 'Node 20 piping a request, TLS 1.3 on both hops: 1.36 ms, within a factor of 2',
  }),
  perMiB: field(quantity('time'), '5ms', {
    description: 'Core time per MiB (2^20 bytes) that passes through.',
    kind: 'measured',
    source: 'Node 20 piping a request, TLS 1.3 on both hops: 4.95 ms, within a factor of 2',
  }),
});

const disk = z.strictObject({
  space: field(quantity('size', { positive: true, unlimited: true }), 'unlimited', {
    description: 'Space of one server for bodies that it spools; one that does not fit gets a 507.',
    kind: 'convention',
    source: 'what is not given does not limit',
  }),
  bandwidth: field(quantity('rate', { positive: true, unlimited: true }), 'unlimited', {
    description: 'Bytes that the disk of one server writes and reads per second, together.',
    kind: 'convention',
    source: 'what is not given does not limit',
  }),
});

const fields = z
  .strictObject({
    profile: profileField(
      profileKinds.server,
      'Software: a named set of sourced values (see "Profiles"); any field beside it overrides the profile\'s.',
    ),
    instance: profileField(
      profileKinds.instance,
      'Machine: `cores`, `memory`, `network` and `price` of one that can be rented (see "Profiles"); any field beside it overrides them.',
    ),
    count: field(number({ least: 1, most: 100_000, integer: true }), 1, {
      description: 'Servers.',
      kind: 'convention',
      source: 'the smallest fleet',
    }),
    threads: field(number({ least: 1, most: 1e9, integer: true, unlimited: true }), 200, {
      description: 'Requests that one server works on at once (threads, workers, or a limit of concurrency).',
      kind: 'documented',
      source: 'Tomcat maxThreads',
    }),
    backlog: field(number({ least: 0, most: 1e9, integer: true, unlimited: true }), 8192, {
      description: 'Connections of one server that wait for a thread (Tomcat 8192, Node 511, gunicorn 2048).',
      kind: 'documented',
      source: 'Tomcat maxConnections',
    }),
    memory: field(quantity('size', { positive: true, unlimited: true }), '16GB', {
      description: 'Memory of one server.',
      kind: 'estimate',
      source: 'a common size with 4 cores',
    }),
    baseMemory: field(quantity('size'), '75MiB', {
      description: 'Memory that one server takes without any upload.',
      kind: 'measured',
      source: 'Node 20 with Express and the AWS SDK loaded',
    }),
    cores: field(number({ above: 0, most: 1e6, unlimited: true }), 4, {
      description: 'Processor cores of one server; may be a fraction.',
      kind: 'estimate',
      source: 'a common size with 16 GB',
    }),
    cpu: field(cpu, {}, { description: 'Core time that requests and bodies cost.' }),
    network: field(
      network({
        value: '1Gbps',
        kind: 'estimate',
        source: 'a common sustained rate of a server with 4 cores',
      }),
      {},
      { description: 'Network of one server: a rate for both directions, or a mapping.' },
    ),
    disk: field(
      disk,
      {},
      {
        description: 'proxy-spooled: where one server keeps bodies until they are in storage.',
      },
    ),
    balancing: field(word(['round-robin', 'least-connections', 'random', 'ip-hash']), 'round-robin', {
      description: 'How requests are spread over the servers.',
      kind: 'documented',
      source: 'default of nginx and of AWS Application Load Balancers',
    }),
    onOutOfMemory: field(word(['crash', 'reject']), 'crash', {
      description:
        '`crash`: the process dies with all its uploads; `reject`: uploads that might not fit get a 503.',
      kind: 'documented',
      source: 'Node and the Linux kernel end a process that runs out of memory',
    }),
    restart: field(quantity('time'), '30s', {
      description: 'Time that a server that died is away.',
      kind: 'estimate',
      source: 'start of a container and its health check',
    }),
    price: maybe(quantity('price'), 'US dollars per hour for one server; costs are unknown without it.'),
    health,
    autoscale,
  })
  .meta({ id: 'server' });

/** A machine and the software on it: the machine lies over the software. */
export const server = profiled(fields, { instance: profileKinds.instance, profile: profileKinds.server });
