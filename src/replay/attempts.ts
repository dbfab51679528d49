import { Attempt, type AttemptObserver } from './attempt.js';
import type { Context } from './context.js';
import { PartedAttempt } from './parted-attempt.js';
import type { Progress, Upload } from './upload.js';
import { WatchedAttempt, WatchedPartedAttempt } from './watched-attempt.js';

/** The next attempt of an upload: each kind is a class of its own, so that parts and watching cost the others nothing. */
export function attemptIn(
  context: Context,
  upload: Upload,
  number: number,
  progress: Progress | null,
  observer: AttemptObserver,
): Attempt {
  const { parted, watch } = context;
  if (watch !== null && upload.index === watch.index) {
    const Watched = parted === null ? WatchedAttempt : WatchedPartedAttempt;
    return new Watched(context, upload, number, progress, observer, watch);
  }
  return parted === null
    ? new Attempt(context, upload, number, progress, observer)
    : new PartedAttempt(context, upload, number, progress, observer);
}
