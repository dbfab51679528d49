/**
 * JSON that people read and diff: two spaces of indentation, a list of plain values on one line (a time series
 * is one line, not 240), keys in the order in which the result holds them, which is the order of the format.
 *
 * @throws Error where a value is none that JSON knows (NaN, Infinity, undefined): a result that holds one is
 * wrong, and JSON.stringify would hide it as null.
 */
export function toJson(value: unknown): string {
  return `${write(value, '', '')}\n`;
}

function write(value: unknown, indent: string, path: string): string {
  if (isPlain(value)) return plain(value, path);
  if (Array.isArray(value)) return writeList(value, indent, path);
  if (typeof value === 'object' && value !== null) return writeObject(value, indent, path);
  throw unfit(value, path);
}

function writeList(list: readonly unknown[], indent: string, path: string): string {
  if (list.every(isPlain)) return `[${list.map((item, i) => plain(item, `${path}[${i}]`)).join(', ')}]`;
  const inner = `${indent}  `;
  return `[\n${list.map((item, i) => inner + write(item, inner, `${path}[${i}]`)).join(',\n')}\n${indent}]`;
}

function writeObject(value: object, indent: string, path: string): string {
  const entries: readonly [string, unknown][] = Object.entries(value);
  if (entries.length === 0) return '{}';
  const inner = `${indent}  `;
  const lines = entries.map(([key, item]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return `${inner}${JSON.stringify(key)}: ${write(item, inner, at)}`;
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

type Plain = string | number | boolean | null;

function isPlain(value: unknown): value is Plain {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function plain(value: Plain, path: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw unfit(value, path);
  return JSON.stringify(value);
}

function unfit(value: unknown, path: string): Error {
  return new Error(`the result holds ${String(value)} at "${path}", which JSON cannot say`);
}
