import type { TimeBins } from './bins.js';
import { SATURATED_SHARE, Usage } from './usage.js';

/** After so many changes the sum over the servers is formed anew, so that rounding cannot add up. */
const CHANGES_PER_SUM = 1024;

/**
 * One kind of resource on every server of a fleet: the usage of each, and that of their sum. A fleet counts as
 * saturated while at least one of its servers is.
 */
export class FleetGauge {
  readonly servers: readonly Usage[];
  /** The sum over the servers; the server's own usage where there is one. */
  readonly fleet: Usage;
  /** The line of each server, and of their sum: its value at an instant and its growth from there. */
  private readonly values: Float64Array;
  private readonly slopes: Float64Array;
  private readonly changedAt: Float64Array;
  private readonly saturated: Uint8Array;
  private sum: number;
  private slopeSum = 0;
  private sumAt = 0;
  private changes = 0;
  private saturatedCount = 0;
  private saturatedSince: number;
  private saturatedTime = 0;

  /** `capacity` and `initial` are those of one server, of which the first `present` are there to begin with; seconds. */
  constructor(
    count: number,
    private readonly capacity: number,
    initial: number,
    private readonly origin: number,
    bins: TimeBins,
    series: number,
    present = count,
  ) {
    const single = count === 1;
    this.servers = Array.from(
      { length: count },
      (_, server) => new Usage(capacity, server < present ? initial : 0, origin, bins, single ? series : -1),
    );
    this.fleet = single
      ? this.servers[0]!
      : new Usage(capacity * count, initial * present, origin, bins, series);
    this.values = new Float64Array(count).fill(initial, 0, present);
    this.slopes = new Float64Array(count);
    this.changedAt = new Float64Array(count);
    this.saturated = new Uint8Array(count);
    this.sum = initial * present;
    this.saturatedSince = origin;
  }

  set(server: number, now: number, value: number, slope = 0): void {
    const usage = this.servers[server]!;
    usage.set(now, value, slope);
    if (usage === this.fleet) {
      this.values[server] = value;
      this.sum = value;
      return;
    }
    this.sum += this.slopeSum * (now - this.sumAt) + value - this.valueAt(server, now);
    this.slopeSum += slope - this.slopes[server]!;
    this.sumAt = now;
    this.values[server] = value;
    this.slopes[server] = slope;
    this.changedAt[server] = now;
    if (++this.changes >= Math.max(CHANGES_PER_SUM, this.values.length)) this.formSums(now);
    this.fleet.set(now, this.sum, this.slopeSum);
    this.countSaturated(server, now, slope === 0 && value >= SATURATED_SHARE * this.capacity);
  }

  /** What was just set counts for the peak even if it does not last: a limit can be met at an instant. */
  notePeak(server: number, now: number): void {
    this.servers[server]!.notePeak(now, this.values[server]!);
    this.fleet.notePeak(now, this.sum);
  }

  /** The server is at its capacity at this instant, though not for any time. */
  noteFull(server: number, now: number): void {
    const usage = this.servers[server]!;
    const missing = this.capacity - this.valueAt(server, now);
    const sum = this.sum + this.slopeSum * (now - this.sumAt);
    usage.notePeak(now, this.capacity);
    usage.noteSaturated(now);
    if (usage !== this.fleet) this.fleet.notePeak(now, sum + missing);
  }

  /** The server has no room for what is asked of it at this instant, though it may not be full. */
  noteRefusal(server: number, now: number): void {
    this.servers[server]!.noteSaturated(now);
  }

  saturatedAt(): number | null {
    let first: number | null = null;
    for (const { saturatedAt } of this.servers) {
      if (saturatedAt !== null && (first === null || saturatedAt < first)) first = saturatedAt;
    }
    return first;
  }

  /** Seconds up to `now` in which at least one server was saturated. */
  saturatedFor(now: number): number {
    const [only] = this.servers;
    if (this.servers.length === 1) return only!.saturatedFor(now);
    return this.saturatedTime + (this.saturatedCount > 0 ? Math.max(0, now - this.saturatedSince) : 0);
  }

  private countSaturated(server: number, now: number, saturated: boolean): void {
    if ((this.saturated[server] === 1) === saturated) return;
    this.saturated[server] = saturated ? 1 : 0;
    if (this.saturatedCount > 0) this.saturatedTime += Math.max(0, now - this.saturatedSince);
    this.saturatedSince = Math.max(now, this.origin);
    this.saturatedCount += saturated ? 1 : -1;
  }

  private valueAt(server: number, now: number): number {
    return this.values[server]! + this.slopes[server]! * (now - this.changedAt[server]!);
  }

  private formSums(now: number): void {
    this.changes = 0;
    this.sum = 0;
    this.slopeSum = 0;
    for (let server = 0; server < this.values.length; server++) {
      this.sum += this.valueAt(server, now);
      this.slopeSum += this.slopes[server]!;
    }
  }
}
