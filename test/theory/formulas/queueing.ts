/**
 * Closed forms for open queues, against which simulated ones are checked. Rates in jobs per second, times in seconds,
 * `offered` (a) in Erlangs = arrival rate x mean service time. Sources: Kleinrock, Queueing Systems I (1975), chapters
 * 3 and 5; Gross & Harris, Fundamentals of Queueing Theory, 3rd ed. (1998), 2.3-2.5; Kleinrock, Queueing Systems II
 * (1976), 4.4 for processor sharing.
 */

/** Share of arrivals that find all of `servers` busy and are lost, M/G/c/c: B(c) = a B(c-1) / (c + a B(c-1)). */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let c = 1; c <= servers; c++) blocked = (offered * blocked) / (c + offered * blocked);
  return blocked;
}

/** Probability that an arrival has to wait in M/M/c: B / (1 - (a/c)(1 - B)). Needs a < c. */
export function erlangC(servers: number, offered: number): number {
  requireStable(offered, servers);
  const blocked = erlangB(servers, offered);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

/** M/M/c, first in first out: `arrivalRate` and the `serviceRate` of each of `servers`. */
export interface MMc {
  readonly arrivalRate: number;
  readonly serviceRate: number;
  readonly servers: number;
}

/** Mean wait before service: C / (c mu - lambda). */
export function meanWait(queue: MMc): number {
  return waiters(queue) / spare(queue);
}

/** Mean time from arrival to departure: mean wait + 1 / mu. */
export function meanSojourn(queue: MMc): number {
  return meanWait(queue) + 1 / queue.serviceRate;
}

/** p-quantile of the wait before service, from P(W > t) = C exp(-(c mu - lambda) t); 0 where fewer have to wait. */
export function waitQuantile(queue: MMc, p: number): number {
  return Math.max(0, Math.log(waiters(queue) / (1 - p)) / spare(queue));
}

/**
 * P(T > t) of the sojourn time, the sum of the wait and an independent exponential service. With k = c - 1 - a:
 * exp(-mu t) (1 + C (1 - exp(-mu k t)) / k), and exp(-mu t) (1 + C mu t) where k = 0.
 */
export function sojournTail(queue: MMc, t: number): number {
  const { serviceRate: mu, servers } = queue;
  const k = servers - 1 - queue.arrivalRate / mu;
  const integral = k === 0 ? mu * t : -Math.expm1(-mu * k * t) / k;
  return Math.exp(-mu * t) * (1 + waiters(queue) * integral);
}

/** p-quantile of the sojourn time: -ln(1 - p) / (mu - lambda) for one server, else the root of the tail (bisection). */
export function sojournQuantile(queue: MMc, p: number): number {
  if (queue.servers === 1) return -Math.log1p(-p) / spare(queue);
  let low = 0;
  let high = 1 / queue.serviceRate;
  while (sojournTail(queue, high) > 1 - p) high *= 2;
  for (let halvings = 0; halvings < 200; halvings++) {
    const middle = (low + high) / 2;
    if (sojournTail(queue, middle) > 1 - p) low = middle;
    else high = middle;
  }
  return high;
}

export interface FiniteQueue {
  /** Share of arrivals that find the system full and are lost. */
  readonly blocking: number;
  /** Mean time in the system of those that are admitted. */
  readonly meanSojourn: number;
  /** Mean number of busy servers. */
  readonly meanBusy: number;
}

/** M/M/c/K: at most `places` jobs (K, those in service included). p(n) = p(n-1) a / min(n, c); Little for the sojourn. */
export function finiteQueue(queue: MMc, places: number): FiniteQueue {
  const offered = queue.arrivalRate / queue.serviceRate;
  let weight = 1;
  let sum = 1;
  let jobs = 0;
  let busy = 0;
  for (let n = 1; n <= places; n++) {
    weight *= offered / Math.min(n, queue.servers);
    sum += weight;
    jobs += n * weight;
    busy += Math.min(n, queue.servers) * weight;
  }
  const blocking = weight / sum;
  return { blocking, meanSojourn: jobs / sum / (queue.arrivalRate * (1 - blocking)), meanBusy: busy / sum };
}

/** Mean wait before service in M/G/1, first in first out: lambda E[S^2] / (2 (1 - rho)) (Pollaczek-Khinchine). */
export function meanWaitMG1(arrivalRate: number, meanService: number, secondMoment: number): number {
  const load = arrivalRate * meanService;
  requireStable(load, 1);
  return (arrivalRate * secondMoment) / (2 * (1 - load));
}

/** Mean sojourn in M/G/1 under processor sharing, whatever the distribution of sizes: E[S] / (1 - rho). */
export function meanSojournSharing(arrivalRate: number, meanService: number): number {
  const load = arrivalRate * meanService;
  requireStable(load, 1);
  return meanService / (1 - load);
}

const waiters = (queue: MMc): number => erlangC(queue.servers, queue.arrivalRate / queue.serviceRate);

const spare = (queue: MMc): number => queue.servers * queue.serviceRate - queue.arrivalRate;

function requireStable(offered: number, servers: number): void {
  if (!(offered < servers))
    throw new RangeError(`no steady state: ${offered} Erlangs for ${servers} servers`);
}
