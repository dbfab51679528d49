import { Chalk } from 'chalk';

/** Dresses a text; leaves it as it is where colour is off. */
export type Paint = (text: string) => string;

/** How output looks on one stream. Colour is decided here and nowhere else. */
export interface Theme {
  /** Columns that a line may take. */
  readonly width: number;
  readonly colour: boolean;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  /** What a client or a server asks for. */
  readonly request: Paint;
  /** What it is answered: amber. */
  readonly response: Paint;
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
  // Sixteen colours: they follow the terminal's own scheme, light or dark.
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    width: widthOn(surface),
    colour,
    bold: text => chalk.bold(text),
    dim: text => chalk.dim(text),
    good: text => chalk.green(text),
    bad: text => chalk.red.bold(text),
    warn: text => chalk.yellow(text),
    request: text => chalk.magenta(text),
    response: text => chalk.yellow(text),
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
