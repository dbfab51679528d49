/**
 * The points of a parameter study that are finished, in a file that grows as they come: an interrupted study goes on
 * where it stopped, unless what it was about has changed since.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from '../../present/export/file.js';

interface Saved<Point> {
  readonly key: string;
  readonly points: readonly Point[];
}

/** A point is known by its values. */
interface Known {
  readonly values: readonly string[];
}

export class SavedPoints<Point extends Known> {
  private readonly points = new Map<string, Point>();

  /** @param key changes with everything on which the figures of a point depend; `file` null: nothing is kept */
  constructor(
    private readonly file: string | null,
    private readonly key: string,
  ) {
    for (const point of file === null ? [] : read<Point>(file, key))
      this.points.set(idOf(point.values), point);
  }

  get(values: readonly string[]): Point | undefined {
    return this.points.get(idOf(values));
  }

  async add(point: Point): Promise<void> {
    this.points.set(idOf(point.values), point);
    if (this.file === null) return;
    const saved: Saved<Point> = { key: this.key, points: [...this.points.values()] };
    await writeFile(this.file, [JSON.stringify(saved)]);
  }
}

function idOf(values: readonly string[]): string {
  return JSON.stringify(values);
}

/** What another study has left, or nobody, or somebody who was not us, is no reason to fail: it is done again. */
function read<Point>(file: string, key: string): readonly Point[] {
  try {
    const saved: Saved<Point> = JSON.parse(readFileSync(file, 'utf8'));
    return saved.key === key ? saved.points : [];
  } catch {
    return [];
  }
}

/** One word for all of these; of files, their contents count. */
export function keyOf(parts: readonly unknown[], files: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts));
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}
