/**
 * Scenarios in the format of scenario files, as objects (JSON is YAML): `fluid` is "purely fluid" in the words of
 * the model reference, so a test names only what it is about.
 */
import { type ParsedScenario, parseScenario } from '../../src/scenario/parse.js';
import { type Run, runScenario } from '../../src/study/run.js';

export type Part = { readonly [key: string]: unknown };

const free = { in: 'unlimited', out: 'unlimited', efficiency: 1, queue: '0ms' };

export const fluid: Part = {
  name: 'purely fluid',
  seed: 1,
  clients: [{ name: 'anyone', rtt: '0s' }],
  client: { timeout: 'unlimited', retry: { attempts: 1 } },
  transport: { tls: 'none', slowStart: false, unfairness: 0, ackLoad: '0%', preflight: false },
  server: {
    threads: 'unlimited',
    backlog: 'unlimited',
    memory: 'unlimited',
    baseMemory: '0B',
    cores: 'unlimited',
    cpu: { perRequest: '0s', perMiB: '0s' },
    network: free,
  },
  storage: {
    network: free,
    perConnection: 'unlimited',
    rtt: '0s',
    firstByte: '0s',
    requestRate: 'unlimited',
  },
  valetKey: { authorise: '0s', sign: '0s', request: '0B', response: '0B', notify: 'none' },
};

/** proxy-buffered with nothing held but the bytes themselves, for as long as they are there. */
export const plainBuffers: Part = {
  name: 'proxy-buffered',
  copies: 1,
  completeCopies: 1,
  perRequest: '0B',
  upstreamConnections: 'unlimited',
};

/** `fluid` with `parts` laid over it. */
export function fluidWith(parts: Part): Part {
  return merged(fluid, parts);
}

export type Files = Readonly<Record<string, string>>;

const file = 'theory.yaml';

/** Loads a scenario; `files` are those that it refers to, by name. */
export function parseText(parts: Part, files: Files = {}, seed?: string): ParsedScenario {
  const readFile = (path: string) => {
    const text = files[path];
    if (text === undefined) return { ok: false as const, message: 'no such file' };
    return { ok: true as const, bytes: new TextEncoder().encode(text) };
  };
  const options = seed === undefined ? {} : { seed };
  return parseScenario(JSON.stringify(parts), { file, readFile, ...options });
}

/** Loads and runs a scenario. */
export function runText(parts: Part, files: Files = {}, seed?: string): Run {
  return runScenario({ ...parseText(parts, files, seed), file, sha256: '' });
}

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merged(base: Part, parts: Part): Part {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(parts)) {
    const old = result[key];
    result[key] = isPart(old) && isPart(value) ? merged(old, value) : value;
  }
  return result;
}
