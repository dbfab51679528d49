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
  'token-not-yet-valid': '403 token-not-yet-valid',
  'too-large': '403 too-large',
  'access-denied': '403 access-denied',
  'signature-mismatch': '403 signature-mismatch',
  'no-such-bucket': '404 no-such-bucket',
  'payload-too-large': '413 payload-too-large',
  'gateway-timeout': '504 gateway-timeout',
  'gateway-idle': '504 gateway-idle',
  refused: 'connection refused',
  'storage-down': 'connection refused',
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
      return `${request(flow, file, methodOf(step, journey), journey)}${size(step)}`;
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
      return `signs${urls(step)}, ${took}`;
    case 'issueToken':
      return `${several(step) ? 'URLs live' : 'URL lives'} ${duration(step.tokenLeft)}`;
    case 'slowStart':
      return `TCP slow start, ${took}`;
    case 'transfer':
    case 'receiveIntoMemory':
      return moved(step);
    case 'transferParts':
      return `${partsOf(step)}: ${moved(step)}`;
    case 'toGateway':
      return `to the gateway: ${moved(step)}`;
    case 'takeUpstreamConnection':
      return `waits ${took} for a connection`;
    case 'reachStorage':
      return toStorage(step, file);
    case 'commitParts':
    case 'commit':
      return `commits, ${took}`;
    case 'storageAnswers':
      return '200 OK';
    case 'answer':
      return flow === 2 ? granted(step, journey) : '200 OK';
    case 'dawdle':
      return step.tokenLeft === null ? `begins ${took} later` : `keeps the URL for ${took}`;
    case 'presentToken':
      return 'checks URL';
    case 'presentTokens':
      return several(step) ? `checks ${countOf(step)} URLs` : 'checks URL';
    case 'notifyFromStorage':
      return 'event: file stored';
    case 'refusal':
      return statusOf(step.reason!);
    case 'crash':
      return 'CRASH: out of memory';
    case 'outage':
      return 'DOWN: a scheduled fault';
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

function request(flow: JourneyStep['flow'], file: string, method: string, { kind }: Journey): string {
  const inParts = kind === 'valet-key-multipart';
  if (flow === null) return `PUT ${file}`;
  if (flow === 1) return `may I PUT ${file}?`;
  if (flow === 2) return 'URLs of the next parts?';
  if (flow === 3) return inParts ? `${method} of each part to its URL` : `${method} to the signed URL`;
  return inParts ? 'all parts are there' : 'the file is there';
}

/** What a server asks of storage. */
function toStorage({ flow }: JourneyStep, file: string): string {
  if (flow === null) return `PUT ${file}`;
  return flow === 4 ? 'CompleteMultipartUpload' : 'CreateMultipartUpload';
}

/** "parts 7–12". */
export function partsOf({ parts }: Pick<JourneyStep, 'parts'>): string {
  if (parts === null) return '';
  const { first, last } = parts;
  return first === last ? `part ${first}` : `parts ${first}–${last}`;
}

function countOf({ parts }: JourneyStep): number {
  return parts === null ? 1 : parts.last - parts.first + 1;
}

const several = (step: JourneyStep): boolean => countOf(step) > 1;

const urls = (step: JourneyStep): string => (several(step) ? ` ${countOf(step)} URLs` : '');

/** What the answer to a permission holds. */
function granted(step: JourneyStep, { kind }: Journey): string {
  if (kind !== 'valet-key-multipart') return `signed URL${size(step)}`;
  return step.parts === null ? 'yes, in parts' : `signed URLs: ${partsOf(step)}${size(step)}`;
}

function size({ bytes: sent }: JourneyStep): string {
  return sent === null || sent === 0 ? '' : `, ${bytes(sent)}`;
}

function moved({ bytes: sent, rate: pace, bound }: JourneyStep): string {
  if (sent === null) return 'the file, in part';
  if (pace === null) return bytes(sent);
  return `${bytes(sent)} at ${rate(pace)}${bound === null ? ', cut short' : ` (${bound})`}`;
}
