/** What stands before the servers: an API gateway, a load balancer, a reverse proxy. */
import { z } from 'zod';
import { profileKinds } from '../profiles/registry.js';
import { quoted } from '../text.js';
import { Complaint, field, isMapping, leaf, notOneValue, oneOf } from './form.js';
import { homeOf, profiled, profileField } from './profiled.js';
import { flag, quantity } from './values.js';

const kinds = { profile: profileKinds.gateway };

const unlimited = { kind: 'convention', source: 'what is not given does not limit' } as const;

const fields = profiled(
  z
    .strictObject({
      profile: profileField(
        profileKinds.gateway,
        'A named set of sourced values (see "Profiles"); any field beside it overrides the profile\'s.',
      ),
      maxBody: field(quantity('size', { positive: true, unlimited: true }), 'unlimited', {
        description: 'Largest body of a request; a larger one is refused by its head (413).',
        ...unlimited,
      }),
      timeout: field(quantity('time', { positive: true, unlimited: true }), 'unlimited', {
        description: "From passing a request on until the server's answer has left; 504 after it.",
        ...unlimited,
      }),
      idle: field(quantity('time', { positive: true, unlimited: true }), 'unlimited', {
        description: 'For so long no byte may pass on a connection while a request is on it; 504 after it.',
        ...unlimited,
      }),
      buffers: field(flag(), false, {
        description:
          '`true`: passes a file on only when it has all of it, and `timeout` runs from then; `false`: as it arrives, and `timeout` runs from the head.',
        kind: 'convention',
        source: 'a load balancer passes bytes on as they come',
      }),
    })
    .meta({ id: 'gateway' }),
  kinds,
);

const none = leaf(
  (raw): 'none' | Complaint => {
    if (raw === 'none') return raw;
    const needed = 'none, or a mapping such as { profile: aws-alb } or { maxBody: 10MB }';
    const wrong = notOneValue(raw, needed);
    if (wrong !== undefined) return wrong;
    const home = homeOf(String(raw));
    const hint = home === undefined ? '' : ` (it belongs in ${home})`;
    return new Complaint('unknown-word', `${quoted(String(raw))} is not a gateway${hint}`, needed);
  },
  { text: '`none`', json: { const: 'none' } },
);

/** Which profiles are named is asked of the whole, too. */
export const gateway = profiled(
  oneOf([none, fields], {
    text: '`none`, or mapping',
    pick: raw => (isMapping(raw) ? 1 : 0),
    // There is no shorthand, but one mapping can be laid over another.
    expand: raw => raw,
  }),
  kinds,
);
