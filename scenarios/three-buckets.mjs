/**
 * Writes the trace of three-buckets.yaml: 12 minutes in which three kinds of clients upload to three buckets.
 *
 *     node scenarios/three-buckets.mjs > scenarios/three-buckets.csv
 *
 * (An argument is a seed: another trace of the same kind.)
 *
 * Every bucket has its own arrivals (Poisson), sizes and clients (lognormal), and its own random sequences, so that
 * a change of one leaves the rows of the others as they are. Only whole milliseconds, bytes and bytes per second are
 * written: the last digits of logarithms may differ between engines, these do not.
 */
import seedrandom from 'seedrandom';

const seconds = 720;
const MB = 1e6;
const Mbps = 1e6 / 8;

/** `rates`: uploads per second until an instant. `median` and `sigma` are those of lognormals. */
const buckets = [
  {
    bucket: 'media-uploads',
    rates: [
      [240, 1],
      [360, 6],
      [seconds, 1],
    ],
    size: { median: 25 * MB, sigma: 0.6 },
    uplink: { median: 12 * Mbps, sigma: 0.6 },
    rtt: 0.024,
  },
  {
    bucket: 'secure-invoices',
    rates: [[seconds, 1]],
    size: { median: 0.3 * MB, sigma: 0.5 },
    uplink: { median: 50 * Mbps, sigma: 0.5 },
    rtt: 0.015,
  },
  {
    bucket: 'user-profiles',
    rates: [[seconds, 1.5]],
    size: { median: 0.2 * MB, sigma: 0.5 },
    uplink: { median: 9 * Mbps, sigma: 0.77 },
    rtt: 0.055,
  },
];

const [seed = ''] = process.argv.slice(2);
const rows = buckets.flatMap(uploads).sort((a, b) => a.start - b.start);
const lines = rows.map(({ start, size, uplink, rtt, bucket }) =>
  [start.toFixed(3), Math.round(size), Math.round(uplink), rtt, bucket].join(','),
);
process.stdout.write(`start,size,uplink,rtt,bucket\n${lines.join('\n')}\n`);

function uploads({ bucket, rates, size, uplink, rtt }) {
  const arrivals = seedrandom.alea(`${seed}${bucket} arrivals`);
  const sizes = seedrandom.alea(`${seed}${bucket} sizes`);
  const uplinks = seedrandom.alea(`${seed}${bucket} uplinks`);
  return poisson(rates, arrivals).map(start => ({
    start,
    size: lognormal(size, sizes),
    uplink: lognormal(uplink, uplinks),
    rtt,
    bucket,
  }));
}

/** Instants of a Poisson process whose rate changes: each piece begins anew, for it has no memory. */
function poisson(rates, uniform) {
  const instants = [];
  let from = 0;
  for (const [until, rate] of rates) {
    for (let t = from + exponential(rate, uniform); t < until; t += exponential(rate, uniform)) {
      instants.push(t);
    }
    from = until;
  }
  return instants;
}

function exponential(rate, uniform) {
  return -Math.log(1 - uniform()) / rate;
}

function lognormal({ median, sigma }, uniform) {
  return median * Math.exp(sigma * standardNormal(uniform));
}

/** By the polar method. */
function standardNormal(uniform) {
  for (;;) {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const s = x * x + y * y;
    if (s > 0 && s < 1) return x * Math.sqrt((-2 * Math.log(s)) / s);
  }
}
