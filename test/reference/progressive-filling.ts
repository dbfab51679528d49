/**
 * The law of src/kernel/resources/network.ts, read aloud: after every change all rates are found afresh by raising one
 * level from 0, flow by flow and link by link, and every flow's remaining payload is written down at every event.
 * O(flows x links) per stop of the level: slow, and obvious.
 */
export interface TwinFlow {
  route: number;
  size: number;
  cap: number;
  weight: number;
  left: number;
  rate: number;
}

interface TwinRoute {
  links: readonly number[];
  coefficients: readonly number[];
  carried: number;
}

interface TwinLink {
  capacity: number;
  carried: number;
}

export class ProgressiveFilling {
  now = 0;
  readonly flows = new Set<TwinFlow>();
  readonly routes: TwinRoute[] = [];
  readonly links: TwinLink[] = [];

  addLink(capacity: number): number {
    return this.links.push({ capacity, carried: 0 }) - 1;
  }

  addRoute(links: readonly number[], coefficients: readonly number[]): number {
    return this.routes.push({ links, coefficients, carried: 0 }) - 1;
  }

  start(route: number, size: number, cap: number, weight: number): TwinFlow {
    const flow = { route, size, cap, weight, left: size, rate: 0 };
    this.flows.add(flow);
    return flow;
  }

  end(flow: TwinFlow): void {
    this.flows.delete(flow);
  }

  /** Finds all rates: flows stop at their cap, or where a link that they cross is full. */
  refill(): void {
    for (const flow of this.flows) flow.rate = 0;
    const rising = new Set(this.flows);
    while (rising.size > 0) {
      let level = Number.POSITIVE_INFINITY;
      for (const flow of rising) level = Math.min(level, flow.cap / flow.weight);
      const fullAt = this.links.map((_, link) => this.levelWhenFull(link, rising));
      level = Math.min(level, ...fullAt);
      for (const flow of [...rising]) {
        const stopped = this.routes[flow.route].links.some(link => fullAt[link] <= level);
        if (!stopped && flow.cap / flow.weight > level) continue;
        flow.rate = flow.cap / flow.weight <= level ? flow.cap : flow.weight * level;
        rising.delete(flow);
      }
    }
  }

  nextTime(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const flow of this.flows) if (flow.rate > 0) next = Math.min(next, this.now + flow.left / flow.rate);
    return next;
  }

  advance(now: number): void {
    const elapsed = now - this.now;
    for (const flow of this.flows) {
      const moved = flow.rate * elapsed;
      flow.left -= moved;
      const route = this.routes[flow.route];
      route.carried += moved;
      for (const [i, link] of route.links.entries())
        this.links[link].carried += route.coefficients[i] * moved;
    }
    this.now = now;
  }

  load(link: number): number {
    let load = 0;
    for (const flow of this.flows) load += this.coefficient(flow, link) * flow.rate;
    return load;
  }

  routeRate(route: number): number {
    let rate = 0;
    for (const flow of this.flows) if (flow.route === route) rate += flow.rate;
    return rate;
  }

  coefficient(flow: TwinFlow, link: number): number {
    const { links, coefficients } = this.routes[flow.route];
    return links.reduce((sum, crossed, i) => (crossed === link ? sum + coefficients[i] : sum), 0);
  }

  private levelWhenFull(link: number, rising: ReadonlySet<TwinFlow>): number {
    let free = this.links[link].capacity;
    let slope = 0;
    for (const flow of this.flows) {
      const coefficient = this.coefficient(flow, link);
      if (rising.has(flow)) slope += coefficient * flow.weight;
      else free -= coefficient * flow.rate;
    }
    return slope > 0 ? Math.max(0, free) / slope : Number.POSITIVE_INFINITY;
  }
}
