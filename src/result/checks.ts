export interface SelfCheck {
  readonly name: string;
  readonly ok: boolean;
  /** Relative deviation of the two sides of the identity. */
  readonly error: number;
}

/** A line of arithmetic by hand beside what was simulated. */
export interface HandCheck {
  /**
   * What is computed, in the unit of `value`:
   * - time: seconds in which a resource moves all files, bytes / (bytes per second);
   * - turns: seconds in which all uploads have had their turn on one of several places (threads, cores, connections);
   * - share: the share of the arrivals' time that either takes;
   * - memory, memory-full: bytes that bodies may need, and seconds until they fill it;
   * - threads: those that are busy, by Little's law;
   * - signing: seconds in which all URLs are signed;
   * - requests: uploads that storage's request rate has room for;
   * - breaks: attempts for each upload over connections that break;
   * - oversize: uploads that are larger than a gateway takes;
   * - late: seconds that the median upload takes on the client's own uplink, where a gateway gives it fewer;
   * - silent: seconds in which a server forwards the median upload, where a gateway allows no such silence;
   * - alone: seconds that the median upload takes alone.
   */
  readonly kind:
    | 'time'
    | 'turns'
    | 'share'
    | 'memory'
    | 'memory-full'
    | 'threads'
    | 'signing'
    | 'requests'
    | 'breaks'
    | 'oversize'
    | 'late'
    | 'silent'
    | 'alone';
  readonly resource: string;
  /** The numbers that go into it, SI units. */
  readonly terms: Readonly<Record<string, number>>;
  readonly value: number;
  /**
   * What the simulation says to it: of a time, for how long the resource was saturated; of requests and of what a
   * gateway does not let through, how many were turned away; else the same figure. Null where the run does not come that far.
   */
  readonly simulated: number | null;
  /** The values of the scenario that it uses. */
  readonly uses: readonly string[];
}
