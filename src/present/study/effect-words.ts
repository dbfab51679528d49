/** What a move does, in a few characters. */
import type { Effect, Move, MovedParameter, ParameterEffects, Standing } from '../../parameter-study.js';
import { type Format, noValue, percent, signed } from '../../readable.js';

/** Of the share that succeeded, what is worth telling. */
const NOTICEABLE = 0.0005;

/** "+25%", "fails", "-3% (95% done)". */
export function effectText(move: Move | null, effect: Effect | null, base: Standing, format: Format): string {
  if (move === null) return noValue;
  if (move.refused !== null) return 'refused';
  if (effect === null) return '?';
  const { succeeded } = effect;
  const shares = [base.succeeded ?? 0, succeeded ?? 0] as const;
  const share = Math.abs(shares[1] - shares[0]) > NOTICEABLE ? `${percent(shares[1])} done` : '';
  const figure = figureText(effect, base, format);
  if (share === '') return figure;
  return figure === '' ? share : `${figure} (${share})`;
}

function figureText({ outcome, ratio, difference, figure }: Effect, base: Standing, format: Format): string {
  if (outcome === 'lost') return 'fails';
  if (outcome === 'gained') return `→ ${format(figure)}`;
  if (base.figure === null) return '';
  const text = ratio === null ? signed(format)(difference) : signed(percent)(ratio - 1);
  return outcome === 'uncertain' ? `~${text}` : text;
}

/** How far a parameter pulls the figure of one topology, as a share of it; infinite where it comes or goes. */
export function pullOf({ low, high }: ParameterEffects, base: Standing): number {
  return Math.max(...[low, high].map(effect => Math.abs(displacement(effect, base))));
}

/** By which share of itself the figure moves: above 0 is more of it; infinite where there is none any more. */
export function displacement(effect: Effect | null, base: Standing): number {
  if (effect === null || effect.outcome === 'none' || effect.outcome === 'uncertain') return 0;
  if (effect.outcome === 'lost') return Number.POSITIVE_INFINITY;
  if (effect.outcome === 'gained') return Number.NEGATIVE_INFINITY;
  const { ratio, difference, succeeded } = effect;
  if (ratio !== null && ratio !== 1) return ratio - 1;
  if (ratio === null && difference !== null && difference !== 0)
    return difference > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  // What fewer uploads complete is as bad as what takes longer.
  return (base.succeeded ?? 0) - (succeeded ?? 0);
}

/** A value in some ten characters: of a distribution its scale, of a load that changes its range. */
export function shortValue(value: string): string {
  const rates = [...value.matchAll(/rate: ([\d.]+)([^}]*)\}/g)];
  if (rates.length > 1) {
    const numbers = rates.map(match => Number(match[1]));
    return `${Math.min(...numbers)}–${Math.max(...numbers)}${rates[0]![2]}`;
  }
  const [, scale, amount] = /\b(exponential|median|mean|min): ([^,}]+)/.exec(value) ?? [];
  if (amount !== undefined) return `${short[scale!]} ${amount}`;
  const [, from, to] = /^\{uniform: \[([^,]+), ([^\]]+)\]\}$/.exec(value) ?? [];
  if (to !== undefined) return `${from}–${to}`;
  const choices = [...value.matchAll(/value: /g)].length;
  return choices > 0 ? `${choices} values` : value;
}

const short: Readonly<Record<string, string>> = {
  exponential: 'exp',
  median: 'med',
  mean: 'mean',
  min: 'min',
};

/** The value, and what it is moved to where that is not by just the share that was asked for. */
export function valueText(parameter: MovedParameter, by: number): string {
  const { value, low, high } = parameter;
  const base = shortValue(value);
  if (isMovedBy(parameter, by)) return base;
  const moved = [low, high].filter(move => move !== null).map(move => shortValue(move.value));
  return `${base} → ${moved.join(', ')}`;
}

/** Whether both moves are by the share that was asked for: whole numbers and bounds may not allow it. */
export function isMovedBy({ value, low, high }: MovedParameter, by: number): boolean {
  const is = (move: Move | null, factor: number) =>
    move !== null && Math.abs(firstNumber(move.value) / firstNumber(value) / factor - 1) < 0.005;
  return is(low, 1 - by) && is(high, 1 + by);
}

function firstNumber(value: string): number {
  return Number.parseFloat(/rate: ([\d.]+)/.exec(value)?.[1] ?? /[\d.]+/.exec(value)?.[0] ?? '');
}
