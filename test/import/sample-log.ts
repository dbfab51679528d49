/**
 * The log in scenarios/logs: made up, and always the same. Ten minutes of a small site that takes photos and videos:
 * uploads come at random (Poisson, 0.25/s), their sizes are lognormal (median 6 MB, cv 1.5) and their rates, too
 * (median 10 Mbps, cv 0.8); two pages are read, at 0.3/s and 0.2/s. Addresses are those kept for documentation.
 */
import { sequence, type Uniforms } from '../../src/kernel/random.js';
import type { Distribution } from '../../src/scenario/types.js';
import { sample } from '../../src/workload/sample.js';

/** 2026-03-02 08:00:00 UTC, in seconds. */
const began = Date.UTC(2026, 2, 2, 8) / 1000;
const lasts = 600;

const lognormal = (median: number, cv: number): Distribution => ({
  kind: 'lognormal',
  mu: Math.log(median),
  sigma: Math.sqrt(Math.log(1 + cv * cv)),
});

interface Line {
  readonly end: number;
  readonly text: string;
}

export function sampleLog(): string {
  const lines: Line[] = [
    ...arrivals('uploads', 0.25, upload),
    ...arrivals('feed', 0.3, page('GET /feed?page=2&token=s3cret', 18_000, 0.012)),
    ...arrivals('photos', 0.2, page('GET /photos/1041/thumbnail', 6_000, 0.004)),
    // What servers on the Internet see, too: a scan without a request, and a line that a full disk cut off.
    {
      end: 211.4,
      text: `203.0.113.9 - - ${time(211.4)} "\\x16\\x03\\x01\\x00\\xEE" 400 157 "-" "-" ${more(0, 0.08, '-')}`,
    },
    { end: 402.25, text: `198.51.100.23 - - ${time(402.25)} "PUT /upl` },
  ];
  return `${lines
    .sort((a, b) => a.end - b.end)
    .map(({ text }) => text)
    .join('\n')}\n`;
}

function arrivals(name: string, rate: number, make: (start: number, random: Uniforms) => Line): Line[] {
  const random = sequence('sample log', name);
  const lines: Line[] = [];
  for (let at = 0; ; ) {
    at += -Math.log(1 - random.double()) / rate;
    if (at >= lasts) return lines;
    lines.push(make(at, random));
  }
}

function upload(start: number, random: Uniforms): Line {
  const size = Math.round(sample(lognormal(6e6, 1.5), random));
  const rate = sample(lognormal(1.25e6, 0.8), random);
  const server = 0.04 + 0.05 * random.double();
  const luck = random.double();
  // One in thirty is given up half-way, one in forty is too large for the server.
  const [status, share] = luck < 1 / 30 ? [499, 0.5] : luck > 1 - 1 / 40 ? [413, 0.01] : [201, 1];
  const received = Math.round(size * share) + 640;
  const duration = received / rate + server;
  const method = random.double() < 0.8 ? 'PUT' : 'POST';
  const target = `/upload/${100_000 + Math.floor(900_000 * random.double())}.jpg`;
  const upstream = status === 413 ? '-' : server.toFixed(3);
  const end = start + duration;
  return {
    end,
    text: `${address(random)} - - ${time(end)} "${method} ${target} HTTP/2.0" ${status} ${status === 201 ? 212 : 0} "https://photos.example/new" "${agent(random)}" ${more(received, duration, upstream, end)}`,
  };
}

function page(request: string, bytes: number, median: number) {
  return (start: number, random: Uniforms): Line => {
    const service = sample(lognormal(median, 0.7), random);
    const duration = service + 0.001;
    const size = Math.round(sample(lognormal(bytes, 0.4), random));
    const end = start + duration;
    return {
      end,
      text: `${address(random)} - - ${time(end)} "${request} HTTP/1.1" 200 ${size} "-" "${agent(random)}" ${more(410 + Math.floor(200 * random.double()), duration, service.toFixed(3), end)}`,
    };
  };
}

const two = (n: number) => String(n).padStart(2, '0');

/** nginx's $time_local, one hour ahead of UTC. */
function time(seconds: number): string {
  const date = new Date((began + Math.floor(seconds) + 3600) * 1000);
  return `[02/Mar/2026:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0100]`;
}

const more = (received: number, duration: number, upstream: string, end?: number): string =>
  `request_length=${received} request_time=${duration.toFixed(3)} upstream_response_time="${upstream}"${end === undefined ? '' : ` msec=${(began + end).toFixed(3)}`}`;

function address(random: Uniforms): string {
  const host = Math.floor(250 * random.double());
  return random.double() < 0.3 ? `2001:db8:7::${host.toString(16)}` : `198.51.100.${host}`;
}

const agents = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15',
  'PhotoApp/3.1 (\\x22beta\\x22)',
];

const agent = (random: Uniforms): string => agents[Math.floor(agents.length * random.double())]!;
