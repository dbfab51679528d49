/** Scenarios that run in an instant, for tests of the command line. */

export function small(more = '', count = 20): string {
  return `name: small
seed: 7
workload:
  uploads:
    arrivals: { count: ${count}, at: 0s }
    size: 5MB
${more}`;
}

export const missesObjective = small(`slo:
  - valet-key: completion.p99 < 1us
  - all: failed <= 100%
`);

export const meetsObjective = small('slo:\n  - all: completion.p99 < 10000h\n');

export const bad = `name: bad
sead: 7
workload:
  uploads:
    arrivals: { count: 20, at: 0s }
    size: 5 apples
`;
