import { count, duration } from '../../readable.js';
import type { FailureReason } from '../../result.js';
import type { Evidence, Finding } from './warning.js';

/** Scheduled faults that nobody noticed: they come too late, or hit nothing. */
export function faults({ spec, result }: Evidence): Finding[] {
  const [, end] = result.window;
  const late = spec.faults.filter(({ at }) => at >= end);
  const found: Finding[] = [];
  if (late.length > 0) {
    const [first] = late.toSorted((a, b) => a.at - b.at);
    const which = late.length === 1 ? 'a fault is' : `${count(late.length)} faults are`;
    found.push({
      fact: `${which} scheduled for after the end of the run (${duration(first!.at)}; all is over at ${duration(end)})`,
      advice: 'It changes nothing. Let it begin earlier (faults[].at), or let the load go on for longer.',
    });
  }
  const outages = spec.faults.filter(({ kind, at }) => at < end && kind.endsWith('-down'));
  if (outages.length > 0 && outages.length + late.length === spec.faults.length && !hitsAnything(result)) {
    found.push({
      fact: `no upload and no request meets the ${outages.length === 1 ? 'fault' : 'faults'}`,
      advice:
        'Nothing was on what went down, and nothing came to it meanwhile: the figures are those of a run without it.',
    });
  }
  return found;
}

const symptoms: readonly FailureReason[] = ['server-crash', 'refused', 'storage-down', 'connection-lost'];

function hitsAnything({ uploads, background }: Evidence['result']): boolean {
  const counts = [uploads.attemptFailures, ...background.map(({ failures }) => failures)];
  return counts.some(failures => symptoms.some(symptom => (failures[symptom] ?? 0) > 0));
}
