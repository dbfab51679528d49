/** What bytes and the load balancer cost. Prices of servers and of requests stand with what they are the prices of. */
import { z } from 'zod';
import { profileKinds } from '../profiles/registry.js';
import type { Prices } from '../types.js';
import { field, isMapping, maybe, oneOf } from './form.js';
import { profiled, profileField } from './profiled.js';
import { number, quantity } from './values.js';

const perData = () => quantity('price-of-data');

const crossing = z.strictObject({
  price: maybe(perData(), 'US dollars per amount of data and direction.'),
  share: field(quantity('share'), '100%', {
    description:
      'Share of the file bytes that crosses: (n - 1) / n where a load balancer spreads them over n zones.',
    kind: 'convention',
    source: 'what has a price is paid for',
  }),
});

const crossZone = oneOf(
  [perData().transform((price): z.output<typeof crossing> => ({ price, share: 1 })), crossing],
  {
    text: 'price per data, or `{price, share}`',
    pick: raw => (isMapping(raw) ? 1 : 0),
    expand: raw => (isMapping(raw) ? raw : { price: raw }),
  },
);

const loadBalancer = z.strictObject({
  hour: maybe(quantity('price'), 'US dollars per hour, however much it does.'),
  processed: maybe(
    perData(),
    'US dollars per amount of data that crosses it: file bytes on their way to servers, and the requests and answers that have a size.',
  ),
});

const fields = profiled(
  z
    .strictObject({
      profile: profileField(
        profileKinds.prices,
        'A named set of sourced prices (see "Profiles"); any price beside it overrides the profile\'s.',
      ),
      ingress: maybe(
        perData(),
        'US dollars per amount of file bytes that clients send, to servers or to storage.',
      ),
      acceleration: maybe(
        perData(),
        'US dollars per amount of file bytes that clients send to storage directly (transfer acceleration).',
      ),
      nat: maybe(
        perData(),
        'US dollars per amount of file bytes that servers send to storage through a NAT gateway or an interface endpoint; `0/GB` through a gateway endpoint.',
      ),
      crossZone: maybe(
        crossZone,
        'US dollars per amount of file bytes on their way to servers that go from one zone to another, each counted twice: clouds charge for leaving a zone and for entering one.',
      ),
      loadBalancer: maybe(loadBalancer, 'The load balancer before the servers.'),
      runsPerMonth: maybe(
        number({ above: 0, most: 1e9 }),
        'How often in a month comes what is simulated, for costs per month; default: a load that comes over some time goes on like that, and of a burst nothing is known.',
      ),
    })
    .meta({ id: 'prices' }),
  { profile: profileKinds.prices },
);

/** Null where nothing has a price: it is not known then what bytes cost. */
export const prices = fields.transform((given): Prices | null => {
  const { ingress = null, acceleration = null, nat = null, crossZone, loadBalancer } = given;
  const { price = null, share = 1 } = crossZone ?? {};
  const { hour = null, processed = null } = loadBalancer ?? {};
  const all = [ingress, acceleration, nat, price, hour, processed];
  if (all.every(one => one === null)) return null;
  return {
    ingress,
    acceleration,
    nat,
    crossZone: price === null ? null : { price, share },
    loadBalancer: { hour, processed },
    runsPerMonth: given.runsPerMonth ?? null,
  };
});
