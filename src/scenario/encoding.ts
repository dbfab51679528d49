/** Bytes -> text: UTF-8 and nothing else, and what a file that is none of it probably is. */

/** Why these bytes are no text that can be read, or undefined if they may be. */
export function notText(
  bytes: Uint8Array,
): { readonly message: string; readonly allowed: string } | undefined {
  const [a, b] = bytes;
  const utf8 = 'a text file in UTF-8';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || alternates(bytes)) {
    return { message: 'this file is in UTF-16', allowed: `save it as ${utf8}` };
  }
  if (a === 0x1f && b === 0x8b)
    return { message: 'this file is compressed (gzip)', allowed: 'unpack it first' };
  if (a === 0x50 && b === 0x4b && bytes[2] === 3)
    return { message: 'this file is a ZIP archive or a spreadsheet', allowed: utf8 };
  if (isBinary(bytes)) return { message: 'this file is binary, not text', allowed: utf8 };
  return undefined;
}

/** Latin text in UTF-16: of every two bytes one is 0, and always the same. */
function alternates(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 512) & ~1;
  const zeros = [0, 0];
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at & 1]! += 1;
  const [least = 0, most = 0] = zeros.toSorted((x, y) => x - y);
  return length >= 4 && least === 0 && most >= 0.9 * (length / 2);
}

/** More control characters than text ever has. */
function isBinary(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 512);
  let strange = 0;
  // Tab to carriage return are text, and escape is what terminals are coloured with.
  for (const byte of start) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) strange += 1;
  return strange > 0.1 * start.length;
}

/** Length of a byte order mark at the start. */
export const markLength = (bytes: Uint8Array): number =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

/** The text, or the offset (in the text as far as it could be read) of the first byte that is no UTF-8 or is a NUL. */
export function decodeText(
  bytes: Uint8Array,
): { ok: true; text: string } | { ok: false; text: string; offset: number } {
  const content = bytes.subarray(markLength(bytes));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
    return { ok: false, text, offset: Math.max(0, text.search(/[\ufffd\0]/)) };
  }
  const nul = text.indexOf('\0');
  return nul < 0 ? { ok: true, text } : { ok: false, text, offset: nul };
}
