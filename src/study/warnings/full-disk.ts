import { bytes, count, duration } from '../../readable.js';
import { sizes } from './drawn.js';
import type { Evidence, Finding } from './warning.js';

/** Bodies found no room on the disk of a spooling server. */
export function fullDisk({ spec, workload, result }: Evidence): Finding[] {
  const { uploads, server, window } = result;
  const attempts = uploads.attemptFailures['disk-full'] ?? 0;
  if (attempts === 0) return [];
  const { space } = spec.server.disk;
  const { mean, largest } = sizes(workload);
  const since = server.diskSpace?.saturatedAt ?? null;
  const when = since === null ? '' : `, first ${duration(since - window[0])} after the first arrival`;
  const never = largest > space ? ` A file of ${bytes(largest)} never fits, however often it is sent.` : '';
  return [
    {
      fact: `the spool disk of ${bytes(space)} had no room for ${count(attempts)} of ${count(uploads.attempts)} upload attempts (507)${when}; ${count(uploads.failures['disk-full'] ?? 0)} uploads failed for it`,
      advice: `Space is taken for the whole body when its head arrives, and given back with the answer: ${count(Math.floor(space / mean))} files of ${bytes(mean)}${largest > mean ? ' (the mean)' : ''} fit on a server at once.${never} Raise server.disk.space, let bodies leave faster, or have clients wait longer before they try again (client.retry.base).`,
    },
  ];
}
