import type { FailureReason } from '../result.js';
import type { ValetKeyParameters } from '../scenario/types.js';

/**
 * Seconds by which the date in a signed URL may lie ahead of storage's clock: 15 minutes, the skew that Amazon S3
 * names in its errors (MaxAllowedSkewMilliseconds) and that MinIO grants to presigned URLs.
 */
const TOLERANCE = 900;

/**
 * What storage makes of a signed URL when the head of a request arrives. Three clocks meet in it. The server writes
 * its own time into the URL; storage compares it with its own, which is the replay's; and the credentials that
 * signed have an end of their own, which no URL outlives.
 *
 * A URL signed at t by a server whose clock is behind storage's by s says t - s, and lives until t - s + ttl.
 */
export class TokenRules {
  constructor(
    private readonly parameters: Pick<ValetKeyParameters, 'ttl' | 'clockSkew' | 'credentialsEnd' | 'maxSize'>,
    /** The scenario's instant at which the replay's clock begins. */
    private readonly epoch: number,
  ) {}

  /** The date that a URL signed at this instant bears, by the server's clock. Seconds, as all instants here. */
  dateOf(signed: number): number {
    return signed - this.parameters.clockSkew;
  }

  /** The last instant at which storage honours a URL that was signed then. */
  validUntil(signed: number): number {
    const { ttl, clockSkew, credentialsEnd } = this.parameters;
    const expires = clockSkew === 0 ? signed + ttl : this.dateOf(signed) + ttl;
    return credentialsEnd === null ? expires : Math.min(expires, this.credentialsEnd(signed));
  }

  /** For how long storage honours it from its signing on; below 0 where it never does. */
  lifeOf(signed: number): number {
    const { ttl, clockSkew, credentialsEnd } = this.parameters;
    const life = ttl - clockSkew;
    return credentialsEnd === null ? life : Math.min(life, this.credentialsEnd(signed) - signed);
  }

  /** Why storage refuses a request of so many bytes whose URL was signed then; null where it takes it. */
  refusal(signed: number, now: number, bytes: number): FailureReason | null {
    if (this.dateOf(signed) > now + TOLERANCE) return 'token-not-yet-valid';
    if (now > this.validUntil(signed)) return 'token-expired';
    return bytes > this.parameters.maxSize ? 'too-large' : null;
  }

  /** When the credentials end that the server has at this instant. */
  private credentialsEnd(signed: number): number {
    const { first, every, ahead } = this.parameters.credentialsEnd!;
    if (every === Number.POSITIVE_INFINITY) return first - this.epoch;
    const renewals = Math.max(0, Math.floor((signed + this.epoch + ahead - first) / every) + 1);
    return first + renewals * every - this.epoch;
  }
}
