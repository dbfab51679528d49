import type { Simulation } from '../kernel/simulation.js';
import type { Recorder } from '../measure/recorder.js';
import type { FailureReason } from '../result.js';
import { Mistake } from '../workload/workload.js';
import type { Storage } from './storage.js';
import type { TokenRules } from './token.js';
import { asksForMissingBucket, type Upload } from './upload.js';

/** What storage looks at when the head of a request arrives: its own request rate first, then the token. */
export class StorageChecks {
  constructor(
    private readonly storage: Storage,
    private readonly tokens: TokenRules,
    private readonly recorder: Recorder,
    private readonly simulation: Simulation,
  ) {}

  /** How many of so many requests of one instant its rate lets in; the others get 503 `slow-down`. */
  admit(requests: number): number {
    const { requestRate } = this.storage;
    let admitted = 0;
    while (admitted < requests && requestRate.take(this.simulation.now)) admitted++;
    this.recorder.storageRequests += requests;
    this.recorder.slowDowns += requests - admitted;
    return admitted;
  }

  /**
   * Why it refuses so many requests of one instant, of at most `bytes` each, with URLs that were signed then; null
   * where it takes them.
   */
  refusal(upload: Upload, signed: number, requests: number, bytes: number): FailureReason | null {
    const { recorder, tokens } = this;
    const { now } = this.simulation;
    recorder.tokensUsed(requests, upload.index, now - signed, tokens.lifeOf(signed));
    const { mistakes } = upload;
    if ((mistakes & Mistake.signature) !== 0) return this.reject(requests, 'signature-mismatch');
    if ((mistakes & Mistake.method) !== 0) return this.reject(requests, 'access-denied');
    // Nothing is wrong with the token.
    if (asksForMissingBucket(upload)) return 'no-such-bucket';
    if ((mistakes & Mistake.key) !== 0) return this.reject(requests, 'access-denied');
    const refusal = tokens.refusal(signed, now, bytes);
    return refusal === null ? null : this.reject(requests, refusal);
  }

  private reject(requests: number, reason: FailureReason): FailureReason {
    this.recorder.rejectedTokens += requests;
    return reason;
  }
}
