/** Names that come from a log and may stand in a scenario or a trace. */
import { isPrintable } from '../scenario/text.js';

/** Whether a text prints on one line, is whole UTF-8, and has no space at its ends. */
export const isName = (text: string): boolean =>
  text.trim() === text && isPrintable(text) && !text.includes('\ufffd');
