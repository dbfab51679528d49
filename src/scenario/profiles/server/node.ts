/** What was measured of Node, which stands in where nothing was measured of another runtime. */
import type { Sourced } from '../profile.js';

const bench = 'measured for this project: Node 20.20 on 2 vCPUs (AMD EPYC), TLS 1.3 on both hops';
const spread = 'within a factor of 2; second runs took 1.0 to 2.5 times as long';

export const baseMemory: Sourced = {
  value: '75MiB',
  kind: 'measured',
  source: 'measured for this project: Node 20 with Express and the AWS SDK loaded',
};

export const backlog: Sourced = {
  value: 511,
  kind: 'recalled',
  source: 'https://nodejs.org/docs/latest-v20.x/api/net.html',
  note: 'default of listen; the system may hold it lower (somaxconn, 4096 on Linux since 5.4)',
};

export const threads: Sourced = {
  value: 'unlimited',
  kind: 'recalled',
  source: 'https://nodejs.org/docs/latest-v20.x/api/http.html',
  note: 'one event loop in each process takes any number of requests at once; there are no threads to run out of',
};

/** Core time of requests and of bodies, as it was measured of one way to handle them. */
export const measuredCpu = (perRequest: string, perMiB: string, of: string): Record<string, Sourced> => ({
  'cpu.perRequest': { value: perRequest, kind: 'measured', source: bench, note: `${of}; ${spread}` },
  'cpu.perMiB': { value: perMiB, kind: 'measured', source: bench, note: `${of}; ${spread}` },
});

/** The core time of a body that Node pipes, for software of which nothing was measured. */
export const nodesCpu = (software: string): Record<string, Sourced> => {
  const source = `nothing was measured of ${software}; what Node takes to pipe a body, times 1`;
  return {
    'cpu.perRequest': { value: '1.36ms', kind: 'estimate', source },
    'cpu.perMiB': { value: '4.95ms', kind: 'estimate', source },
  };
};
