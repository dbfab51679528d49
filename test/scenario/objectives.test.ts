import { describe, expect, it } from 'vitest';
import { metricKinds, parseObjective } from '../../src/scenario/objectives.js';
import { Complaint } from '../../src/scenario/schema/form.js';

const known = {
  topologies: ['valet-key', 'a: b', 'proxy-buffered'],
  background: ['GET /feed', 'GET /feed.latency', 'x < y'],
};
const read = (text: string, topology?: string) => parseObjective(text, known, topology);

describe('parseObjective', () => {
  it.each<[string, string, string, string, number]>([
    ['valet-key: completion.p99 < 10m', 'valet-key', 'completion.p99', '<', 600],
    ['valet-key: cost.total <= 12.5', 'valet-key', 'cost.total', '<=', 12.5],
    ['cost.perMillionUploads < 800', 'all', 'cost.perMillionUploads', '<', 800],
    ['all: failed <= 0.1%', 'all', 'failed', '<=', 0.001],
    ['failed<1%', 'all', 'failed', '<', 0.01],
    ['goodput > 90MB/s', 'all', 'goodput', '>', 90e6],
    ['proxy-buffered:server.memory.peak >= 1GiB', 'proxy-buffered', 'server.memory.peak', '>=', 2 ** 30],
    ['server.cpu.utilization < 80%', 'all', 'server.cpu.utilization', '<', 0.8],
    ['server.crashes < 1', 'all', 'server.crashes', '<', 1],
    ['makespan < 1h', 'all', 'makespan', '<', 3600],
    ['timeToToken.mean < 250ms', 'all', 'timeToToken.mean', '<', 0.25],
    ['a: b: server.down < 1s', 'a: b', 'server.down', '<', 1],
    [
      'valet-key: background.GET /feed.latency.p99 < 2s',
      'valet-key',
      'background.GET /feed.latency.p99',
      '<',
      2,
    ],
    ['background.GET /feed.latency.failed < 1%', 'all', 'background.GET /feed.latency.failed', '<', 0.01],
    ['background.GET /feed.slowdown.p99 < 1.5', 'all', 'background.GET /feed.slowdown.p99', '<', 1.5],
    ['background.x < y.latency.max < 1s', 'all', 'background.x < y.latency.max', '<', 1],
  ])('%s', (text, topology, metric, comparison, limit) => {
    expect(read(text)).toMatchObject({ topology, metric, comparison, limit });
  });

  it('keeps the text without the topology', () => {
    expect(read('valet-key: completion.p99 < 10m')).toMatchObject({ expr: 'completion.p99 < 10m' });
    expect(read('completion.p99 < 10m', 'valet-key')).toMatchObject({
      expr: 'completion.p99 < 10m',
      topology: 'valet-key',
    });
  });

  it('takes every metric with a limit of its kind', () => {
    const limits = {
      time: '1s',
      share: '1%',
      rate: '1MB/s',
      size: '1MB',
      number: '1',
      frequency: '1/s',
      price: '1/h',
      'price-of-data': '1/GB',
      'price-of-requests': '1/million',
      dollars: '12.5',
    };
    for (const [metric, kind] of metricKinds()) {
      expect(read(`${metric.replace('NAME', 'GET /feed')} < ${limits[kind]}`)).not.toBeInstanceOf(Complaint);
    }
  });

  it.each<[string, RegExp]>([
    ['nobody: failed < 1%', /no topology is called "nobody"/],
    ['valetkey: failed < 1%', /did you mean valet-key\?/],
    ['faild < 1%', /did you mean failed\?/],
    ['latency < 1s', /did you mean latency\.p99\?|latency\.p50/],
    ['background.GET /fed.failed < 1%', /did you mean background\.GET \/feed\.failed\?/],
    ['failed', /not a comparison/],
    ['failed < ', /%/],
    ['failed < 1s', /is a time; failed is compared with a share/],
    ['failed < 1% < 2%', /not a metric/],
    ['failed == 1%', /<, <=, > or >=/],
    [`${'x'.repeat(10_000)} < 1%`, /not a comparison/],
    ['completion.mean < 1s', /no mean/],
    [
      'cost.total < $12.5',
      /"\$12\.5" is not a plain number; cost\.total is compared with US dollars, a number without a sign/,
    ],
    ['cost.perMillion < 5', /did you mean cost\.perMillionUploads\?/],
    ['server.crashes < -1', /is not a plain number/],
  ])('%s is refused', (text, expected) => {
    const complaint = read(text);
    expect(complaint).toBeInstanceOf(Complaint);
    if (complaint instanceof Complaint) expect(`${complaint.what}; ${complaint.allowed}`).toMatch(expected);
  });
});
