/** What logs tell in numbers: for the report on the terminal and for the comments of the scenario. */
import { Sample } from '../measure/sample.js';
import type { Collector } from './collector.js';
import type { GrowingColumn } from './columns.js';
import { second } from './instants.js';

/** The most uploads that started within some time, and when that began. */
export interface Peak {
  readonly uploads: number;
  readonly at: number;
}

export interface Summary {
  readonly uploads: number;
  readonly bytes: number;
  readonly sizes: Sample;
  /** Bytes per second, of uploads where they are known. */
  readonly uplinks: Sample;
  /** From the first start to the last end, in seconds. */
  readonly period: number;
  readonly perSecond: Peak;
  readonly perMinute: Peak;
}

export function summarize(collected: Collector): Summary {
  const starts = sortedValues(collected.starts);
  const sizes = sampleOf(collected.sizes);
  return {
    uploads: collected.account.uploads,
    bytes: sizes.total,
    sizes,
    uplinks: sampleOf(collected.uplinks),
    period: (collected.last - collected.first) / second,
    perSecond: peakWithin(starts, second),
    perMinute: peakWithin(starts, 60 * second),
  };
}

function sampleOf(column: GrowingColumn<Float64Array>): Sample {
  const values = new Sample();
  for (let i = 0; i < column.length; i += 1) if (!Number.isNaN(column.at(i))) values.add(column.at(i));
  return values;
}

function sortedValues(column: GrowingColumn<Float64Array>): Float64Array {
  return Float64Array.from({ length: column.length }, (_, i) => column.at(i)).sort();
}

/** The fullest window of this width that begins with a start. */
export function peakWithin(starts: Float64Array, width: number): Peak {
  let peak: Peak = { uploads: 0, at: Number.NaN };
  let end = 0;
  for (let i = 0; i < starts.length; i += 1) {
    while (end < starts.length && starts[end]! < starts[i]! + width) end += 1;
    if (end - i > peak.uploads) peak = { uploads: end - i, at: starts[i]! };
  }
  return peak;
}
