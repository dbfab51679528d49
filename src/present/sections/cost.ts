import { bytes, count, dollars, hours, price } from '../../readable.js';
import type { Assumption, CostLine, Result, TopologyResult } from '../../result.js';
import { type Block, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** A topology's total, or one line beneath it. */
interface Row {
  readonly topology: TopologyResult;
  readonly line?: CostLine;
}

/**
 * What each topology costs and where the money goes, where prices are known. Of requests a profile knows the price
 * by itself: alone it says little, and nobody has asked.
 */
export const cost: Section = result => {
  const paid = new Set(linesOf(result).flatMap(line => (isPaid(line) ? line.name : [])));
  if (![...paid].some(name => name !== 'requests')) return [];
  const rows = result.topologies.flatMap((topology): Row[] => [
    { topology },
    ...topology.cost.lines.filter(({ name }) => paid.has(name)).map(line => ({ topology, line })),
  ]);
  const monthly = linesOf(result).some(({ perMonth }) => perMonth !== null);
  return titled('Cost', [
    ...table(rows, {
      key,
      groups: [{ columns: amounts }, { columns: monthly ? [...sums, perMonth] : sums }],
    }),
    ...remarks(result),
    ...guesses(result),
  ]);
};

const linesOf = ({ topologies }: Pick<Result, 'topologies'>): readonly CostLine[] =>
  topologies.flatMap(({ cost }) => cost.lines);

const isPaid = ({ price }: CostLine): boolean => price !== null && price > 0;

/** What is missing before a total can be given, or a month. */
function remarks({ topologies }: Result): readonly Block[] {
  const missing = new Set(linesOf({ topologies }).flatMap(({ path, price }) => (price === null ? path : [])));
  if (topologies.some(({ cost }) => cost.transfer === null)) missing.add('prices');
  if (missing.size > 0) {
    const free = missing.has('prices')
      ? ' Where no link costs anything, `prices: {ingress: 0/GB}` says so.'
      : '';
    return [remark(`No total without ${[...missing].join(', ')}: what is unknown is not free.${free}`)];
  }
  if (topologies.every(({ cost }) => cost.perMonth !== null)) return [];
  return [remark('How often a month sees such a burst is not known: prices.runsPerMonth says it.')];
}

/** Which of the prices nobody has looked up lately. */
function guesses({ topologies, assumptions }: Result): readonly Block[] {
  const paths = linesOf({ topologies }).flatMap(line => (isPaid(line) ? line.path : []));
  const guessed = assumptions.filter(assumption => isGuess(assumption) && concerns(assumption, paths));
  const told = new Set(guessed.map(({ path, value, kind }) => `${path} (${value}, ${kind})`));
  return told.size === 0 ? [] : [remark(`To be looked up: ${[...told].join(', ')}.`)];
}

const isGuess = ({ kind }: Assumption): boolean => kind === 'estimate' || kind === 'recalled';

function concerns({ path }: Assumption, paid: readonly string[]): boolean {
  return paid.includes(path === 'prices.crossZone.share' ? 'prices.crossZone.price' : path);
}

const labels: Readonly<Record<CostLine['name'], string>> = {
  servers: 'servers',
  requests: 'storage requests',
  ingress: 'bytes in',
  acceleration: 'acceleration',
  nat: 'NAT',
  crossZone: 'across zones',
  loadBalancer: 'load balancer, hours',
  processed: 'load balancer, bytes',
};

const key: Key<Row> = {
  head: 'topology',
  cell: ({ topology, line }) => (line === undefined ? topology.name : labels[line.name]),
  nested: ({ line }) => line !== undefined,
};

const formats: Readonly<Record<CostLine['unit'], typeof count>> = {
  h: hours,
  request: count,
  B: bytes,
};

const amounts: readonly Column<Row>[] = [
  { head: 'quantity', cell: ({ line }) => (line === undefined ? '' : formats[line.unit](line.quantity)) },
  { head: 'price', cell: ({ line }) => (line === undefined ? '' : price(line.unit)(line.price)) },
];

const sums: readonly Column<Row>[] = [
  { head: 'this run', cell: ({ topology, line }) => dollars((line ?? wholeOf(topology)).dollars) },
  {
    head: 'per million',
    cell: ({ topology, line }) => dollars((line ?? wholeOf(topology)).perMillionUploads),
  },
];

const perMonth: Column<Row> = {
  head: 'per month',
  cell: ({ topology, line }) => dollars((line ?? wholeOf(topology)).perMonth),
};

function wholeOf({ cost }: TopologyResult): Pick<CostLine, 'dollars' | 'perMillionUploads' | 'perMonth'> {
  const { total, perMillionUploads, perMonth } = cost;
  return { dollars: total, perMillionUploads, perMonth };
}
