/** The values that stand in access logs. NaN is what is not there (`-`, nothing) or is no such value. */

/** A whole number of bytes. */
export function bytesOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** Seconds as a decimal, in whole microseconds; -1, which AWS writes where there is none, is NaN. */
export function secondsOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}(\.\d{1,9})?$/.test(text)
    ? Math.round(Number(text) * 1e6)
    : Number.NaN;
}

/** An HTTP status: three digits. */
export function statusOf(text: string | undefined): number {
  return text !== undefined && /^\d{3}$/.test(text) ? Number(text) : Number.NaN;
}

export interface RequestLine {
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
}

/** `PUT https://host:443/a/b?c HTTP/1.1` is a PUT of /a/b; undefined where there is no request in the text. */
export function requestOf(text: string): RequestLine | undefined {
  const space = text.indexOf(' ');
  const method = space < 0 ? text : text.slice(0, space);
  if (!/^[A-Za-z][A-Za-z_-]{1,19}$/.test(method) || space < 0) return undefined;
  const end = text.lastIndexOf(' ');
  const target = text.slice(space + 1, end > space && text.startsWith('HTTP/', end + 1) ? end : undefined);
  return target === '' ? undefined : { method: method.toUpperCase(), path: pathOf(target) };
}

/** A target without its scheme and host, its query and its fragment. */
export function pathOf(target: string): string {
  const bare = target.split(/[?#]/, 1)[0]!;
  const host = /^[a-z]+:\/\/[^/]*/i.exec(bare);
  const path = host === null ? bare : bare.slice(host[0].length);
  return path === '' ? '/' : path;
}
