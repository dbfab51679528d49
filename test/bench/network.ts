import { Network } from '../../src/kernel/resources/network.js';

/**
 * What exactness, caps, weights and several links cost: the network against a bare virtual-time loop (one link, equal
 * weights, nothing but a heap of finish tags) in the same process, on the same arrivals. Growth exponents are those of
 * the whole run's time between the smallest and the largest n; 1 is linear.
 */
export function benchNetwork(print: (line: string) => void): void {
  const runs: readonly [name: string, run: (load: Load) => Outcome][] = [
    ['bare virtual-time loop', runBare],
    ['one link, no caps', load => runNetwork(load, [LINK], false)],
    ['two links in series, continuous caps and weights', load => runNetwork(load, [LINK, 1.1 * LINK], true)],
  ];
  const outcomes = COUNTS.map(count =>
    measure(
      drawLoad(count),
      runs.map(([, run]) => run),
    ),
  );
  print(`| case | ${COUNTS.map(count => `n = ${count.toLocaleString('en')}`).join(' | ')} | exponent |`);
  print(`| --- |${' --- |'.repeat(COUNTS.length + 1)}`);
  const row = (name: string, value: (outcome: Measured) => string, exponent = '') =>
    print(`| ${name} | ${outcomes.map(value).join(' | ')} | ${exponent} |`);
  for (const [i, [name]] of runs.entries()) {
    const growth = Math.log(outcomes.at(-1)!.timesMs[i] / outcomes[0].timesMs[i]);
    const exponent = (growth / Math.log(COUNTS.at(-1)! / COUNTS[0])).toFixed(2);
    if (i > 0) row(`${name}: ratio to the bare loop`, ({ ratios }) => ratios[i].toFixed(1), exponent);
    row(
      `${name}: ns per event`,
      ({ timesMs, count }) => ((timesMs[i] * 1e6) / (2 * count)).toFixed(0),
      i === 0 ? exponent : '',
    );
    if (i === 2)
      row(`${name}: changes of side per event`, ({ moves, count }) => (moves[i] / (2 * count)).toFixed(3));
  }
}

const COUNTS = [1_000, 10_000, 100_000, 1_000_000];
const LINK = 1e9 / 8;
const SIZE = 50e6;

interface Load {
  count: number;
  arrivals: Float64Array;
  caps: Float64Array;
  weights: Float64Array;
}

interface Outcome {
  makespanS: number;
  regimeMoves: number;
}

/** Arrivals over the first half of the makespan, so that flows pile up; caps on both sides of the fair share. */
function drawLoad(count: number): Load {
  const random = generator(count);
  const fairShare = LINK / count;
  const windowS = (0.25 * count * SIZE) / LINK;
  return {
    count,
    arrivals: Float64Array.from({ length: count }, () => random() * windowS).sort(),
    caps: Float64Array.from({ length: count }, () => 3 * fairShare * 10 ** (2 * random())),
    weights: Float64Array.from({ length: count }, () => Math.exp(random() - 0.5)),
  };
}

function runBare({ count, arrivals }: Load): Outcome {
  const tags = new Float64Array(count);
  const ids = new Int32Array(count);
  let size = 0;
  let now = 0;
  let virtual = 0;
  let arrived = 0;
  while (arrived < count || size > 0) {
    const arrival = arrived < count ? arrivals[arrived] : Number.POSITIVE_INFINITY;
    const finish = size > 0 ? now + ((tags[0] - virtual) * size) / LINK : Number.POSITIVE_INFINITY;
    const next = Math.min(arrival, finish);
    if (size > 0) virtual += ((next - now) * LINK) / size;
    now = next;
    if (arrival < finish) {
      const tag = virtual + SIZE;
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (tags[parent] <= tag) break;
        tags[at] = tags[parent];
        ids[at] = ids[parent];
        at = parent;
      }
      tags[at] = tag;
      ids[at] = arrived++;
    } else {
      const tag = tags[--size];
      const id = ids[size];
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && tags[child + 1] < tags[child]) child++;
        if (tags[child] >= tag) break;
        tags[at] = tags[child];
        ids[at] = ids[child];
        at = child;
      }
      tags[at] = tag;
      ids[at] = id;
    }
  }
  return { makespanS: now, regimeMoves: 0 };
}

function runNetwork(
  { count, arrivals, caps, weights }: Load,
  capacities: readonly number[],
  varied: boolean,
): Outcome {
  let told = 0;
  const network = new Network({
    linkChanged: () => told++,
    routeChanged: () => told++,
  });
  const links = capacities.map(capacity => network.addLink(capacity));
  const route = network.addRoute(
    links,
    links.map(() => 1),
  );
  let now = 0;
  let arrived = 0;
  while (arrived < count || network.activeFlows > 0) {
    const arrival = arrived < count ? arrivals[arrived] : Number.POSITIVE_INFINITY;
    now = Math.min(arrival, network.nextTime());
    network.advance(now);
    while (arrived < count && arrivals[arrived] <= now) {
      network.start(
        route,
        SIZE,
        varied ? caps[arrived] : Number.POSITIVE_INFINITY,
        varied ? weights[arrived] : 1,
      );
      arrived++;
    }
    network.settle();
  }
  return { makespanS: now, regimeMoves: network.regimeMoves };
}

interface Measured {
  count: number;
  /** Per run: median time, median ratio to the first run of the same repetition, changes of side. */
  timesMs: number[];
  ratios: number[];
  moves: number[];
}

/** Takes turns between the runs, so that whatever else the machine does meets all of them. */
function measure(load: Load, runs: readonly ((load: Load) => Outcome)[]): Measured {
  const { count } = load;
  const repetitions = Math.max(3, Math.min(51, Math.round(500_000 / count)));
  const moves = runs.map(run => run(load).regimeMoves);
  const times: number[][] = runs.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [i, run] of runs.entries()) {
      const begin = performance.now();
      run(load);
      times[i].push(performance.now() - begin);
    }
  }
  const ratios = times.map(ofRun => median(ofRun.map((ms, repetition) => ms / times[0][repetition])));
  return { count, timesMs: times.map(median), ratios, moves };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

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
