/**
 * YAML text -> tree with places. One document of YAML 1.2; no tags, merge keys or duplicate keys. Everything that
 * could make reading it slow, deep or large is bounded before the YAML library builds anything.
 */
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
} from 'yaml';
import type { Path } from './problem.js';
import { cut, escapeText, quoted } from './text.js';
import type { Entry, Place, Tree } from './tree.js';

export const mostLevels = 100;
export const mostAliases = 100;

/** Lexical tokens; a line such as `threads: 200` has five. */
export const mostTokens = 300_000;

/** Syntax errors follow from each other: after some, more say nothing new. */
const mostSyntaxErrors = 10;

/** Takes a problem: where, at which path of the document, and what. */
export type Complain = (
  place: Place,
  path: Path,
  problem: { readonly code: string; readonly message: string; readonly allowed?: string },
) => void;

/**
 * Reads one YAML document.
 * @param at turns an offset into the text into a place
 * @returns the tree, or undefined where the syntax is so broken that there is none; an empty text is a null scalar
 */
export function readDocument(
  text: string,
  at: (offset: number) => Place,
  complain: Complain,
): Tree | undefined {
  const tokens = tokenize(text, at, complain);
  if (tokens === undefined) return undefined;
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'core',
    logLevel: 'silent',
  });
  let first: Document.Parsed | undefined;
  for (const document of composer.compose(tokens, true, text.length)) {
    if (first === undefined) first = document;
    else {
      complain(at(document.range[0]), [], {
        code: 'documents',
        message: 'a second YAML document starts here',
        allowed: 'a scenario file holds one: remove the "---" or use a file for each',
      });
      break;
    }
  }
  if (first === undefined) return { kind: 'scalar', value: null, place: at(0) };
  if (first.errors.length > 0) {
    for (const error of first.errors.slice(0, mostSyntaxErrors)) {
      complain(at(error.pos[0]), [], { code: 'syntax', ...syntaxMessage(error.code, error.message) });
    }
    return undefined;
  }
  return new Reader(at, complain).read(first.contents);
}

/** The concrete syntax, or undefined where the text is too deep or has too much in it. */
function tokenize(text: string, at: (offset: number) => Place, complain: Complain): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > mostTokens) {
      complain(at(parser.offset), [], {
        code: 'too-large',
        message: 'the scenario has too many values',
        allowed: `at most ${mostTokens} words and marks; long lists belong in a CSV (arrivals: {trace: FILE.csv}, {empirical: FILE.csv})`,
      });
      return undefined;
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > mostLevels && levels(parser.stack) > mostLevels) {
      complain(at(parser.offset), [], {
        code: 'too-deep',
        message: `values are nested more than ${mostLevels} levels deep`,
        allowed: 'no scenario needs more than ten',
      });
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  for (const token of tokens) {
    if (token.type === 'directive' && !/^%YAML[ \t]+1\.2\s*$/.test(token.source)) {
      complain(at(token.offset), [], {
        code: 'directive',
        message: `the directive ${quoted(token.source.trim(), 40)} is not taken`,
        allowed: 'only "%YAML 1.2", or none',
      });
      return undefined;
    }
  }
  return tokens;
}

const collections = new Set(['block-map', 'block-seq', 'flow-collection']);

const levels = (stack: readonly CST.Token[]): number =>
  stack.filter(token => collections.has(token.type)).length;

/** The library's words where they help, ours where a remedy is known. */
function syntaxMessage(code: string, message: string): { message: string; allowed?: string } {
  // Without a default: what has no case, or leaves one, ends below.
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents this line', allowed: 'YAML is indented with spaces' };
    case 'BAD_INDENT':
      if (/flow/i.test(message)) break;
      return {
        message: 'the indentation does not fit the lines above',
        allowed: 'keys of one mapping start in one column',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a second ": " stands in this line',
        allowed: 'put a value with ": " in it in quotes',
      };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'this is more than can be read', allowed: 'a scenario of ordinary size' };
    case 'MISSING_CHAR':
    case 'UNEXPECTED_TOKEN':
    case 'BAD_DQ_ESCAPE':
      return {
        message: `not valid YAML: ${message}`,
        allowed: 'check brackets, quotes and colons (a space follows each colon)',
      };
    case 'BAD_SCALAR_START':
      return { message: `not valid YAML: ${message}`, allowed: 'put the value in quotes' };
    case 'BAD_ALIAS':
      return {
        message: `not valid YAML: ${message}`,
        allowed: 'an anchor (&name) stands before its alias (*name)',
      };
  }
  return { message: `not valid YAML: ${message}`, allowed: 'check brackets, quotes and indentation' };
}

/** Thrown to leave a document that is not worth reading on; never leaves this file. */
class Abandoned extends Error {}

class Reader {
  readonly #at: (offset: number) => Place;
  readonly #complain: Complain;
  readonly #anchors = new Map<
    string,
    { readonly tree: Tree; readonly height: number; readonly aliases: number }
  >();
  readonly #open = new Set<string>();
  #aliases = 0;
  /** Height of the tree read last: 0 for a scalar. */
  #height = 0;

