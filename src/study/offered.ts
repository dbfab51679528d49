import { lossBound } from '../replay/rates.js';
import type { Scenario } from '../scenario/types.js';
import { drawOf } from '../workload/properties.js';
import type { UploadDraw, Workload } from '../workload/workload.js';

/** What an open workload asks for, in the few numbers with which one computes by hand. */
export interface Offered {
  readonly uploads: number;
  /** Mean bytes of an upload. */
  readonly size: number;
  /** Seconds from the first arrival to the last. */
  readonly span: number;
  /** Bytes per second that an uplink gives in the mean, Infinity where it does not limit. */
  readonly uplink: number;
  /** Seconds that an upload takes over its own uplink, in the mean. */
  readonly ownTime: number;
  /** A typical upload: the median of each property by itself. */
  readonly typical: {
    readonly size: number;
    readonly uplink: number;
    readonly rttServer: number;
    readonly rttStorage: number;
  };
}

/** Uploads that are looked at: enough for medians to three digits. */
const MOST = 20_000;

/** Null for closed loops, whose arrivals follow from the replay, and where nothing is uploaded. */
export function offeredBy(scenario: Scenario, { uploads }: Workload): Offered | null {
  const { count, start, closed } = uploads;
  if (closed !== null || count === 0) return null;
  const stride = Math.ceil(count / MOST);
  const drawn: UploadDraw[] = [];
  for (let index = 0; index < count; index += stride) {
    const draw = drawOf(uploads.properties, index);
    draw.uplink = Math.min(draw.uplink, lossBound(draw.rttStorage, draw.loss));
    drawn.push(draw);
  }
  return {
    uploads: count,
    size: mean(drawn.map(({ size }) => size)),
    span: Math.min(start[count - 1]!, scenario.horizon) - start[0]!,
    uplink: mean(drawn.map(({ uplink }) => uplink)),
    ownTime: mean(drawn.map(({ size, uplink }) => size / uplink)),
    typical: {
      size: median(drawn.map(({ size }) => size)),
      uplink: median(drawn.map(({ uplink }) => uplink)),
      rttServer: median(drawn.map(({ rttServer }) => rttServer)),
      rttStorage: median(drawn.map(({ rttStorage }) => rttStorage)),
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** By nearest rank. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1]!;
}
