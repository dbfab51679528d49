import { UserError } from '../../errors.js';
import { ioReason } from './io-reason.js';

/** Writes and waits until the reader has taken it, so that a slow reader slows the writer. */
export async function writeTo(stream: NodeJS.WritableStream, text: string): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      stream.write(text, error => (error ? fail(error) : done()));
    });
  } catch (error) {
    // A reader that went away is no mistake of the user's; what it means is decided where exit statuses are.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') throw error;
    throw new UserError(`cannot write the output: ${ioReason(error)}`);
  }
}

/** Writes piece after piece. */
export async function pourInto(stream: NodeJS.WritableStream, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) await writeTo(stream, piece);
}
