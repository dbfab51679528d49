import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/kernel/resources/network.js';
import { ProgressiveFilling, type TwinFlow } from '../../reference/progressive-filling.js';

interface World {
  capacities: number[];
  routes: { links: number[]; coefficients: number[] }[];
}

type Operation =
  | { do: 'start'; count: number; route: number; size: number; cap: number; weight: number }
  | { do: 'cut'; flow: number }
  | { do: 'capacity'; link: number; capacity: number }
  | { do: 'ask'; link: number }
  | { do: 'complete' }
  | { do: 'wait'; part: number };

const RATE = 1e-9;
const ULP = 2 ** -52;

/**
 * Drives the network and its twin through the same operations and compares all that can be seen. The network says when
 * flows end, and each end is held against the twin: the time by which it is early or late, at the twin's rate, must be
 * within 1e-9 of the flow's duration and 128 units in the last place of the clock.
 */
class Pair {
  private readonly told = { loads: [] as number[], saturated: [] as boolean[], rates: [] as number[] };
  private readonly network: Network;
  private readonly twin = new ProgressiveFilling();
  private readonly running = new Map<number, { flow: TwinFlow; begun: number }>();
  private readonly fresh = new Set<TwinFlow>();
  private readonly spent: number[];
  /** What all flows would spend on each link: `moved` is as exact as a size. */
  private readonly offered: number[];
  /** Highest load of each link: what was carried is as exact as the clock. */
  private readonly peak: number[];

  constructor(
    private readonly world: World,
    private now: number,
  ) {
    const told = this.told;
    const once = new Set<string>();
    this.network = new Network({
      linkChanged(link, load, saturated) {
        expect(once.has(`link ${link}`)).toBe(false);
        once.add(`link ${link}`);
        told.loads[link] = load;
        told.saturated[link] = saturated;
      },
      routeChanged(route, rate) {
        expect(once.has(`route ${route}`)).toBe(false);
        once.add(`route ${route}`);
        told.rates[route] = rate;
      },
    });
    const settle = this.network.settle.bind(this.network);
    this.network.settle = () => {
      once.clear();
      settle();
    };
    this.network.advance(now);
    this.twin.now = now;
    for (const capacity of world.capacities) {
      this.network.addLink(capacity);
      this.twin.addLink(capacity);
    }
    for (const { links, coefficients } of world.routes) {
      this.network.addRoute(links, coefficients);
      this.twin.addRoute(links, coefficients);
    }
    told.loads = world.capacities.map(() => 0);
    told.saturated = world.capacities.map(() => false);
    told.rates = world.routes.map(() => 0);
    this.spent = world.capacities.map(() => 0);
    this.offered = world.capacities.map(() => 0);
    this.peak = world.capacities.map(() => 0);
  }

  run(operations: readonly Operation[]): void {
    for (const operation of operations) this.apply(operation);
    this.settle();
    for (let i = 0; i < 400 && this.network.nextTime() < Number.POSITIVE_INFINITY; i++) {
      this.advance(this.network.nextTime());
      this.settle();
    }
    const served = this.twin.links.every(({ capacity }) => capacity > 0);
    if (served) expect(this.network.activeFlows).toBe(this.twin.flows.size);
    if (this.twin.flows.size === 0) {
      for (const [link] of this.world.capacities.entries()) expect(this.network.linkLoad(link)).toBe(0);
      for (const [route] of this.world.routes.entries()) expect(this.network.routeRate(route)).toBe(0);
    }
    this.compareCarried();
  }

  private apply(operation: Operation): void {
    switch (operation.do) {
      case 'start': {
        const { size, cap, weight } = operation;
        const route = operation.route % this.world.routes.length;
        const isUnbounded = this.twin.routes[route].links.every(
          l => this.twin.links[l].capacity === Infinity,
        );
        expect(this.network.isUnbounded(route)).toBe(isUnbounded);
        for (let i = 0; i < operation.count; i++) {
          if (isUnbounded && cap === Number.POSITIVE_INFINITY) this.carryAtOnce(route, size);
          else
            this.start(route, size * (i % 3 === 0 ? 1 : 1 + i), cap * (i % 2 === 0 ? 1 : 1 + i / 7), weight);
        }
        break;
      }
      case 'cut': {
        const ids = [...this.running.keys()];
        if (ids.length > 0) this.cut(ids[operation.flow % ids.length]);
        break;
      }
      case 'capacity': {
        const link = operation.link % this.world.capacities.length;
        // A link that becomes unlimited, or was, would let flows without a cap end at once.
        if (this.twin.links[link].capacity === Number.POSITIVE_INFINITY) break;
        this.network.setCapacity(link, operation.capacity * this.world.capacities[link]);
        this.twin.links[link].capacity = operation.capacity * this.world.capacities[link];
        break;
      }
      case 'ask':
        this.compareSaturated(operation.link % this.world.capacities.length);
        break;
      case 'complete':
        this.settle();
        if (this.network.nextTime() < Number.POSITIVE_INFINITY) this.advance(this.network.nextTime());
        break;
      case 'wait': {
        this.settle();
        const next = Math.min(this.network.nextTime(), this.now + 1);
        this.advance(this.now + operation.part * (next - this.now));
        break;
      }
    }
  }

