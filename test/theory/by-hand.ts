/** Replays a workload that was written down by hand, and says what became of each upload. */
import { type Replayed, replay } from '../../src/replay/replay.js';
import { type FailureReason, failureReasons, type UploadStatus, uploadStatus } from '../../src/result.js';
import type { TopologyKind } from '../../src/scenario/types.js';
import { type Deep, type fluid, type HandWork, handMade, specOf } from '../reference/hand-made.js';

export interface Ended {
  readonly start: number;
  readonly end: number;
  readonly status: UploadStatus;
  readonly reason: FailureReason | null;
  readonly attempts: number;
  readonly server: number;
}

export interface HandRun extends Replayed {
  /** In the order in which the uploads are written down; those of a closed loop in the order of arrival. */
  readonly uploads: readonly Ended[];
}

export const kinds: readonly TopologyKind[] = ['proxy-buffered', 'proxy-streaming', 'valet-key'];

export function byHand(
  kind: TopologyKind,
  overrides: Deep<typeof fluid>,
  work: HandWork,
  options: { readonly seed?: string; readonly horizon?: number } = {},
): HandRun {
  const { seed = 'by hand', horizon = Number.POSITIVE_INFINITY } = options;
  const run = replay(specOf(kind, overrides), handMade(work), { seed, horizon, warmup: 0 });
  const log = run.recorder.uploads;
  const uploads: Ended[] = [];
  for (let row = 0; row < log.count; row++) {
    const status = uploadStatus[log.status[row]!]!;
    uploads[log.id[row]!] = {
      start: log.start[row]! + run.epoch,
      end: log.end[row]! + run.epoch,
      status,
      reason: status === 'failed' ? failureReasons[log.reason[row]!]! : null,
      attempts: log.attempts[row]!,
      server: log.server[row]!,
    };
  }
  return { ...run, uploads };
}

/** A direction of a network: payload bytes per second, seconds of standing queue. */
export const direction = (rate: number, queue = 0) => ({ rate, queue });

/** Both directions alike. */
export const network = (rate: number, queue = 0) => ({
  network: { in: direction(rate, queue), out: direction(rate, queue) },
});
