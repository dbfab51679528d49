import type { HandCheck } from '../../result.js';
import type { Alone } from './alone.js';
import { ARRIVALS, type Case, CLIENTS, SIZE } from './case.js';

/** Uploads that a gateway refuses for their size, and whether the typical one is through it in time, and never silent. */
export function atGateway({ spec, offered, figures }: Case, typical: Alone): HandCheck[] {
  const { gateway } = spec;
  if (gateway === null) return [];
  const { failures, attemptFailures } = figures.uploads;
  const { maxBody, timeout, idle, buffers } = gateway;
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
  const { size, rate, forward } = typical;
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
  if (size <= maxBody && size / forward > idle) {
    checks.push({
      kind: 'silent',
      resource: 'gateway',
      terms: { size, rate: forward, limit: idle },
      value: size / forward,
      simulated: attemptFailures['gateway-idle'] ?? 0,
      uses: [SIZE, 'storage.perConnection', 'server.network.out', 'gateway.idle'],
    });
  }
  return checks;
}
