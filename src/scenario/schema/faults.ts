/** What is to go wrong, and when: servers or the storage down, the storage slow, a direction of a network at a fraction. */
import { z } from 'zod';
import { quoted } from '../text.js';
import type { Fault, LinkName } from '../types.js';
import { Complaint, field, leaf, maybe, notOneValue } from './form.js';
import { quantity, readBounded } from './values.js';

/** One server by its index, which counts from 0 here and from 1 in a file, or all of them. */
type Target = number | 'all';

const serverNeeded = 'the number of a server, counting from 1, or all';

function serverOf(raw: unknown): Target | Complaint {
  const wrong = notOneValue(raw, serverNeeded);
  if (wrong !== undefined) return wrong;
  if (raw === 'all' || raw === 'down' || raw === true) return 'all';
  const text = String(raw);
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text) - 1;
  return new Complaint('range', `${quoted(text)} is no server`, serverNeeded);
}

const server = leaf(serverOf, {
  text: 'integer >= 1 or `all`',
  json: {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { enum: ['all', 'down', true] },
      { type: 'string', pattern: '^[1-9]\\d*$' },
    ],
  },
});

const storageNeeded = 'down, or slow with a factor';

/** `all` is what one says of servers: it leaves to the factor which of the two is meant. */
const storage = leaf(
  (raw): 'down' | 'slow' | 'all' | Complaint => {
    const wrong = notOneValue(raw, storageNeeded);
    if (wrong !== undefined) return wrong;
    if (raw === 'down' || raw === 'slow') return raw;
    if (raw === 'all' || raw === true) return 'all';
    return new Complaint(
      'unknown-word',
      `${quoted(String(raw))} is nothing that befalls storage`,
      storageNeeded,
    );
  },
  { text: '`down`, `slow`', json: { enum: ['down', 'slow', 'all', true] } },
);

export interface WrittenLink {
  readonly links: readonly LinkName[];
  readonly server: Target;
}

const linkNeeded =
  'server.in, server.out, storage.in or storage.out; server or storage for both directions; server.2.in for that of the second server';

const linkForm = /^(server|storage)(?:\.(\d{1,9}|all))?(?:\.(?:network\.?)?([Ii]n|[Oo]ut))?$/;

const link = leaf(
  (raw): WrittenLink | Complaint => {
    const wrong = notOneValue(raw, linkNeeded);
    if (wrong !== undefined) return wrong;
    const [whole, host, number, way] = linkForm.exec(String(raw)) ?? [];
    if (whole === undefined || (host === 'storage' && number !== undefined))
      return new Complaint('unknown-word', `${quoted(String(raw))} is no direction of a network`, linkNeeded);
    const target = number === undefined ? 'all' : serverOf(number);
    if (target instanceof Complaint) return target;
    const ways = way === undefined ? ['in', 'out'] : [way.toLowerCase()];
    return { links: ways.map(way => `${host}.${way}` as LinkName), server: target };
  },
  {
    text: '`server.in`, `server.out`, `storage.in`, `storage.out`, `server`, `storage`',
    json: {
      type: 'string',
      anyOf: [
        { enum: ['server.in', 'server.out', 'storage.in', 'storage.out', 'server', 'storage'] },
        { pattern: linkForm.source },
      ],
    },
  },
);

const factorNeeded = 'a number from 0 to 1 is needed, e.g. 0.25, or a share, e.g. 25%';

const factor = leaf(
  (raw): number | Complaint => {
    const wrong = notOneValue(raw, factorNeeded);
    if (wrong !== undefined) return wrong;
    if (typeof raw === 'string' && /%\s*$/.test(raw)) return readBounded('share', {}, raw);
    const value = typeof raw === 'number' ? raw : Number.NaN;
    if (value >= 0 && value <= 1) return value;
    return new Complaint('range', `${quoted(String(raw))} is no fraction`, factorNeeded);
  },
  {
    text: 'number from 0 to 1, or share',
    amount: { most: 1 },
    json: {
      anyOf: [
        { type: 'number', minimum: 0, maximum: 1 },
        { type: 'string', pattern: '%\\s*$' },
      ],
    },
  },
);

const written = z.strictObject({
  at: quantity('time').meta({ description: "The instant at which it begins, on the scenario's clock." }),
  for: quantity('time', { positive: true }).meta({ description: 'How long it lasts.' }),
  server: maybe(
    server,
    'This server, counting from 1, or `all`: it dies with everything on it and refuses connections. One of `server`, `storage`, `link`.',
  ),
  storage: maybe(
    storage,
    '`down`: it breaks what it receives and refuses connections; `slow`, with a `factor`: its network and the rate of each connection are multiplied by it, `firstByte` is divided by it.',
  ),
  link: maybe(
    link,
    'This direction of a network, of all servers or of storage, has `factor` times its capacity; `server.2.in` is that of the second server.',
  ),
  factor: maybe(
    factor,
    'What is left: of a link its share of the capacity, of a slow storage its speed. Absent or 0: nothing is left, it is down.',
  ),
});

const targets = ['server', 'storage', 'link'] as const;

/** What an entry says, or what is wrong with it. */
function meant({
  at,
  for: lasts,
  server,
  storage,
  link,
  factor = 0,
}: z.output<typeof written>): Fault | Complaint {
  const span = { at, for: lasts };
  const given = targets.filter(target => ({ server, storage, link })[target] !== undefined);
  if (given.length !== 1) {
    const what =
      given.length === 0 ? 'this fault hits nothing' : `${given.join(' and ')} cannot stand together`;
    return new Complaint('forms', what, 'one of server, storage and link; another entry for another fault');
  }
  if (server !== undefined) {
    if (factor === 0) return { kind: 'server-down', ...span, server };
    return new Complaint(
      'range',
      'a server is either up or down',
      'no factor; link: server.in or server.out with a factor slows its network',
      ['factor'],
    );
  }
  if (storage !== undefined) {
    if (storage === 'down' && factor > 0)
      return new Complaint('range', 'storage is down, which leaves no fraction', 'storage: slow', ['factor']);
    if (storage === 'slow' && factor === 0)
      return new Complaint('range', 'a slow storage needs a factor above 0', 'a factor such as 0.1', [
        'storage',
      ]);
    return factor === 0 ? { kind: 'storage-down', ...span } : { kind: 'storage-slow', ...span, factor };
  }
  return { kind: 'link', ...span, ...link!, factor };
}

const fault = written.transform((entry, context): Fault => {
  const found = meant(entry);
  if (!(found instanceof Complaint)) return found;
  context.issues.push({ code: 'custom', input: entry, path: [...found.path], params: { complaint: found } });
  return z.NEVER;
});

export const faultList = z.array(fault).max(1000);

export const faults = field(faultList, [], {
  description: 'What goes wrong at which instant, and for how long.',
  kind: 'convention',
  source: 'nothing goes wrong unless asked for',
});
