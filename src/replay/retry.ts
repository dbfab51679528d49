import type { FailureReason } from '../result.js';

/** What a client tries again: whatever may be different next time. */
const retried: ReadonlySet<FailureReason> = new Set([
  'overloaded',
  'server-crash',
  'refused',
  'out-of-memory',
  'disk-full',
  'timeout',
  'gateway-timeout',
  'gateway-idle',
  'slow-down',
  'connection-lost',
  'storage-down',
  'token-expired',
]);

export function isRetried(reason: FailureReason): boolean {
  return retried.has(reason);
}
