import { expect, test } from 'vitest';
import { openProgress } from '../../src/present/progress.js';

function terminal(columns = 80) {
  const written: string[] = [];
  return { isTTY: true, columns, written, write: (text: string) => written.push(text) };
}

/** A clock that the test sets. */
function clock() {
  const time = { ms: 5000 };
  return { time, now: () => time.ms };
}

const erase = '\r\u001b[K';

test('a short run shows nothing, and has nothing to take away', () => {
  const screen = terminal();
  const { time, now } = clock();
  const progress = openProgress(screen, {}, false, now);
  for (time.ms = 5000; time.ms < 6000; time.ms += 10) progress.show('valet-key', 0.5);
  progress.end();
  expect(screen.written).toEqual([]);
});

test('a long one shows share, time left and what is being done, ten times a second', () => {
  const screen = terminal(100);
  const { time, now } = clock();
  const progress = openProgress(screen, {}, false, now);
  for (time.ms = 5000; time.ms < 9000; time.ms += 10) progress.show('valet-key', 0.25);
  expect(screen.written).toHaveLength(30);
  // One second for a quarter leaves three for the rest.
  expect(screen.written[0]).toBe(
    `${erase}${'█'.repeat(5)}${'░'.repeat(15)} 25% · about 3 s left · valet-key · Ctrl-C keeps what is finished`,
  );
  progress.end();
  expect(screen.written.at(-1)).toBe(erase);
});

test('what does not fit is left out, the least important first', () => {
  const screen = terminal(48);
  const { time, now } = clock();
  const progress = openProgress(screen, {}, false, now);
  time.ms += 60_000;
  progress.show('a design with a name that is long', 0.5);
  expect(screen.written).toEqual([`${erase}${'█'.repeat(10)}${'░'.repeat(10)} 50% · about 60 s left`]);
});

test('says nothing of the time left before there is anything to guess it from', () => {
  const screen = terminal();
  const { time, now } = clock();
  const progress = openProgress(screen, {}, false, now);
  time.ms += 2000;
  progress.show('valet-key', 0.01);
  expect(screen.written[0]).not.toContain('left');
});

test.each([
  ['a pipe', { ...terminal(), isTTY: false }, {}, false],
  ['a build server', terminal(), { CI: 'true' }, false],
  ['a terminal that cannot', terminal(), { TERM: 'dumb' }, false],
  ['-q', terminal(), {}, true],
])('is silent on %s', (_, screen, env, quiet) => {
  const { time, now } = clock();
  const progress = openProgress(screen, env, quiet, now);
  time.ms += 60_000;
  progress.show('valet-key', 0.5);
  progress.end();
  expect(screen.written).toEqual([]);
});
