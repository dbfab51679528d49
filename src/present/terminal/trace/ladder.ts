import type { JourneyStep, StepType } from '../../../journey.js';
import { widthOf, wrap } from '../width.js';
import type { Paint, Palette } from './palette.js';

/** Where the lifelines stand in a panel. */
export interface Lifelines {
  readonly width: number;
  /** Columns that the time takes. */
  readonly time: number;
  readonly client: number;
  readonly server: number;
  readonly storage: number;
}

/** @param time columns that the time takes, before the ladder. */
export function lifelines(width: number, time: number): Lifelines {
  const client = time + 3;
  const storage = width - 4;
  return { width, time, client, server: Math.round((client + storage) / 2), storage };
}

function columnOf(place: string, lines: Lifelines): number {
  if (place === 'client' || place === 'storage') return lines[place];
  // It has no lifeline of its own: it stands before the servers.
  return place === 'gateway' ? Math.round((lines.client + lines.server) / 2) : lines.server;
}

/** The names over the lifelines. */
export function names(lines: Lifelines): string {
  const row = Array.from({ length: lines.width }, () => ' ');
  for (const name of ['client', 'server', 'storage'] as const) {
    const from = Math.min(lines[name] - Math.floor(name.length / 2), lines.width - name.length);
    [...name].forEach((letter, i) => {
      row[from + i] = letter;
    });
  }
  return row.join('').trimEnd();
}

/** Lifelines and nothing else, without the time's columns. */
function bare({ width, time, client, server, storage }: Lifelines): string[] {
  return Array.from({ length: width - time }, (_, i) =>
    [client, server, storage].includes(i + time) ? '│' : ' ',
  );
}

interface Stroke {
  readonly line: string;
  readonly cross: string;
  readonly tailRight: string;
  readonly tailLeft: string;
}
const thin: Stroke = { line: '─', cross: '┼', tailRight: '├', tailLeft: '┤' };
const thick: Stroke = { line: '━', cross: '┿', tailRight: '┝', tailLeft: '┥' };

/** An arrow between two lifelines, painted; handshakes have a head at either end. */
export function arrow(
  { type, from, to }: Pick<JourneyStep, 'type' | 'from' | 'to'>,
  lines: Lifelines,
  paint: Paint,
  { response, dim }: Palette,
): string {
  const { time, server } = lines;
  const [a, b] = [columnOf(from, lines) - time, columnOf(to, lines) - time];
  const [left, right] = [Math.min(a, b), Math.max(a, b)];
  const stroke = type === 'bytes' ? thick : thin;
  const row = bare(lines);
  const shaft = Array.from({ length: right - left - 1 }, (_, i) =>
    left + 1 + i === server - time ? stroke.cross : stroke.line,
  );
  const isBoth = type === 'handshake';
  if (a < b || isBoth) shaft[shaft.length - 1] = '►';
  if (a > b || isBoth) shaft[0] = '◄';
  row[left] = a < b && !isBoth ? stroke.tailRight : '│';
  row[right] = a > b && !isBoth ? stroke.tailLeft : '│';
  const half = isBoth ? Math.ceil(shaft.length / 2) : 0;
  const body = response(shaft.slice(0, half).join('')) + paint(shaft.slice(half).join(''));
  return `${dim(row.slice(0, left + 1).join(''))}${body}${dim(row.slice(right).join('').trimEnd())}`;
}

const marks: Readonly<Record<StepType, string>> = {
  handshake: '',
  request: '',
  response: '',
  bytes: '',
  work: '■',
  wait: '○',
  note: '•',
};

/** Words beside or over the lifelines: one line or, where they are many, several. */
export function words(
  text: string,
  { type, from, to }: Pick<JourneyStep, 'type' | 'from' | 'to'>,
  lines: Lifelines,
  paint: Paint,
  dim: Paint,
): string[] {
  const { width, time, client, server } = lines;
  const mark = marks[type];
  const column = Math.min(columnOf(from, lines), columnOf(to, lines));
  const size = widthOf(text);
  if (mark === '') {
    const start = Math.max(client + 2, Math.min(column + 2, width - size));
    return wrap(text, width - start).map(line => overlay(line, start - time, lines, paint, dim));
  }
  if (column + 2 + size <= width) return [overlay(`${mark} ${text}`, column - time, lines, paint, dim)];
  if (column === lines.storage && size + 2 <= column - server - 1)
    return [overlay(`${text} ${mark}`, column - time - size - 1, lines, paint, dim)];
  return wrap(`${mark} ${from}: ${text}`, width - client - 2, '  ').map(line =>
    overlay(line, client + 2 - time, lines, paint, dim),
  );
}

/** A row of lifelines on which a text lies. */
function overlay(text: string, from: number, lines: Lifelines, paint: Paint, dim: Paint): string {
  const row = bare(lines);
  const before = row.slice(0, from).join('');
  const after = row.slice(from + widthOf(text)).join('');
  return `${dim(before)}${paint(text)}${dim(after.trimEnd())}`;
}
