/** Every format against one contract, and against the examples that the vendors print. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAside, type LoggedRequest, type Reading } from '../../src/import/formats/format.js';
import { detect, formatNamed, formats } from '../../src/import/formats/registry.js';
import { albLine, documentedAlb, documentedS3, nginxLine, s3Line } from './log-lines.js';

const good: Readonly<Record<string, string>> = { nginx: nginxLine(), alb: albLine(), s3: s3Line() };

function requestIn(reading: Reading): LoggedRequest {
  if (isAside(reading)) throw new Error(`set aside: ${reading.aside}`);
  return reading;
}

const read = (name: string, line: string, sample: readonly string[] = [line]) =>
  formatNamed(name).open(sample).read(line);

describe.each(formats.map(({ name }) => [name] as const))('%s', name => {
  it('is told by its lines, and by its name in any letters', () => {
    expect(detect([good[name]!])?.name).toBe(name);
    expect(formatNamed(name.toUpperCase()).name).toBe(name);
  });

  it('says what its times and sizes mean', () => {
    const { meaning, title } = formatNamed(name).open([]);
    expect([title, meaning.start, meaning.size, meaning.uplink].every(text => text.length > 10)).toBe(true);
  });

  it('gives a request with a start, a size and a rate', () => {
    const request = requestIn(read(name, good[name]!));
    expect(request.requestBytes).toBe(5_000_000);
    expect(request.method).toBe('PUT');
    expect(request.status).toBe(200);
    expect(request.receiving).toBeGreaterThan(0);
    expect(request.duration).toBeGreaterThanOrEqual(request.receiving);
  });

  it('never throws, and gives whole or no numbers, whatever the line', () => {
    const cut = fc.nat(good[name]!.length).map(length => good[name]!.slice(0, length));
    const mixed = fc
      .tuple(fc.nat(good[name]!.length), fc.string({ maxLength: 9 }))
      .map(([at, text]) => good[name]!.slice(0, at) + text + good[name]!.slice(at + text.length));
    const anything = fc.oneof(cut, mixed, fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(anything, line => {
        const reading = read(name, line);
        if (isAside(reading)) return;
        const { at, duration, receiving, service, requestBytes, responseBytes, status, path } = reading;
        expect(Number.isSafeInteger(at)).toBe(true);
        for (const number of [duration, receiving, service, requestBytes, responseBytes, status])
          expect(Number.isNaN(number) || Number.isInteger(number)).toBe(true);
        expect(path).not.toMatch(/[?#]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('detect', () => {
  it('goes by most of the lines', () => {
    expect(detect(['garbage', documentedAlb, 'x', albLine()])?.name).toBe('alb');
    expect(detect([...Array(3).fill(documentedS3), nginxLine()])?.name).toBe('s3');
  });

  it('does not guess', () => {
    expect(detect([])).toBeUndefined();
    expect(detect(['hello', '2026-03-02 started', '{"level":"info","msg":"up"}'])).toBeUndefined();
  });
});

it('an unknown format is refused with those that there are', () => {
  expect(() => formatNamed('iis')).toThrow(/"iis" is not known; s3, alb, nginx/);
});

describe('an Application Load Balancer', () => {
  it('the documented line of HTTP', () => {
    expect(read('alb', documentedAlb)).toEqual({
      // Received 22:22:48.364, answered 22:23:00.186641: 11.822641 s.
      at: Date.UTC(2018, 6, 2, 22, 22, 48, 364) * 1000,
      anchor: 'start',
      resolution: 1,
      duration: 11_822_641,
      receiving: 1000,
      service: 1000,
      method: 'GET',
      path: '/',
      status: 200,
      requestBytes: 34,
      responseBytes: 366,
      stores: false,
      bucket: '',
      key: '',
    });
  });

  it('the times before a line had request_creation_time count back from the answer', () => {
    const old =
      'h2 2016-08-10T00:10:33.145057Z app/my-loadbalancer/50dc6c495c0c9188 10.0.1.252:48160 10.0.0.66:9000 0.000 0.002 0.000 200 200 5 257 "GET https://10.0.2.105:773/ HTTP/2.0" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337327-72bd00b0343d75b906739c42"';
    expect(read('alb', old)).toMatchObject({
      at: Date.UTC(2016, 7, 10, 0, 10, 33) * 1000 + 145_057,
      anchor: 'end',
      duration: 2000,
    });
  });

  it('-1 is no time', () => {
    const reading = read('alb', albLine({ times: '-1 -1 -1', status: '504', targetStatus: '-' }));
    expect(reading).toMatchObject({ receiving: Number.NaN, service: Number.NaN, status: 504 });
  });

  it.each([
    [{ type: 'wss' }, 'WebSocket connections, which are no requests'],
    [{ target: '-', targetStatus: '-' }, 'answered by the load balancer itself, no server saw it'],
    [{ request: '- http://a.example:80- -' }, 'no request in it (a client that broke off or spoke no HTTP)'],
  ])('%o is set aside', (change, aside) => {
    expect(read('alb', albLine(change))).toEqual({ aside, malformed: false });
  });

  it('has neither host nor query in its paths, and takes a Lambda function for a server', () => {
    const request = 'PUT https://[2001:db8::1]:443/files/7.jpg?token=s3cret#a HTTP/1.1';
    expect(read('alb', albLine({ request, target: '-', targetStatus: '200' }))).toMatchObject({
      path: '/files/7.jpg',
      method: 'PUT',
    });
  });
});

describe('S3', () => {
  it('the documented PUT: 4,406,583 bytes within 41,754 - 28 ms', () => {
    expect(read('s3', documentedS3)).toMatchObject({
      at: (Date.UTC(2014, 1, 6, 0, 1, 57) * 1_000_000) / 1000,
      anchor: 'start',
      resolution: 1_000_000,
      duration: 41_754_000,
      receiving: 41_726_000,
      requestBytes: 4_406_583,
      stores: true,
      bucket: 'mybucket',
      key: 's3-dg.pdf',
    });
  });

  it.each([
    'REST.GET.VERSIONING',
    'REST.COPY.OBJECT',
    'REST.POST.UPLOAD',
    'REST.POST.UPLOADS',
    'S3.EXPIRE.OBJECT',
  ])('%s stores no file of a client', operation => {
    expect(read('s3', s3Line({ operation }))).toMatchObject({ malformed: false });
  });

  it.each(['REST.PUT.OBJECT', 'REST.PUT.PART', 'REST.POST.OBJECT'])('%s does', operation => {
    expect(read('s3', s3Line({ operation }))).toMatchObject({ stores: true });
  });

  it('takes a request that is missing, a key with spaces and an agent with quotes', () => {
    expect(read('s3', s3Line({ request: '-' }))).toMatchObject({ requestBytes: 5_000_000 });
    expect(read('s3', s3Line({ key: 'a b c.jpg' }))).toMatchObject({ key: 'a b c.jpg' });
    expect(read('s3', s3Line({ agent: 'x "y" z' }))).toMatchObject({ requestBytes: 5_000_000 });
  });
});

describe('nginx', () => {
  const combined =
    '203.0.113.5 - - [06/Feb/2019:00:00:38 +0100] "POST /upload?id=7 HTTP/1.1" 201 512 "-" "curl/8.5.0"';
  const at = Date.UTC(2019, 1, 5, 23, 0, 38) * 1000;

  it('combined has the bytes of the answer, and no other size', () => {
    expect(read('nginx', combined)).toEqual({
      at,
      anchor: 'end',
      resolution: 1_000_000,
      duration: Number.NaN,
      receiving: Number.NaN,
      service: Number.NaN,
      method: 'POST',
      path: '/upload',
      status: 201,
      requestBytes: Number.NaN,
      responseBytes: 512,
      stores: false,
      bucket: '',
      key: '',
    });
  });

  const extended = { requestBytes: 5_000_640, duration: 4_200_000 };
  it.each<[string, string, object]>([
    ['length and time behind it', `${combined} 5000640 4.200`, extended],
    ['the other way round', `${combined} 4.200 5000640`, extended],
    ['in quotes', `${combined} "5000640" "4.200"`, extended],
    ['with who it was forwarded for', `${combined} "203.0.113.77, 10.0.0.1" 5000640 4.200`, extended],
    [
      'of an ingress controller',
      `${combined} 5000640 4.200 [default-app-80] [] 10.0.0.7:8080 2 4.100 201 5e1b2f`,
      { ...extended, service: 4_100_000 },
    ],
    ['with labels', `${combined} rl=5000640 rt=4.200 urt="0.050, 0.200"`, { ...extended, service: 250_000 }],
    [
      'a status behind it is no length',
      `${combined} 4.200 4.100 201`,
      { requestBytes: Number.NaN, duration: 4_200_000, service: 4_100_000 },
    ],
    ['a host before it', `files.example:443 ${combined} 5000640 4.200`, extended],
    ['syslog before it', `Feb  6 00:00:38 web1 nginx[7]: ${combined} 5000640 4.200`, extended],
    [
      'IPv6 and HTTP/2',
      `${combined} 5000640 4.200`.replace('203.0.113.5', '2001:db8::5').replace('1.1"', '2.0"'),
      extended,
    ],
    [
      'msec is finer',
      `${combined} rl=5000640 rt=4.200 msec=1549411238.123`,
      { at: 1_549_411_238_123_000, resolution: 1000 },
    ],
    [
      'JSON',
      '{"time_local":"06/Feb/2019:00:00:38 +0100","request":"PUT /a?b HTTP/2.0","status":"201","body_bytes_sent":"9","request_length":5000640,"request_time":4.2,"upstream_response_time":"4.1"}',
      { at, ...extended, service: 4_100_000, path: '/a' },
    ],
    [
      'JSON with the method by itself, in objects, with names of others',
      '{"@timestamp":"2019-02-06T00:00:38+01:00","nginx":{"http":{"method":"put","url":"/a/b?c"},"status_code":201,"bytes_in":5000640,"rt":"4.200"}}',
      { at, ...extended, method: 'PUT', path: '/a/b' },
    ],
    [
      'JSON that is none: escaped for a text, and without a value',
      '{"msec":1549407638.000,"request":"PUT /a HTTP/1.1","agent":"\\x22q\\x22","status":201,"request_length":5000640,"request_time":4.200,"upstream_response_time":-,}',
      { at, ...extended },
    ],
    [
      'a container that wraps it',
      `${JSON.stringify({ log: `${combined} 5000640 4.200\n`, stream: 'stdout', time: '2019-02-05T23:00:38.1Z' })}`,
      { at, ...extended },
    ],
    [
      'name=value',
      'time="2019-02-06T00:00:38+01:00" method=PUT uri="/a/b?c" status=201 request_length=5000640 request_time=4.200 bytes=12',
      { at, ...extended, path: '/a/b' },
    ],
  ])('%s', (_, line, expected) => {
    expect(read('nginx', line)).toMatchObject(expected);
  });

  it('the length of the body is better than that of the request', () => {
    const line =
      '{"msec":"1549407638.000","request":"PUT /a HTTP/1.1","status":201,"request_length":5000640,"content_length":"5000000"}';
    expect(read('nginx', line)).toMatchObject({ requestBytes: 5_000_000 });
    expect(read('nginx', line.replace('"5000000"', '"-"'))).toMatchObject({ requestBytes: 5_000_640 });
  });

  it('time of small answers is that of the server, of large ones that of the client, too', () => {
    const line = (bytes: number) =>
      `203.0.113.5 - - [06/Feb/2019:00:00:38 +0100] "GET /a HTTP/1.1" 200 ${bytes} "-" "-" 812 0.015`;
    expect(read('nginx', line(65_536))).toMatchObject({ service: 15_000 });
    expect(read('nginx', line(65_537))).toMatchObject({ service: Number.NaN });
  });

  it('a column of statuses is one, unless other lines show that it is not', () => {
    const plain = `${combined} 200 4.200`;
    expect(read('nginx', plain)).toMatchObject({ requestBytes: Number.NaN });
    expect(read('nginx', plain, [plain, `${combined} 812 4.200`])).toMatchObject({ requestBytes: 200 });
  });

  it('a column of microseconds is no length: no GET is so long', () => {
    const [put, get] = [`${combined} 152345 9`, `${combined.replace('POST', 'GET')} 152345 9`];
    expect(read('nginx', put)).toMatchObject({ requestBytes: 152_345 });
    expect(read('nginx', put, [put, get])).toMatchObject({ requestBytes: 9 });
  });

  it('lines of another format among the first ones do not confuse it', () => {
    const line = `${combined} 5000640 4.200`;
    expect(read('nginx', line, [line, combined, line, 'x'])).toMatchObject(extended);
    expect(read('nginx', combined, [line, combined, line])).toMatchObject({ requestBytes: Number.NaN });
  });

  it('says what it took for what', () => {
    expect(
      formatNamed('nginx')
        .open([`${combined} 5000640 4.200`])
        .notes.join(),
    ).toContain('field 5 behind the request as $request_length, field 6 as $request_time');
    expect(formatNamed('nginx').open([combined]).notes).toEqual([]);
  });

  it.each([
    [combined.replace('"POST /upload?id=7 HTTP/1.1"', '"\\x16\\x03\\x01"'), false],
    [combined.replace('"POST /upload?id=7 HTTP/1.1"', '""'), false],
    [combined.replace('"POST /upload?id=7 HTTP/1.1"', '"-"'), false],
    [combined.replace(' 201 ', ' 101 '), false],
    [combined.replace(' 201 ', ' - '), true],
    [combined.replace('06/Feb', '31/Feb'), true],
    [combined.slice(0, 60), true],
  ])('%s is set aside', (line, malformed) => {
    expect(read('nginx', line)).toMatchObject({ malformed });
  });
});

describe('a log_format that is given', () => {
  const line = '203.0.113.5|06/Feb/2019:00:00:38 +0100|PUT /a?b HTTP/1.1|201|5000640|4.200';
  const expected = { requestBytes: 5_000_640, duration: 4_200_000, path: '/a', status: 201 };

  it.each([
    '$remote_addr|$time_local|$request|$status|$request_length|$request_time',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx writes variables so, too
    '${remote_addr}|${time_local}|${request}|${status}|${request_length}|${request_time}',
    `log_format up escape=none '$remote_addr|$time_local|' '$request|$status|'\n  "$request_length|$request_time";`,
  ])('%s', format => {
    expect(read(format, line)).toMatchObject(expected);
    expect(read(format, 'what is this')).toMatchObject({ malformed: true });
  });

  it.each([
    ['$remote_addr $status', /does not log a time .*, \$request/],
    ['$msec $request $request_length', /does not log \$status/],
    ['$msec$request $status', /nothing stands between \$msec and \$request/],
  ])('%s is refused', (format, message) => {
    expect(() => formatNamed(format)).toThrow(message);
  });
});