  constructor(at: (offset: number) => Place, complain: Complain) {
    this.#at = at;
    this.#complain = complain;
  }

  read(contents: Node | null): Tree | undefined {
    try {
      return this.#read(contents, [], 0, 0);
    } catch (error) {
      if (error instanceof Abandoned) return undefined;
      throw error;
    }
  }

  #read(node: Node | null, path: Path, level: number, fallback: number): Tree {
    const offset = node?.range?.[0] ?? fallback;
    const place = this.#at(offset);
    this.#height = 0;
    if (node === null) return { kind: 'scalar', value: null, place };
    if (isAlias(node)) return this.#alias(node.source, place, path, level);
    if (node.tag !== undefined) {
      this.#complain(place, path, {
        code: 'tag',
        message: `the tag ${quoted(node.tag.replace('tag:yaml.org,2002:', '!!'), 40)} is not taken`,
        allowed: 'remove it: a scenario has plain values only',
      });
    }
    const anchor = 'anchor' in node ? (node.anchor as string | undefined) : undefined;
    const before = this.#aliases;
    if (anchor !== undefined) this.#open.add(anchor);
    const tree = this.#value(node, place, path, level);
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, { tree, height: this.#height, aliases: this.#aliases - before });
    }
    return tree;
  }

  #value(node: Node, place: Place, path: Path, level: number): Tree {
    if (isMap(node)) {
      let height = 0;
      const entries = new Map<string, Entry>();
      for (const pair of node.items) {
        const keyNode = pair.key as Node | null;
        const keyOffset = keyNode?.range?.[0] ?? 0;
        const key = this.#key(keyNode, path);
        const value = this.#read(
          pair.value as Node | null,
          key === undefined ? path : [...path, key],
          level + 1,
          keyOffset,
        );
        height = Math.max(height, this.#height + 1);
        if (key === undefined) continue;
        if (entries.has(key)) {
          this.#complain(this.#at(keyOffset), [...path, key], {
            code: 'duplicate-key',
            message: `the key ${quoted(key)} stands twice in this mapping`,
            allowed: 'keep one of them',
          });
        } else entries.set(key, { keyPlace: this.#at(keyOffset), value });
      }
      this.#height = height;
      return { kind: 'map', entries, place };
    }
    if (isSeq(node)) {
      let height = 0;
      const items = node.items.map((item, index) => {
        const tree = this.#read(item as Node | null, [...path, index], level + 1, node.range?.[0] ?? 0);
        height = Math.max(height, this.#height + 1);
        return tree;
      });
      this.#height = height;
      return { kind: 'list', items, place };
    }
    const value: unknown = isScalar(node) ? node.value : null;
    const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'scalar', value: known ? value : null, place };
  }

  /** A mapping's key as text, or undefined where it is none that a scenario can have. */
  #key(node: Node | null, path: Path): string | undefined {
    const place = this.#at(node?.range?.[0] ?? 0);
    if (!isScalar(node)) {
      this.#complain(place, path, {
        code: 'key',
        message: 'a key is not a word',
        allowed: 'keys are plain text',
      });
      return undefined;
    }
    if (node.tag !== undefined)
      this.#complain(place, path, { code: 'tag', message: 'a key has a tag', allowed: 'remove it' });
    if (typeof node.value !== 'string') {
      const text = node.source ?? String(node.value);
      this.#complain(place, path, {
        code: 'key',
        message:
          text === '' || node.value === null ? 'a key is empty' : `the key ${quoted(text)} is not text`,
        allowed: 'write keys as text, in quotes if they look like a number',
      });
      return undefined;
    }
    if (node.value === '<<') {
      this.#complain(place, path, {
        code: 'merge-key',
        message: 'the merge key "<<" is not part of YAML 1.2',
        allowed: 'repeat the keys, or override them per topology',
      });
      return undefined;
    }
    if (node.value === '__proto__') {
      this.#complain(place, path, {
        code: 'key',
        message: 'the key "__proto__" is not taken',
        allowed: 'remove it',
      });
      return undefined;
    }
    return node.value;
  }

  #alias(name: string, place: Place, path: Path, level: number): Tree {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) {
      const itself = this.#open.has(name);
      const shown = escapeText(cut(name, 40));
      this.#complain(place, path, {
        code: 'alias',
        message: itself
          ? `the alias *${shown} contains itself`
          : `no anchor &${shown} stands before this alias`,
        allowed: 'repeat the value',
      });
      throw new Abandoned();
    }
    this.#aliases += 1 + anchored.aliases;
    if (this.#aliases > mostAliases || level + anchored.height > mostLevels) {
      this.#complain(place, path, {
        code: 'aliases',
        message:
          this.#aliases > mostAliases
            ? `aliases expand to more than ${mostAliases} copies`
            : `aliases nest values more than ${mostLevels} levels deep`,
        allowed: 'repeat the values that are needed',
      });
      throw new Abandoned();
    }
    this.#height = anchored.height;
    return anchored.tree;
  }
}
