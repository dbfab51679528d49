/** The classes of background requests that a scenario gets: the most frequent groups, and the rest as one. */
import { others } from './classes.js';
import type { Collector } from './collector.js';
import { twentieths } from './twentieths.js';

export interface BackgroundClass {
  readonly name: string;
  /** Rows of the collector's columns, in the order of the log. */
  readonly rows: readonly number[];
  /** Bytes of answers and microseconds of service, in twentieths; empty where the log tells none. */
  readonly responses: readonly number[];
  readonly services: readonly number[];
  readonly servicesKnown: number;
  /** Requests whose own size the log does not tell. */
  readonly sizeless: number;
}

export function backgroundOf(collected: Collector, most: number): readonly BackgroundClass[] {
  const { names, positions } = collected.groups.ranked(most);
  const rows = names.map((): number[] => []);
  for (let row = 0; row < collected.groupOf.length; row += 1)
    rows[positions[collected.groupOf.at(row)]!]!.push(row);
  return names.map((name, position) => {
    const own = rows[position]!;
    const known = (column: { at: (row: number) => number }) =>
      Float64Array.from(own, row => column.at(row)).filter(value => !Number.isNaN(value));
    const services = known(collected.services);
    return {
      name,
      rows: own,
      responses: twentieths(known(collected.responses)),
      services: twentieths(services),
      servicesKnown: services.length,
      sizeless: own.length - known(collected.requestSizes).length,
    };
  });
}

/** A part of a file's name: `get-feed` of `GET /feed`. */
export function slugOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name === others ? 'others' : name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const slug = plain.replace(/^-+|-+$/g, '').slice(0, 40) || 'requests';
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n += 1) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`;
}
