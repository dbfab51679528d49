/**
 * Exact mean value analysis of a closed network of one station and a delay (think time). Reiser & Lavenberg 1980;
 * Lazowska, Zahorjan, Graham & Sevcik, Quantitative System Performance (1984), 8.2 and 20.2 (load-dependent centre).
 */
export interface ClosedNetwork {
  readonly population: number;
  /** Mean seconds away from the station. */
  readonly think: number;
  /** Mean seconds of service, exponential if first in first out; of any distribution if one server is shared. */
  readonly service: number;
  readonly servers: number;
}

export interface ClosedSolution {
  /** Mean seconds at the station per visit. */
  readonly residence: number;
  /** Cycles per second. */
  readonly throughput: number;
  /** Mean number of busy servers / servers. */
  readonly utilization: number;
}

/**
 * For n = 1, 2, ...: R(n) = sum over j of j / mu(j) x p(j-1 | n-1), X(n) = n / (Z + R(n)), p(j | n) = X(n) / mu(j) x
 * p(j-1 | n-1), with mu(j) = min(j, c) / s: an arrival sees the network with one customer less.
 */
export function meanValueAnalysis(network: ClosedNetwork): ClosedSolution {
  const { population, think, service, servers } = network;
  const rate = (j: number) => Math.min(j, servers) / service;
  let present = [1];
  let residence = 0;
  let throughput = 0;
  for (let n = 1; n <= population; n++) {
    residence = 0;
    for (let j = 1; j <= n; j++) residence += (j / rate(j)) * present[j - 1]!;
    throughput = n / (think + residence);
    const next = [0];
    for (let j = 1; j <= n; j++) next[j] = (throughput / rate(j)) * present[j - 1]!;
    next[0] = Math.max(0, 1 - next.reduce((sum, p) => sum + p, 0));
    present = next;
  }
  return { residence, throughput, utilization: (throughput * service) / servers };
}
