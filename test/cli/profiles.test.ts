import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listed } from '../../src/commands/profiles/listed.js';
import { overview } from '../../src/commands/profiles/overview.js';
import { page } from '../../src/commands/profiles/page.js';
import { print } from '../../src/present/terminal/print.js';
import { chooseTheme } from '../../src/present/terminal/theme.js';
import { widest } from '../present/screen.js';
import { small } from './scenarios.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace({ 'small.yaml': small() });
});
afterAll(() => place?.remove());

const out = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await place.run(['profiles', ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

describe('profiles', () => {
  it('lists what there is, with how much of it is guessed', async () => {
    const text = await out();
    expect(text).toMatch(/^tomcat +5 +3 +Apache Tomcat, as in Spring Boot$/m);
    expect(text).toMatch(/^node-http +5 +0 +/m);
    expect(text).toMatch(/^m5\.xlarge +4 +16GiB +1\.25Gbps +1\.25Gbps +0\.192\/h$/m);
    expect(text).toMatch(/^e2-medium +1 +4GiB +≈2Gbps +2Gbps +/m);
    for (const field of ['clients[].profile', 'server.profile', 'server.instance', 'storage.profile'])
      expect(text).toContain(`: ${field}\n`);
    for (const { name } of listed())
      expect(text).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} `, 'm'));
  });

  it('shows each value with kind, source and note, and facts apart', async () => {
    const text = await out('tomcat');
    expect(text).toMatch(/^tomcat\nApache Tomcat, as in Spring Boot · server: \{ profile: tomcat \}$/m);
    const [values = '', facts = ''] = text.split('\nFacts, which the simulator does not use\n');
    expect(values).toMatch(/^threads +200 +documented \[1\] +maxThreads; one is held/m);
    expect(values).toMatch(/^baseMemory +500MB +estimate \[2\]$/m);
    expect(facts).toMatch(/^acceptCount +100 +documented \[1\]$/m);
    expect(facts).toMatch(/^\[1\] https:\/\/tomcat\.apache\.org\//m);
  });

  it('says in which topologies it says less than it seems to', async () => {
    expect(await out('puma')).toMatch(/^In proxy-buffered and proxy-streaming: Puma receives a body/m);
    expect(await out('tomcat')).toMatch(/^In proxy-buffered: Spring writes/m);
    expect(await out('go')).not.toMatch(/^In /m);
  });

  it('shows several, each once', async () => {
    const text = await out('4g', 's3-standard', '4g');
    expect(text.match(/^4g$/gm)).toHaveLength(1);
    expect(text).toContain('clients: [{ profile: 4g }]');
    expect(text).toContain('storage: { profile: s3-standard }');
  });

  it('is one JSON document for programs', async () => {
    const [m5] = JSON.parse(await out('m5.xlarge', '--format', 'json'));
    expect(m5).toMatchObject({ name: 'm5.xlarge', field: 'server.instance' });
    expect(m5.values).toContainEqual({
      field: 'memory',
      value: '16GiB',
      kind: 'recalled',
      source: 'https://aws.amazon.com/ec2/instance-types/',
    });
    expect(JSON.parse(await out('--format', 'json'))).toHaveLength(listed().length);
  });

  it('marks estimates by colour where there is colour', async () => {
    const { stdout } = await place.run(['profiles', 'tomcat'], { FORCE_COLOR: '1' });
    expect(stdout).toContain('500MB   \u001b[33mestimate [2]\u001b[39m');
    const { stdout: plain } = await place.run(['profiles', 'tomcat', '--no-color'], { FORCE_COLOR: '1' });
    expect(plain).not.toContain('\u001b');
  });

  it.each([
    ['tomact', "error: there is no profile 'tomact'\n(Did you mean tomcat?)\n"],
    ['c5.larg', "error: there is no profile 'c5.larg'\n(Did you mean c5.large?)\n"],
    ['qwertz', `error: there is no profile 'qwertz'\n("valet-sim profiles" lists them.)\n`],
  ])('refuses %s', async (name, message) => {
    const { status, stdout, stderr } = await place.run(['profiles', 'puma', name]);
    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: message });
  });

  it.each([40, 60, 80, 100, 160])('fits into %s columns, and cuts no value', width => {
    const theme = { ...chooseTheme({}, {}), width };
    expect(widest(print(overview(), theme))).toBeLessThanOrEqual(width);
    for (const profile of listed()) {
      const text = print(page(profile), theme);
      expect(widest(text)).toBeLessThanOrEqual(width);
      expect(text).not.toContain('…');
    }
  });

  it('lists each kind in one table on an ordinary terminal', () => {
    const text = print(overview(), { ...chooseTheme({}, {}), width: 80 });
    for (const { name } of listed())
      expect(text.split('\n').filter(line => line.split(/ {2,}/)[0] === name)).toHaveLength(1);
  });
});

it('a run can be given another machine', async () => {
  const { status, stdout } = await place.run([
    'run',
    'small.yaml',
    '--set',
    'server.instance=c5.large',
    '--no-save',
    '--format',
    'json',
    '-q',
  ]);
  expect(status).toBe(0);
  const result = JSON.parse(stdout);
  expect(result.scenario.resolved.server).toMatchObject({ instance: 'c5.large', cores: 2, price: '0.085/h' });
  expect(result.assumptions).toContainEqual(
    expect.objectContaining({ path: 'server.cores', source: expect.stringMatching(/^instance c5\.large: /) }),
  );
});
