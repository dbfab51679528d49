import { readFileSync } from 'node:fs';

/** The rows of a CSV file without quotes, by the names of its header. */
export function csvRows(file: URL): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header!.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

/** A CSV text from rows of numbers. */
export function csvText(header: string, rows: readonly (readonly (number | string)[])[]): string {
  return `${header}\n${rows.map(row => row.join(',')).join('\n')}\n`;
}
