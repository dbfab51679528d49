import { InvalidArgumentError } from 'commander';
import type { ResultFormat } from '../present/view.js';
import { nearest } from '../scenario/nearest.js';

/** What `--format` takes. */
export const formats: readonly ResultFormat[] = ['table', 'json', 'csv', 'markdown'];
/** The same of commands whose output is no result. */
export const storyFormats = ['table', 'json'] as const;

/** The shells of `completion`. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof shells)[number];

/** Reads one of some words, and names the nearest where it is none of them. */
export function oneOf<Word extends string>(words: readonly Word[]): (value: string) => Word {
  return value => {
    const known = words.find(word => word === value);
    if (known !== undefined) return known;
    const near = nearest(value, words);
    const hint = near === undefined ? '' : `\n(Did you mean ${near}?)`;
    throw new InvalidArgumentError(`Allowed are ${words.join(', ')}.${hint}`);
  };
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

/** The value of `--upload`: a number as in the uploads CSV. */
export function uploadNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('It takes the number of an upload, counted from 0.');
}

/** The value of `--replications` and `--jobs`: a whole number from 1 on. */
export function positive(most: number): (value: string) => number {
  return value => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${most}.`);
  };
}

/** The value of `--precision`: a share of the mean, as `2%`. */
export function share(value: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*%$/.exec(value.trim());
  const number = match === null ? Number.NaN : Number(match[1]) / 100;
  if (number > 0 && number < 1) return number;
  throw new InvalidArgumentError('It takes a percentage between 0% and 100%, such as 2%.');
}
