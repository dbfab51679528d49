import { Chalk } from 'chalk';
import type { Tone } from '../document/text.js';

/** How output looks on one stream. Colour is decided here and nowhere else. */
export interface Theme {
  /** Columns that a line may take. */
  readonly width: number;
  readonly colour: boolean;
  readonly paint: (text: string, tone: Tone | undefined) => string;
}

/** What a theme needs to know of a stream. */
export interface Surface {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

const pipeWidth = 100;
const narrowest = 40;

/** @param color false where the user asked for none (`--no-color`). */
export function chooseTheme(
  surface: Surface,
  env: Readonly<Record<string, string | undefined>> = process.env,
  color = true,
): Theme {
  const colour = color && wantsColour(surface, env);
  return { width: widthOn(surface), colour, paint: painter(colour) };
}

/** Leaves a text as it is where colour is off. */
function painter(colour: boolean): Theme['paint'] {
  // Sixteen colours: they follow the terminal's own scheme, light or dark.
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const lines = [chalk.cyan, chalk.magenta, chalk.yellow, chalk.green, chalk.blue, chalk.red];
  const paints = {
    bold: chalk.bold,
    dim: chalk.dim,
    good: chalk.green,
    bad: chalk.red.bold,
    warn: chalk.yellow,
    request: chalk.magenta,
    response: chalk.yellow,
  } as const;
  return (text, tone) => {
    if (tone === undefined) return text;
    return typeof tone === 'string' ? paints[tone](text) : lines[tone.line % lines.length](text);
  };
}

/** Who says no wins over who insists; who insists wins over what the stream is. */
function wantsColour(surface: Surface, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return surface.isTTY === true && env.TERM !== 'dumb';
}

function widthOn(surface: Surface): number {
  if (surface.isTTY !== true || !surface.columns) return pipeWidth;
  return Math.max(narrowest, surface.columns);
}
