import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bad, small } from './scenarios.js';
import { type Workplace, workplace } from './spawn.js';

let place: Workplace;
beforeAll(async () => {
  place = await workplace({ 'small.yaml': small(), 'other.yaml': small(), 'bad.yaml': bad });
});
afterAll(() => place?.remove());

describe('check', () => {
  it('says ok with a digest, and saves nothing', async () => {
    const { status, stdout } = await place.run(['check', 'small.yaml', 'other.yaml']);
    expect(status).toBe(0);
    expect(stdout).toBe(
      'ok small.yaml: "small": proxy-buffered, valet-key; 20 uploads\n' +
        'ok other.yaml: "small": proxy-buffered, valet-key; 20 uploads\n',
    );
    expect(place.files()).toEqual(['bad.yaml', 'other.yaml', 'small.yaml']);
  });

  it('takes overrides', async () => {
    const { status, stdout } = await place.run([
      'check',
      'small.yaml',
      '--set',
      'workload.uploads.arrivals.count=1',
      '--topology',
      'valet-key',
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe('ok small.yaml: "small": valet-key; 1 upload\n');
  });

  it('tells all problems of all files', async () => {
    const { status, stdout, stderr } = await place.run([
      'check',
      'missing.yaml',
      'bad.yaml',
      'small.yaml',
      '-q',
    ]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^ok small\.yaml: /);
    expect(stderr).toContain('missing.yaml');
    expect(stderr).toMatch(/bad\.yaml:2:1: /);
    expect(stderr).toMatch(/bad\.yaml:6:\d+: workload\.uploads\.size/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('refuses a bad override', async () => {
    const { status, stderr } = await place.run(['check', 'small.yaml', '--set', 'server.threds=3']);
    expect(status).toBe(2);
    expect(stderr).toContain('threads');
  });
});

describe('schema', () => {
  it('prints a JSON Schema', async () => {
    const { status, stdout, stderr } = await place.run(['schema']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', properties: { workload: {} } });
  });
});