  private start(route: number, size: number, cap: number, weight: number): void {
    const id = this.network.start(route, size, cap, weight);
    expect(this.running.has(id)).toBe(false);
    const flow = this.twin.start(route, size, cap, weight);
    const { links, coefficients } = this.twin.routes[route];
    for (const [i, link] of links.entries()) this.offered[link] += coefficients[i] * size;
    this.running.set(id, { flow, begun: this.now });
    this.fresh.add(flow);
  }

  private carryAtOnce(route: number, size: number): void {
    this.network.carryAtOnce(route, size);
    this.twin.routes[route].carried += size;
    this.spend(route, size);
    for (const [i, link] of this.twin.routes[route].links.entries()) {
      this.twin.links[link].carried += this.twin.routes[route].coefficients[i] * size;
    }
  }

  private cut(id: number): void {
    const { flow } = this.running.get(id)!;
    const moved = this.network.cut(id);
    this.expectMoved(moved, flow);
    this.spend(flow.route, moved);
    this.twin.end(flow);
    this.fresh.delete(flow);
    this.running.delete(id);
  }

  private advance(now: number): void {
    this.twin.advance(now);
    this.now = now;
    const due = this.network.advance(now);
    for (let i = 0; i < due; i++) {
      const id = this.network.dueFlows[i];
      if (i > 0) expect(id).toBeGreaterThan(this.network.dueFlows[i - 1]);
      const { flow, begun } = this.running.get(id)!;
      expect(flow.rate).toBeGreaterThan(0);
      expect(Math.abs(flow.left / flow.rate)).toBeLessThanOrEqual(this.tolerance(begun));
      this.spend(flow.route, flow.size);
      this.twin.end(flow);
      this.running.delete(id);
    }
    for (const { flow, begun } of this.running.values()) {
      if (flow.rate > 0) expect(flow.left / flow.rate).toBeGreaterThanOrEqual(-this.tolerance(begun));
    }
  }

  private settle(): void {
    this.network.settle();
    this.twin.refill();
    this.fresh.clear();
    for (const [link, { capacity }] of this.twin.links.entries()) {
      const load = this.twin.load(link);
      const shown = this.network.linkLoad(link);
      this.peak[link] = Math.max(this.peak[link], load);
      expectClose(shown, load, `load of link ${link}`);
      expect(shown).toBeLessThanOrEqual(capacity * (1 + 1e-12));
      expect(this.told.loads[link]).toBe(shown);
      expect(this.told.saturated[link]).toBe(isSaturated(load, capacity));
      expect(this.network.saturated(link)).toBe(this.told.saturated[link]);
    }
    for (const [route] of this.twin.routes.entries()) {
      expectClose(this.network.routeRate(route), this.twin.routeRate(route), `rate of route ${route}`);
      expect(this.told.rates[route]).toBe(this.network.routeRate(route));
    }
    for (const [id, { flow }] of this.running) this.expectMoved(this.network.moved(id), flow);
  }

  /** Without the flows that started at this instant. */
  private compareSaturated(link: number): void {
    for (const flow of this.fresh) this.twin.end(flow);
    this.twin.refill();
    expect(this.network.saturated(link)).toBe(
      isSaturated(this.twin.load(link), this.twin.links[link].capacity),
    );
    for (const flow of this.fresh) this.twin.flows.add(flow);
  }

  private compareCarried(): void {
    for (const [id, { flow }] of this.running) this.spend(flow.route, this.network.moved(id));
    for (const [link, { carried }] of this.twin.links.entries()) {
      expectClose(this.network.linkCarried(link), carried, `carried by link ${link}`);
      const gap = Math.abs(this.network.linkCarried(link) - this.spent[link]);
      const rounding = 1e-14 * this.offered[link] + 128 * ULP * this.now * this.peak[link];
      expect(gap).toBeLessThanOrEqual(RATE * carried + rounding);
    }
    for (const [route, { carried }] of this.twin.routes.entries()) {
      expectClose(this.network.routeCarried(route), carried, `carried by route ${route}`);
    }
  }

  private spend(route: number, payload: number): void {
    const { links, coefficients } = this.twin.routes[route];
    for (const [i, link] of links.entries()) this.spent[link] += coefficients[i] * payload;
  }

  private expectMoved(moved: number, flow: TwinFlow): void {
    const tolerance = RATE * flow.size + 128 * ULP * this.now * flow.rate;
    expect(Math.abs(moved - (flow.size - flow.left))).toBeLessThanOrEqual(tolerance);
  }

  private tolerance(begun: number): number {
    return RATE * (this.now - begun) + 128 * ULP * this.now;
  }
}

