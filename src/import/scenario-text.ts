/** The scenario that a log becomes, with what it tells, what was assumed and what no log can tell as comments. */
import { clean } from '../present/terminal/text.js';
import { wrap } from '../present/terminal/width.js';
import { bits, bytes, count, duration, percent } from '../readable.js';
import { cut } from '../scenario/text.js';
import type { BackgroundClass } from './background.js';
import type { Meaning } from './formats/format.js';
import { second, writeInstant } from './instants.js';
import { evenly, rate, size, time } from './quantities.js';
import type { LogFacts, Logs } from './read-logs.js';
import { minSizeOf, type Rules } from './rules.js';
import type { Summary } from './summary.js';
import { assumedRequest } from './traces.js';

export interface Import {
  readonly logs: Logs;
  readonly rules: Rules;
  readonly summary: Summary;
  readonly background: readonly BackgroundClass[];
  /** Names of the trace files, beside the scenario: of the uploads, and of each background class. */
  readonly traces: { readonly uploads: string; readonly background: readonly string[] };
  /** Sizes to draw, as the user wrote them. */
  readonly sizesText: string | undefined;
}

/** Median of US fixed broadband, June 2022 (Ookla): the default of a scenario. */
const assumedUplink = '21.6Mbps';

/** Names of logs that are written out; of more, their number is. */
const mostNames = 3;

export function scenarioText(made: Import): string {
  return `${[...head(made), '', ...body(made)].join('\n')}\n`;
}

/** What the logs are called: without their folders, which are nobody's business. */
export function logNames(files: readonly LogFacts[]): string {
  const names = files.map(({ file }) =>
    file === '-' ? 'standard input' : clean(file.split(/[\\/]/).at(-1)!),
  );
  if (names.length <= mostNames) return names.join(', ');
  return `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}

function head(made: Import): string[] {
  const { logs, summary } = made;
  const { account } = logs.collected;
  const formats = [...new Set(logs.files.map(({ reader }) => reader.title))].join('; ');
  return [
    ...comment(
      `The uploads of ${logNames(logs.files)}, as \`valet-sim import\` understood them (${formats}).`,
    ),
    '#',
    '# From the log',
    ...entry(
      'lines',
      `${count(account.lines)} = ${count(account.uploads)} uploads + ${count(account.background)} background requests + ${count(account.skippedLines)} skipped`,
    ),
    ...entry('start', `0s of this scenario is ${writeInstant(logs.collected.first)}`),
    ...entry('period', `${duration(summary.period)}, to ${writeInstant(Math.round(logs.collected.last))}`),
    ...entry('uploads', uploadsLine(made)),
    ...entry('peak', peakLine(summary)),
    ...meanings(made),
    ...[...account.skipped].flatMap(([reason, lines]) => entry('skipped', `${count(lines)} ${reason}`)),
    ...logs.files.flatMap(({ file, broken }) =>
      broken === null ? [] : entry('broken', `${clean(file)} breaks off: ${clean(broken)}`),
    ),
    '#',
    '# What no log can tell',
    ...unknowable(made).flatMap(text => comment(text, '- ')),
    '#',
    '# What is assumed is marked so. Put in what you know of your servers, clients and storage.',
    '# Addresses of clients and query strings of the log are neither here nor in the traces.',
  ];
}

function uploadsLine({ summary, rules, logs, sizesText }: Import): string {
  const { sizes } = summary;
  const drawn = logs.collected.drawn;
  const threshold =
    rules.minSize ??
    minSizeOf(
      rules,
      logs.files.every(({ format }) => format.ofStorage),
    );
  const which = logs.files.every(({ format }) => format.ofStorage)
    ? 'PUTs of objects and of parts'
    : `PUT, POST and PATCH of ${bytes(threshold)} and more`;
  const source =
    drawn === 0
      ? which
      : `sizes of ${count(drawn)} are not in the log and were drawn from ${clean(sizesText ?? '')} (assumed)`;
  return `${count(summary.uploads)} with ${bytes(summary.bytes)} (${source}); p50 ${bytes(sizes.quantile(0.5))}, p99 ${bytes(sizes.quantile(0.99))}, largest ${bytes(sizes.max)}`;
}

