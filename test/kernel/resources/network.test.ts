import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernel/resources/network.js';

const silent = { linkChanged() {}, routeChanged() {} };
const INFINITY = Number.POSITIVE_INFINITY;

/** Runs until nothing is left to end; returns the instants of all completions by flow. */
function drain(network: Network): Map<number, number> {
  const ends = new Map<number, number>();
  network.settle();
  for (let next = network.nextTime(); next < INFINITY; next = network.nextTime()) {
    const due = network.advance(next);
    expect(due).toBeGreaterThan(0);
    for (let i = 0; i < due; i++) ends.set(network.dueFlows[i], next);
    network.settle();
  }
  return ends;
}

function oneLink(capacity: number) {
  const network = new Network(silent);
  const link = network.addLink(capacity);
  return { network, link, route: network.addRoute([link], [1]) };
}

describe('the worked example of the header', () => {
  it('gives the levels 4 and 8 and the ends at 5, 6.25 and 10 s', () => {
    const { network, link, route } = oneLink(10);
    const a = network.start(route, 20, INFINITY, 1);
    const b = network.start(route, 20, 2, 1);
    const c = network.start(route, 30, 8, 1);
    network.settle();
    expect(network.linkLoad(link)).toBe(10);
    expect(network.nextTime()).toBe(5);
    network.advance(5);
    network.settle();
    expect([...network.dueFlows.slice(0, 1)]).toEqual([a]);
    expect([network.moved(b), network.moved(c)]).toEqual([10, 20]);
    expect(drain(network)).toEqual(
      new Map([
        [c, 6.25],
        [b, 10],
      ]),
    );
    expect(network.linkCarried(link)).toBe(70);
  });
});

describe('what is told, and when', () => {
  it('tells each change once, at settle, with the final values of the instant', () => {
    const calls: unknown[][] = [];
    const network = new Network({
      linkChanged: (...call) => calls.push(['link', ...call]),
      routeChanged: (...call) => calls.push(['route', ...call]),
    });
    const link = network.addLink(10);
    const route = network.addRoute([link], [2]);
    network.settle();
    const first = network.start(route, 1, 1, 1);
    network.start(route, 1, INFINITY, 1);
    expect(network.saturated(link)).toBe(false);
    expect(calls).toEqual([]);
    network.settle();
    expect(calls).toEqual([
      ['link', 0, 10, true],
      ['route', 0, 5],
    ]);
    calls.length = 0;
    network.cut(first);
    network.start(route, 1, 1, 1);
    expect(network.saturated(link)).toBe(true);
    network.settle();
    network.settle();
    expect(calls).toEqual([]);
    network.setCapacity(link, 20);
    network.settle();
    expect(calls).toEqual([
      ['link', 0, 20, true],
      ['route', 0, 10],
    ]);
  });

  it('asks about saturation without the starts of the instant, but with its ends and cuts', () => {
    const { network, link, route } = oneLink(10);
    const flow = network.start(route, 100, INFINITY, 1);
    expect(network.saturated(link)).toBe(false);
    network.settle();
    expect(network.saturated(link)).toBe(true);
    network.start(route, 100, INFINITY, 1);
    network.cut(flow);
    expect(network.saturated(link)).toBe(false);
    network.settle();
    expect(network.saturated(link)).toBe(true);
  });

  it('never calls an unlimited or closed link saturated', () => {
    const network = new Network(silent);
    const wide = network.addLink(INFINITY);
    const closed = network.addLink(0);
    const route = network.addRoute([wide, closed], [1, 1]);
    network.start(network.addRoute([wide], [1]), 1, 1, 1);
    network.start(route, 1, 1, 1);
    network.settle();
    expect([network.saturated(wide), network.saturated(closed)]).toEqual([false, false]);
    expect(network.linkLoad(wide)).toBe(1);
  });

  it('leaves the servers alone that an event does not concern', () => {
    const touched = new Set<number>();
    const network = new Network({ linkChanged: link => touched.add(link), routeChanged() {} });
    const storage = network.addLink(1e6);
    const routes = Array.from({ length: 100 }, () =>
      network.addRoute([network.addLink(1000), storage], [1, 1]),
    );
    const flows = routes.map(route => [1, 2, 3].map(weight => network.start(route, 1e9, INFINITY, weight)));
    network.settle();
    touched.clear();
    network.advance(1);
    network.cut(flows[7][0]);
    network.start(routes[7], 1, 300, 1);
    network.start(network.addRoute([network.addLink(5)], [1]), 1, INFINITY, 1);
    network.settle();
    expect([...touched]).toEqual([101]);
  });
});

