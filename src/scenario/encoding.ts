/** Bytes -> text: UTF-8 and nothing else, and what a file that is none of it probably is. */

/** Why these bytes are no text that can be read, or undefined if they may be. */
export function notText(
  bytes: Uint8Array,
): { readonly message: string; readonly allowed: string } | undefined {
  const [a, b] = bytes;
  const utf8 = 'a text file in UTF-8';
  if (
    (a === 0xff && b === 0xfe) ||
    (a === 0xfe && b === 0xff) ||
    (a === 0 && b !== 0 && b !== undefined) ||
    (b === 0 && a !== 0)
  ) {
    return { message: 'this file is in UTF-16', allowed: `save it as ${utf8}` };
  }
  if (a === 0x1f && b === 0x8b)
    return { message: 'this file is compressed (gzip)', allowed: 'unpack it first' };
  if (a === 0x50 && b === 0x4b && bytes[2] === 3)
    return { message: 'this file is a ZIP archive or a spreadsheet', allowed: utf8 };
  return undefined;
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
