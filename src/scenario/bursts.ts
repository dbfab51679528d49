/** What cannot be of bursts, and what may not be meant, once everything is laid over each other. */
import { readQuantity } from '../units.js';
import type { Finding } from './issues.js';
import { Complaint } from './schema/form.js';
import { siteSections } from './schema/topology.js';
import { partOf, said } from './shape.js';
import type { SiteParameters } from './types.js';

const owners = ['server', 'storage'] as const;
const ways = ['in', 'out'] as const;

/** A burst that is no faster than what lasts. */
export function burstFindings(site: SiteParameters, own: unknown, index: number): Finding[] {
  return owners.flatMap(owner => {
    const slow = ways.some(way => {
      const { rate, burst } = site[owner].network[way];
      return burst !== null && burst.rate <= rate;
    });
    if (!slow) return [];
    const inTopology = partOf(partOf(partOf(own, owner), 'network'), 'burst') !== undefined;
    const path = [...(inTopology ? ['topologies', index] : []), owner, 'network', 'burst'];
    const complaint = new Complaint(
      'range',
      'the burst is no faster than what lasts',
      'a rate above the baseline, which is by default the rate of the direction',
    );
    return [{ path, aim: 'value', complaint } satisfies Finding];
  });
}

type Site = Readonly<Record<(typeof owners)[number], unknown>>;

/** A burst gives what lasts in the place of the rate with this path. */
export function hiddenByBursts(site: Site, path: string): boolean {
  return owners.some(owner =>
    ways.some(
      way =>
        path === `${owner}.network.${way}` &&
        said(siteSections[owner], site[owner], ['network', 'burst', way, 'baseline']) !== undefined,
    ),
  );
}

/** A direction has a rate of its own beside the baseline that stands in its place, and it is neither end of the burst. */
export function burstWarnings(site: Site): string[] {
  return owners.flatMap(owner => {
    const network = (key: string) => said(siteSections[owner], site[owner], ['network', key]);
    return ways.flatMap(way => {
      const given = network(way);
      const burst = said(siteSections[owner], site[owner], ['network', 'burst', way]);
      const [baseline, rate] = [partOf(burst, 'baseline'), partOf(burst, 'rate')];
      if (given === undefined || baseline === undefined) return [];
      if ([baseline, rate].some(end => perSecond(end) === perSecond(given))) return [];
      return [
        `${owner}.network.${way} (${given}) does not show: by its burst, ${baseline} last and ${rate} are carried while there is credit; leave out ${owner}.network.${way}, or the burst's baseline`,
      ];
    });
  });
}

function perSecond(raw: unknown): number {
  const reading = readQuantity('rate', String(raw), { unlimited: true });
  return reading.ok ? reading.value : Number.NaN;
}
