/** One workload for all topologies: what fixes it, and what cannot touch it. */
import { describe, expect, it } from 'vitest';
import type { UploadDraw } from '../../src/workload/workload.js';
import { readUpload } from '../reference/read-upload.js';
import type { Part } from '../theory/scenario-text.js';
import { blank, column, draw, jobs } from './columns.js';

const uploads: Part = {
  arrivals: { rate: '20/s', for: '20s' },
  size: { lognormal: { median: '5MB', cv: 1 } },
  bucket: {
    choice: [
      { value: 'a', weight: 1 },
      { value: 'b', weight: 2 },
    ],
  },
  file: {
    choice: [
      { value: 'x', weight: 1 },
      { value: 'y', weight: 1 },
    ],
  },
};

const clients: readonly Part[] = [
  {
    name: 'cable',
    weight: 2,
    uplink: { uniform: ['10Mbps', '20Mbps'] },
    downlink: { exponential: '100Mbps' },
    rtt: { server: { uniform: ['10ms', '20ms'] }, storage: { uniform: ['5ms', '9ms'] } },
    loss: { uniform: ['0%', '1%'] },
    mistakes: { bucket: '5%', key: '5%', method: '5%', signature: '5%' },
  },
  { name: 'mobile', weight: 1, uplink: { exponential: '5Mbps' }, rtt: '60ms' },
];

const get: Part = {
  name: 'get',
  arrivals: { rate: '30/s', for: '10s' },
  request: { uniform: ['1kB', '2kB'] },
  response: { exponential: '20kB' },
  service: { exponential: '5ms' },
};

const scenario: Part = { workload: { uploads, background: [get] }, clients };
const base = draw(scenario);

function requests(workload: typeof base, stream = 0) {
  const { count, start, read } = workload.background[stream]!;
  return Array.from({ length: count }, (_, index) => {
    const into = { client: 0, request: 0, response: 0, service: 0, uplink: 0, downlink: 0 };
    const draw = { ...into, rttServer: 0, rttStorage: 0, loss: 0 };
    read(index, draw);
    return { ...draw, start: start[index]! };
  });
}

const properties: readonly (keyof UploadDraw)[] = [
  'size',
  'client',
  'bucket',
  'file',
  'uplink',
  'downlink',
  'rttServer',
  'rttStorage',
  'loss',
  'mistakes',
];

describe('the seed', () => {
  it('the same gives the same arrays', () => {
    const again = draw(scenario);
    expect(again.uploads.start).toEqual(base.uploads.start);
    expect(jobs(again.uploads)).toEqual(jobs(base.uploads));
    expect(requests(again)).toEqual(requests(base));
  });

  it('another gives others, property by property', () => {
    const other = draw(scenario, 'another');
    expect([...other.uploads.start.slice(0, 5)]).not.toEqual([...base.uploads.start.slice(0, 5)]);
    for (const name of properties) {
      expect(column(other.uploads, name).slice(0, 100), name).not.toEqual(
        column(base.uploads, name).slice(0, 100),
      );
    }
    expect(requests(other).slice(0, 5)).not.toEqual(requests(base).slice(0, 5));
  });

  it('what is read can be read again, in any order', () => {
    const last = blank();
    readUpload(base.uploads.properties, base.uploads.count - 1, last);
    const first = blank();
    readUpload(base.uploads.properties, 0, first);
    expect([first, last]).toEqual([jobs(base.uploads)[0], jobs(base.uploads).at(-1)]);
  });
});

/** A change to one part of the scenario, and the properties of uploads that it may move. */
const changes: readonly [string, Part, readonly string[]][] = [
  ['size', { ...scenario, workload: { uploads: { ...uploads, size: '1MB' }, background: [get] } }, ['size']],
  [
    'bucket',
    { ...scenario, workload: { uploads: { ...uploads, bucket: 'only' }, background: [get] } },
    ['bucket'],
  ],
  ['uplink', { ...scenario, clients: [{ ...clients[0], uplink: '9Mbps' }, clients[1]!] }, ['uplink']],
  [
    'rtt',
    { ...scenario, clients: [{ ...clients[0], rtt: '1ms' }, clients[1]!] },
    ['rttServer', 'rttStorage'],
  ],
  ['mistakes', { ...scenario, clients: [{ ...clients[0], mistakes: {} }, clients[1]!] }, ['mistakes']],
  ['no background', { ...scenario, workload: { uploads } }, []],
];

