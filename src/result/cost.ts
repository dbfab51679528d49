/** What a run costs, in US dollars; null where a price is not known. */
export interface Cost {
  /** Servers x window / 3600 x price. */
  readonly servers: number | null;
  /** Requests to storage. */
  readonly requests: number | null;
  /** File bytes over links that have a price. */
  readonly transfer: number | null;
  readonly loadBalancer: number | null;
  /** All lines together; null where one of them has no price. */
  readonly total: number | null;
  /** The total per million uploads that succeeded; null where none did. */
  readonly perMillionUploads: number | null;
  /** The total of a month of 730 hours at this load; null where nothing says what load a month has. */
  readonly perMonth: number | null;
  /** What it is made of: whatever has a price, and servers and requests in any case. */
  readonly lines: readonly CostLine[];
}

/** One price and what it was paid for. */
export interface CostLine {
  readonly name:
    | 'servers'
    | 'requests'
    | 'ingress'
    | 'acceleration'
    | 'nat'
    | 'crossZone'
    | 'loadBalancer'
    | 'processed';
  /** Where the scenario says its price, as `--set` takes it: `prices.nat`. */
  readonly path: string;
  readonly quantity: number;
  /** Hours, requests or bytes. */
  readonly unit: 'h' | 'request' | 'B';
  /** US dollars for one of them; null where it is not known. */
  readonly price: number | null;
  /** quantity x price. */
  readonly dollars: number | null;
  readonly perMillionUploads: number | null;
  readonly perMonth: number | null;
}
