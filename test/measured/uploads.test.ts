/**
 * Simulated uploads against measured ones. Each measured repeat's own arrivals are replayed; the shares of the
 * links are random, so figures are means over fixed seeds (a mean over 20 varies by under 1%). The two sides are
 * compared by the median over the repeats, which differ by up to 5% among themselves; the model leaves out what
 * makes up the rest (operating system, garbage collection), hence 15% for any figure and 5% in the middle.
 */
import { describe, expect, it } from 'vitest';
import {
  average,
  type Figures,
  figureNames,
  figuresOf,
  measured,
  middle,
  repeats,
  simulated,
} from './runs.js';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

const architectures = [
  ['stream', 'proxy-streaming'],
  ['nginx-off', 'proxy-streaming'],
  ['mem', 'proxy-buffered'],
  ['nginx-on', 'proxy-spooled'],
  ['valet', 'valet-key'],
] as const;

const overRepeats = (of: (repeat: number) => Figures): Figures => {
  const all = repeats.map(of);
  const pick = (name: keyof Figures) => middle(all.map(figures => figures[name]));
  return { makespan: pick('makespan'), mean: pick('mean'), p50: pick('p50'), p99: pick('p99') };
};

describe.each(architectures)('%s as %s', (name, kind) => {
  const real = overRepeats(repeat => figuresOf(measured(name, repeat)));
  const model = overRepeats(repeat => average(simulated(kind, measured(name, repeat), seeds).map(figuresOf)));
  const error = (figure: keyof Figures) => model[figure] / real[figure] - 1;

  it.each(figureNames)('%s is within 15%', figure => {
    expect(Math.abs(error(figure))).toBeLessThanOrEqual(0.15);
  });

  it('the figures are within 5% in the median', () => {
    expect(middle(figureNames.map(figure => Math.abs(error(figure))))).toBeLessThanOrEqual(0.05);
  });
});