function isSaturated(load: number, capacity: number): boolean {
  return capacity > 0 && capacity < Number.POSITIVE_INFINITY && load >= (1 - 1e-9) * capacity;
}

function expectClose(actual: number, expected: number, what: string): void {
  const difference = Math.abs(actual - expected);
  if (!(difference <= RATE * Math.max(actual, expected))) {
    expect.fail(`${what}: ${actual}, by the twin ${expected}`);
  }
}

const magnitude = (from: number, to: number) =>
  fc.double({ min: from, max: to, noNaN: true }).map(exponent => 10 ** exponent);
/** Half of the values from a short list, so that flows tie. */
const tying = (values: readonly number[], from: number, to: number) =>
  fc.oneof(fc.constantFrom(...values), magnitude(from, to));

const operations = (sizes: fc.Arbitrary<number>, caps: fc.Arbitrary<number>, weights: fc.Arbitrary<number>) =>
  fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('start' as const),
          count: fc.oneof(
            { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) },
            fc.integer({ min: 4, max: 50 }),
          ),
          route: fc.nat(),
          size: sizes,
          cap: caps,
          weight: weights,
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const), flow: fc.nat() }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('capacity' as const),
          link: fc.nat(),
          capacity: fc.oneof(fc.constantFrom(0, 0.5, 1, 1), magnitude(-1, 1)),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const), link: fc.nat() }) },
      { weight: 8, arbitrary: fc.record({ do: fc.constant('complete' as const) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          part: fc.integer({ min: 0, max: 100 }).map(percent => percent / 100),
        }),
      },
    ),
    { minLength: 10, maxLength: 60 },
  );

const mesh: fc.Arbitrary<World> = fc.integer({ min: 1, max: 6 }).chain(links =>
  fc.record({
    capacities: fc.array(
      fc.oneof({ weight: 8, arbitrary: tying([1, 1, 2, 5], -1, 1) }, fc.constant(Number.POSITIVE_INFINITY)),
      { minLength: links, maxLength: links },
    ),
    routes: fc.array(
      fc
        .record({
          links: fc.subarray(
            Array.from({ length: links }, (_, link) => link),
            { minLength: 1 },
          ),
          coefficients: fc.array(tying([1], -8, 1), { minLength: links, maxLength: links }),
        })
        .map(({ links, coefficients }) => ({ links, coefficients: coefficients.slice(0, links.length) })),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

/** Per server the links in, out and cores, one storage link for all, and six routes, as in a site of proxies. */
const servers: fc.Arbitrary<World> = fc
  .record({
    count: fc.integer({ min: 1, max: 20 }),
    direction: tying([125e6], 7, 9),
    cores: fc.constantFrom(1, 4, 16),
    storage: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.constant(125e6), magnitude(7, 10)),
    perByte: fc.constantFrom(5e-9, 1e-8),
  })
  .map(({ count, direction, cores, storage, perByte }) => {
    const world: World = { capacities: [storage], routes: [] };
    for (let server = 0; server < count; server++) {
      const inbound = world.capacities.push(direction) - 1;
      const outbound = world.capacities.push(direction) - 1;
      const core = world.capacities.push(cores) - 1;
      world.routes.push(
        { links: [inbound, outbound, core, 0], coefficients: [1.025, 1.025, perByte, 1] },
        { links: [inbound, core], coefficients: [1, perByte / 2] },
        { links: [outbound, core, 0], coefficients: [1, perByte / 2, 1] },
        { links: [inbound], coefficients: [1] },
        { links: [outbound], coefficients: [1] },
        { links: [core], coefficients: [1] },
      );
    }
    return world;
  });

describe('the network against progressive filling', () => {
  const caps = fc.oneof(
    { weight: 2, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    tying([0.1, 0.5, 1], -2, 1),
  );

  it('agrees on random meshes', () => {
    fc.assert(
      fc.property(
        mesh,
        operations(tying([1, 2], -3, 2), caps, tying([1], -2, 2)),
        fc.constantFrom(0, 0, 1e5),
        (world, list, now) => new Pair(world, now).run(list),
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('agrees on servers behind one storage link', () => {
    const clientCaps = fc.oneof(
      fc.constant(Number.POSITIVE_INFINITY),
      tying([625_000, 2_500_000, 6_250_000, 12_500_000], 5, 9),
    );
    fc.assert(
      fc.property(
        servers,
        operations(tying([50e6], 3, 9), clientCaps, tying([1], -0.5, 0.5)),
        (world, list) => new Pair(world, 0).run(list.map(withJobsOnCores)),
      ),
      { seed: 2, numRuns: 100 },
    );
  });
});

/** On the sixth route of a server flows are core-seconds on one core, with the weight that a byte's passage has. */
function withJobsOnCores(operation: Operation): Operation {
  if (operation.do !== 'start' || operation.route % 6 !== 5) return operation;
  return { ...operation, size: operation.size * 1e-9, cap: 1, weight: 5e-9 };
}
