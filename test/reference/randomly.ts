/** Lays random parts over a random scenario: what its slow twin, which draws nothing, cannot follow. */
import fc from 'fast-check';
import type { TopologySpec } from '../../src/scenario/types.js';
import { type RandomOptions, type RandomScenario, randomScenario } from './random-scenario.js';

const dice = fc.record({
  unfairness: fc.constantFrom(0, 0.2, 0.8),
  jitter: fc.constantFrom('full' as const, 'equal' as const),
  balancing: fc.constantFrom('random' as const, 'ip-hash' as const, 'least-connections' as const),
  firstByte: fc.constantFrom(
    { kind: 'lognormal' as const, mu: -3, sigma: 0.8 },
    { kind: 'exponential' as const, mean: 0.05 },
  ),
  perRequest: fc.constantFrom(
    { kind: 'exponential' as const, mean: 0.01 },
    { kind: 'uniform' as const, a: 0, b: 0.05 },
  ),
  useAfter: fc.constantFrom(
    { kind: 'exponential' as const, mean: 0.5 },
    { kind: 'constant' as const, value: 0 },
  ),
});

export function randomlyDrawn(choice: RandomOptions = {}): fc.Arbitrary<RandomScenario> {
  return fc.tuple(randomScenario(choice), dice).map(([scenario, drawn]) => {
    const { spec } = scenario;
    const { unfairness, jitter, balancing, firstByte, perRequest, useAfter } = drawn;
    const random: TopologySpec = {
      ...spec,
      client: { ...spec.client, retry: { ...spec.client.retry, jitter } },
      transport: { ...spec.transport, unfairness },
      server: { ...spec.server, balancing, cpu: { ...spec.server.cpu, perRequest } },
      storage: { ...spec.storage, firstByte },
      valetKey: { ...spec.valetKey, useAfter, authorise: perRequest, sign: perRequest },
    };
    return { ...scenario, spec: random };
  });
}
