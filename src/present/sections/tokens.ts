import { count, duration, noValue } from '../../readable.js';
import type { Result, TokenResult, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Group, table } from '../document/table.js';
import { settingOf } from '../resolved.js';
import { type Section, titled } from './section.js';

interface Row {
  readonly topology: TopologyResult;
  readonly tokens: TokenResult;
}

/** How long signed URLs live, and how old they are when they come to storage. */
export const tokens: Section = result => {
  const rows = result.topologies.flatMap((topology): Row[] =>
    topology.tokens === null || topology.tokens.issued === 0 ? [] : [{ topology, tokens: topology.tokens }],
  );
  const limited = rows.some(({ topology }) => largest(result, topology.name) !== anySize);
  const groups = limited ? [...groupsOf, { columns: [largestFile(result)] }] : groupsOf;
  return titled('Signed URLs', [
    ...table(rows, { key, groups }),
    ...(rows.some(livesLong) ? [remark(about(limited))] : []),
  ]);
};

/** A URL that lives so many times longer than it is needed could do with a shorter life. */
const MUCH_LONGER = 10;

function livesLong({ tokens: { life, age } }: Row): boolean {
  return life !== null && age.max !== null && life.max > MUCH_LONGER * age.max;
}

/** What a copy of a signed URL is good for: the part of its life that nobody needs. */
function about(limited: boolean): string {
  const what = limited ? '' : ', for a file of any size';
  return `A copy of a URL works as long as it lives${what}: valetKey.ttl ${limited ? 'bounds' : 'and valetKey.maxSize bound'} that.`;
}

const key: Column<Row> = { head: 'topology', cell: ({ topology }) => topology.name };

const groupsOf: readonly Group<Row>[] = [
  { columns: [{ head: 'signed', cell: ({ tokens: { issued } }) => count(issued) }] },
  {
    columns: [
      { head: 'lives', cell: lifeOf, tone: ({ tokens: { life } }) => (life!.min <= 0 ? 'bad' : undefined) },
    ],
  },
  {
    title: 'age when used',
    columns: (['p50', 'p99', 'max'] as const).map(
      (name): Column<Row> => ({ head: name, cell: ({ tokens: { age } }) => duration(age[name]) }),
    ),
  },
  {
    columns: [
      {
        head: 'left, at least',
        cell: ({ tokens: { left } }) => (left === null ? noValue : remaining(left.min)),
        tone: ({ tokens: { left } }) => (left !== null && left.min < 0 ? 'warn' : undefined),
      },
    ],
  },
];

const largestFile = (result: Result): Column<Row> => ({
  head: 'largest file',
  cell: ({ topology }) => largest(result, topology.name),
});

const anySize = 'any';

/** "15 min"; where credentials cut some short, "2 min to 15 min". */
function lifeOf({ tokens: { life } }: Row): string {
  const [least, most] = [remaining(life!.min), remaining(life!.max)];
  return least === most ? most : `${least} to ${most}`;
}

function remaining(seconds: number): string {
  return seconds < 0 ? `${duration(-seconds)} too late` : duration(seconds);
}

function largest(result: Result, topology: string): string {
  const limit = settingOf(result, topology, 'valetKey', 'maxSize');
  return limit === undefined || limit === 'unlimited' ? anySize : String(limit);
}
