import type { Journey, JourneyStep } from '../../../journey.js';
import { bytes, duration, rate, signed } from '../../../readable.js';
import type { FailureReason } from '../../../result.js';
import { clean } from '../text.js';
import { clip } from '../width.js';

/** The four steps of the valet-key flow. */
export const flowTitles = {
  1: '1 Client requests permission',
  2: '2 Client receives the signed URL',
  3: '3 Client uploads directly to storage',
  4: '4 Confirmation',
} as const;

/** Columns that the name of a file may take. */
const longestName = 24;

const statuses: Partial<Record<FailureReason, string>> = {
  overloaded: '503 overloaded',
  'out-of-memory': '503 out-of-memory',
  'disk-full': '507 disk-full',
  'slow-down': '503 slow-down',
  'token-expired': '403 token-expired',
  'access-denied': '403 access-denied',
  'signature-mismatch': '403 signature-mismatch',
  'no-such-bucket': '404 no-such-bucket',
  'payload-too-large': '413 payload-too-large',
  'gateway-timeout': '504 gateway-timeout',
  'gateway-idle': '504 gateway-idle',
  refused: 'connection refused',
};

/** An answer of refusal as it stands on the wire. */
export function statusOf(reason: FailureReason): string {
  return statuses[reason] ?? reason;
}

/** What happens in a step, in few words. */
export function describe(step: JourneyStep, journey: Journey): string {
  const { action, duration: seconds, flow } = step;
  const took = duration(seconds);
  const file = clip(clean(journey.file), longestName);
  switch (action) {
    case 'connect':
      return connecting(step, journey);
    case 'reuseConnection':
      return 'its connection is still open';
    case 'preflight':
      return 'OPTIONS preflight, 1 round trip';
    case 'send':
      return `${request(flow, file, methodOf(step, journey))}${size(step)}`;
    case 'receiveMessage':
      return 'the rest of the request';
    case 'takeThread':
      return seconds > 0 ? `waits ${took} for a thread` : 'takes a thread';
    case 'reserveMemory':
      return seconds > 0 ? `reserves memory, ${took}` : 'reserves memory';
    case 'holdMemory':
      return `memory ${signed(bytes)(step.bytes)}`;
    case 'reserveDisk':
      return `disk space ${signed(bytes)(step.bytes)}`;
    case 'handleRequest':
      return `handles it, ${took}`;
    case 'authorise':
      return `authorises, ${took}`;
    case 'sign':
      return `signs, ${took}`;
    case 'issueToken':
      return `URL lives ${duration(step.tokenLeft)}`;
    case 'slowStart':
      return `TCP slow start, ${took}`;
    case 'transfer':
    case 'receiveIntoMemory':
      return moved(step);
    case 'toGateway':
      return `to the gateway: ${moved(step)}`;
    case 'takeUpstreamConnection':
      return `waits ${took} for a connection`;
    case 'reachStorage':
      return `PUT ${file}`;
    case 'commit':
      return `commits, ${took}`;
    case 'storageAnswers':
      return '200 OK';
    case 'answer':
      return flow === 2 ? `signed URL${size(step)}` : '200 OK';
    case 'dawdle':
      return `keeps the URL for ${took}`;
    case 'presentToken':
      return 'checks URL';
    case 'notifyFromStorage':
      return 'event: file stored';
    case 'refusal':
      return statusOf(step.reason!);
    case 'crash':
      return 'CRASH: out of memory';
    case 'connectionLost':
      return 'connection broken';
    case 'timeout':
      return 'gives up: timeout';
    case 'giveUp':
      return 'user gives up: no patience';
    case 'backOff':
      return `waits ${took}, then tries again`;
    default:
      return action;
  }
}

function connecting({ type, to }: JourneyStep, { tls, servers }: Journey): string {
  // A fleet's servers share one lifeline.
  const whom = servers > 1 && to !== 'storage' ? ` (${to})` : '';
  if (type === 'request') return `TCP: may I connect?${whom}`;
  const trips = { none: 1, '1.3': 2, '1.2': 3 }[tls];
  const noun = whom === '' ? `round trip${trips === 1 ? '' : 's'}` : 'RTT';
  return `${tls === 'none' ? 'TCP' : `TCP + TLS ${tls}`}, ${trips} ${noun}${whom}`;
}

/** A wrong method is known from what storage saw when the request arrived. */
function methodOf({ end }: JourneyStep, { checks }: Journey): string {
  return checks.find(({ at }) => at === end)?.method ?? 'PUT';
}

function request(flow: JourneyStep['flow'], file: string, method: string): string {
  if (flow === null) return `PUT ${file}`;
  if (flow === 1) return `may I PUT ${file}?`;
  return flow === 3 ? `${method} to the signed URL` : 'the file is there';
}

function size({ bytes: sent }: JourneyStep): string {
  return sent === null || sent === 0 ? '' : `, ${bytes(sent)}`;
}

function moved({ bytes: sent, rate: pace, bound }: JourneyStep): string {
  if (sent === null) return 'the file, in part';
  if (pace === null) return bytes(sent);
  return `${bytes(sent)} at ${rate(pace)}${bound === null ? ', cut short' : ` (${bound})`}`;
}
