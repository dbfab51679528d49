import { describe, expect, it } from 'vitest';
import { parse, problemsOf, smallest } from './help.js';

const unlimited = Number.POSITIVE_INFINITY;
const gatewaysOf = (text: string, overrides: readonly string[] = []) =>
  parse(smallest + text, { overrides }).scenario.topologies.map(({ gateway }) => gateway);
const nothing = { profile: null, maxBody: unlimited, timeout: unlimited, idle: unlimited, buffers: false };

describe('gateway', () => {
  it('is none unless a scenario says so, and limits nothing that it does not name', () => {
    expect(gatewaysOf('')).toEqual([null, null]);
    expect(gatewaysOf('gateway: none\n')).toEqual([null, null]);
    expect(gatewaysOf('gateway: {}\n')).toEqual([nothing, nothing]);
    expect(gatewaysOf('gateway: { maxBody: 10MB, timeout: 29s, idle: 1m }\n')[0]).toEqual({
      ...nothing,
      maxBody: 10e6,
      timeout: 29,
      idle: 60,
    });
  });

  it('takes the values of its profile, under those beside it', () => {
    expect(gatewaysOf('gateway: { profile: aws-api-gateway-rest, maxBody: 6MB }\n')[0]).toEqual({
      profile: 'aws-api-gateway-rest',
      maxBody: 6e6,
      timeout: 29,
      idle: unlimited,
      buffers: true,
    });
  });

  it('can be taken away, given or changed for one topology', () => {
    const text = `gateway: { profile: aws-alb, maxBody: 1GB }
topologies:
  - naive
  - { name: bare, kind: naive, gateway: none }
  - { name: patient, kind: naive, gateway: { idle: 5m } }
  - { name: other, kind: naive, gateway: { profile: nginx-proxy } }
`;
    const [scenarios, bare, patient, other] = gatewaysOf(text);
    expect(scenarios).toMatchObject({ profile: 'aws-alb', maxBody: 1e9, idle: 60 });
    expect(bare).toBeNull();
    expect(patient).toMatchObject({ profile: 'aws-alb', maxBody: 1e9, idle: 300 });
    // Another profile is put under what the scenario itself gives, and its own values go.
    expect(other).toMatchObject({ profile: 'nginx-proxy', maxBody: 1e9, timeout: 60, idle: unlimited });
    const own = 'topologies: [naive, { name: a, kind: naive, gateway: { timeout: 29s } }]\n';
    expect(gatewaysOf(own)).toEqual([null, { ...nothing, timeout: 29 }]);
  });

  it('can be set from the command line', () => {
    expect(gatewaysOf('', ['gateway.profile=aws-alb'])[0]).toMatchObject({ idle: 60 });
    expect(gatewaysOf('gateway: { idle: 5s }\n', ['gateway.maxBody=1MB'])[0]).toMatchObject({
      idle: 5,
      maxBody: 1e6,
    });
    expect(gatewaysOf('gateway: { idle: 5s }\n', ['gateway=none'])).toEqual([null, null]);
  });

  it('says of a profile that does not hold what it does say of others', () => {
    const { warnings } = parse(
      `${smallest}gateway: { profile: nginx-proxy, maxBody: 1GB, timeout: 1h, buffers: false }\n`,
    );
    expect(warnings.join()).toMatch(/gateway\.profile nginx-proxy hardly shows/);
  });

  it.each([
    [
      'gateway: aws-alb\n',
      /"aws-alb" is not a gateway \(it belongs in gateway\.profile\)/,
      /none, or a mapping/,
    ],
    ['gateway: [none]\n', /a list stands here/, /none, or a mapping/],
    ['gateway:\n', /has no value/, /none, or a mapping/],
    ['gateway: { maxBody: 0B }\n', /"0B" is 0/, /a size above 0/],
    ['gateway: { maxBody: 10 }\n', /10/, /a size/],
    ['gateway: { timeout: 0s }\n', /"0s" is 0/, /a time above 0/],
    ['gateway: { idle: 10MB }\n', /10MB/, /a time/],
    ['gateway: { buffers: often }\n', /"often"/, /true or false/],
    ['gateway: { profile: tomcat }\n', /it belongs in server\.profile/, /aws-alb/],
    ['gateway: { maxbody: 1MB }\n', /did you mean maxBody\?/, undefined],
  ])('%s', (text, what, allowed) => {
    const [problem] = problemsOf(smallest + text);
    expect(problem!.message).toMatch(what);
    if (allowed !== undefined) expect(problem!.allowed).toMatch(allowed);
  });
});
