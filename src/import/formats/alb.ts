/**
 * Access log of an AWS Application Load Balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 *
 * `time` is when the load balancer generated the response, `request_creation_time` when it received the request; both
 * have microseconds. `received_bytes` counts the request with its headers. While a body comes in, the clock of
 * `request_processing_time` or of `target_processing_time` runs (which of them depends on whether a firewall reads the
 * body first), so that the sum of both is the least time that is sure to hold the transfer.
 */
import { splitFields } from '../fields.js';
import { readInstant } from '../instants.js';
import { type LogFormat, type Meaning, malformed, type Reading, setAside } from './format.js';
import { bytesOf, requestOf, secondsOf, statusOf } from './values.js';

const types = new Set(['http', 'https', 'h2', 'grpc', 'grpcs', 'ws', 'wss']);

/** Positions of the fields. */
const time = 1;
const target = 4;
const requestTime = 5;
const targetTime = 6;
const responseTime = 7;
const status = 8;
const targetStatus = 9;
const received = 10;
const sent = 11;
const request = 12;
const created = 21;

const meaning: Meaning = {
  start: 'request_creation_time, in microseconds: when the load balancer received the request',
  size: 'received_bytes: the body and, for HTTP, the headers of the request (some hundred bytes too many)',
  uplink:
    'received_bytes / (request_processing_time + target_processing_time): the body came in within these, and the answer was worked out, too',
  service: 'target_processing_time: from sending the request to the first header of the answer',
};

function read(line: string): Reading {
  const { texts, open } = splitFields(line, created + 1);
  if (!types.has(texts[0] ?? '')) return malformed('not a line of an Application Load Balancer');
  if (texts.length <= request) return malformed('the line ends too early');
  const end = readInstant(texts[time]!);
  if (end === undefined) return malformed('the time cannot be read');
  const code = statusOf(texts[status]);
  if (open && texts.length === request + 1) return malformed('the line ends too early');
  if (Number.isNaN(code) && texts[status] !== '-') return malformed('the status cannot be read');
  if (texts[0] === 'ws' || texts[0] === 'wss')
    return setAside('WebSocket connections, which are no requests');
  const asked = requestOf(texts[request]!);
  if (asked === undefined) return setAside('no request in it (a client that broke off or spoke no HTTP)');
  if (texts[target] === '-' && texts[targetStatus] === '-')
    return setAside('answered by the load balancer itself, no server saw it');
  const [ofRequest, ofTarget, ofResponse] = [requestTime, targetTime, responseTime].map(at =>
    secondsOf(texts[at]),
  ) as [number, number, number];
  const start = readInstant(texts[created] ?? '');
  const known = start !== undefined && start.at <= end.at;
  const total = ofRequest + ofTarget + ofResponse;
  return {
    at: known ? start.at : end.at,
    anchor: known ? 'start' : 'end',
    resolution: known ? start.resolution : end.resolution,
    duration: known ? end.at - start.at : total,
    receiving: ofRequest + ofTarget,
    service: ofTarget,
    ...asked,
    status: Number.isNaN(code) ? 0 : code,
    requestBytes: bytesOf(texts[received]),
    responseBytes: bytesOf(texts[sent]),
    stores: false,
    bucket: '',
    key: '',
  };
}

export const alb: LogFormat = {
  name: 'alb',
  ofStorage: false,
  open: () => ({ title: 'AWS Application Load Balancer', read, notes: [], meaning }),
};
