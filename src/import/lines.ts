/** A log's bytes -> its lines: from a file or standard input, gzip or not, in bounded memory. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.js';
import { ioReason } from '../present/export/io-reason.js';

/** Bytes after which a line is cut: no server writes such a line. */
export const longestLine = 1_048_576;

/** Lines of a log, some at a time: Latin-1, so that one character is one byte; null stands for one that is too long. */
export type Batch = readonly (string | null)[];

export interface Source {
  /** As the user named it. */
  readonly name: string;
  readonly batches: AsyncIterable<Batch>;
  /** Known when all batches were read; null where all is well. */
  readonly breakage: () => Breakage | null;
}

/** A compressed file that ends before its end. */
export interface Breakage {
  readonly why: string;
  /** The line that it breaks off in: whatever stands in it may be cut off, too. */
  readonly line: string | null;
}

/**
 * Opens a log; `-` is standard input. Nothing is read yet.
 * @throws UserError where there is no such file
 */
export function openLog(name: string): Source {
  if (name !== '-') checkReadable(name);
  let breakage: Breakage | null = null;
  const batches = async function* (): AsyncGenerator<Batch> {
    const splitter = new Splitter();
    try {
      const stream = name === '-' ? process.stdin : createReadStream(name, { highWaterMark: 262_144 });
      for await (const chunk of await unpacked(stream)) yield splitter.push(chunk);
    } catch (error) {
      if (!isZlibError(error)) throw new UserError(`cannot read "${name}": ${ioReason(error)}`);
      breakage = { why: error.message, line: splitter.end()[0] ?? null };
    }
    yield splitter.end();
  };
  return { name, batches: batches(), breakage: () => breakage };
}

function checkReadable(name: string): void {
  try {
    if (statSync(name).isDirectory())
      throw new UserError(`cannot read "${name}": it is a folder; name the logs in it`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read "${name}": ${ioReason(error)}`);
  }
}

/** The bytes themselves, whatever the file is called: what gzip wrote tells it in its first bytes. */
async function unpacked(stream: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks: AsyncIterator<Buffer> = stream[Symbol.asyncIterator]();
  const head = await firstBytes(chunks);
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) return whole();
  const source = Readable.from(whole());
  const gunzip = createGunzip();
  source.on('error', error => gunzip.destroy(error));
  return source.pipe(gunzip);
}

async function firstBytes(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');
}

/** Cuts chunks into lines. The end of a line may be LF or CR LF; the last line needs none. */
export class Splitter {
  #rest = '';
  #tooLong = false;

  push(chunk: Uint8Array): (string | null)[] {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    const lines: (string | null)[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lines.push(this.#line(text.slice(from, end)));
      from = end + 1;
    }
    this.#keep(text.slice(from));
    return lines;
  }

  /** The last line, where it has no end. */
  end(): (string | null)[] {
    return this.#rest === '' && !this.#tooLong ? [] : [this.#line('')];
  }

  #line(tail: string): string | null {
    const whole = this.#rest + tail;
    const tooLong = this.#tooLong || whole.length > longestLine;
    this.#rest = '';
    this.#tooLong = false;
    if (tooLong) return null;
    return whole.endsWith('\r') ? whole.slice(0, -1) : whole;
  }

  #keep(tail: string): void {
    this.#rest += tail;
    if (this.#rest.length <= longestLine) return;
    this.#rest = '';
    this.#tooLong = true;
  }
}
