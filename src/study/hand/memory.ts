import { lossBound } from '../../replay/rates.js';
import type { HandCheck } from '../../result.js';
import { meanOf } from '../typical.js';
import { ARRIVALS, type Case, CLIENTS, SIZE } from './case.js';

const MIB = 2 ** 20;
/** Memory that bodies cannot fill to this share is no question. */
const MUCH = 0.5;
/** What each request takes besides its body counts from this share of the body on. */
const NOTICED = 0.01;

/** Bodies that may be whole while the others still come in. */
const FEW = 0.05;

/** Bodies that a buffering server may hold at once, and when they fill it. */
export function memory({ spec, offered, figures, alone, wholly }: Case): HandCheck[] {
  const { server, options } = spec;
  if (spec.kind !== 'proxy-buffered' || server.memory === Number.POSITIVE_INFINITY) return [];
  const { size, uploads, span } = offered;
  const { threads, count, memory: limit, baseMemory: base, network, cores, cpu } = server;
  const factor = Math.max(options.copies, options.completeCopies);
  const bodies = Math.min(threads, Math.ceil(uploads / count));
  const more = options.perRequest >= NOTICED * factor * size ? options.perRequest : 0;
  const value = base + bodies * (factor * size + more);
  if (value < MUCH * limit) return [];
  const servers = count > 1 ? figures.server.servers : [figures.server];
  const need: HandCheck = {
    kind: 'memory',
    resource: 'memory',
    terms: { bodies, factor, size, more, base, limit },
    value,
    simulated: wholly ? Math.max(...servers.map(one => one.memory.peak)) : null,
    uses: ['server.threads', SIZE, 'completeCopies', 'server.baseMemory', 'server.memory'],
  };
  const uplink = meanOf(
    offered.drawn.map(draw => Math.min(draw.uplink, lossBound(draw.rttServer, draw.loss))),
  );
  const forCpu = (2 * cores * MIB) / cpu.perMiB;
  const inflow = Math.min(network.in.rate * network.efficiency, forCpu, bodies * uplink);
  const seconds = (limit - base) / (options.copies * inflow);
  const { saturatedAt } = figures.server.memory;
  // Only while everybody still receives: later arrivals, or bodies that leave, are beyond an envelope's back.
  const fair = Math.min(network.in.rate * network.efficiency, forCpu) / bodies;
  const whole = alone.filter(one => one.size <= seconds * Math.min(one.rate, fair));
  const plain =
    server.onOutOfMemory === 'crash' &&
    spec.gateway?.buffers !== true &&
    options.copies > 0 &&
    span <= 0.1 * seconds &&
    bodies * options.copies * size > limit - base &&
    whole.length <= FEW * alone.length;
  if (!plain || !Number.isFinite(inflow)) return [need];
  const full: HandCheck = {
    kind: 'memory-full',
    resource: 'memory',
    terms: { limit, base, copies: options.copies, inflow },
    value: seconds,
    simulated: saturatedAt === null ? null : saturatedAt - offered.first,
    uses: [
      ARRIVALS,
      CLIENTS,
      'server.memory',
      'server.baseMemory',
      'copies',
      'server.network.in',
      'server.network.efficiency',
    ],
  };
  return [need, full];
}
