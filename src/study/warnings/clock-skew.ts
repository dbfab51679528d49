import { count, duration } from '../../readable.js';
import type { Evidence, Finding } from './warning.js';

/** Signed URLs come from the future. */
export function clockSkew({ spec, result }: Evidence): Finding[] {
  const early = result.uploads.attemptFailures['token-not-yet-valid'] ?? 0;
  if (early === 0) return [];
  const ahead = duration(-spec.valetKey.clockSkew);
  return [
    {
      fact: `storage refused ${count(early)} requests whose signed URL is dated after its own time: the servers' clocks are ${ahead} ahead (valetKey.clockSkew)`,
      advice:
        'It grants 15 minutes. Asking again gives another URL from the future: synchronise the clocks of the servers.',
    },
  ];
}
