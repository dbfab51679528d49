/**
 * A request of nginx from named values, whatever named them: a log_format, JSON keys, `key=value` pairs.
 *
 * The time is that of the log's line, which nginx writes when the request has ended; `$request_time` runs from the
 * first bytes of the request to the last of the answer, in milliseconds.
 * https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
import { readInstant } from '../instants.js';
import { type Meaning, malformed, type Reading, setAside } from './format.js';
import { bytesOf, pathOf, type RequestLine, requestOf, secondsOf, statusOf } from './values.js';

/** What is looked for, and by which names, the better ones first. */
const names = {
  time: ['msec', 'time_iso8601', 'time_local', '@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'date'],
  request: ['request', 'request_line', 'req'],
  method: ['request_method', 'method', 'verb', 'http_method'],
  target: ['request_uri', 'uri', 'path', 'url', 'request_path', 'document_uri'],
  status: ['status', 'status_code', 'response_code', 'http_status', 'code', 'response_status'],
  body: ['content_length', 'http_content_length', 'request_body_length', 'request_body_size'],
  length: ['request_length', 'request_size', 'rl', 'req_len', 'reqlen', 'bytes_received', 'bytes_in'],
  sent: ['body_bytes_sent', 'bytes_sent', 'bytes', 'size', 'response_size', 'bytes_out', 'response_length'],
  duration: ['request_time', 'rt', 'duration_s', 'reqtime', 'req_time', 'request_time_s'],
  upstream: ['upstream_response_time', 'urt', 'upstream_time', 'upstream_response_time_s'],
} as const;

export type Named = Partial<Record<keyof typeof names, string>>;

const meanings = new Map<string, keyof typeof names>(
  Object.entries(names).flatMap(([what, list]) => list.map(name => [name, what as keyof typeof names])),
);

const ranks = new Map<string, number>(
  Object.values(names).flatMap(list => list.map((name, rank): [string, number] => [name, rank])),
);

/** What a name of a value means here, if anything. */
export const meaningOf = (name: string): keyof typeof names | undefined => meanings.get(name.toLowerCase());

/** Of several names for one thing the lower wins: `msec` is more exact than `time_local`. */
export const rankOf = (name: string): number => ranks.get(name.toLowerCase()) ?? Number.POSITIVE_INFINITY;

/** Answers up to this size are handed to the kernel at once: a longer one makes the time that of the client, too. */
const quickAnswer = 65_536;

/** A request of nginx, or why there is none. */
export function requestFrom(named: Named): Reading {
  const time = readInstant(named.time ?? '');
  if (time === undefined) return malformed('the time cannot be read');
  const status = statusOf(named.status);
  if (Number.isNaN(status)) return malformed('the status cannot be read');
  if (status === 101) return setAside('WebSocket connections, which are no requests');
  const asked = requestIn(named);
  if (asked === undefined) return setAside('no request in it (a client that broke off or spoke no HTTP)');
  const duration = secondsOf(named.duration);
  const responseBytes = bytesOf(named.sent);
  const length = bytesOf(named.length);
  const body = bytesOf(named.body);
  return {
    at: time.at,
    anchor: 'end',
    resolution: time.resolution,
    duration,
    receiving: duration,
    service: serviceOf(named.upstream, duration, responseBytes),
    ...asked,
    status,
    requestBytes: Number.isNaN(body) ? length : body,
    responseBytes,
    stores: false,
    bucket: '',
    key: '',
  };
}

function requestIn({ request, method, target }: Named): RequestLine | undefined {
  if (request !== undefined) return requestOf(request);
  if (method === undefined || target === undefined || !/^[A-Za-z_-]{2,20}$/.test(method)) return undefined;
  return { method: method.toUpperCase(), path: pathOf(target) };
}

/** Several servers may have been asked one after the other: `0.002, 0.100 : 0.030`. */
function serviceOf(upstream: string | undefined, duration: number, responseBytes: number): number {
  const times = (upstream ?? '').split(/[,:]/).map(part => secondsOf(part.trim()));
  const known = times.filter(time => !Number.isNaN(time));
  if (known.length > 0) return known.reduce((sum, time) => sum + time, 0);
  return responseBytes <= quickAnswer ? duration : Number.NaN;
}

const sizes =
  '$request_length: the body with the request line and its headers (some hundred bytes too many); $content_length, where it is logged, is the body alone';

export const nginxMeaning: Meaning = {
  start:
    'the time of the line, which nginx writes at the end of a request, less $request_time where it is logged (Apache writes the time of the beginning)',
  size: sizes,
  uplink: 'size / $request_time: the body came in within it, and was worked on and answered, too',
  service:
    '$upstream_response_time where it is logged; else $request_time of answers of at most 64 KiB, since longer ones wait for the client',
};
