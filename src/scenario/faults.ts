/** The faults of one topology: its own list, or the scenario's; a list is replaced as a whole. */
import type { Finding } from './issues.js';
import { faults } from './schema/faults.js';
import { Complaint } from './schema/form.js';
import { filled } from './shape.js';
import type { Fault, SiteParameters } from './types.js';

type Raw = Readonly<Record<string, unknown>>;

export function readFaults(raw: Raw, own: Raw): Fault[] {
  return faults.parse(own.faults ?? raw.faults);
}

/** In scenario form; undefined where the scenario or topology says nothing. */
export function writtenFaults({ faults: written }: Raw): unknown {
  return written === undefined ? undefined : filled(faults, written);
}

/** Faults of servers that the design does not have. */
export function faultFindings(site: SiteParameters, own: Raw, index: number): Finding[] {
  const ofTopology = own.faults !== undefined;
  return site.faults.flatMap((fault, item): Finding[] => {
    const { count } = site.server;
    if (!('server' in fault) || fault.server === 'all' || fault.server < count) return [];
    const complaint = new Complaint(
      'range',
      `there is no server ${fault.server + 1}`,
      `${count === 1 ? '1, the only one' : `1 to ${count}`}, or all (server.count is ${count})`,
    );
    const key = fault.kind === 'link' ? 'link' : 'server';
    const path = [...(ofTopology ? ['topologies', index] : []), 'faults', item, key];
    return [{ path, aim: 'value', complaint, also: [['server', 'count']] }];
  });
}
