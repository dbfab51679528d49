import { InvalidArgumentError } from 'commander';
import { type Play, plays } from '../journey.js';
import type { ResultFormat } from '../present/view.js';
import { nearest } from '../scenario/nearest.js';

/** What `--format` takes. */
export const formats: readonly ResultFormat[] = ['table', 'json', 'csv', 'markdown'];

/** The value of `--format`. */
export function format(value: string): ResultFormat {
  const known = formats.find(name => name === value);
  if (known !== undefined) return known;
  throw notAllowed(value, formats);
}

/** The shells of `completion`. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof shells)[number];

/** The argument of `completion`. */
export function shell(value: string): ShellName {
  const known = shells.find(name => name === value);
  if (known !== undefined) return known;
  throw notAllowed(value, shells);
}

function notAllowed(value: string, allowed: readonly string[]): InvalidArgumentError {
  const near = nearest(value, allowed);
  const hint = near === undefined ? '' : `\n(Did you mean ${near}?)`;
  return new InvalidArgumentError(`Allowed are ${allowed.join(', ')}.${hint}`);
}

/** The value of `--topology`: names separated by commas; given again, the lists add up. */
export function names(value: string, before: readonly string[] = []): readonly string[] {
  const list = value
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  if (list.length === 0) throw new InvalidArgumentError('It takes names, separated by commas.');
  return [...new Set([...before, ...list])];
}

/** The value of `trace --format`. */
export function traceFormat(value: string): 'table' | 'json' {
  if (value === 'table' || value === 'json') return value;
  throw new InvalidArgumentError(`Allowed are table, json.${hint(nearest(value, ['table', 'json']))}`);
}

/** The value of `--upload`: a number as in the uploads CSV. */
export function uploadNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('It takes the number of an upload, counted from 0.');
}

/** The value of `--play`. */
export function play(value: string): Play {
  const known = plays.find(name => name === value);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(`Allowed are ${plays.join(', ')}.${hint(nearest(value, plays))}`);
}

function hint(near: string | undefined): string {
  return near === undefined ? '' : `\n(Did you mean ${near}?)`;
}
