import { afterEach, expect, test, vi } from 'vitest';
import { drive } from '../../src/commands/drive.js';
import { interruption } from '../../src/commands/interruption.js';
import { parseText } from '../theory/scenario-text.js';

const loaded = {
  ...parseText({
    name: 'long enough',
    workload: { uploads: { arrivals: { count: 60_000, over: '10m' }, size: '1MB' } },
    topologies: ['proxy-streaming', 'valet-key'],
  }),
  file: 'long.yaml',
  sha256: '',
};

afterEach(() => {
  vi.restoreAllMocks();
});

test('Ctrl-C ends a run with what is finished, and nobody listens to it afterwards', async () => {
  const listeners = process.listenerCount('SIGINT');
  const show = vi.fn((topology: string) => {
    if (topology === 'valet-key' && show.mock.lastCall !== undefined) process.emit('SIGINT');
  });
  const end = vi.fn();
  // The second Ctrl-C would end this very process.
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const { result } = await drive(loaded, { uploads: false }, { show, end });
  expect(result.partial).toEqual({ missing: ['valet-key'], replications: 1 });
  expect(result.topologies.map(topology => topology.name)).toEqual(['proxy-streaming']);
  expect(exit).not.toHaveBeenCalled();
  expect(end).toHaveBeenCalled();
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  expect(interruption(result, ['b.yaml'])).toBe(
    'interrupted: "long enough" is partial: proxy-streaming finished; valet-key missing; not run: b.yaml',
  );
});

test('a second Ctrl-C ends the program', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  let first = true;
  const show = () => {
    if (first) {
      process.emit('SIGINT');
      process.emit('SIGINT');
    }
    first = false;
  };
  const { result } = await drive(loaded, { uploads: false }, { show, end: () => {} });
  expect(exit).toHaveBeenCalledExactlyOnceWith(130);
  expect(interruption(result, [])).toBe('interrupted: nothing of "long enough" is finished');
});
