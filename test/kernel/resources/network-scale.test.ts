import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernel/resources/network.js';

const silent = { linkChanged() {}, routeChanged() {} };
const INFINITY = Number.POSITIVE_INFINITY;

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CAPACITY = 125;
const SIZE = 50;

interface Load {
  arrivals: Float64Array;
  caps: Float64Array;
  weights: Float64Array;
}

/** Flows that arrive over a quarter of the makespan, with continuous caps and weights. */
function drawLoad(count: number): Load {
  const random = generator(count);
  const draw = (value: () => number) => Float64Array.from({ length: count }, value);
  return {
    arrivals: draw(() => random() * 0.25 * ((count * SIZE) / CAPACITY)).sort(),
    caps: draw(() => ((3 * CAPACITY) / count) * 10 ** (2 * random())),
    weights: draw(() => Math.exp(random() - 0.5)),
  };
}

/** Sends a load through two links in series; `settled` is told the numbers of the flows in progress. */
function replay({ arrivals, caps, weights }: Load, settled?: (running: Iterable<number>) => void): Network {
  const network = new Network(silent);
  const route = network.addRoute([network.addLink(CAPACITY), network.addLink(1.1 * CAPACITY)], [1, 1]);
  const running = new Map<number, number>();
  for (let next = 0; next < arrivals.length || network.activeFlows > 0; ) {
    const now = Math.min(next < arrivals.length ? arrivals[next] : INFINITY, network.nextTime());
    const due = network.advance(now);
    for (let i = 0; i < due; i++) running.delete(network.dueFlows[i]);
    for (; next < arrivals.length && arrivals[next] <= now; next++) {
      running.set(network.start(route, SIZE, caps[next], weights[next]), next);
    }
    network.settle();
    settled?.(running.values());
  }
  return network;
}

describe('changes of side', () => {
  it('are those that the rates make, and no others', () => {
    const load = drawLoad(400);
    const sides = new Map<number, boolean>();
    let needed = 0;
    const network = replay(load, running => {
      const threshold = (flow: number) => load.caps[flow] / load.weights[flow];
      const flows = [...running].sort((a, b) => threshold(a) - threshold(b));
      let free = CAPACITY;
      let weight = flows.reduce((sum, flow) => sum + load.weights[flow], 0);
      for (const flow of flows) {
        const isCapped = threshold(flow) * weight < free;
        if (isCapped) {
          free -= load.caps[flow];
          weight -= load.weights[flow];
        }
        if (sides.get(flow) === !isCapped) needed++;
        sides.set(flow, isCapped);
      }
    });
    expect(needed).toBeGreaterThan(40);
    expect(network.regimeMoves).toBeLessThanOrEqual(1.05 * needed);
  });

  it.each([1_000, 10_000, 50_000])('per event do not grow with n: %i', count => {
    expect(replay(drawLoad(count)).regimeMoves / (2 * count)).toBeLessThanOrEqual(0.15);
  });

  it('are few when a multitude starts at once', () => {
    const { caps, weights } = drawLoad(100_000);
    const network = new Network(silent);
    const servers = Array.from({ length: 10 }, (_, i) => network.addLink(CAPACITY * (1 + i)));
    const storage = network.addLink(25 * CAPACITY);
    const routes = servers.flatMap(link => [
      network.addRoute([link, storage], [1, 1]),
      network.addRoute([link], [1]),
    ]);
    for (const [i, cap] of caps.entries())
      network.start(routes[i % routes.length], SIZE, 3 * cap, weights[i]);
    network.settle();
    expect(network.linkLoad(storage)).toBe(25 * CAPACITY);
    expect(network.regimeMoves).toBeLessThan(0.01 * caps.length);
  });
});

describe('max-min optimality of large meshes', () => {
  it.each([1, 2, 3])(
    'every flow is at its cap or has a full link on which none moves faster: mesh %i',
    seed => {
      const random = generator(seed);
      const network = new Network(silent);
      const capacities = Array.from({ length: 12 }, () => 10 ** (1 + 2 * random()));
      for (const capacity of capacities) network.addLink(capacity);
      const routes = Array.from({ length: 40 }, () => {
        const links = capacities.map((_, link) => link).filter(() => random() < 0.25);
        if (links.length === 0) links.push(0);
        const coefficients = links.map(() => 10 ** (-2 + 2 * random()));
        network.addRoute(links, coefficients);
        return links;
      });
      const flows = Array.from({ length: 3000 }, () => {
        const route = Math.floor(random() * routes.length);
        const cap = random() < 0.3 ? INFINITY : 10 ** (-3 + 3 * random());
        const weight = 10 ** (random() - 0.5);
        return { id: network.start(route, 1e6, cap, weight), route, cap, weight };
      });
      for (let round = 0; round < 30; round++) {
        network.cut(flows.splice(Math.floor(random() * flows.length), 1)[0].id);
        network.settle();
        const before = flows.map(({ id }) => network.moved(id));
        network.advance(round + 1);
        const rates = flows.map(({ id }, i) => network.moved(id) - before[i]);
        const fastest = capacities.map(() => 0);
        for (const [i, { route, weight }] of flows.entries()) {
          for (const link of routes[route]) fastest[link] = Math.max(fastest[link], rates[i] / weight);
        }
        const wrong = flows.filter(({ route, cap, weight }, i) => {
          const isCapped = rates[i] >= cap * (1 - 1e-6);
          const isHeld = routes[route].some(
            link => network.saturated(link) && rates[i] / weight >= fastest[link] * (1 - 1e-6),
          );
          return rates[i] > cap * (1 + 1e-6) || !(isCapped || isHeld);
        });
        expect(wrong).toEqual([]);
      }
    },
  );
});
