/**
 * The mean of time series over replications, which begin and end at different instants and may have bins of different
 * widths. They are averaged over bins of the widest width that begin with the earliest of them; what a replication
 * has not begun or has ended counts as nothing. An average over a bin that another grid cuts is spread evenly.
 */
import type { Series } from '../../result.js';

type Name = Exclude<keyof Series, 'binWidth' | 'time'>;

/** Counts of what happened in a bin; the others are averages over the bin. */
const counts: readonly string[] = ['completed', 'failed'] satisfies readonly Name[];

/** @param ends the instant at which each replication ended, on the scenario's clock */
export function averageSeries(all: readonly Series[], ends: readonly number[]): Series {
  const [first] = all;
  if (all.length === 1) return first!;
  const binWidth = Math.max(...all.map(series => series.binWidth));
  const from = Math.min(...all.map(series => series.time[0]!));
  const to = Math.max(...ends);
  const bins = Math.max(1, Math.ceil((to - from) / binWidth - 1e-9));
  const time = Array.from({ length: bins }, (_, bin) => from + bin * binWidth);
  const averaged = Object.fromEntries(
    Object.entries(first!)
      .filter(([name]) => name !== 'binWidth' && name !== 'time')
      .map(([name, values]) => {
        if (values === null) return [name, null];
        const sums = new Float64Array(bins);
        all.forEach((series, r) => {
          addTo(sums, from, binWidth, series, ends[r]!, series[name as Name]!, counts.includes(name));
        });
        const widths = time.map(start => Math.min(binWidth, to - start));
        const per = counts.includes(name) ? () => all.length : (bin: number) => all.length * widths[bin]!;
        return [name, Array.from(sums, (sum, bin) => (per(bin) > 0 ? sum / per(bin) : 0))];
      }),
  );
  return { ...(averaged as unknown as Omit<Series, 'binWidth' | 'time'>), binWidth, time };
}

/** Adds the integral (or the counts) of one series to the bins of the common grid. */
function addTo(
  sums: Float64Array,
  from: number,
  width: number,
  series: Series,
  end: number,
  values: readonly number[],
  areCounts: boolean,
): void {
  const { time, binWidth } = series;
  const last = sums.length - 1;
  const cut = time.length - 1;
  values.forEach((value, i) => {
    if (value === 0) return;
    const begin = time[i]!;
    // The last bin ends with the run.
    const span = i === cut ? Math.max(0, Math.min(binWidth, end - begin)) : binWidth;
    const total = areCounts ? value : value * span;
    if (span === 0) {
      sums[within((begin - from) / width, last)]! += areCounts ? value : 0;
      return;
    }
    const low = within((begin - from) / width, last);
    const high = within((begin + span - from) / width - 1e-9, last);
    for (let bin = low; bin <= high; bin++) {
      const left = Math.max(begin, from + bin * width);
      const right = bin === high ? begin + span : Math.min(begin + span, from + (bin + 1) * width);
      sums[bin]! += (total * (right - left)) / span;
    }
  });
}

function within(bin: number, last: number): number {
  return Math.max(0, Math.min(last, Math.floor(bin)));
}
