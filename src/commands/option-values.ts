import { InvalidArgumentError } from 'commander';
import type { ResultFormat } from '../present/view.js';

const formats: readonly ResultFormat[] = ['table', 'json', 'csv', 'markdown'];

/** The value of `--format`. */
export function format(value: string): ResultFormat {
  const known = formats.find(name => name === value);
  if (known !== undefined) return known;
  const near = formats.find(name => value !== '' && name[0] === value[0].toLowerCase());
  throw new InvalidArgumentError(
    `Allowed are ${formats.join(', ')}.${near === undefined ? '' : `\n(Did you mean ${near}?)`}`,
  );
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
