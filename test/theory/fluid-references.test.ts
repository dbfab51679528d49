/**
 * Bandwidth sharing against answers of two independent implementations (progressive filling in 50-digit decimals,
 * and SimGrid, which agree to 5e-15): the flows as traces, through the scenario format. Nothing is random here.
 */
import { expect, it } from 'vitest';
import { csvRows, csvText } from './csv-rows.js';
import { fluidWith, type Part, runText } from './scenario-text.js';

const reference = (name: string) => csvRows(new URL(`../reference/fluid/${name}.csv`, import.meta.url));

/** Bits to bytes is exact: a power of two. */
const trace = (name: string): string =>
  csvText(
    'start,size,uplink',
    reference(`${name}.flows`).map(flow => [
      flow.start_s!,
      flow.size_bytes!,
      flow.cap_bps === '' || flow.cap_bps === 'inf' ? '' : Number(flow.cap_bps) / 8,
    ]),
  );

function agrees(name: string, topology: string, site: Part): void {
  const uploads = { arrivals: { trace: 'flows.csv' } };
  const scenario = fluidWith({ workload: { uploads }, topologies: [topology], ...site });
  const [table] = runText(scenario, { 'flows.csv': trace(name) }).uploads;
  const answers = reference(`${name}.answers`);
  expect(table!.count).toBe(answers.length);
  let worst = 0;
  for (const { flow_id, finish_s } of answers) {
    const expected = Number(finish_s);
    const error = Math.abs(table!.end[Number(flow_id)]! - expected) / expected;
    expect(error).not.toBeNaN();
    worst = Math.max(worst, error);
  }
  expect(worst).toBeLessThanOrEqual(1e-9);
}

const link = (both: string) => ({ network: { in: both, out: both, efficiency: 1, queue: '0ms' } });

it('a burst through one server: everybody gets the same share, and many end at the same instant', () => {
  const { server } = fluidWith({ server: link('1Gbps') });
  agrees('a_proxy_burst', 'proxy-streaming', { server });
});

it('three servers in turn behind one storage link', () => {
  const parts = fluidWith({ server: { count: 3, ...link('500Mbps') }, storage: link('1Gbps') });
  agrees('c_three_servers', 'proxy-streaming', { server: parts.server, storage: parts.storage });
});

it('direct uploads held back by their own uplinks and by storage in turn', () => {
  const { storage } = fluidWith({ storage: link('10Gbps') });
  agrees('d_valet_5s', 'valet-key', { storage });
});
