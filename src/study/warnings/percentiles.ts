import { count } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import type { Evidence, Finding } from './warning.js';

/**
 * An objective asks for a percentile of fewer values than it needs: by nearest rank it is the largest of them. Only
 * of objectives: in a table the maximum stands beside it.
 */
export function percentiles({ scenario, spec, result }: Evidence): Finding[] {
  const objectives = scenario.slo.filter(({ topology }) => topology === 'all' || topology === spec.name);
  const metrics = new Set(objectives.map(({ metric }) => metric));
  return [...metrics].flatMap(metric => {
    const [, percentile] = /\.p(9\d)$/.exec(metric) ?? [];
    if (percentile === undefined) return [];
    const needed = 100 / (100 - Number(percentile));
    const values = valuesOf(metric, result);
    if (values < 2 || values >= needed) return [];
    return [
      {
        fact: `${metric} is the largest of ${count(values)} values`,
        advice: `An objective on p${percentile} needs at least ${count(needed)} of them to differ from one on the maximum, and some ten times as many to be steady: raise the number of arrivals, or ask for max.`,
      },
    ];
  });
}

/** How many values a percentile is taken of. */
function valuesOf(metric: string, { uploads, background }: TopologyResult): number {
  if (metric.startsWith('completion.')) return uploads.offered;
  const one = background.find(({ name }) => metric.startsWith(`background.${name}.`));
  return one?.succeeded ?? uploads.succeeded;
}
