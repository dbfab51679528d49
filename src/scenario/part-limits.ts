/** What storages ask of uploads in parts, and whether a design keeps to it. */
import { bytes, count } from '../readable.js';
import { quoted } from './text.js';
import type { Distribution, TopologyKind, TopologyOptions, UploadsSpec } from './types.js';

const MIB = 2 ** 20;

/** Parts of one upload: Amazon S3, and what speaks its API ("Amazon S3 multipart upload limits"). */
export const MOST_PARTS = 10_000;
/** Bytes of a part, but for the last one. */
const SMALLEST = 5 * MIB;
const LARGEST = 5 * 1024 * MIB;

/** Storage profiles with these limits. Azure's blocks are another API. */
const limited: ReadonlySet<unknown> = new Set(['s3-standard', 'gcs-standard', 'r2', 'minio']);

/** How many parts a file of `size` bytes has. */
export function partsOf(size: number, { partSize }: Pick<TopologyOptions, 'partSize'>): number {
  return Math.max(1, Math.ceil(size / partSize));
}

/** What a storage would not do that the simulation does. */
export function partWarnings(
  name: string,
  kind: TopologyKind,
  options: TopologyOptions,
  profile: unknown,
  uploads: UploadsSpec,
): string[] {
  if (kind !== 'valet-key-multipart') return [];
  const { partSize } = options;
  const size = largestSize(uploads);
  const parts = partsOf(size, options);
  const whose = limited.has(profile) ? String(profile) : 'Amazon S3';
  const found: string[] = [];
  if (Number.isFinite(parts) && parts > MOST_PARTS) {
    found.push(
      `a file of ${bytes(size)} has ${count(parts)} parts of ${bytes(partSize)}, and ${whose} takes at most ${count(MOST_PARTS)}: raise partSize to ${count(Math.ceil(size / MOST_PARTS / MIB))}MiB or more`,
    );
  }
  if (limited.has(profile) && partSize < SMALLEST && size > partSize)
    found.push(
      `${whose} takes no parts under 5 MiB, but for the last one (partSize is ${bytes(partSize)}); the simulation does`,
    );
  if (limited.has(profile) && partSize > LARGEST && size > LARGEST)
    found.push(`${whose} takes no parts over 5 GiB (partSize is ${bytes(partSize)}); the simulation does`);
  return found.map(text => `${quoted(name)}: ${text}`);
}

/** Bytes that at most one file in a thousand exceeds. */
function largestSize({ size, arrivals }: UploadsSpec): number {
  if (arrivals.kind === 'trace') return largestOf(arrivals.trace.size);
  return rarelyExceeded(size);
}

function rarelyExceeded(size: Distribution): number {
  switch (size.kind) {
    case 'constant':
      return size.value;
    case 'uniform':
      return size.b;
    case 'exponential':
      return size.mean * Math.log(1000);
    case 'lognormal':
      // 3.0902: the standard normal's quantile of 99.9%.
      return Math.exp(size.mu + 3.0902 * size.sigma);
    case 'pareto':
      return Math.min(size.max, size.min * 1000 ** (1 / size.alpha));
    case 'choice':
    case 'empirical':
      return largestOf(size.values);
  }
}

function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}
