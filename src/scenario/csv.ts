/**
 * CSV (RFC 4180) -> typed columns, by one pass over the bytes.
 *
 * Written by hand, since a trace may have millions of rows and each bad cell is to be shown at its line and column:
 * csv-parse gives lines but no columns, and makes a string of every cell. Here a number is read from its bytes; it is
 * exact for up to 15 digits (mantissa and power of ten are exact doubles, so that their
 * quotient is rounded once), and `Number` reads the others.
 */
import { markLength, notText } from './encoding.js';
import { didYouMean } from './nearest.js';
import { type Excerpt, excerptOf } from './source.js';
import { cut, either, isPrintable, quoted } from './text.js';

export interface Column {
  readonly name: string;
  readonly needed: boolean;
  readonly kind: 'number' | 'name';
  /** Bounds of a number: smallest, or greater than it with `positive`; largest. */
  readonly positive?: boolean;
  readonly most?: number;
  /** Characters of a name. */
  readonly longest?: number;
  /** What stands in it, with its unit, for messages. */
  readonly text: string;
}

export interface TableSpec {
  /** What the file is, for messages: `a trace`. */
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly mostRows: number;
  /** Whether columns that are not known are passed over. */
  readonly others: 'refused' | 'ignored';
  /** Columns that are known and have no meaning here, with the reason. */
  readonly senseless?: Readonly<Record<string, string>>;
  readonly mostNames: number;
}

/** Columns by name; numbers are NaN and names -1 where a cell is empty. */
export interface Table {
  readonly rows: number;
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly indices: ReadonlyMap<string, Int32Array>;
  readonly names: readonly string[];
}

export interface CsvProblem {
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly allowed?: string;
  readonly excerpt: Excerpt;
}

const comma = 0x2c;
const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const tab = 0x09;

/** Problems that are kept; the rest is counted. */
const mostProblems = 20;

const longestName = 1024;

const mostColumns = 1000;

/** The problems of one file, the first ones in full. */
export class CsvProblems {
  readonly list: CsvProblem[] = [];
  more = 0;

  add(problem: () => CsvProblem): void {
    if (this.list.length < mostProblems) this.list.push(problem());
    else this.more += 1;
  }

  get any(): boolean {
    return this.list.length > 0;
  }
}

/** Reads a table; what is wrong is added to `problems`, and then there is none. */
export function readTable(bytes: Uint8Array, spec: TableSpec, problems: CsvProblems): Table | undefined {
  const table = new Scanner(bytes, spec, problems).read();
  return problems.any ? undefined : table;
}

class Scanner {
  readonly #bytes: Uint8Array;
  readonly #spec: TableSpec;
  readonly #problems: CsvProblems;
  readonly #decoder = new TextDecoder();
  #at: number;
  /** Line of the row being read, its first byte, and the line after it. */
  #line = 1;
  #lineStart: number;
  #nextLine = 1;
  /** Cells of the row: first and last byte (exclusive), without their quotes; whether quotes stand doubled inside. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #doubled: boolean[] = [];
  #cells = 0;

  constructor(bytes: Uint8Array, spec: TableSpec, problems: CsvProblems) {
    this.#bytes = bytes;
    this.#spec = spec;
    this.#problems = problems;
    this.#at = markLength(bytes);
    this.#lineStart = this.#at;
  }

  read(): Table | undefined {
    const foreign = notText(this.#bytes);
    if (foreign !== undefined) return this.#refuse(this.#at, 'encoding', foreign.message, foreign.allowed);
    const columns = this.#header();
    if (columns === undefined) return undefined;
    const most = this.#countLines();
    const { mostRows, noun } = this.#spec;
    if (most > mostRows + 1)
      return this.#refuse(
        this.#at,
        'range',
        `${noun} has more rows than a run can hold`,
        `at most ${mostRows}`,
      );
    return this.#body(columns, most);
  }

  /** The columns in the order of the file; undefined for one that is passed over. */
  #header(): (Column | undefined)[] | undefined {
    const { columns, noun, others, senseless = {} } = this.#spec;
    const needed = columns.filter(column => column.needed).map(column => column.name);
    const known = columns.map(column => column.name);
    const header = `a header is needed, with ${needed.join(' and ')}`;
    if (this.#at >= this.#bytes.length) return this.#refuse(this.#at, 'empty', `${noun} is empty`, header);
    if (!this.#row()) return undefined;
    const found: (Column | undefined)[] = [];
    if (this.#cells > mostColumns) {
      return this.#refuse(
        this.#at0(),
        'range',
        `${noun} has ${this.#cells} columns`,
        `at most ${mostColumns}`,
      );
    }
    const texts = Array.from({ length: this.#cells }, (_, index) => this.#text(index).trim());
    if (texts.every(text => text === '' || !Number.isNaN(Number(text)))) {
      return this.#refuse(
        this.#at0(),
        'no-header',
        'the header is missing',
        `${header}; optional: ${either(known.filter(name => !needed.includes(name)))}`,
      );
    }
    const before = this.#problems.list.length;
    for (const [index, text] of texts.entries()) {
      const column = columns.find(one => one.name === text);
      if (column !== undefined && texts.indexOf(text) < index) {
        this.#cell(index, 'duplicate-column', `the column ${text} stands twice`, 'keep one of them');
      }
      if (column === undefined && Object.hasOwn(senseless, text)) {
        this.#cell(
          index,
          'unknown-column',
          `the column ${text} has no meaning here: ${senseless[text]}`,
          either(known),
        );
      } else if (column === undefined && others === 'refused') {
        const what =
          text === '' ? `column ${index + 1} has no name` : `${quoted(text)} is not a column of ${noun}`;
        this.#cell(index, 'unknown-column', `${what}${didYouMean(text, known)}`, `known: ${either(known)}`);
      }
      found.push(column);
    }
    for (const name of needed) {
      if (texts.includes(name)) continue;
      this.#refuse(this.#at0(), 'missing-column', `the column ${name} is missing`, header);
    }
    return this.#problems.list.length > before ? undefined : found;
  }

