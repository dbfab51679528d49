/**
 * What one upload in parts takes that has everything for itself: a permission, waves of parts, and the exchange that
 * completes it. The formula is that of the model reference ("Round trips", "Uploads in parts").
 */
import { lossBound, slowStartDelay } from '../../replay/rates.js';
import { partsOf } from '../../scenario/part-limits.js';
import type { Distribution, TopologySpec } from '../../scenario/types.js';
import type { UploadDraw } from '../../workload/workload.js';
import { type Alone, message, opening, storageIn } from './alone.js';

/** @param figure the figure of a distribution that stands for it: its median, or its mean. */
export function aloneInParts(
  spec: TopologySpec,
  { size, uplink, downlink, rttServer, rttStorage, loss }: UploadDraw,
  figure: (distribution: Distribution) => number,
): Alone {
  const { transport, server, storage, valetKey, options } = spec;
  const { partSize, parallel } = options;
  const parts = partsOf(size, options);
  const waves = Math.ceil(parts / parallel);
  const one = Math.min(lossBound(rttStorage, loss), storage.perConnection);
  const rateOf = (connections: number): number => Math.min(uplink, connections * one, storageIn(storage));
  const moving = movingTime(size, spec, rateOf);
  const first = Math.min(parts, parallel);
  const slowStart = transport.slowStart
    ? slowStartDelay(Math.min(size, partSize), rateOf(first) / first, rttStorage)
    : 0;

  const core = Math.min(1, server.cores);
  const perRequest = figure(server.cpu.perRequest) / core;
  const granting = perRequest + figure(valetKey.authorise);
  const signing = (parts * figure(valetKey.sign)) / core;
  const exchange = (urls: number, slow: boolean) => {
    const from = { rtt: rttServer, loss, slowStart: slow };
    const { network } = server;
    const asking = message(valetKey.request, network.in, network.efficiency, { ...from, rate: uplink });
    const answer = message(urls * valetKey.response, network.out, network.efficiency, {
      ...from,
      rate: downlink,
    });
    return { seconds: asking.seconds + answer.seconds, onThread: asking.onThread + answer.onThread };
  };
  const upfront = options.signing === 'upfront';
  const permission = exchange(upfront ? parts : 0, transport.slowStart);
  const full = Math.floor(parts / parallel);
  const last = parts - full * parallel;
  const exchanges = upfront
    ? []
    : [
        { times: full, ...exchange(parallel, false) },
        { times: last > 0 ? 1 : 0, ...exchange(last, false) },
      ];
  const rounds = upfront ? 0 : waves;
  const messages = exchanges.reduce((sum, { times, seconds }) => sum + times * seconds, permission.seconds);
  const threads = exchanges.reduce((sum, { times, onThread }) => sum + times * onThread, permission.onThread);
  const completing = perRequest + figure(storage.firstByte);
  const atServer = (1 + rounds) * granting + signing + completing;
  const service = messages + atServer + waves * figure(storage.firstByte) + figure(valetKey.useAfter);
  const roundTrips =
    (opening(transport.tls) + 1 + rounds + 1) * rttServer +
    (opening(transport.tls) + (transport.preflight ? 1 : 0) + waves) * rttStorage +
    2 * storage.rtt;
  return {
    roundTrips,
    slowStart,
    size,
    rate: size / moving,
    inward: Number.POSITIVE_INFINITY,
    forward: Number.POSITIVE_INFINITY,
    service,
    total: roundTrips + slowStart + moving + service,
    onThread: threads + atServer + 2 * storage.rtt,
    onUpstream: 0,
  };
}

/** Seconds that the bytes of all parts take; a last part that is smaller leaves its connection early. */
function movingTime(
  size: number,
  { options }: TopologySpec,
  rateOf: (connections: number) => number,
): number {
  const { partSize, parallel } = options;
  const parts = partsOf(size, options);
  const full = Math.floor((parts - 1) / parallel);
  const inLast = parts - full * parallel;
  const smallest = size - (parts - 1) * partSize;
  const others = inLast > 1 ? ((inLast - 1) * (partSize - smallest)) / rateOf(inLast - 1) : 0;
  return (full * parallel * partSize) / rateOf(parallel) + (inLast * smallest) / rateOf(inLast) + others;
}
