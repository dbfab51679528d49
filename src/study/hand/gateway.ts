import type { HandCheck } from '../../result.js';
import type { Alone } from './alone.js';
import { ARRIVALS, type Case, CLIENTS, SIZE } from './case.js';

/** Uploads that a gateway refuses for their size, and whether the typical one is through it in time. */
export function atGateway({ spec, offered, figures }: Case, typical: Alone): HandCheck[] {
  const { gateway } = spec;
  if (gateway === null || spec.kind === 'valet-key') return [];
  const { failures, attemptFailures } = figures.uploads;
  const { maxBody, timeout, buffers } = gateway;
  const share = offered.drawn.filter(({ size }) => size > maxBody).length / offered.drawn.length;
  const checks: HandCheck[] = [];
  if (share > 0) {
    checks.push({
      kind: 'oversize',
      resource: 'gateway',
      terms: { uploads: offered.uploads, share, limit: maxBody },
      value: share * offered.uploads,
      simulated: failures['payload-too-large'] ?? 0,
      uses: [ARRIVALS, SIZE, 'gateway.maxBody'],
    });
  }
  const { size, rate } = typical;
  if (!buffers && size <= maxBody && size / rate > timeout) {
    checks.push({
      kind: 'late',
      resource: 'gateway',
      terms: { size, rate, limit: timeout },
      value: size / rate,
      simulated: attemptFailures['gateway-timeout'] ?? 0,
      uses: [SIZE, CLIENTS, 'gateway.timeout'],
    });
  }
  return checks;
}
