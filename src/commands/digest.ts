import { clean } from '../present/terminal/text.js';
import { count } from '../readable.js';
import type { LoadedScenario } from '../scenario/load.js';
import type { Arrivals } from '../scenario/types.js';

/** A valid scenario in one line: `ok FILE: "NAME": TOPOLOGY, TOPOLOGY; 1,000 uploads`. */
export function digest({ file, scenario }: LoadedScenario): string {
  const topologies = scenario.topologies.map(t => clean(t.name)).join(', ');
  const uploads = numberOfUploads(scenario.workload.uploads.arrivals);
  return `ok ${clean(file)}: "${clean(scenario.name)}": ${topologies}; ${uploads}`;
}

/** Known beforehand, expected, or (closed loops) an outcome of the run. */
function numberOfUploads(arrivals: Arrivals): string {
  switch (arrivals.kind) {
    case 'burst':
    case 'spread':
      return uploads(arrivals.count);
    case 'trace':
      return uploads(arrivals.trace.start.length);
    case 'constant':
      return `about ${uploads(Math.round(arrivals.rate * arrivals.for))}`;
    case 'poisson':
      return `about ${uploads(Math.round(expected(arrivals.pieces)))}`;
    case 'closed':
      return `uploads by ${count(arrivals.users)} users in a closed loop`;
  }
}

function uploads(n: number): string {
  return n === 1 ? '1 upload' : `${count(n)} uploads`;
}

function expected(pieces: readonly { readonly until: number; readonly rate: number }[]): number {
  return pieces.reduce(
    (sum, { until, rate }, i) => sum + rate * (until - (i === 0 ? 0 : pieces[i - 1].until)),
    0,
  );
}