describe.each(changes)('a change of %s', (_, changed, moved) => {
  const workload = draw(changed);

  it('leaves everything else as it was', () => {
    expect(workload.uploads.start).toEqual(base.uploads.start);
    for (const name of properties) {
      const before = column(base.uploads, name);
      const after = column(workload.uploads, name);
      if (moved.includes(name)) expect(after, name).not.toEqual(before);
      else expect(after, name).toEqual(before);
    }
  });
});

it('another background class changes neither the uploads nor the first class', () => {
  const more = draw({ ...scenario, workload: { uploads, background: [{ ...get, name: 'post' }, get] } });
  expect(jobs(more.uploads)).toEqual(jobs(base.uploads));
  expect(requests(more, 1)).toEqual(requests(base));
  expect(requests(more, 0)).not.toEqual(requests(base));
});

it('classes of clients come in proportion to their weights', () => {
  const many = draw({
    workload: { uploads: { ...uploads, arrivals: { count: 30_000, at: '0s' } } },
    clients,
  });
  const cable = column(many.uploads, 'client').filter(client => client === 0).length;
  // Binomial, 5 standard errors: a false alarm for one seed in 1.7 million.
  expect(Math.abs(cable / 30_000 - 2 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / 30_000));
  // Each kind of mistake with its own share, of that class alone.
  const mistakes = jobs(many.uploads).filter(({ client }) => client === 0);
  for (const bit of [1, 2, 4, 8]) {
    const share = mistakes.filter(job => (job.mistakes & bit) !== 0).length / mistakes.length;
    expect(Math.abs(share - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / mistakes.length));
  }
  expect(jobs(many.uploads).some(job => job.client === 1 && job.mistakes !== 0)).toBe(false);
});

describe('a closed loop', () => {
  const arrivals = { users: 20, think: { exponential: '2s' }, for: '100s' };
  const loop = (more: Part = {}, seed?: string) =>
    draw({ ...scenario, workload: { uploads: { ...uploads, arrivals, ...more } } }, seed).uploads;
  const turn = (stream: ReturnType<typeof loop>, user: number, number: number) => {
    const into = blank();
    stream.readTurn(user, number, into);
    return { ...into, think: stream.closed!.think(user, number) };
  };

  it('has no arrivals of its own', () => {
    const stream = loop();
    expect([stream.count, stream.start.length]).toEqual([0, 0]);
    expect(stream.closed).toMatchObject({ users: 20, until: 100 });
  });

  it('draws by (user, turn), in whatever order it is asked', () => {
    const stream = loop();
    const forwards = [0, 1, 2, 3].map(number => turn(stream, 5, number));
    for (let user = 0; user < 20; user++) turn(stream, user, 7);
    const backwards = [3, 2, 1, 0].map(number => turn(loop(), 5, number)).reverse();
    expect(backwards).toEqual(forwards);
    expect(turn(stream, 6, 0)).not.toEqual(forwards[0]);
    expect(new Set(forwards.map(({ size }) => size)).size).toBe(4);
  });

  it('one user more leaves the others as they were; another seed does not', () => {
    const more = loop({ arrivals: { ...arrivals, users: 21 } });
    expect(turn(more, 5, 2)).toEqual(turn(loop(), 5, 2));
    expect(turn(loop({}, 'another'), 5, 2)).not.toEqual(turn(loop(), 5, 2));
  });

  it('the size alone changes with its distribution', () => {
    const { size: before, ...rest } = turn(loop(), 3, 1);
    const { size: after, ...same } = turn(loop({ size: '1MB' }), 3, 1);
    expect(same).toEqual(rest);
    expect([before === after, after]).toEqual([false, 1e6]);
  });

  it('means are those of the distributions', () => {
    const stream = loop();
    const n = 40_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += stream.closed!.think(i % 20, Math.floor(i / 20));
    // 5 standard errors of an exponential's mean.
    expect(Math.abs(sum / n / 2 - 1)).toBeLessThan(5 / Math.sqrt(n));
  });
});
