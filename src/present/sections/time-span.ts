import type { TopologyResult } from '../../result.js';
import type { TimeAxis } from '../chart/time-axis.js';
import { originOf } from './clock.js';

/** The time that charts show, and what it leaves out. */
export interface TimeSpan {
  readonly axis: TimeAxis;
  /** The instant of the scenario's clock at which the axis begins to count; 0: it shows that clock. */
  readonly origin: number;
  /** The end of the last window, where that is beyond the axis. */
  readonly cutFrom: number | null;
}

/** An axis that is so much longer than what happens on it hides what happens. */
const mostlyEmpty = 4;

/**
 * From the first begin to the last end of the windows; but only a little beyond the instant at which 99% of the
 * uploads of every topology are over, where the rest would be most of the axis. Null where no time passes.
 */
export function timeSpan(topologies: readonly TopologyResult[]): TimeSpan | null {
  const begin = Math.min(...topologies.map(t => t.window[0]));
  const end = Math.max(...topologies.map(t => t.window[1]));
  if (!(end > begin)) return null;
  const busy = Math.max(...topologies.map(mostlyOver)) - begin;
  const cut = busy > 0 && busy * mostlyEmpty < end - begin;
  const origin = originOf(topologies);
  const to = cut ? begin + 1.1 * busy : end;
  return { axis: { from: begin - origin, to: to - origin, log: false }, origin, cutFrom: cut ? end : null };
}

/** When 99% of the uploads have ended: the end of the bin in which they did, or of the window. */
function mostlyOver({ series, uploads, window }: TopologyResult): number {
  // What is left at the horizon was there all the time.
  if (uploads.unfinished > 0.01 * uploads.offered) return window[1];
  const ended = series.completed.map((n, i) => n + series.failed[i]);
  const enough = 0.99 * ended.reduce((sum, n) => sum + n, 0);
  let sum = 0;
  const bin = ended.findIndex(n => {
    sum += n;
    return sum >= enough && sum > 0;
  });
  return bin < 0 ? window[1] : Math.min(window[1], series.time[bin] + series.binWidth);
}
