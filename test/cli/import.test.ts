import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { albLine, nginxLine, s3Line } from '../import/log-lines.js';
import { sampleLog } from '../import/sample-log.js';
import builtCli from './build.js';
import { ended, type Workplace, workplace } from './spawn.js';

const combined =
  '203.0.113.5 - - [06/Feb/2019:00:00:38 +0100] "POST /upload?id=s3cret HTTP/1.1" 201 512 "-" "curl/8.5.0"\n';

let place: Workplace;
beforeAll(async () => {
  place = await workplace({
    'access.log': sampleLog(),
    'combined.log': combined.repeat(30),
    'alb.log': `${albLine()}\n${albLine({ request: 'GET https://files.example:443/feed?a=s3cret HTTP/1.1', received: '300' })}\n`,
    's3.log': `${s3Line()}\n${s3Line({ key: 'a%2Bb/c,d.jpg', operation: 'REST.PUT.PART' })}\n`,
    'bad.log': `${nginxLine()}\nwhat \u001b[31mis\u001b[0m this\n`,
    'empty.log': '',
    'gets.log': nginxLine({ request: 'GET /feed HTTP/1.1' }),
  });
});
afterAll(() => place?.remove());

const text = (file: string) => readFileSync(join(place.path, file), 'utf8');

describe('import', () => {
  it('makes a scenario that can be checked and run, of the sample log', async () => {
    const { status, stdout, stderr } = await place.run(['import', 'access.log', '-o', 'made']);
    expect(status).toBe(0);
    const lines = sampleLog().split('\n').length - 1;
    const rows = text('made/access.uploads.csv').trim().split('\n').slice(1);
    expect(stdout).toMatch(new RegExp(`^ *${lines} +lines$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ *${rows.length} .*uploads$`, 'm'));
    expect(stdout).toContain('access.log:');
    expect(stderr).toContain('wrote made/access.yaml\nnext: valet-sim run made/access.yaml\n');

    const starts = rows.map(row => Number(row.split(',')[0]));
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(0);
    const check = await place.run(['check', 'made/access.yaml']);
    expect(check).toMatchObject({ status: 0, stderr: '' });
    expect(check.stdout).toContain(`${rows.length} uploads`);
    const run = await place.run(['run', 'made/access.yaml', '--no-save', '--format', 'json']);
    expect(run.status).toBe(0);
    const [{ uploads, background }] = JSON.parse(run.stdout).topologies;
    expect(uploads.offered).toBe(rows.length);
    expect(background.map(({ name }: { name: string }) => name)).toContain('GET /feed');
  });

  it.each([
    ['alb.log', ['start,size,uplink', '0,5000000,1250000']],
    ['s3.log', ['start,size,uplink,bucket,file', /^[\d.]+,5000000,1282051,media,photos\/7\.jpg$/]],
  ])('%s becomes a trace', async (log, [header, row]) => {
    const out = `of-${log}`;
    expect(await place.run(['import', log, '-o', out, '-q'])).toMatchObject({ status: 0, stderr: '' });
    const name = log.replace('.log', '');
    const [first, second] = text(`${out}/${name}.uploads.csv`).split('\n');
    expect(first).toBe(header);
    expect(second).toMatch(row!);
    expect((await place.run(['run', `${out}/${name}.yaml`, '--no-save'])).status).toBe(0);
  });

  it('leaves addresses, queries and keys out', async () => {
    await place.run(['import', 's3.log', '-o', 'private/s3.yaml', '--no-keys']);
    await place.run(['import', 'access.log', 'alb.log', '-o', 'private']);
    for (const file of readdirSync(join(place.path, 'private')))
      expect(text(`private/${file}`)).not.toMatch(/s3cret|198\.51\.100|2001:db8|photos\/7/);
  });

  it('reads gzip, and standard input', async () => {
    writeFileSync(join(place.path, 'access.log.3.gz'), gzipSync(sampleLog()));
    expect((await place.run(['import', 'access.log.3.gz', '-o', 'packed', '-q'])).status).toBe(0);
    expect(text('packed/access.uploads.csv')).toBe(text('made/access.uploads.csv'));
    const child = spawn(process.execPath, [await builtCli(), 'import', '-', '-o', 'piped/x.yaml'], {
      cwd: place.path,
    });
    child.stdin.end(gzipSync(sampleLog()));
    expect((await ended(child)).status).toBe(0);
    expect(text('piped/x.uploads.csv')).toBe(text('made/access.uploads.csv'));
  });

  it('overwrites nothing unless told to, and no log at all', async () => {
    const again = await place.run(['import', 'access.log', '-o', 'made']);
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toContain('"made/access.yaml" is there already; --force overwrites it');
    expect((await place.run(['import', 'access.log', '-o', 'made', '--force', '-q'])).status).toBe(0);
    writeFileSync(join(place.path, 'x.uploads.csv'), sampleLog());
    const own = await place.run(['import', 'x.uploads.csv', '-o', 'x.yaml', '--force']);
    expect(own.stderr).toContain('cannot write "x.uploads.csv": it is a log that is read');
    expect(text('x.uploads.csv')).toBe(sampleLog());
  });

  it('says how to log sizes where there are none, or takes those that are assumed', async () => {
    const refused = await place.run(['import', 'combined.log', '-o', 'sizes']);
    expect(refused).toMatchObject({ status: 2, stdout: '' });
    for (const part of ['$body_bytes_sent', '$request_length', '--size 50MB', '30  ', 'lines'])
      expect(refused.stderr).toContain(part);
    const sizes = ['--size', '{lognormal: {median: 8MB, cv: 1.5}}'];
    expect(await place.run(['import', 'combined.log', '-o', 'sizes', '-q', ...sizes])).toMatchObject({
      status: 0,
    });
    const rows = text('sizes/combined.uploads.csv').trim().split('\n');
    expect(rows[0]).toBe('start,size');
    expect(new Set(rows.slice(1).map(row => row.split(',')[1])).size).toBe(30);
    expect(text('sizes/combined.yaml').replace(/\n# +/g, ' ')).toContain(
      'lognormal: {median: 8MB, cv: 1.5}} (assumed)',
    );
    expect((await place.run(['check', 'sizes/combined.yaml'])).status).toBe(0);
  });

  it('shows lines that it could not read, without what a terminal acts upon', async () => {
    const { stdout } = await place.run(['import', 'bad.log', '-o', 'bad']);
    expect(stdout).toContain('bad.log:2: not a line of the combined format');
    expect(stdout).not.toContain('\u001b');
  });

  it.each<[string, readonly string[], string]>([
    ['a log that is not there', ['missing.log'], 'cannot read "missing.log": no such file'],
    ['a folder', ['.'], 'it is a folder'],
    ['an empty log', ['empty.log'], 'the log is empty'],
    ['a log without uploads', ['gets.log'], 'no PUT, POST or PATCH of at least 100 KB that succeeded'],
    ['a format that is not known', ['access.log', '--log-format', 'iis'], '"iis" is not known'],
    ['a size that is none', ['access.log', '--min-size', '5'], '--min-size: "5" has no unit'],
    [
      'a distribution that is none',
      ['access.log', '--size', '{normal: 5MB}'],
      '--size: "normal" is not a distribution',
    ],
    ['an instant that is none', ['access.log', '--from', 'noon'], '--from: "noon" is no instant'],
    [
      'a span that is none',
      ['access.log', '--from', '2026-03-02', '--until', '2026-03-02T00:00'],
      '--until is not after',
    ],
    ['classes that are no number', ['access.log', '--background', 'few'], '0 (no background) to 50'],
    ['standard input twice', ['-', '-'], 'standard input'],
  ])('exits 2 for %s', async (_, args, message) => {
    const before = place.files();
    const { status, stdout, stderr } = await place.run(['import', ...args, '-o', 'none']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(place.files()).toEqual(before);
  });
});
