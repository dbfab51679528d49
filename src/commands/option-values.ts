import { InvalidArgumentError } from 'commander';
import { UserError } from '../errors.js';
import { type Play, plays } from '../journey.js';
import type { ResultFormat } from '../present/view.js';
import { nearest } from '../scenario/nearest.js';
import { laterFormats, notYet } from './later.js';

const formats: readonly ResultFormat[] = ['table', 'json', 'csv'];

/** The value of `--format`. */
export function format(value: string): ResultFormat {
  const known = formats.find(name => name === value);
  if (known !== undefined) return known;
  if (laterFormats.some(name => name === value)) throw new UserError(notYet(`--format ${value}`));
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
