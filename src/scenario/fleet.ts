/** Health checks and autoscaling as the simulator takes them, and what cannot be once everything is laid over each other. */
import type { z } from 'zod';
import type { Finding } from './issues.js';
import type { Path } from './problem.js';
import type { Threshold } from './schema/fleet.js';
import { Complaint } from './schema/form.js';
import type { server } from './schema/server.js';
import type { Autoscaling, HealthChecks, ScalingMetric, ServerParameters } from './types.js';

type Written = z.output<typeof server>;
type Rule = Exclude<NonNullable<Written['autoscale']>, 'none'>;

export function healthOf({ health = 'none' }: Written): HealthChecks | null {
  return health === 'none' ? null : health;
}

export function autoscalingOf({ autoscale = 'none', count }: Written): Autoscaling | null {
  if (autoscale === 'none') return null;
  const { above, below, max = count, ...rest } = autoscale;
  return { ...rest, max, above: above.value, below: below.value };
}

/** @param pathTo where a field of `server` is written, by its keys */
export function fleetFindings(server: Written, pathTo: (...keys: string[]) => Path): Finding[] {
  const { health = 'none', autoscale = 'none' } = server;
  return [
    ...(health === 'none' ? [] : ofChecks(health, pathTo)),
    ...(autoscale === 'none' ? [] : ofRule(autoscale, server, pathTo)),
  ];
}

function ofChecks({ interval, timeout }: HealthChecks, pathTo: (...keys: string[]) => Path): Finding[] {
  if (timeout < interval) return [];
  const complaint = new Complaint(
    'range',
    'a check would still wait for its answer when the next one begins',
    'a timeout below the interval',
  );
  const path = pathTo('health', 'timeout');
  return [{ path, aim: 'value', complaint, also: [pathTo('health', 'interval')] }];
}

function ofRule(rule: Rule, server: Written, pathTo: (...keys: string[]) => Path): Finding[] {
  const { min, max, metric, above, below } = rule;
  const found: Finding[] = [];
  const add = (key: string | null, code: string, what: string, allowed: string, also: Path[] = []) => {
    const path = key === null ? pathTo('autoscale') : pathTo('autoscale', key);
    found.push({ path, aim: 'value', complaint: new Complaint(code, what, allowed), also });
  };
  if (max === undefined) {
    add(null, 'missing', 'max is missing', 'the most servers that there may be, e.g. max: 8');
  } else {
    if (min > max) {
      add('min', 'range', `more servers than max (${max})`, 'min of at most max', [
        pathTo('autoscale', 'max'),
      ]);
    }
    if (server.count > max) {
      const what = `fewer servers than those of the beginning (server.count is ${server.count})`;
      add('max', 'range', what, 'max of at least count', [pathTo('count')]);
    }
  }
  const unit = metric === 'requests' ? 'number' : 'share';
  for (const [key, threshold] of Object.entries({ above, below })) {
    if (threshold.unit !== unit) add(key, 'range', misfit(metric, threshold), example[unit]);
  }
  if (above.unit === unit && below.unit === unit && below.value >= above.value) {
    const what = 'servers would be added and taken away at the same load';
    add('below', 'range', what, 'below smaller than above', [pathTo('autoscale', 'above')]);
  }
  const unlimited = limitOf(metric, server);
  if (unlimited !== null) {
    add(
      'metric',
      'range',
      `${metric} is never used to any share, since ${unlimited} is unlimited`,
      `a limited ${unlimited}, or another metric`,
    );
  }
  return found;
}

const example = {
  number: 'a number of requests of one server, e.g. 50',
  share: 'a share, e.g. 70%',
} as const;

function misfit(metric: ScalingMetric, { unit }: Threshold): string {
  const given = unit === 'share' ? 'a share' : 'a number';
  return `${given} is compared with ${metric}, which is ${unit === 'share' ? 'a number' : 'a share of a capacity'}`;
}

/** The field that would have to be limited for the metric to have a meaning; null where it has. */
function limitOf(
  metric: ScalingMetric,
  server: Pick<ServerParameters, 'cores' | 'threads' | 'memory' | 'network'>,
) {
  const limits: Readonly<Record<ScalingMetric, readonly [field: string, limit: number] | null>> = {
    cpu: ['server.cores', server.cores],
    threads: ['server.threads', server.threads],
    memory: ['server.memory', server.memory],
    networkIn: ['server.network.in', server.network.in.rate],
    networkOut: ['server.network.out', server.network.out.rate],
    requests: null,
  };
  const limit = limits[metric];
  return limit !== null && limit[1] === Number.POSITIVE_INFINITY ? limit[0] : null;
}
