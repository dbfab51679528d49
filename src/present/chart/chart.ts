import type { Span, Text, Tone } from '../document/text.js';
import { clean } from '../terminal/text.js';
import { clip, widthOf } from '../terminal/width.js';
import { type Level, levelSample, plot, sampleOf } from './plot.js';
import { type PointAxis, pointTicks } from './point-axis.js';
import { columnOf, type TimeAxis, ticks } from './time-axis.js';
import { rowLabels, type ValueAxis } from './value-axis.js';

/** Lines over one pair of axes. */
export interface Chart {
  readonly value: ValueAxis;
  readonly time: TimeAxis | PointAxis;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  /** Which topology: decides on the kind of line and on its colour. */
  readonly index: number;
  /** One value for each of so many columns of equal width on the axis of time. */
  readonly values: (columns: number) => readonly (number | null)[];
  /** What the values cannot exceed; null where there is nothing. */
  readonly limit: number | null;
}

/** Wider than this, a chart only has longer lines. */
const widest = 160;
const longestName = 60;
const shortName = 20;

/** A legend, the lines above an axis of time, and the values beside them; nothing wider than `width` columns. */
export function drawChart({ value, time, lines }: Chart, width: number): readonly Text[] {
  const labels = rowLabels(value);
  const gutter = Math.max(...labels.map(widthOf));
  const columns = Math.min(width, widest) - gutter - 2;
  const curves = lines.map(({ index, values }) => ({
    values: values(columns),
    style: index,
    tone: { line: index },
  }));
  const levels = limitsOf(lines).map((limit): Level => ({ value: limit, tone: 'dim' }));
  const marks = plot(curves, levels, { top: value.top, rows: value.rows, columns });
  return [
    ...legend(lines, value, Math.min(width, widest)),
    ...marks.map((row, i): Text => {
      const label = labels[i].padStart(gutter);
      return [{ text: `${label} ${labels[i] === '' ? '│' : '┤'}`, tone: 'dim' }, ...trimmed(row)];
    }),
    ...timeLines(time, columns, gutter),
  ];
}

/** What each kind of line stands for, filled to the width. */
function legend(lines: readonly Line[], value: ValueAxis, width: number): Text[] {
  const entries: readonly { readonly sample: string; readonly name: string; readonly tone: Tone }[] = [
    ...lines.map(({ name, index }) => ({ sample: sampleOf(index), name, tone: { line: index } })),
    ...limitsOf(lines).map(limit => ({
      sample: levelSample,
      name: describeLimit(limit, lines, value),
      tone: 'dim' as const,
    })),
  ];
  const rows: (string | Span)[][] = [];
  let room = 0;
  for (const { sample, name, tone } of entries) {
    const words = ` ${clip(clean(name), Math.min(longestName, width - sample.length - 1))}`;
    const taken = sample.length + widthOf(words);
    if (rows.length === 0 || room < taken + 3) {
      rows.push([]);
      room = width;
    } else {
      rows.at(-1)!.push('   ');
      room -= 3;
    }
    rows.at(-1)!.push({ text: sample, tone }, words);
    room -= taken;
  }
  return rows;
}

function limitsOf(lines: readonly Line[]): readonly number[] {
  return [...new Set(lines.map(line => line.limit))].filter(limit => limit !== null);
}

/** "limit 4 GB", "limit 16 GB (four servers)", "limit 4 GB (all but four servers), above the chart" */
function describeLimit(limit: number, lines: readonly Line[], { format, top }: ValueAxis): string {
  const owners = lines.filter(line => line.limit === limit);
  const others = lines.filter(line => line.limit !== limit);
  const named = (list: readonly Line[]) => list.map(({ name }) => clip(clean(name), shortName)).join(', ');
  const whose = owners.length <= others.length ? named(owners) : `all but ${named(others)}`;
  return `limit ${format(limit)}${others.length === 0 ? '' : ` (${whose})`}${limit > top ? ', above the chart' : ''}`;
}

/** The axis, and beneath it the labels of its ticks. */
function timeLines(time: TimeAxis | PointAxis, columns: number, gutter: number): Text[] {
  const axis = Array.from({ length: columns }, () => '─');
  const left = gutter + 2;
  let labels = '';
  for (const { column, label } of ticksOf(time, columns)) {
    if (column >= columns) continue;
    const centred = left + column - Math.floor(label.length / 2);
    const begin = Math.max(0, Math.min(centred, left + columns - label.length));
    if (labels !== '' && begin < labels.length + 1) continue;
    axis[column] = '┬';
    labels = labels.padEnd(begin) + label;
  }
  return [
    { text: `${' '.repeat(gutter + 1)}└${axis.join('')}`, tone: 'dim' },
    { text: labels, tone: 'dim' },
  ];
}

function ticksOf(axis: TimeAxis | PointAxis, columns: number) {
  if ('points' in axis) return pointTicks(axis, columns);
  return ticks(axis, columns).map(({ seconds, label }) => ({
    column: columnOf(axis, seconds, columns),
    label,
  }));
}

function trimmed<T extends { readonly text: string }>(row: readonly T[]): readonly T[] {
  return row.slice(0, row.findLastIndex(mark => mark.text !== ' ') + 1);
}