describe('starts, cuts and ids', () => {
  it('cuts a flow at the instant of its start, and uses its id again', () => {
    const { network, route } = oneLink(10);
    const flow = network.start(route, 5, INFINITY, 1);
    expect(network.cut(flow)).toBe(0);
    expect(network.start(route, 5, INFINITY, 1)).toBe(flow);
    expect(network.activeFlows).toBe(1);
    expect(drain(network)).toEqual(new Map([[flow, 0.5]]));
    expect(() => network.cut(flow)).toThrow(RangeError);
  });

  it('returns what a cut flow has moved', () => {
    const { network, link, route } = oneLink(10);
    const [shared, capped] = [network.start(route, 100, INFINITY, 1), network.start(route, 100, 1, 1)];
    network.settle();
    network.advance(2);
    expect([network.cut(shared), network.cut(capped)]).toEqual([18, 2]);
    network.settle();
    expect([network.linkCarried(link), network.linkLoad(link), network.activeFlows]).toEqual([20, 0, 0]);
  });

  it('reports all flows that are due at one instant together, in the order of their ids', () => {
    const { network, route } = oneLink(1000);
    for (let i = 0; i < 1000; i++) network.start(route, 50, i % 3 === 0 ? 1 : INFINITY, 1);
    network.settle();
    expect(network.nextTime()).toBe(50);
    expect(network.advance(50)).toBe(1000);
    expect([...network.dueFlows.slice(0, 1000)]).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it('counts what takes no time', () => {
    const network = new Network(silent);
    const link = network.addLink(INFINITY);
    const route = network.addRoute([link], [3]);
    expect(network.isUnbounded(route)).toBe(true);
    expect(network.isUnbounded(network.addRoute([link, network.addLink(1)], [1, 1]))).toBe(false);
    network.carryAtOnce(route, 7);
    expect([network.routeCarried(route), network.linkCarried(link)]).toEqual([7, 21]);
  });

  it('crosses a link twice that a route names twice', () => {
    const network = new Network(silent);
    const link = network.addLink(10);
    const flow = network.start(network.addRoute([link, link], [1, 4]), 8, INFINITY, 1);
    expect(drain(network)).toEqual(new Map([[flow, 4]]));
  });

  it('refuses what has no meaning', () => {
    const { network, link, route } = oneLink(10);
    expect(() => network.addLink(Number.NaN)).toThrow(RangeError);
    expect(() => network.setCapacity(link, -1)).toThrow(RangeError);
    expect(() => network.addRoute([5], [1])).toThrow(RangeError);
    expect(() => network.addRoute([link], [0])).toThrow(RangeError);
    for (const [size, cap, weight] of [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
      [Number.NaN, 1, 1],
    ]) {
      expect(() => network.start(route, size, cap, weight)).toThrow(RangeError);
    }
  });
});

describe('pitfalls', () => {
  it('moves on when a flow is too small for the clock', () => {
    const { network, route } = oneLink(1e9);
    network.advance(1e6);
    network.start(route, 1e-9, INFINITY, 1);
    network.start(route, 1e-9, 1e8, 1);
    network.settle();
    expect(network.nextTime()).toBe(1e6);
    expect(network.advance(1e6)).toBe(2);
    network.settle();
    expect(network.nextTime()).toBe(INFINITY);
  });

  it('keeps flows through a link that closes, and goes on where they stood', () => {
    const { network, link, route } = oneLink(10);
    const flows = [network.start(route, 20, INFINITY, 1), network.start(route, 20, 3, 1)];
    network.settle();
    network.advance(1);
    network.setCapacity(link, 0);
    network.settle();
    expect([network.nextTime(), network.linkLoad(link), network.routeRate(route)]).toEqual([INFINITY, 0, 0]);
    network.advance(100);
    expect(flows.map(flow => network.moved(flow))).toEqual([7, 3]);
    network.start(route, 1, INFINITY, 1);
    network.settle();
    expect(network.nextTime()).toBe(INFINITY);
    network.setCapacity(link, 10);
    const ends = drain(network);
    expect(ends.get(2)).toBeCloseTo(100 + 1 / 3.5, 12);
    expect(ends.get(0)).toBeCloseTo(102, 12);
    expect(ends.get(1)).toBeCloseTo(100 + 17 / 3, 12);
    expect(network.linkCarried(link)).toBeCloseTo(41, 12);
  });

  it('ends flows without a cap at once when their last limited link becomes unlimited', () => {
    const { network, link, route } = oneLink(10);
    const free = network.start(route, 100, INFINITY, 1);
    const capped = network.start(route, 100, 8, 1);
    network.settle();
    network.advance(1);
    network.setCapacity(link, INFINITY);
    network.settle();
    expect([network.nextTime(), network.routeRate(route)]).toEqual([1, 8]);
    expect(network.advance(1)).toBe(1);
    expect(network.dueFlows[0]).toBe(free);
    network.settle();
    expect(drain(network)).toEqual(new Map([[capped, 1 + 95 / 8]]));
    expect(network.linkCarried(link)).toBe(200);
  });

  it('does not waver between equal links in series', () => {
    const network = new Network(silent);
    const links = [1 / 3, 1 / 3, 1 / 3].map(capacity => network.addLink(capacity));
    const routes = [network.addRoute(links, [1, 1, 1]), network.addRoute([links[2], links[0]], [1, 1])];
    for (let i = 0; i < 200; i++)
      network.start(routes[i % 2], 1 + i / 7, i % 5 === 0 ? 0.002 : INFINITY, 1 + (i % 3));
    network.settle();
    let events = 0;
    for (; network.nextTime() < INFINITY && network.activeFlows > 100; events++) {
      network.advance(network.nextTime());
      network.settle();
      for (const link of [links[0], links[2]]) expect(network.linkLoad(link)).toBeCloseTo(1 / 3, 14);
    }
    expect(network.regimeMoves / events).toBeLessThan(1);
  });

  it('fills a link exactly with capped flows', () => {
    const { network, link, route } = oneLink(1);
    for (let i = 0; i < 10; i++) network.start(route, 1, 0.1, 1 + i);
    network.settle();
    expect(network.linkLoad(link)).toBeCloseTo(1, 14);
    expect(network.saturated(link)).toBe(true);
    const ends = [...drain(network).values()];
    for (const end of ends) expect(end).toBeCloseTo(10, 12);
  });

  it('is exactly empty when it is empty, after caps and weights of all magnitudes', () => {
    const network = new Network(silent);
    const links = [network.addLink(1e3), network.addLink(7e2)];
    const route = network.addRoute(links, [0.1, 3e-7]);
    for (let round = 0; round < 50; round++) {
      for (let i = 0; i < 20; i++) {
        const size = 10 ** (i % 7);
        network.start(route, size, i % 4 === 0 ? INFINITY : size * 10 ** ((i % 5) - 2), 10 ** ((i % 11) - 5));
      }
      drain(network);
      expect([network.linkLoad(0), network.linkLoad(1), network.routeRate(route)]).toEqual([0, 0, 0]);
      expect(network.activeFlows).toBe(0);
    }
    const offered =
      50 * Array.from({ length: 20 }, (_, i) => 10 ** (i % 7)).reduce((sum, size) => sum + size);
    expect(network.routeCarried(route) / offered).toBeCloseTo(1, 12);
    expect(network.linkCarried(1) / (3e-7 * offered)).toBeCloseTo(1, 12);
  });

  it('times a small flow exactly beside one that has been sharing for ages', () => {
    const { network, link, route } = oneLink(1e6);
    network.start(route, 1e15, INFINITY, 1);
    network.settle();
    network.advance(1e8);
    // The level drops to a millionth while the small flow, which needs 0.6 us at the present level, is under way.
    const small = network.start(route, 0.3, INFINITY, 1);
    network.settle();
    network.setCapacity(link, 1);
    network.settle();
    expect(network.nextTime() - 1e8).toBeCloseTo(0.6, 6);
    network.advance(network.nextTime());
    network.settle();
    expect(network.dueFlows[0]).toBe(small);
  });

  it('does not wear off a capped flow near its end when its share then collapses', () => {
    const { network, link, route } = oneLink(1e6);
    network.advance(1e5);
    network.start(route, 1e3, 1e6, 1);
    network.settle();
    const now = 1e5 + 0.0009999;
    network.advance(now);
    network.setCapacity(link, 1e-3);
    network.settle();
    const left = 1e3 - 1e6 * (now - 1e5);
    expect((network.nextTime() - now) / (left / 1e-3)).toBeCloseTo(1, 9);
  });

  it('knows what is left for a flow that spends a ten-millionth of what the others do', () => {
    const network = new Network(silent);
    const link = network.addLink(1);
    const coarse = network.addRoute([link], [1]);
    const fine = network.addRoute([link], [7.20072634297075e-8]);
    network.start(coarse, 10, 0.5, 1);
    const second = network.start(coarse, 10, INFINITY, 1);
    network.start(fine, 1e9, INFINITY, 1);
    network.settle();
    network.cut(second);
    network.settle();
    expect(network.routeRate(fine) / (0.5 / 7.20072634297075e-8)).toBeCloseTo(1, 14);
  });

  it('comes back from a level that all flows are capped below', () => {
    const network = new Network(silent);
    const [a, b] = [network.addLink(10), network.addLink(10)];
    const [both, onlyA, onlyB] = [
      network.addRoute([a, b], [1, 1]),
      network.addRoute([a], [1]),
      network.addRoute([b], [1]),
    ];
    network.start(both, 1e3, 4, 1);
    network.start(onlyA, 1e3, 4, 1);
    network.start(onlyB, 1e3, 4, 1);
    network.settle();
    expect([network.linkLoad(a), network.linkLoad(b)]).toEqual([8, 8]);
    network.start(onlyA, 1e3, 4, 1);
    network.settle();
    expect(network.linkLoad(a)).toBe(10);
    expect(network.routeRate(both)).toBeCloseTo(10 / 3, 14);
    expect(network.routeRate(onlyB)).toBe(4);
    network.start(onlyB, 1e3, 8, 1);
    network.settle();
    expect(network.linkLoad(b)).toBe(10);
    expect(network.routeRate(both)).toBeCloseTo(10 / 3, 14);
    expect(network.routeRate(onlyB)).toBeCloseTo(20 / 3, 14);
  });
});