export const peakLine = ({ perSecond, perMinute }: Summary): string =>
  `${perSecond.uploads === 1 ? 'one upload' : `${count(perSecond.uploads)} uploads`} began within one second (from ${writeInstant(Math.floor(perSecond.at / second) * second)}), ${count(perMinute.uploads)} within one minute`;

/** What times and sizes mean, of each format once. */
function meanings({ logs, rules, summary, background }: Import): string[] {
  const list = [...new Map(logs.files.map(({ format, reader }) => [format.name, reader.meaning])).values()];
  const texts = (what: keyof Meaning) =>
    [...new Set(list.map(each => each[what]))].filter(text => text !== '');
  const { coarse, drawn, startless } = logs.collected;
  const spread = rules.spread
    ? 'spread over its second evenly at random, always in the same way'
    : 'left at the beginning of its second';
  return [
    ...texts('start').flatMap(text => entry('instants', text)),
    ...(coarse === 0 ? [] : entry('', `${count(coarse)} are known to the second; each was ${spread}`)),
    ...(startless === 0
      ? []
      : entry('', `of ${count(startless)} uploads only the end is logged: they begin here when they ended`)),
    ...(drawn === summary.uploads ? [] : texts('size').flatMap(text => entry('sizes', text))),
    ...(summary.uplinks.count === 0
      ? []
      : texts('uplink').flatMap(text =>
          entry('uplinks', `${text}; a lower bound, of ${count(summary.uplinks.count)} uploads`),
        )),
    ...(background.some(({ services }) => services.length > 0)
      ? texts('service').flatMap(text =>
          entry(
            'service',
            `${text}. Distributions are given as the means of each twentieth of what was observed`,
          ),
        )
      : []),
    ...logs.files
      .flatMap(({ reader }) => reader.notes)
      .filter((note, i, all) => all.indexOf(note) === i)
      .flatMap(note => entry('reading', note)),
  ];
}

function unknowable({ logs, rules, summary }: Import): string[] {
  const { collected } = logs;
  return [
    'How far away clients are (round trips), and how many packets they lose.',
    ...(summary.uplinks.count === 0
      ? ['How fast their uplinks are.']
      : [
          'How fast their uplinks are when nothing else holds an upload up. An observed rate that your servers or their network held down makes every topology here as slow as they were; --no-uplink leaves these rates out.',
        ]),
    ...(logs.files.some(({ format }) => format.ofStorage)
      ? [
          'Whether clients sent the files to storage, or servers of yours on their behalf: then starts and rates are those of the servers.',
        ]
      : []),
    'Which uploads are second tries of the same file: they stand here as uploads of their own, and may be tried again.',
    'Who never got through: connections that were refused or given up before a request leave no line.',
    ...(collected.failed > 0
      ? [
          `How large the ${count(collected.failed)} uploads would have been that failed and were taken all the same: of them, only what arrived is in the log.`,
        ]
      : []),
    ...(rules.failed || ![...collected.account.skipped.keys()].some(reason => reason.startsWith('failed'))
      ? []
      : [
          'How large the uploads would have been that failed: they are left out, so that this is less than what was asked of the servers (--failed takes them at the bytes that arrived).',
        ]),
  ];
}

