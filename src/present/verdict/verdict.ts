/**
 * The answer in plain words, made from the figures of the tables and written with the same formats, so that it
 * cannot say anything else than they do.
 */

import { bytes } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { settingOf } from '../resolved.js';
import { cliffs } from './cliffs.js';
import { comeback } from './comeback.js';
import { exposure } from './exposure.js';
import { fleetClauses } from './fleet.js';
import { headline } from './headline.js';
import { limits } from './limits.js';
import { money } from './money.js';
import { others } from './others.js';
import { losses, lostToMemory } from './outcome.js';
import { remains } from './remains.js';
import { unsteady } from './steadiness.js';
import { throttling } from './throttling.js';
import { listed } from './words.js';

export interface Verdict {
  /** Which designs survive, and by how much they differ. */
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
    headline: headline(result),
    designs: [...said].map(([text, names]) => ({ name: listed(names), text })),
    notes: [...money(result), ...untold(result), ...exposure(result)],
  };
}

/** What follows the name of a design; null where nothing was asked of it. */
function clauses(topology: TopologyResult, result: Result): string | null {
  const { server, uploads } = topology;
  if (uploads.offered === 0) return null;
  const all = [
    unsteady(topology),
    ...losses(topology, result),
    comeback(topology),
    ...cliffs(topology, result),
    ...(lostToMemory(topology) ? [] : limits(topology, result)),
    throttling(topology, result),
    ...fleetClauses(topology, result),
    others(topology),
    ...remains(topology),
    server.bytes === 0
      ? 'no file byte crosses the servers'
      : `${bytes(server.bytes)} of files cross the servers`,
  ];
  return `${all.filter(clause => clause !== null).join('; ')}.`;
}

/** Whose application never hears that a file has arrived. */
function untold(result: Result): readonly string[] {
  const names = result.topologies
    .filter(({ timeToToken, uploads }) => timeToToken !== null && uploads.succeeded > 0)
    // Who completes an upload in parts knows that it is there.
    .filter(({ storage }) => storage.requestKinds === null)
    .map(({ name }) => name)
    .filter(name => settingOf(result, name, 'valetKey', 'notify') === 'none');
  if (names.length === 0) return [];
  return [`With ${listed(names)} the application is not told that a file is there (valetKey.notify: none).`];
}
