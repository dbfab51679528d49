import type { AttemptNotes } from '../replay/watch.js';
import type { Watched } from './journey.js';

/** What the upload keeps from others: seconds on threads, and the most bytes of servers' memory at one time. */
export function heldOf({ watch, spec, over }: Watched): { readonly thread: number; readonly memory: number } {
  let thread = 0;
  let memory = 0;
  for (const notes of watch.attempts) {
    for (const { from, to } of notes.threads) thread += (Number.isNaN(to) ? over : to) - from;
    memory = Math.max(memory, mostMemory(notes, spec.options.copies, watch.upload!.size));
  }
  return { thread, memory };
}

function mostMemory({ stages, crash, sent, ended }: AttemptNotes, copies: number, size: number): number {
  let level = 0;
  let most = 0;
  for (const [i, { verb, bytes }] of stages.entries()) {
    if (verb === 'holdMemory') level += bytes ?? 0;
    if (verb === 'receiveIntoMemory') {
      const isCut = i === stages.length - 1 && (crash !== null || !Number.isNaN(ended));
      level += copies * (isCut ? sent : size);
    }
    most = Math.max(most, level);
  }
  return most;
}
