import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernel/resources/network.js';

/** Rows of a csv file without quotes, by column name. */
function rows(file: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../reference/fluid/${file}`, import.meta.url), 'utf8');
  const [head, ...lines] = text.trim().split('\n');
  const names = head.trim().split(',');
  return lines.map(line => {
    const cells = line.trim().split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

/** Finish times by flow id. */
function simulate(name: string): Map<string, number> {
  const network = new Network({ linkChanged() {}, routeChanged() {} });
  const links = new Map<string, number>();
  for (const row of rows(`${name}.links.csv`))
    links.set(row.link_id, network.addLink(Number(row.capacity_bps) / 8));
  const routes = new Map<string, number>();
  const flows = rows(`${name}.flows.csv`).sort((a, b) => Number(a.start_s) - Number(b.start_s));
  for (const { links: path } of flows) {
    if (routes.has(path)) continue;
    const crossed = path.split(';').map(link => links.get(link)!);
    routes.set(
      path,
      network.addRoute(
        crossed,
        crossed.map(() => 1),
      ),
    );
  }
  const running = new Map<number, string>();
  const finishes = new Map<string, number>();
  for (let next = 0; next < flows.length || network.activeFlows > 0; ) {
    const start = next < flows.length ? Number(flows[next].start_s) : Number.POSITIVE_INFINITY;
    const now = Math.min(start, network.nextTime());
    const due = network.advance(now);
    for (let i = 0; i < due; i++) finishes.set(running.get(network.dueFlows[i])!, now);
    for (; next < flows.length && Number(flows[next].start_s) === now; next++) {
      const { flow_id, size_bytes, cap_bps, links: path } = flows[next];
      running.set(network.start(routes.get(path)!, Number(size_bytes), Number(cap_bps) / 8, 1), flow_id);
    }
    network.settle();
  }
  return finishes;
}

describe('the fluid references, computed in 50 digits and confirmed by SimGrid', () => {
  it.each(['a_proxy_burst', 'c_three_servers', 'd_valet_5s'])('%s', name => {
    const finishes = simulate(name);
    const answers = rows(`${name}.answers.csv`);
    expect(finishes.size).toBe(answers.length);
    for (const { flow_id, finish_s } of answers) {
      const expected = Number(finish_s);
      expect(Math.abs(finishes.get(flow_id)! - expected), `flow ${flow_id}`).toBeLessThanOrEqual(
        1e-9 * expected,
      );
    }
  });
});
