import type { Endpoint, Route } from '../topologies/topology.js';

/** TCP's initial window, bytes: the largest message that rides on its half round trip instead of being a flow. */
export const INITIAL_WINDOW = 14_600;

/** One direction of a host's network. */
export interface Direction {
  /** Its link in the network. */
  readonly link: number;
  /** Payload bytes per second. */
  readonly capacity: number;
  /** Seconds that its full queue takes to drain; above 0, small messages ride on their half round trip. */
  readonly queue: number;
  /** Seconds that a half round trip waits while the direction is saturated; 0 where nothing can ever fill it. */
  readonly standing: number;
}

/** A place that clients connect to. */
export interface Host extends Endpoint {
  readonly in: Direction;
  readonly out: Direction;
  /** Its round trips are all alike: no standing queue, and no crash that a packet could meet. */
  readonly plain: boolean;
}

/** A set of links of the network, and which of an upload's own limits hold on it. */
export interface Path extends Route {
  readonly index: number;
  /** What it spends per unit of payload on each of its links. */
  readonly spends: readonly (readonly [link: number, coefficient: number])[];
  /** No link of it is limited. */
  readonly unbounded: boolean;
  /** Units per second of one flow that has all links for itself. */
  readonly alone: number;
  /** The client's end: its uplink limits the flow, and the loss on its way to this host. */
  readonly client: 'server' | 'storage' | null;
  /** It ends in storage: limited by what storage takes on one connection. */
  readonly toStorage: boolean;
  /** Passes through a server's CPU: limited to what one core can carry. */
  readonly proxied: boolean;
  /** Bytes by which the server's memory grows for each byte that arrives. */
  readonly memoryPerByte: number;
  /** Its bytes pass on the connection between a client and the gateway, where there is one. */
  readonly onClientConnection: boolean;
  /** Its bottleneck queue is remote and drops, so flows get unequal shares. */
  readonly unequalShares: boolean;
}

/** A client's end of the wire: bytes per second, seconds, share of packets lost. */
export interface ClientLink {
  readonly uplink: number;
  readonly downlink: number;
  readonly rttServer: number;
  readonly rttStorage: number;
  readonly loss: number;
  /** Max-min weight of its flows. */
  readonly weight: number;
}
