import { count, duration, percent } from '../../readable.js';
import type { Incident, Recovery, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Group, type Key, table } from '../document/table.js';
import { aboutOrigin, originOf } from './clock.js';
import { type Section, titled } from './section.js';

/** A topology, with its only fault or without any; or one of its faults beneath it. */
type Row = {
  readonly topology: TopologyResult;
  readonly recovery: Recovery;
  readonly incident: Incident | null;
  readonly number: number | null;
};

/** What scheduled faults did to the uploads, and how long it took. */
export const faults: Section = result => {
  const rows = result.topologies.flatMap(rowsOf);
  const origin = originOf(result.topologies);
  return titled('Faults', [
    ...table(rows, { key, groups: groupsFrom(origin) }),
    ...(rows.length === 0 ? [] : [remark(about), ...aboutOrigin(origin)]),
  ]);
};

const about =
  '"Without": the same workload with no faults. Goodput is back at the first delivery from which on at least 90% as many bytes are delivered as without.';

function rowsOf(topology: TopologyResult): Row[] {
  const { recovery } = topology;
  if (recovery === null) return [];
  const { incidents } = recovery;
  const whole = { topology, recovery, number: null };
  if (incidents.length === 1) return [{ ...whole, incident: incidents[0] }];
  const each = incidents.map((incident, i) => ({ topology, recovery, incident, number: i + 1 }));
  return [{ ...whole, incident: null }, ...each];
}

const key: Key<Row> = {
  head: 'topology',
  cell: ({ topology, number }) => (number === null ? topology.name : `fault ${number}`),
  nested: ({ number }) => number !== null,
};

const groupsFrom = (origin: number): readonly Group<Row>[] => [
  {
    columns: [
      { head: 'from', cell: of(({ from }) => (from === origin ? 'the start' : duration(from - origin))) },
      { head: 'for', cell: of(({ from, until }) => duration(until - from)) },
      { head: 'goodput meanwhile', cell: of(({ share }) => percent(share)) },
      { head: 'time to recover', cell: of(comeback), tone: toneOf },
    ],
  },
  {
    title: 'attempts per upload',
    columns: [
      { head: 'with', cell: whole(({ topology }) => count(topology.uploads.amplification)) },
      { head: 'without', cell: whole(({ recovery }) => count(recovery.undisturbed.amplification)) },
    ],
  },
  {
    title: 'failed uploads',
    columns: [
      { head: 'with', cell: whole(({ topology }) => count(topology.uploads.failed)) },
      { head: 'without', cell: whole(({ recovery }) => count(recovery.undisturbed.failed)) },
    ],
  },
];

function of(text: (incident: Incident) => string): (row: Row) => string {
  return ({ incident }) => (incident === null ? '' : text(incident));
}

function whole(text: (row: Row) => string): (row: Row) => string {
  return row => (row.number === null ? text(row) : '');
}

const words: Readonly<Record<Exclude<Incident['outcome'], 'recovered'>, string>> = {
  overtaken: 'not before the next',
  metastable: 'never (metastable)',
  'cut-short': 'not before the end',
  'no-load': 'no load',
};

function comeback({ outcome, time }: Incident): string {
  return outcome === 'recovered' ? duration(time) : words[outcome];
}

function toneOf({ incident }: Row): 'bad' | undefined {
  return incident?.outcome === 'metastable' ? 'bad' : undefined;
}
