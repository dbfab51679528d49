import { describe, expect, it } from 'vitest';
import { averageOf, type Spread } from '../../../src/study/replications/average.js';

function averaged(trees: readonly unknown[]) {
  const spread: Spread = { ci95: {}, n: {} };
  return { mean: averageOf(trees, spread), ...spread };
}

describe('figures over replications', () => {
  it('are means with intervals by their paths', () => {
    // 1 and 3: mean 2, half-width t(1) x 1 = 12.7062 at 95%.
    const { mean, ci95, n } = averaged([{ latency: { p99: 1 } }, { latency: { p99: 3 } }]);
    expect(mean).toEqual({ latency: { p99: 2 } });
    expect(ci95['latency.p99']![0]).toBeCloseTo(2 - 12.7062, 4);
    expect(ci95['latency.p99']![1]).toBeCloseTo(2 + 12.7062, 4);
    expect(n).toEqual({});
  });

  it('are of those that have them, and say of how many', () => {
    const { mean, ci95, n } = averaged([{ at: 4 }, { at: null }, { at: 8 }]);
    expect(mean).toEqual({ at: 6 });
    expect(Object.keys(ci95)).toEqual(['at']);
    expect(n).toEqual({ at: 2 });
    expect(averaged([{ at: null }, { at: 5 }])).toEqual({ mean: { at: 5 }, ci95: {}, n: { at: 1 } });
  });

  it('are null where none has them', () => {
    expect(averaged([{ at: null }, { at: null }])).toEqual({ mean: { at: null }, ci95: {}, n: {} });
  });

  it('count what did not happen as 0', () => {
    const { mean } = averaged([{ failures: { timeout: 4 } }, { failures: { refused: 2 } }]);
    expect(mean).toEqual({ failures: { timeout: 2, refused: 1 } });
  });

  it('leave out whole parts that a replication lacks', () => {
    expect(averaged([{ disk: null }, { disk: { peak: 3 } }]).mean).toEqual({ disk: { peak: 3 } });
  });

  it('go through lists of the same length, classes by their names', () => {
    const { mean, ci95 } = averaged([
      { background: [{ name: 'GET /a.b', failed: 1 }] },
      { background: [{ name: 'GET /a.b', failed: 2 }] },
    ]);
    expect(mean).toEqual({ background: [{ name: 'GET /a.b', failed: 1.5 }] });
    expect(Object.keys(ci95)).toEqual(['background.GET /a.b.failed']);
  });

  it('keep the events of the first run where the runs had different ones', () => {
    expect(averaged([{ events: [1, 2] }, { events: [3] }])).toEqual({
      mean: { events: [1, 2] },
      ci95: {},
      n: {},
    });
  });

  it('keep words, and equal figures to the last digit', () => {
    const { mean } = averaged(Array(7).fill({ kind: 'valet-key', offered: 0.1 }));
    expect(mean).toEqual({ kind: 'valet-key', offered: 0.1 });
  });
});
