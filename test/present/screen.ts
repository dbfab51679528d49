import { report } from '../../src/present/sections/report.js';
import { print } from '../../src/present/terminal/print.js';
import { chooseTheme } from '../../src/present/terminal/theme.js';
import { widthOf } from '../../src/present/terminal/width.js';
import type { Result } from '../../src/result.js';

/** What a result looks like on a surface of some width, without colour unless asked for. */
export function show(result: Result, width = 100, env: Record<string, string> = {}): string {
  return print(report(result, { charts: true }), { ...chooseTheme({}, env), width });
}

/** The widest line of a text. */
export function widest(text: string): number {
  return Math.max(...text.split('\n').map(widthOf));
}

/** The part under a heading, up to the next one. */
export function part(text: string, heading: string): string {
  const lines = text.split('\n');
  const from = lines.indexOf(heading);
  if (from < 0) return '';
  const to = lines.findIndex((line, i) => i > from + 1 && headings.has(line));
  return lines.slice(from + 1, to < 0 ? undefined : to).join('\n');
}

const headings = new Set([
  'Uploads',
  'Resources',
  'Thread hold time of an upload',
  'Servers',
  'Failures',
  'Background requests',
  'Cost',
  'Comparison',
  'Objectives',
  'Time to completion',
  'Over time',
]);

/** Cells of the first row that is called so, from every block of a part; two spaces or more part cells. */
export function row(text: string, name: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.trim().split(/\s{2,}/))
    .filter(cells => cells[0] === name)
    .flatMap(cells => cells.slice(1));
}
