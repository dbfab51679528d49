/**
 * The answer in plain words, made from the figures of the tables and written with the same formats, so that it
 * cannot say anything else than they do.
 */

import { bytes } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { settingOf } from '../resolved.js';
import { broken } from './broken.js';
import { cliffs } from './cliffs.js';
import { comeback } from './comeback.js';
import { removals, scaling } from './fleet.js';
import { headline } from './headline.js';
import { calm, limits } from './limits.js';
import { money } from './money.js';
import { others } from './others.js';
import { losses, lostToMemory } from './outcome.js';
import { remains } from './remains.js';
import { unsteady } from './steadiness.js';
import { isTurnedAway, throttling } from './throttling.js';
import { called, listed } from './words.js';

export interface Verdict {
  /** Which designs survive, by how much they differ, and what they cost. */
  readonly headline: string;
  /** What becomes of each design; designs of which there is the same to say stand together. */
  readonly designs: readonly { readonly name: string; readonly text: string }[];
  /** What holds for several of them: sentences. */
  readonly notes: readonly string[];
}

export function verdictOn(result: Result): Verdict {
  const said = new Map<string, string[]>();
  for (const topology of result.topologies) {
    const text = clauses(topology, result);
    if (text !== null) said.set(text, [...(said.get(text) ?? []), topology.name]);
  }
  return {
    headline: [headline(result), ...money(result)].join(' '),
    designs: [...said].map(([text, names]) => ({ name: listed(names), text })),
    notes: untold(result),
  };
}

/** What follows the name of a design; null where nothing was asked of it. */
function clauses(topology: TopologyResult, result: Result): string | null {
  const { server, uploads, recovery } = topology;
  if (uploads.offered === 0) return null;
  const lasts = recovery?.metastable === true;
  const all = [
    unsteady(topology),
    ...(lasts ? [comeback(topology, result)] : []),
    ...losses(topology, result),
    ...(lasts ? [] : [comeback(topology, result)]),
    broken(topology),
    throttling(topology, result),
    removals(topology, result),
    ...cliffs(topology, result),
    ...resources(topology, result),
    scaling(topology, result),
    others(topology),
    ...remains(topology),
    server.bytes === 0
      ? 'no file byte crosses the servers'
      : `${bytes(server.bytes)} of files cross the servers`,
  ];
  return `${all.filter(clause => clause !== null).join('; ')}.`;
}

/** What is full; that nothing is, only where nothing else has turned anybody away. */
function resources(topology: TopologyResult, result: Result): readonly string[] {
  if (lostToMemory(topology)) return [];
  const full = limits(topology, result);
  return full.length > 0 || isTurnedAway(topology) ? full : [calm(topology)];
}

/** Whose application never hears that a file has arrived. */
function untold(result: Result): readonly string[] {
  const signing = result.topologies.filter(({ timeToToken }) => timeToToken !== null);
  const silent = signing
    .filter(({ uploads }) => uploads.succeeded > 0)
    // Who completes an upload in parts knows that it is there.
    .filter(({ storage }) => storage.requestKinds === null)
    .filter(({ name }) => settingOf(result, name, 'valetKey', 'notify') === 'none');
  if (silent.length === 0) return [];
  const whom =
    silent.length > 2 && silent.length === signing.length ? 'signed URLs' : listed(silent.map(called));
  return [`With ${whom} the application is not told that a file is there (valetKey.notify: none).`];
}
