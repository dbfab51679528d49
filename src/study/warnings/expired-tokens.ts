import { count, duration } from '../../readable.js';
import type { TokenResult } from '../../result.js';
import type { Distribution, ValetKeyParameters } from '../../scenario/types.js';
import type { Evidence, Finding } from './warning.js';
import { withMargin } from './with-margin.js';

/** Signed URLs were used too late. */
export function expiredTokens({ spec, result }: Evidence): Finding[] {
  const expired = result.uploads.attemptFailures['token-expired'] ?? 0;
  if (expired === 0) return [];
  const { ttl, useAfter } = spec.valetKey;
  const late = rarelyExceeded(useAfter);
  const failed = result.uploads.failures['token-expired'] ?? 0;
  const lost =
    failed === 0 ? '' : `, and ${count(failed)} ${failed === 1 ? 'upload' : 'uploads'} failed for it`;
  const isUpfront = spec.kind === 'valet-key-multipart' && spec.options.signing === 'upfront';
  const cause =
    shorterLives(spec.valetKey, result.tokens) ??
    (isUpfront && late <= ttl
      ? `All URLs are signed with the permission (signing: upfront), and a part begins when those before it have been sent: sign them just before (signing: each), or try a longer valetKey.ttl.`
      : late > ttl
        ? `Clients begin as late as ${duration(late)} after they got it (valetKey.useAfter), which is longer than it lives: try valetKey.ttl=${withMargin(late)}, or sign when the upload begins.`
        : `What passes between the signature and the request (round trips, queues, pauses between retries, which use the same URL) is longer than it lives: try a longer valetKey.ttl or a shorter client.retry.cap (${duration(spec.client.retry.cap)}).`);
  return [
    {
      fact: `storage refused ${count(expired)} requests whose signed URL had expired (valetKey.ttl is ${duration(ttl)})${lost}`,
      advice: `${cause} The age is checked when the request arrives: an upload that is running is not cut off, however long it takes.`,
    },
  ];
}

/** Why URLs live shorter than `ttl`, where that is what makes them come too late; null where it is not. */
function shorterLives(
  { ttl, clockSkew, credentialsEnd }: ValetKeyParameters,
  tokens: TokenResult | null,
): string | null {
  if (tokens?.life == null || tokens.left === null) return null;
  if (credentialsEnd !== null && tokens.life.min < ttl - clockSkew) {
    const { first, every } = credentialsEnd;
    const dies = 'A URL dies with the credentials that signed it';
    const early = ttl < every ? `, or take new ones before: ahead: ${plain(ttl)}` : '';
    return every === Number.POSITIVE_INFINITY
      ? `${dies}, and those end for good at ${duration(first)} (valetKey.credentialsEnd): have them renewed, as {every: 1h} does.`
      : `${dies}, which end every ${duration(every)} (valetKey.credentialsEnd): let URLs live shorter${early}.`;
  }
  // Even the latest would have come in time.
  if (clockSkew > 0 && tokens.left.min + clockSkew >= 0)
    return `The servers' clocks are ${duration(clockSkew)} behind that of storage (valetKey.clockSkew), which takes as much from every URL's life: synchronise them.`;
  return null;
}

/** A time as a scenario has it. */
function plain(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

/** The value that one draw in a thousand exceeds, or none does. */
function rarelyExceeded(distribution: Distribution): number {
  const rare = 1e-3;
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return distribution.b;
    case 'exponential':
      return -distribution.mean * Math.log(rare);
    case 'lognormal':
      // 3.0902: the standard normal's quantile of 99.9%.
      return Math.exp(distribution.mu + 3.0902 * distribution.sigma);
    case 'pareto': {
      const { min, alpha, max } = distribution;
      return Math.min(max, min * (rare + (1 - rare) * (min / max) ** alpha) ** (-1 / alpha));
    }
    case 'choice':
    case 'empirical':
      return distribution.values.reduce((largest, value) => Math.max(largest, value), 0);
  }
}
