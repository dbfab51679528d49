/** How the fleet of servers is looked after: health checks of the load balancer, and autoscaling. */
import { z } from 'zod';
import { readQuantity } from '../../units.js';
import { Complaint, field, leaf, maybe, notOneValue, oneOf } from './form.js';
import { number, quantity, word } from './values.js';

const albHealth = 'default of AWS Application Load Balancers';
const awsScaling = 'AWS EC2 Auto Scaling';

const times = (least: number) => number({ least, most: 1000, integer: true });

const checks = z.strictObject({
  interval: field(quantity('time', { positive: true }), '30s', {
    description: 'Time between two checks of a server; they take place at its multiples.',
    kind: 'documented',
    source: albHealth,
  }),
  timeout: field(quantity('time'), '0s', {
    description:
      'Time for which a check waits for a server that is down; below `interval` (Application Load Balancers: 5 s).',
    kind: 'convention',
    source: 'a server that is down refuses a check at once, as it refuses uploads',
  }),
  unhealthy: field(times(1), 2, {
    description: 'Checks in a row that fail until the balancer sends nothing more to a server.',
    kind: 'documented',
    source: albHealth,
  }),
  healthy: field(times(1), 5, {
    description: 'Checks in a row that succeed until it sends to it again.',
    kind: 'documented',
    source: albHealth,
  }),
});

/** Of a metric that is a share, a share; of one that counts, a number. */
export interface Threshold {
  readonly unit: 'share' | 'number';
  readonly value: number;
}

const threshold = leaf(
  (raw): Threshold | Complaint => {
    const needed = 'a share is needed, e.g. 70%, or a number of requests, e.g. 50';
    const wrong = notOneValue(raw, needed);
    if (wrong !== undefined) return wrong;
    if (typeof raw === 'number' && raw >= 0 && raw <= 1e9) return { unit: 'number', value: raw };
    const reading = readQuantity('share', String(raw));
    if (reading.ok) return { unit: 'share', value: reading.value };
    return new Complaint(reading.code, reading.what, needed);
  },
  {
    text: 'share or number',
    amount: {},
    json: {
      anyOf: [
        { type: 'string', examples: ['70%'] },
        { type: 'number', minimum: 0 },
      ],
    },
  },
);

const servers = number({ least: 1, most: 10_000, integer: true });

const rule = z.strictObject({
  min: field(servers, 1, {
    description: 'Fewest servers; the fleet begins with `count` of them, at least these.',
    kind: 'convention',
    source: 'the smallest fleet',
  }),
  max: maybe(servers, 'Most servers, those that start and those that drain included. Needed.'),
  metric: field(word(['cpu', 'threads', 'memory', 'networkIn', 'networkOut', 'requests']), 'cpu', {
    description:
      'What is watched, as a mean over the servers in the rotation: use of a capacity, or `requests` at work or waiting for a thread on one server.',
    kind: 'convention',
    source: 'what most scaling policies watch (predefined as ASGAverageCPUUtilization)',
  }),
  above: field(threshold, '70%', {
    description: 'A period with a mean above this adds servers.',
    kind: 'convention',
    source: 'an ordinary choice: room for what comes while new servers start',
  }),
  below: field(threshold, '30%', {
    description: 'A period with a mean below this takes servers away.',
    kind: 'convention',
    source: 'below half of `above`, so that half the servers stay below it, too',
  }),
  step: field(servers, 1, {
    description: 'Servers that are added, or taken away, at once.',
    kind: 'convention',
    source: 'the smallest step',
  }),
  period: field(quantity('time', { positive: true }), '60s', {
    description: 'Time over which the mean is taken; it is looked at at its multiples.',
    kind: 'documented',
    source: 'CloudWatch with detailed monitoring of EC2: one minute (five without)',
  }),
  startup: field(quantity('time'), '2m', {
    description: 'Time from the decision until a new server is in the rotation.',
    kind: 'estimate',
    source: 'boot of a virtual machine, start of its software and first health checks',
  }),
  cooldown: field(quantity('time'), '300s', {
    description: 'Time after a decision in which there is no other.',
    kind: 'documented',
    source: `default cooldown of ${awsScaling}`,
  }),
});

/** A mapping, or `none` where a topology has none of what the scenario has. */
function orNone<S extends z.ZodType>(mapping: S) {
  return oneOf([mapping, word(['none'])], {
    text: 'mapping or `none`',
    pick: raw => (raw === 'none' ? 1 : 0),
    // Both forms are complete, but mappings are laid over each other key by key.
    expand: raw => raw,
  });
}

export const health = maybe(
  orNone(checks),
  'Health checks of the load balancer. Without them nobody tells it that a server is dead, and it goes on sending to it.',
);

export const autoscale = maybe(
  orNone(rule),
  'A rule by which servers are added and taken away. Without it there are `count` of them throughout.',
);
