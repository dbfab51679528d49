/** A scenario to start from: every line says what it is for. */
import { type Answers, isRate, namesIn } from './questions.js';

/** @param withSchema whether the JSON Schema of scenarios lies beside the file */
export function scenarioText(answers: Answers, withSchema: boolean): string {
  const { size, uplink, threads, memory, network } = answers;
  const lines: (string | readonly [text: string, comment: string])[] = [
    ...schemaLines(withSchema),
    '#',
    '# A scenario of valet-sim: who uploads what, through which servers, by which designs.',
    '#   valet-sim check FILE    is it valid?',
    '#   valet-sim run FILE      what happens?',
    '# A number needs its unit (50MB, 5MiB, 1Gbps, 90MB/s, 15m, 250ms, 20/s, 0.1%). What is left out has a default.',
    '',
    [`name: ${JSON.stringify(titleOf(answers))}`, 'title of tables and charts'],
    ['seed: 1', 'the same seed gives the same numbers; another one, other draws'],
    '',
    ['workload:', 'what is asked of the system'],
    ['  uploads:', 'the uploads under study'],
    ...arrivalLines(answers),
    [`    size: ${size}`, 'bytes of a file; also {lognormal: {median: 8MB, cv: 1.5}}'],
    ['  background:', 'other requests to the same servers: how do they fare beside the uploads?'],
    ['    - name: GET /feed', 'a class of requests; there may be several'],
    [`      arrivals: { rate: 20/s, for: ${backgroundSpan(answers)} }`, 'how many come, and for how long'],
    ['      response: 20KB', 'bytes of an answer'],
    ['      service: { exponential: 5ms }', 'how long each waits for a database, say, and keeps its thread'],
    '',
    ['clients:', 'who uploads; several classes may have a weight each'],
    ['  - name: broadband', 'name of the class'],
    [`    uplink: ${uplink}`, 'payload bandwidth from the client; also a distribution'],
    ['    downlink: 200Mbps', 'payload bandwidth to the client'],
    ['    rtt: 40ms', 'round trip; also {server: 60ms, storage: 30ms}'],
    ['    loss: 0%', 'lost packets; they bound the rate of a connection'],
    '',
    ['client:', 'how clients behave'],
    ['  timeout: unlimited', 'of one attempt, e.g. 15m'],
    ['  retry: { attempts: 3, base: 1s, cap: 20s }', 'attempts in all; pauses double from base to cap'],
    '',
    ['server:', 'the servers behind the load balancer'],
    ['  count: 1', 'how many there are'],
    [`  threads: ${threads}`, 'requests that one works on at once'],
    ['  backlog: 8192', 'connections that wait for a thread; more are refused'],
    [`  memory: ${memory}`, 'of one server; a buffering proxy that needs more dies'],
    ['  cores: 4', 'of one server'],
    [`  network: ${network}`, 'of one server, in each direction'],
    ['  restart: 30s', 'time that a server that died is away'],
    '',
    ['storage:', 'where the files go'],
    ['  profile: s3-standard', 'or gcs-standard, azure-blob-hot, r2, minio; any value may be overridden'],
    '',
    ['valetKey:', 'the signed URL'],
    ['  ttl: 15m', 'how long it is valid'],
    ['  notify: client', 'who tells the server that the file is there: client, storage or none'],
    '',
    ['topologies:', 'the designs under test; each gets the same workload'],
    ...namesIn(answers.topology).map((name): [string, string] => [`  - ${name}`, about[name] ?? 'a design']),
    '',
    '# Objectives make a check of it: the exit status of a run is 99 when one is missed.',
    '# slo:',
    '#   - valet-key: completion.p99 < 5m',
    '#   - all: failed < 0.1%',
  ];
  const width = 46;
  return `${lines.map(line => (typeof line === 'string' ? line : `${line[0].padEnd(width)} # ${line[1]}`)).join('\n')}\n`;
}

const about: Readonly<Record<string, string>> = {
  'proxy-buffered': 'a server keeps each body in memory, then sends it on',
  naive: 'a server keeps each body in memory, then sends it on',
  'proxy-spooled': 'a server keeps each body on its disk, then sends it on',
  'proxy-streaming': 'a server passes the bytes on as they arrive',
  'valet-key': 'a server signs a URL, the client uploads to storage itself',
  'valet-key-multipart': 'the same with one URL for each part of a file',
};

function arrivalLines({ uploads, for: span }: Answers): [string, string][] {
  if (isRate(uploads))
    return [
      [`    arrivals: { rate: ${uploads}, for: ${span} }`, 'so many per time, independent of each other'],
    ];
  return isZero(span)
    ? [[`    arrivals: { count: ${uploads}, at: 0s }`, 'all at once; spread out: { count: 1000, over: 10m }']]
    : [[`    arrivals: { count: ${uploads}, over: ${span} }`, 'each at a random instant of this time']];
}

const isZero = (span: string): boolean => !/[1-9]/.test(span);

/** As long as uploads come, and ten minutes where they come at once. */
const backgroundSpan = ({ for: span }: Answers): string => (isZero(span) ? '10m' : span);

function titleOf({ uploads, for: span, size }: Answers): string {
  const of = /^[\d.]+ ?[A-Za-z]+$/.test(size) ? ` of ${size}` : '';
  if (isRate(uploads)) return `${uploads} uploads${of} for ${span}`;
  return `${uploads} uploads${of} ${isZero(span) ? 'at once' : `over ${span}`}`;
}

function schemaLines(withSchema: boolean): string[] {
  if (withSchema) return ['# yaml-language-server: $schema=./scenario.schema.json'];
  return [
    '# To have an editor complete and check this file: valet-sim schema > scenario.schema.json',
    '# and as the first line, without the quotes: "# yaml-language-server: $schema=./scenario.schema.json"',
  ];
}
