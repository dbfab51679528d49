/** A proxy and a design that issues tokens, compared by the latency of one upload alone. */
export interface BreakEven {
  readonly proxy: string;
  readonly valetKey: string;
  /** The class of clients whose typical upload it is. */
  readonly client: string;
  /** Bytes of a file from which on it is the other way round; null where no size changes it. */
  readonly size: number | null;
  /** Seconds that a file of one byte takes longer with the signed URL; negative where it is faster. */
  readonly overhead: number;
  /** The faster one for files just below, and from that size on; null where they are equally fast. */
  readonly below: string | null;
  readonly above: string | null;
}