  #body(columns: readonly (Column | undefined)[], most: number): Table | undefined {
    const numbers = new Map<string, Float64Array>();
    const indices = new Map<string, Int32Array>();
    for (const column of columns) {
      if (column?.kind === 'number') numbers.set(column.name, new Float64Array(most));
      else if (column !== undefined) indices.set(column.name, new Int32Array(most));
    }
    const targets = columns.map(column =>
      column === undefined ? undefined : (numbers.get(column.name) ?? indices.get(column.name)),
    );
    const names = new Map<string, number>();
    let rows = 0;
    while (this.#at < this.#bytes.length) {
      if (!this.#row()) continue;
      const blank = this.#cells === 1 && this.#ends[0] === this.#starts[0];
      if (blank && columns.length > 1) continue;
      if (this.#cells !== columns.length) {
        const index = Math.min(this.#cells, columns.length + 1) - 1;
        this.#cell(
          index,
          'ragged',
          `this row has ${this.#cells} cells, the header ${columns.length}`,
          'as many cells as the header has',
        );
        continue;
      }
      for (let index = 0; index < columns.length; index += 1) {
        const column = columns[index];
        if (column === undefined) continue;
        targets[index]![rows] =
          column.kind === 'number' ? this.#number(index, column) : this.#name(index, column, names);
      }
      rows += 1;
    }
    if (rows === 0 && !this.#problems.any) {
      return this.#refuse(
        this.#bytes.length,
        'empty',
        `${this.#spec.noun} has a header and no rows`,
        'one row at least',
      );
    }
    const trim = <T extends Float64Array | Int32Array>(column: T) =>
      column.length === rows ? column : (column.slice(0, rows) as T);
    return {
      rows,
      numbers: new Map(Array.from(numbers, ([name, column]) => [name, trim(column)])),
      indices: new Map(Array.from(indices, ([name, column]) => [name, trim(column)])),
      names: [...names.keys()],
    };
  }

  /** At most so many rows are left. */
  #countLines(): number {
    let count = 1;
    for (let at = this.#bytes.indexOf(newline, this.#at); at >= 0; at = this.#bytes.indexOf(newline, at + 1))
      count += 1;
    return count;
  }

  /** Finds the cells of the next row; false where they cannot be told apart. */
  #row(): boolean {
    const bytes = this.#bytes;
    const length = bytes.length;
    this.#line = this.#nextLine;
    this.#lineStart = this.#at;
    let at = this.#at;
    let cells = 0;
    let whole = true;
    for (;;) {
      let start = at;
      let end: number;
      let doubled = false;
      if (bytes[at] === quote) {
        start = at + 1;
        end = start;
        for (;;) {
          end = bytes.indexOf(quote, end);
          if (end < 0) {
            this.#problem(
              start - 1,
              'quote',
              'this quote is never closed',
              'a closing quote; a quote inside stands doubled',
            );
            this.#at = length;
            return false;
          }
          if (bytes[end + 1] !== quote) break;
          doubled = true;
          end += 2;
        }
        for (
          let line = bytes.indexOf(newline, start);
          line >= 0 && line < end;
          line = bytes.indexOf(newline, line + 1)
        )
          this.#nextLine += 1;
        at = end + 1;
        const after = bytes[at];
        if (at < length && after !== comma && after !== newline && after !== carriageReturn) {
          if (whole)
            this.#problem(at, 'quote', 'text stands after a closing quote', 'a comma or the end of the line');
          whole = false;
          while (at < length && bytes[at] !== comma && bytes[at] !== newline) at += 1;
        }
      } else {
        while (at < length) {
          const byte = bytes[at]!;
          if (byte === comma || byte === newline) break;
          at += 1;
        }
        end = at;
        // The end of the line may be CR LF.
        if (end > start && bytes[end - 1] === carriageReturn && (bytes[at] === newline || at === length))
          end -= 1;
      }
      // Cells beyond every table are counted only: a line may be as long as the file.
      if (cells <= mostColumns) {
        this.#starts[cells] = start;
        this.#ends[cells] = end;
        this.#doubled[cells] = doubled;
      }
      cells += 1;
      if (bytes[at] === carriageReturn) at += 1;
      if (at >= length || bytes[at] !== comma) break;
      at += 1;
    }
    // A lone CR after a closing quote is no end of a line, but nothing else can be meant.
    this.#at = bytes[at] === newline ? at + 1 : at;
    this.#nextLine += 1;
    this.#cells = cells;
    return whole;
  }

  #number(index: number, column: Column): number {
    let start = this.#starts[index]!;
    let end = this.#ends[index]!;
    const bytes = this.#bytes;
    while (start < end && (bytes[start] === space || bytes[start] === tab)) start += 1;
    while (end > start && (bytes[end - 1] === space || bytes[end - 1] === tab)) end -= 1;
    if (start === end) {
      if (column.needed) this.#cell(index, 'missing', `${column.name} is empty`, `${column.text} is needed`);
      return Number.NaN;
    }
    const value = shortDecimal(bytes, start, end) ?? this.#longDecimal(start, end);
    const { positive, most = Number.MAX_VALUE, text } = column;
    if (value === undefined || !(positive === true ? value > 0 : value >= 0) || value > most) {
      const shown = quoted(this.#decoder.decode(bytes.subarray(start, Math.min(end, start + 100))), 40);
      const what =
        value === undefined
          ? `${shown} is not a number`
          : value > most
            ? `${shown} is too large`
            : value < 0
              ? `${shown} is negative`
              : `${shown} is 0`;
      this.#cell(index, value === undefined ? 'type' : 'range', what, `${text} is needed`);
    }
    return value ?? Number.NaN;
  }

  #longDecimal(start: number, end: number): number | undefined {
    if (end - start > 1000) return undefined;
    const text = this.#decoder.decode(this.#bytes.subarray(start, end));
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
  }

  #name(index: number, column: Column, names: Map<string, number>): number {
    if (this.#starts[index] === this.#ends[index]) return -1;
    const text = this.#text(index);
    const known = names.get(text);
    if (known !== undefined) return known;
    const { longest = longestName } = column;
    if (!isPrintable(text) || text.includes('\ufffd')) {
      this.#cell(
        index,
        'range',
        `${quoted(text)} has characters that cannot be shown`,
        `${column.text} in plain UTF-8`,
      );
    } else if (text.length > longest || text.trim() !== text || text === '') {
      const what = text.length > longest ? 'is too long' : 'is blank, or starts or ends with a space';
      this.#cell(index, 'range', `${column.name} ${what}`, `${column.text} of at most ${longest} characters`);
    } else if (names.size >= this.#spec.mostNames) {
      this.#cell(index, 'range', 'there are too many different names', `at most ${this.#spec.mostNames}`);
    }
    names.set(text, names.size);
    return names.size - 1;
  }

  #text(index: number): string {
    // Long enough for every name, and no more of a cell that is none.
    const end = Math.min(this.#ends[index]!, this.#starts[index]! + 4 * longestName + 4);
    const start = this.#starts[index]!;
    const text = this.#decoder.decode(this.#bytes.subarray(start, end));
    return this.#doubled[index] ? text.replaceAll('""', '"') : text;
  }

  /** The start of the row. */
  #at0(): number {
    return this.#lineStart;
  }

  #cell(index: number, code: string, message: string, allowed: string): void {
    this.#problem(this.#starts[index]!, code, message, allowed);
  }

  #refuse(at: number, code: string, message: string, allowed: string): undefined {
    this.#problem(at, code, message, allowed);
    return undefined;
  }

  #problem(at: number, code: string, message: string, allowed: string): void {
    this.#problems.add(() => {
      // A cell in quotes may have begun on an earlier line than the place.
      const before = this.#bytes.subarray(this.#lineStart, at);
      const from =
        before.lastIndexOf(newline) < 0 ? this.#lineStart : this.#lineStart + before.lastIndexOf(newline) + 1;
      let line = this.#line;
      for (let lf = before.indexOf(newline); lf >= 0; lf = before.indexOf(newline, lf + 1)) line += 1;
      const lineEnd = this.#bytes.indexOf(newline, from);
      const end = lineEnd < 0 ? this.#bytes.length : lineEnd;
      const column = this.#decoder.decode(this.#bytes.subarray(from, at)).length;
      const shown = this.#decoder
        .decode(this.#bytes.subarray(from, Math.min(end, at + 1000)))
        .replace(/\r$/, '');
      const atStart = at <= markLength(this.#bytes);
      return {
        code,
        line: atStart ? 1 : line,
        column: column + 1,
        message: cut(message, 300),
        allowed,
        excerpt: excerptOf(shown, column),
      };
    });
  }
}

const powers = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** A decimal of at most 15 digits without exponent, exactly; undefined for anything else. */
function shortDecimal(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > 16) return undefined;
  let mantissa = 0;
  let point = -1;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (bytes[at] === 0x2e && point < 0) point = at;
    else return undefined;
  }
  if (point < 0) return end - start > 15 ? undefined : mantissa;
  if (end - start === 1) return undefined;
  return mantissa / powers[end - point - 1]!;
}
