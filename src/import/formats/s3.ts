/**
 * Server access log of Amazon S3.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 *
 * The time is when the request was received, in seconds. Total time runs from there to the last byte of the answer,
 * turn-around time from the last byte of the request to the first of the answer, both in milliseconds: between them
 * lies the transfer of the body. The key is percent-encoded. Records come in no particular order.
 */
import { splitFields } from '../fields.js';
import { readInstant } from '../instants.js';
import { type LogFormat, type Meaning, malformed, type Reading, setAside } from './format.js';
import { bytesOf, statusOf } from './values.js';

const operations = /^(REST|SOAP|WEBSITE|BATCH|S3)\.[A-Z0-9_.-]+$/i;

/** Operations whose body is a file that a client sends; POST to a bucket is that of an HTML form. */
const stores = new Set(['REST.PUT.OBJECT', 'REST.PUT.PART', 'REST.POST.OBJECT', 'REST.POST.BUCKET']);

/** Positions of the fields up to the operation; those behind the request follow it. */
const bucket = 1;
const time = 2;
const operation = 6;

const meaning: Meaning = {
  start: 'the time at which storage received the request, in whole seconds',
  size: 'object size: of a multipart upload, the size of one part',
  uplink: 'object size / (total time - turn-around time): from the first byte of the request to its last',
  service: '',
};

function read(line: string): Reading {
  const { texts, marks } = splitFields(line, 40);
  if (marks[time] !== '[' || !operations.test(texts[operation] ?? ''))
    return malformed('not a line of an S3 server access log');
  const received = readInstant(texts[time]!);
  if (received === undefined) return malformed('the time cannot be read');
  // The key has no spaces where it is encoded as documented; where it has, the request still follows it.
  const usual = operation + 2;
  const inPlace = marks[usual] === '"' || texts[usual] === '-';
  const request = inPlace ? usual : marks.indexOf('"', usual);
  if (request < 0) return malformed('the line ends too early');
  const after = request + 1;
  if (texts.length < after + 6) return malformed('the line ends too early');
  const code = statusOf(texts[after]);
  if (Number.isNaN(code) && texts[after] !== '-') return malformed('the status cannot be read');
  const name = texts[operation]!.toUpperCase();
  if (!stores.has(name)) return setAside('requests to storage that store no file (GET, LIST, COPY, ...)');
  const key = texts.slice(operation + 1, after - 1).join(' ');
  const total = bytesOf(texts[after + 4]) * 1000;
  const turnAround = bytesOf(texts[after + 5]);
  const receiving = total - (Number.isNaN(turnAround) ? 0 : turnAround * 1000);
  return {
    at: received.at,
    anchor: 'start',
    resolution: received.resolution,
    duration: total,
    receiving,
    service: Number.NaN,
    method: name.includes('.POST.') ? 'POST' : 'PUT',
    path: '/',
    status: Number.isNaN(code) ? 0 : code,
    requestBytes: bytesOf(texts[after + 3]),
    responseBytes: bytesOf(texts[after + 2]),
    stores: true,
    bucket: texts[bucket] === '-' ? '' : texts[bucket]!,
    key: key === '-' ? '' : key,
  };
}

export const s3: LogFormat = {
  name: 's3',
  ofStorage: true,
  open: () => ({ title: 'Amazon S3 server access log', read, notes: [], meaning }),
};
