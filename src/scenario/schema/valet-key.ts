/** The signed URL: who may have one, what it costs, how long it lives. */
import { z } from 'zod';
import { credentialsEnd } from './credentials.js';
import { distribution } from './distribution.js';
import { field } from './form.js';
import { quantity, word } from './values.js';

export const valetKey = z
  .strictObject({
    ttl: field(quantity('time', { positive: true }), '15m', {
      description: 'Life of a signed URL, from its signing.',
      kind: 'recalled',
      source: 'default of getSignedUrl in the AWS SDK for JavaScript v3',
    }),
    clockSkew: field(quantity('time', { signed: true }), '0s', {
      description:
        "By how much storage's clock is ahead of the servers' (`-2s`: behind): so much shorter lives a URL.",
      kind: 'convention',
      source: 'clocks that are synchronised',
    }),
    credentialsEnd: field(credentialsEnd, 'unlimited', {
      description:
        'When the credentials end that sign, on the clock of the scenario: no URL outlives them. A time: they end for good; `{every: 1h}`: they are renewed.',
      kind: 'convention',
      source: 'long-lived keys',
    }),
    maxSize: field(quantity('size', { positive: true, unlimited: true }), 'unlimited', {
      description: 'Largest file that a signed URL permits; a larger one is refused by its head.',
      kind: 'documented',
      source: 'a presigned PUT of Amazon S3 limits nothing that is not signed',
    }),
    useAfter: field(distribution('time'), '0s', {
      description: 'From receiving the URL to starting the upload.',
      kind: 'convention',
      source: 'the client starts at once',
    }),
    authorise: field(
      distribution('time'),
      { exponential: '4ms' },
      {
        description: 'Wait for a database or an identity provider; keeps the thread, uses no CPU.',
        kind: 'estimate',
        source: 'an indexed look-up in the same zone: median 3 ms, p99 25 ms',
      },
    ),
    sign: field(distribution('time'), '0.5ms', {
      description: 'Core time of signing.',
      kind: 'measured',
      source: 'AWS SDK for JavaScript v3, getSignedUrl on Node 20: 0.44 to 0.56 ms',
    }),
    request: field(quantity('size'), '1KB', {
      description: 'Bytes of "may I upload?".',
      kind: 'estimate',
      source: 'a request line with its headers and a session cookie',
    }),
    response: field(quantity('size'), '1KB', {
      description: 'Bytes of the answer with the signed URL.',
      kind: 'estimate',
      source: 'a signed URL of some 500 bytes, and headers',
    }),
    notify: field(word(['none', 'client', 'storage']), 'none', {
      description:
        'Who tells the server that the file is there: no one, the client in one more exchange, or storage by an event.',
      kind: 'convention',
      source: 'the least that works',
    }),
  })
  .meta({ id: 'valet-key' });
