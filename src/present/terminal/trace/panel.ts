import { stripVTControlCharacters } from 'node:util';
import type { Journey, JourneyStep } from '../../../journey.js';
import { bytes, count, duration } from '../../../readable.js';
import { clean } from '../text.js';
import { clip, widthOf } from '../width.js';
import { countdown } from './countdown.js';
import type { Grid } from './grid.js';
import { arrow, type Lifelines, lifelines, names, words } from './ladder.js';
import type { Paint, Palette } from './palette.js';
import { wavesIn, withoutRepeats } from './waves.js';
import { describe, flowTitles, statusOf } from './words.js';

/** The narrowest panel in which words fit between the lifelines. */
const narrowest = 46;
const widest = 72;
const between = ' │ ';

/** All journeys, beside each other as far as the width allows. */
export function panels(journeys: readonly Journey[], grid: Grid, theme: Palette): string[] {
  const most = Math.floor((theme.width + between.length) / (narrowest + between.length));
  const abreast = Math.max(1, Math.min(journeys.length, most));
  const room = Math.floor((theme.width - between.length * (abreast - 1)) / abreast);
  // One column more for the sign of a duration, and the same for all, so that they can be compared.
  const digits = journeys.map(
    ({ steps, ...journey }) => grid.write(grid.at(journey, steps.at(-1)!.end)).length,
  );
  const lines = lifelines(Math.min(widest, room), Math.max(7, ...digits) + 1);
  const rows: string[] = [];
  for (let i = 0; i < journeys.length; i += abreast) {
    const row = journeys
      .slice(i, i + abreast)
      .map(journey => new Drawing(journey, grid, lines, theme).draw());
    rows.push(...(i === 0 ? [] : ['']), ...beside(row, lines.width, theme));
  }
  return rows;
}

function beside(drawn: readonly (readonly string[])[], width: number, theme: Palette): string[] {
  const height = Math.max(...drawn.map(lines => lines.length));
  return Array.from({ length: height }, (_, row) =>
    drawn
      .map((lines, i) => (i === drawn.length - 1 ? (lines[row] ?? '') : filled(lines[row] ?? '', width)))
      .join(theme.dim(between))
      .trimEnd(),
  );
}

function filled(line: string, width: number): string {
  return line + ' '.repeat(Math.max(0, width - widthOf(stripVTControlCharacters(line))));
}

/** A journey as a ladder: time runs down; arrows between client, server and storage say who sends what. */
class Drawing {
  private readonly rows: string[] = [];

  constructor(
    private readonly journey: Journey,
    private readonly grid: Grid,
    private readonly lines: Lifelines,
    private readonly theme: Palette,
  ) {}

  draw(): readonly string[] {
    const { journey, theme, lines } = this;
    this.rows.push(this.title(), theme.bold(names(lines)));
    let attempt = 1;
    let flow: JourneyStep['flow'] = null;
    for (const shown of withoutRepeats(journey.steps)) {
      if ('skipped' in shown) {
        this.skip(shown.skipped);
        flow = null;
        continue;
      }
      const { step } = shown;
      // What a server does for a client that has gone runs beside the client's next attempt.
      const isOnTheWay = !step.aside && step.action !== 'backOff';
      if (step.attempt !== attempt && isOnTheWay) {
        attempt = step.attempt;
        flow = null;
        this.rule(`attempt ${attempt} of ${journey.mostAttempts}`);
      }
      if (step.flow !== flow && step.flow !== null && isOnTheWay) {
        flow = step.flow;
        this.heading(flowTitles[flow], step);
      }
      this.step(step);
    }
    return this.rows;
  }

  private title(): string {
    const { journey, theme, lines } = this;
    const { width } = lines;
    const { status, latency, reason, topology } = journey;
    const name = clip(clean(topology), Math.floor(width / 2));
    const outcome = {
      succeeded: `succeeded in ${duration(latency)}`,
      failed: `failed: ${reason}, ${duration(latency)}`,
      unfinished: 'unfinished at the horizon',
    }[status];
    const paint = status === 'succeeded' ? theme.good : theme.bad;
    return `${theme.bold(name)}  ${paint(clip(outcome, width - widthOf(name) - 2))}`;
  }

  /** One of the four steps of the valet-key flow, with what is left of the URL's life when it begins. */
  private heading(text: string, { tokenLeft, duration: seconds, flow }: JourneyStep): void {
    const { theme } = this;
    const { width } = this.lines;
    const left = tokenLeft === null || flow === 1 ? null : tokenLeft + seconds;
    const clock = left === null ? '' : left < 0 ? 'URL expired' : `URL ${countdown(left)}`;
    const title = clip(text, width - clock.length - 1);
    this.rows.push('', filled(theme.bold(title), width - clock.length) + theme.dim(clock));
  }

  /** One line for waves that are like those before and after them. */
  private skip(steps: readonly JourneyStep[]): void {
    const sent = steps.filter(({ type }) => type === 'bytes');
    const sum = sent.reduce((all, step) => all + (step.bytes ?? 0), 0);
    const parts = `parts ${sent[0]!.parts!.first}–${sent.at(-1)!.parts!.last}`;
    const took = duration(steps.at(-1)!.end - steps[0]!.start);
    this.rule(`${count(wavesIn(steps))} more waves, ${parts}: ${bytes(sum)}, ${took}`);
  }

  private rule(text: string): void {
    const { theme } = this;
    const { width } = this.lines;
    const line = `── ${clip(text, width - 4)} `;
    this.rows.push('', theme.dim(line + '─'.repeat(Math.max(0, width - line.length))));
  }

  private step(step: JourneyStep): void {
    const { journey, grid, lines, theme } = this;
    const text = `${describe(step, journey)}${this.suffix(step)}`;
    const paint = this.paintOf(step);
    const start = grid.write(grid.at(journey, step.start));
    const said = words(text, step, lines, paint, theme.dim);
    for (const [i, line] of said.entries())
      this.rows.push((i === 0 ? start : '').padStart(lines.time) + line);
    if (step.from === step.to) return;
    const took = `+${grid.write(grid.lengthOf(journey, step))}`;
    this.rows.push(theme.dim(took.padStart(lines.time)) + arrow(step, lines, paint, theme));
  }

  private suffix({ aside, action, start }: JourneyStep): string {
    if (action === 'presentToken' || action === 'presentTokens') {
      const check = this.journey.checks.find(({ at }) => at === start);
      if (check === undefined) return '';
      return check.reason === null ? ': valid' : `: ${statusOf(check.reason).slice(0, 3)}`;
    }
    return aside ? ' (nobody waits)' : '';
  }

  private paintOf({ type, reason, aside }: JourneyStep): Paint {
    const { theme } = this;
    if (aside) return theme.dim;
    if (type === 'response') return theme.response;
    if (reason !== null) return theme.bad;
    return type === 'work' || type === 'wait' || type === 'note' ? plain : theme.request;
  }
}

const plain: Paint = text => text;
