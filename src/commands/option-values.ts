import { InvalidArgumentError } from 'commander';
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
