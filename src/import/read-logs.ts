/** All lines of all logs, each accounted for. */
import { UserError } from '../errors.js';
import { notText } from '../scenario/encoding.js';
import { Collector } from './collector.js';
import { isAside, type LogFormat, type LogReader } from './formats/format.js';
import { detect } from './formats/registry.js';
import { type Batch, longestLine, openLog, type Source } from './lines.js';
import type { Rules } from './rules.js';

/** Lines from which the format is told. */
const sampleLines = 500;

/** What was read of one log. */
export interface LogFacts {
  readonly file: string;
  readonly format: LogFormat;
  readonly reader: LogReader;
  readonly broken: string | null;
}

export interface Logs {
  readonly files: readonly LogFacts[];
  readonly collected: Collector;
}

/**
 * Reads logs to their ends.
 * @param format of all of them; undefined: of each, what its first lines tell
 * @throws UserError where a file cannot be read or its format cannot be told
 */
export async function readLogs(
  names: readonly string[],
  format: LogFormat | undefined,
  rules: Rules,
): Promise<Logs> {
  const collected = new Collector(rules);
  const files: LogFacts[] = [];
  for (const source of names.map(openLog)) files.push(await readLog(source, format, collected));
  return { files, collected };
}

async function readLog(
  source: Source,
  asked: LogFormat | undefined,
  collected: Collector,
): Promise<LogFacts> {
  const batches = source.batches[Symbol.asyncIterator]();
  const head: (string | null)[] = [];
  let ended = false;
  // What is blank tells nothing.
  while (!ended && head.filter(line => line !== null && line.trim() !== '').length < sampleLines) {
    const next = await batches.next();
    if (next.done === true) ended = true;
    else for (const line of next.value) head.push(line);
  }
  if (head[0]?.startsWith('\u00ef\u00bb\u00bf') === true) head[0] = head[0].slice(3);
  const sample = head.filter(line => line !== null && line.trim() !== '').slice(0, sampleLines) as string[];
  const format = asked ?? detect(sample);
  if (format === undefined) throw new UserError(unknownFormat(source, sample));
  const reader = format.open(sample);
  const lines = new Lines(source.name, reader, collected);
  lines.add(head);
  while (!ended) {
    const next = await batches.next();
    if (next.done === true) ended = true;
    else lines.add(next.value);
  }
  const breakage = source.breakage();
  lines.addCut(breakage?.line ?? null);
  return { file: source.name, format, reader, broken: breakage?.why ?? null };
}

/** The lines of one log, one after the other. */
class Lines {
  readonly #file: string;
  readonly #reader: LogReader;
  readonly #collected: Collector;
  #number = 0;

  constructor(file: string, reader: LogReader, collected: Collector) {
    this.#file = file;
    this.#reader = reader;
    this.#collected = collected;
  }

  /** The line in which a compressed file breaks off. */
  addCut(line: string | null): void {
    if (line === null) return;
    const { account } = this.#collected;
    account.lines += 1;
    account.malformed('the file breaks off here', this.#file, this.#number + 1, line);
  }

  add(batch: Batch): void {
    const { account } = this.#collected;
    for (const line of batch) {
      this.#number += 1;
      account.lines += 1;
      if (line === null) {
        account.malformed(`longer than ${longestLine} bytes`, this.#file, this.#number, '');
        continue;
      }
      if (line.trim() === '') {
        account.skip('blank lines');
        continue;
      }
      const reading = this.#reader.read(line);
      if (!isAside(reading)) this.#collected.add(reading);
      else if (reading.malformed) account.malformed(reading.aside, this.#file, this.#number, line);
      else account.skip(reading.aside);
    }
  }
}

function unknownFormat({ name, breakage }: Source, sample: readonly string[]): string {
  const file = name === '-' ? 'standard input' : name;
  const broken = breakage()?.why;
  if (broken !== undefined) return `${file}: this compressed file cannot be unpacked (${broken})`;
  if (sample.length === 0) return `${file}: the log is empty; a log with at least one upload is needed`;
  const foreign = notText(Buffer.from(sample.join('\n').slice(0, 4096), 'latin1'));
  if (foreign !== undefined)
    return `${file}: ${foreign.message}; an access log in plain text or gzip is needed`;
  const first = Buffer.from(sample[0]!.slice(0, 100), 'latin1').toString('utf8');
  return (
    `${file}: no line of the first ${sample.length} is one of an access log that is known here; the first is\n` +
    `  ${first.trim()}\n` +
    'known: nginx (combined, also with more fields; JSON; name=value), AWS Application Load Balancer, Amazon S3.\n' +
    'For another nginx log_format, give it in single quotes: --log-format \'$remote_addr [$time_local] "$request" ...\''
  );
}
