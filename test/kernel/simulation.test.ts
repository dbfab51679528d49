/** The order of things within one instant, and the end of a run. */
import { describe, expect, it } from 'vitest';
import { type FlowOwner, Simulation } from '../../src/kernel/simulation.js';

class Log {
  readonly lines: string[] = [];
  readonly simulation: Simulation;

  constructor() {
    this.simulation = new Simulation(
      { linkChanged: () => {}, routeChanged: () => {} },
      { instantSettled: now => this.lines.push(`settled ${now}`) },
    );
  }

  note(what: string): { fire(): void; expire(): void } {
    const say = () => this.lines.push(`${what} ${this.simulation.now}`);
    return { fire: say, expire: say };
  }

  flow(name: string, route: number, size: number, then: () => void = () => {}): FlowOwner {
    const owner: FlowOwner = {
      flow: -1,
      transferred: () => {
        this.lines.push(`${name} ended ${this.simulation.now}`);
        then();
      },
    };
    this.simulation.startFlow(owner, route, size, Infinity, 1);
    return owner;
  }

  run(until = Infinity, busy = () => true): string[] {
    this.simulation.run(until, busy);
    return this.lines;
  }
}

describe('one instant', () => {
  it('first the flows that end, then events and deadlines in the order of their setting, then it settles', () => {
    const log = new Log();
    const { simulation } = log;
    const link = simulation.network.addLink(2);
    const route = simulation.network.addRoute([link], [1]);
    simulation.after(1, log.note('first event'));
    simulation.deadlines.set(log.note('deadline'), 1, simulation.calendar.nextSequence());
    simulation.after(1, log.note('second event'));
    simulation.after(0, {
      fire: () => {
        log.flow('a', route, 1);
        log.flow('b', route, 1);
      },
    });
    expect(log.run()).toEqual([
      'settled 0',
      'a ended 1',
      'b ended 1',
      'first event 1',
      'deadline 1',
      'second event 1',
      'settled 1',
    ]);
  });

  it.each([
    [0, 2],
    [2, 0],
    [3, 1],
  ])(
    'flows that are due together end in the order of their starts, whatever ids they have (%d, %d)',
    (...cut) => {
      const log = new Log();
      const { simulation } = log;
      const route = simulation.network.addRoute([simulation.network.addLink(10)], [1]);
      const owners: FlowOwner[] = [];
      simulation.after(0, {
        fire: () => {
          for (const name of ['w', 'x', 'y', 'z']) owners.push(log.flow(name, route, 100));
        },
      });
      simulation.after(1, {
        fire: () => {
          // Ids of those that are cut are free for the next.
          for (const index of cut) simulation.cutFlow(owners[index]!);
          for (const name of ['1st', '2nd', '3rd']) log.flow(name, route, 1);
        },
      });
      const ended = log.run().filter(line => /^\d.* ended/.test(line));
      expect(ended.map(line => line.slice(0, 3))).toEqual(['1st', '2nd', '3rd']);
    },
  );

  it('who may go on goes on when the one who acts has done so, in the order of asking', () => {
    const log = new Log();
    const { simulation } = log;
    const next = (name: string, then: () => void = () => {}) => ({
      resumable: true,
      resume: () => {
        log.lines.push(name);
        then();
      },
    });
    const withdrawn = { ...next('withdrawn'), resumable: false };
    simulation.after(0, {
      fire: () => {
        simulation.resumeNext(next('a', () => simulation.resumeNext(next('c'))));
        simulation.resumeNext(withdrawn);
        simulation.resumeNext(next('b'));
        log.lines.push('actor');
      },
    });
    simulation.after(0, log.note('next event'));
    expect(log.run()).toEqual(['actor', 'a', 'b', 'c', 'next event 0', 'settled 0']);
  });

  it('a flow that starts at an instant moves nothing before its end', () => {
    const log = new Log();
    const { simulation } = log;
    const route = simulation.network.addRoute([simulation.network.addLink(1)], [1]);
    simulation.after(3, { fire: () => void log.flow('late', route, 5) });
    expect(log.run()).toEqual(['settled 3', 'late ended 8', 'settled 8']);
    expect(simulation.network.routeCarried(route)).toBeCloseTo(5, 12);
  });
});

describe('a run', () => {
  it('ends when nobody is busy, at the horizon (events of that instant included), or when nothing is to come', () => {
    const log = new Log();
    for (const at of [1, 2, 3]) log.simulation.after(at, log.note('event'));
    expect(log.run(2)).toEqual(['event 1', 'settled 1', 'event 2', 'settled 2']);
    expect(log.simulation.now).toBe(2);
    expect(log.run(Infinity, () => false)).toHaveLength(4);
    expect(log.run(2.5)).toHaveLength(4);
    expect(log.simulation.now).toBe(2.5);
    expect(log.run().slice(4)).toEqual(['event 3', 'settled 3']);
    expect(log.simulation.now).toBe(3);
  });

  it('moves what flows until the horizon', () => {
    const log = new Log();
    const { simulation } = log;
    const route = simulation.network.addRoute([simulation.network.addLink(4)], [1]);
    simulation.after(1, { fire: () => void log.flow('long', route, 100) });
    log.run(6);
    expect(simulation.network.routeCarried(route)).toBeCloseTo(20, 12);
    expect([...simulation.flowOwners()]).toHaveLength(1);
  });
});
