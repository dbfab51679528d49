import type { Scenario } from '../scenario/types.js';
import { drawOf } from '../workload/properties.js';
import type { UploadDraw, Workload } from '../workload/workload.js';
import { meanOf } from './typical.js';

/** What an open workload asks for, in the few numbers with which one computes by hand. */
export interface Offered {
  /** Uploads that arrive before the horizon. */
  readonly uploads: number;
  /** Mean bytes of an upload. */
  readonly size: number;
  /** The first arrival, seconds on the scenario's clock. */
  readonly first: number;
  /** Seconds from the first arrival to the last. */
  readonly span: number;
  /** The uploads themselves, of many an even choice. */
  readonly drawn: readonly UploadDraw[];
  /** How long connections last, by class of clients; null where none breaks. */
  readonly drops: Workload['drops'];
}

/** Uploads that are looked at: enough for medians to three digits. */
const MOST = 20_000;

/** Null for closed loops, whose arrivals follow from the replay, and where nothing is uploaded. */
export function offeredBy({ horizon }: Scenario, { uploads, drops }: Workload): Offered | null {
  const { start, closed } = uploads;
  if (closed !== null) return null;
  const count = countUpTo(start, horizon);
  if (count === 0) return null;
  const stride = Math.ceil(count / MOST);
  const drawn: UploadDraw[] = [];
  for (let index = 0; index < count; index += stride) {
    const draw = drawOf(uploads.properties, index);
    drawn.push(draw);
  }
  return {
    uploads: count,
    size: meanOf(drawn.map(({ size }) => size)),
    first: start[0]!,
    span: start[count - 1]! - start[0]!,
    drawn,
    drops,
  };
}

/** How many of the ascending values are at most `limit`. */
function countUpTo(ascending: Float64Array, limit: number): number {
  const beyond = ascending.findIndex(value => value > limit);
  return beyond < 0 ? ascending.length : beyond;
}
