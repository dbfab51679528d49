/** What a log told, for the terminal. */
import { clean } from '../present/terminal/text.js';
import type { Theme } from '../present/terminal/theme.js';
import { clip, wrap } from '../present/terminal/width.js';
import { bytes, count, duration, percent } from '../readable.js';
import type { Account } from './account.js';
import { second, writeInstant } from './instants.js';
import type { LogFacts, Logs } from './read-logs.js';
import { type Import, logNames, observedRates, peakLine } from './scenario-text.js';

const labelWidth = 12;

/** The digits behind the second may be those of its spreading. */
const toSecond = (at: number): number => Math.floor(at / second) * second;

export function report(made: Import, theme: Theme): string {
  const { logs, summary, background } = made;
  const { collected, files } = logs;
  const { sizes } = summary;
  const lines = [
    theme.paint(clip(clean(logNames(files)), theme.width), 'bold'),
    ...formatsOf(files).flatMap(text => labelled('format', text, theme)),
    ...labelled(
      'period',
      `${writeInstant(toSecond(collected.first))} to ${writeInstant(toSecond(collected.last))}, ${duration(summary.period)}`,
      theme,
    ),
    ...labelled(
      'uploads',
      `${count(summary.uploads)}, ${bytes(summary.bytes)} in all; p50 ${bytes(sizes.quantile(0.5))}, p99 ${bytes(sizes.quantile(0.99))}, largest ${bytes(sizes.max)}`,
      theme,
    ),
    ...labelled('peak', peakLine(summary), theme),
    ...labelled(
      'rates',
      summary.uplinks.count === 0
        ? 'not known from this log; uplinks are assumed'
        : `observed for ${count(summary.uplinks.count)} uploads: ${observedRates(summary)}; lower bounds of the uplinks`,
      theme,
    ),
    ...labelled(
      'background',
      background.length === 0
        ? 'none'
        : background.map(({ name, rows }) => `${clean(name)} ${count(rows.length)}`).join(', '),
      theme,
    ),
    ...files.flatMap(({ broken, file }) =>
      broken === null
        ? []
        : labelled('broken', `${clean(file)} breaks off (${clean(broken)}); what came before is in`, theme),
    ),
    '',
    ...accountLines(logs, theme),
    ...notesOf(files, theme),
  ];
  return `${lines.join('\n')}\n`;
}

/** Every line and what became of it. */
export function accountLines({ collected, files }: Logs, theme: Theme): string[] {
  const { account } = collected;
  const rows: [string, number][] = [
    ['uploads', account.uploads],
    ['background requests', account.background],
    ...account.skipped,
  ];
  const numbers = rows.map(([, lines]) => count(lines));
  const total = count(account.lines);
  const width = Math.max(total.length, ...numbers.map(text => text.length));
  const row = (text: string, label: string, share: string) =>
    [`${text.padStart(width)}  ${share.padStart(6)}  `, clip(clean(label), theme.width - width - 10)].join(
      '',
    );
  return [
    theme.paint('Lines', 'bold'),
    '',
    row(total, files.length === 1 ? 'lines' : `lines of ${count(files.length)} files`, ''),
    ...rows.map(([label, lines], i) =>
      row(
        numbers[i]!,
        i < 2 ? label : `skipped: ${label}`,
        account.lines === 0 ? '' : percent(lines / account.lines),
      ),
    ),
    ...examplesOf(account, theme),
  ];
}

function examplesOf({ examples, skipped }: Account, theme: Theme): string[] {
  if (examples.length === 0) return [];
  const kinds = new Set(examples.map(({ why }) => why));
  const all = [...skipped].filter(([reason]) => kinds.has(reason)).reduce((sum, [, lines]) => sum + lines, 0);
  return [
    '',
    theme.paint(
      examples.length < all
        ? `Lines that could not be read, the first ${examples.length}`
        : 'Lines that could not be read',
      'bold',
    ),
    '',
    ...examples.flatMap(({ file, line, why, text }) => [
      ...wrap(clean(`${file}:${line}: ${why}`), theme.width),
      ...(text === '' ? [] : [theme.paint(`  ${clip(clean(text), Math.min(100, theme.width) - 2)}`, 'dim')]),
    ]),
  ];
}

function formatsOf(files: readonly LogFacts[]): string[] {
  const titles = [...new Set(files.map(({ reader }) => reader.title))];
  if (titles.length <= 1) return titles;
  return titles.map(title => {
    const own = files.filter(({ reader }) => reader.title === title).length;
    return `${title} (${own === 1 ? 'one file' : `${own} files`})`;
  });
}

function notesOf(files: readonly LogFacts[], theme: Theme): string[] {
  const notes = [...new Set(files.flatMap(({ reader }) => reader.notes))];
  return notes.flatMap(note => ['', ...wrap(clean(`note: ${note}`), theme.width)]);
}

function labelled(label: string, text: string, theme: Theme): string[] {
  return wrap(clean(text), Math.max(20, theme.width - labelWidth)).map((line, i) =>
    i === 0 ? `${theme.paint(label.padEnd(labelWidth), 'dim')}${line}` : `${' '.repeat(labelWidth)}${line}`,
  );
}