function body(made: Import): string[] {
  const { logs, summary, background, traces } = made;
  const name = cut(`Uploads of ${logNames(logs.files)}`, 100);
  const observed = summary.uplinks.quantile(0.5);
  return [
    `name: ${JSON.stringify(name)}`,
    '',
    'workload:',
    '  uploads:',
    `    arrivals: { trace: ${JSON.stringify(traces.uploads)} } # ${summary.uploads === 1 ? 'one upload' : `${count(summary.uploads)} uploads`}, ${summary.uplinks.count === 0 ? 'with start and size' : 'with start, size and observed rate'}`,
    ...(background.length === 0 ? [] : ['  background:']),
    ...background.flatMap((one, i) => backgroundItem(one, traces.background[i]!)),
    '',
    'clients:',
    '  - name: as logged',
    ...(observed === null
      ? [`    uplink: ${assumedUplink} # assumed: the log tells no rate`]
      : [
          `    uplink: ${rate(observed)} # the median of the rates observed, for uploads without one of their own (${count(summary.uploads - summary.uplinks.count)})`,
        ]),
    '    downlink: 200Mbps # assumed',
    '    rtt: 40ms # assumed: round trip to the servers and to storage',
    '    loss: 0% # assumed',
    '',
    'client:',
    '  timeout: unlimited # assumed: clients wait as long as it takes',
    '  retry: { attempts: 3, base: 100ms, cap: 20s } # assumed: as the AWS SDK for JavaScript v3 does',
    '',
    'server:',
    '  count: 1 # assumed: servers that share these requests',
    '  threads: 200 # assumed: requests that one server works on at once',
    '  backlog: 8192 # assumed: connections that wait for a thread',
    '  memory: 16GB # assumed: of one server',
    '  cores: 4 # assumed: of one server',
    '  network: 1Gbps # assumed: of one server, in each direction',
    '',
    'storage:',
    '  profile: s3-standard # assumed: gcs-standard, azure-blob-hot, r2 and minio are known, too',
    '',
    'topologies: # each replays exactly these uploads',
    '  - proxy-buffered # a server keeps each body in memory, then sends it on',
    '  - proxy-streaming # a server passes the bytes on as they arrive',
    '  - valet-key # a server signs a URL, the client uploads to storage itself',
    '',
    '# objectives make a check of it: the exit status is 99 when one is missed',
    '# slo:',
    '#   - valet-key: completion.p99 < 5m',
  ];
}

function backgroundItem(one: BackgroundClass, trace: string): string[] {
  const { rows, responses, services, servicesKnown, sizeless } = one;
  return [
    `    - name: ${JSON.stringify(one.name)}`,
    `      arrivals: { trace: ${JSON.stringify(trace)} } # ${rows.length === 1 ? 'one request' : `${count(rows.length)} requests`}${sizeless === 0 ? '' : `; ${count(sizeless)} of unknown size: ${size(assumedRequest)} each (assumed)`}`,
    ...(responses.length === 0
      ? ['      response: 20KB # assumed: the log tells no sizes of answers']
      : [
          `      # bytes of an answer${responses.length === 1 ? '' : ', as observed'}`,
          `      response: ${evenly(responses.map(size), '      ')}`,
        ]),
    ...(services.length === 0
      ? [
          '      service: { exponential: 5ms } # assumed: the log does not tell how long a server works on these',
        ]
      : [
          `      # how long a request keeps its thread, as observed of ${percent(servicesKnown / rows.length)}: an upper bound`,
          `      service: ${evenly(services.map(time), '      ')}`,
        ]),
  ];
}

const lineWidth = 108;

function comment(text: string, lead = ''): string[] {
  return wrap(clean(`${lead}${text}`), lineWidth, ' '.repeat(lead.length)).map(line => `# ${line}`);
}

/** A label with its text, broken into lines beside it. */
function entry(label: string, text: string): string[] {
  const room = 12;
  return wrap(clean(text), lineWidth - room).map(
    (line, i) => `#   ${(i === 0 ? label : '').padEnd(room - 2)}${line}`,
  );
}

export const observedRates = ({ uplinks }: Summary): string =>
  `p1 ${bits(uplinks.quantile(0.01))}, p50 ${bits(uplinks.quantile(0.5))}, p99 ${bits(uplinks.quantile(0.99))}`;
