/** What a scenario to start from has to know, with the default of each answer and the reader that judges it. */
import { readOneValue } from '../scenario/one-value.js';
import { topologyKinds } from '../scenario/schema/topology.js';
import { type QuantityKind, readQuantity } from '../units.js';

/** Answers as they were written, each one valid by itself. */
export interface Answers {
  /** A count, or a number per time. */
  readonly uploads: string;
  /** Time over which they come; `0s`: all at once. */
  readonly for: string;
  readonly size: string;
  readonly uplink: string;
  readonly threads: string;
  readonly memory: string;
  readonly network: string;
  /** Names with commas between them. */
  readonly topology: string;
}

export interface Question {
  readonly name: keyof Answers;
  /** @param before the answers so far */
  readonly text: (before: Partial<Answers>) => string;
  readonly fallback: (before: Partial<Answers>) => string;
  /** What is wrong with an answer; undefined where it is good. */
  readonly problem: (answer: string, before: Partial<Answers>) => string | undefined;
}

/** Whether uploads are a number per time. */
export const isRate = (uploads: string): boolean => uploads.includes('/');

/** A value of a scenario, judged as it would be there. */
const valueAt = (path: string) => (answer: string) => {
  const reading = readOneValue(path, answer);
  if (reading.ok) return undefined;
  return [reading.what, reading.allowed].filter(part => part !== undefined && part !== '').join('; ');
};

function quantityProblem(kind: QuantityKind, answer: string, positive: boolean): string | undefined {
  const reading = readQuantity(kind, answer);
  if (!reading.ok) return `${reading.what}; ${reading.allowed}`;
  return positive && reading.value === 0 ? `"${answer}" is 0; more than that is needed` : undefined;
}

const plain = (text: string) => () => text;

/** In the order in which they are asked. */
export const questions: readonly Question[] = [
  {
    name: 'uploads',
    text: plain('How many uploads? A number (1000), or a number per time (20/s)'),
    fallback: plain('1000'),
    problem: answer =>
      isRate(answer)
        ? quantityProblem('frequency', answer, true)
        : valueAt('workload.uploads.arrivals.count')(answer),
  },
  {
    name: 'for',
    text: ({ uploads = '' }) =>
      isRate(uploads)
        ? 'For how long do they keep coming?'
        : 'Over which time do they come? 0s = all at once',
    fallback: ({ uploads = '' }) => (isRate(uploads) ? '10m' : '0s'),
    problem: (answer, { uploads = '' }) => quantityProblem('time', answer, isRate(uploads)),
  },
  {
    name: 'size',
    text: plain('How large is a file? A size (50MB) or a distribution ({uniform: [1MB, 9MB]})'),
    fallback: plain('50MB'),
    problem: valueAt('workload.uploads.size'),
  },
  {
    name: 'uplink',
    text: plain("How fast is a client's uplink? 20Mbps, a distribution, or unlimited"),
    fallback: plain('20Mbps'),
    problem: valueAt('clients.broadband.uplink'),
  },
  {
    name: 'threads',
    text: plain('How many requests does the server work on at once (threads, workers)?'),
    fallback: plain('200'),
    problem: valueAt('server.threads'),
  },
  {
    name: 'memory',
    text: plain('How much memory does it have?'),
    fallback: plain('16GB'),
    problem: valueAt('server.memory'),
  },
  {
    name: 'network',
    text: plain('How fast is its network, in each direction?'),
    fallback: plain('1Gbps'),
    problem: valueAt('server.network'),
  },
  {
    name: 'topology',
    text: plain('Which topologies are to be compared? Names with commas between them'),
    fallback: plain(topologyKinds.join(', ')),
    problem: answer => valueAt('topologies')(`[${namesIn(answer).join(', ')}]`),
  },
];

/** The names of a list with commas. */
export const namesIn = (answer: string): readonly string[] =>
  answer
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
