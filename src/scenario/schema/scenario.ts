/** The scenario file: the one definition from which types, defaults, the reference and the JSON Schema come. */
import { z } from 'zod';
import { behaviour, clients, transport } from './clients.js';
import { faults } from './faults.js';
import { Complaint, field, isMapping, leaf, notOneValue } from './form.js';
import { gateway } from './gateway.js';
import { prices } from './prices.js';
import { server } from './server.js';
import { storage } from './storage.js';
import { topologies } from './topology.js';
import { valetKey } from './valet-key.js';
import { name, quantity, readBounded, text } from './values.js';
import { workload } from './workload.js';

const seed = leaf(
  raw => {
    const wrong = notOneValue(raw, 'a number or a text is needed');
    if (wrong !== undefined) return wrong;
    if (typeof raw === 'string' && raw !== '' && raw.length <= 200) return raw;
    if (typeof raw === 'number' && Number.isSafeInteger(raw)) return String(raw);
    return new Complaint(
      'range',
      `this seed would not be read as it is written`,
      'a whole number up to 15 digits, or a text in quotes of at most 200 characters',
    );
  },
  { text: 'text or integer', json: { type: ['string', 'integer'] } },
);

const warmup = leaf(
  (raw): number | 'auto' | Complaint => {
    if (raw === 'none') return 0;
    if (raw === 'auto') return raw;
    const value = readBounded('time', {}, raw);
    return value instanceof Complaint
      ? new Complaint(value.code, value.what, 'none, auto, or a time such as 60s')
      : value;
  },
  { text: '`none`, `auto` or time', json: { type: 'string', examples: ['none', 'auto', '60s'] } },
);

const objectiveForm = 'TOPOLOGY: METRIC < QUANTITY, e.g. valet-key: completion.p99 < 10m';

/** An objective as written: the topology's name and the rest; what it means is checked with all names at hand. */
export interface WrittenObjective {
  readonly topology: string | undefined;
  readonly text: string;
}

const objective = leaf(
  (raw): WrittenObjective | Complaint => {
    if (typeof raw === 'string' && raw.trim() !== '') return { topology: undefined, text: raw };
    if (isMapping(raw)) {
      const entries = Object.entries(raw);
      const [topology, expression] = entries[0] ?? [];
      if (entries.length === 1 && topology !== undefined && typeof expression === 'string')
        return { topology, text: expression };
      const what = entries.length > 1 ? 'several objectives stand in one item' : 'this is not an objective';
      return new Complaint('objective', what, `one item of the list for each: ${objectiveForm}`);
    }
    return (
      notOneValue(raw, objectiveForm) ?? new Complaint('objective', 'this is not an objective', objectiveForm)
    );
  },
  {
    text: '`TOPOLOGY: METRIC < QUANTITY`',
    json: {
      anyOf: [
        { type: 'string' },
        { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: { type: 'string' } },
      ],
    },
  },
);

export const scenarioSchema = z.strictObject({
  name: name('a name of the scenario').meta({ description: 'Title of the scenario.' }),
  description: field(text(), '', { description: 'What it shows, in a sentence or two.' }),
  seed: field(seed, '1', {
    description: 'Seed of everything random: the same scenario and seed give the same bytes.',
    kind: 'convention',
    source: 'any will do',
  }),
  horizon: field(quantity('time', { positive: true, unlimited: true }), 'unlimited', {
    description: 'Simulated time after which what still runs counts as unfinished.',
    kind: 'convention',
    source: 'a run goes on until all is done',
  }),
  warmup: field(warmup, 'none', {
    description:
      'Arrivals in this time are simulated, but are in no percentile; `auto`: as many as a pilot says (MSER-5).',
    kind: 'convention',
    source: 'a run begins with an empty system',
  }),
  workload: workload.meta({ description: 'What is asked of the system.' }),
  clients,
  client: field(behaviour, {}, { description: 'How every client behaves.' }),
  transport: field(transport, {}, { description: 'TCP and TLS between clients and the far ends.' }),
  server: field(server, {}, { description: "The application's servers." }),
  storage: field(storage, {}, { description: 'The object storage.' }),
  valetKey: field(valetKey, {}, { description: 'The signed URL of the valet-key kinds.' }),
  prices: field(
    prices,
    {},
    {
      description:
        'What bytes and the load balancer cost. A link that has no price here is one that the design does not use.',
    },
  ),
  gateway: field(gateway, 'none', {
    description: 'What stands before the servers, and not before storage; `none`: nothing.',
  }),
  faults,
  topologies,
  slo: field(z.array(objective).max(1000), [], {
    description: 'Objectives, checked after the run; one that is missed makes the exit status 99.',
    kind: 'convention',
    source: 'none unless asked for',
  }),
});

export type ScenarioOutput = z.output<typeof scenarioSchema>;
