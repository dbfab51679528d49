import type { JourneyStep } from '../../../journey.js';

/** A step that is shown, or steps of waves that are all alike and are not. */
export type Shown = { readonly step: JourneyStep } | { readonly skipped: readonly JourneyStep[] };

/** Fewer waves are shown than skipped by a line. */
const WORTH_IT = 2;

/** The steps of a journey; of many waves of parts in a row, the first and the last of each attempt are shown. */
export function withoutRepeats(steps: readonly JourneyStep[]): readonly Shown[] {
  const waves = splitByWaves(steps);
  const shown: Shown[] = [];
  for (let i = 0; i < waves.length; i++) {
    let end = i;
    while (isMiddle(waves, end)) end++;
    if (end - i >= WORTH_IT) {
      shown.push({ skipped: waves.slice(i, end).flat() });
      i = end;
    }
    shown.push(...waves[i]!.map(step => ({ step })));
  }
  return shown;
}

/** How many waves these steps are. */
export const wavesIn = (steps: readonly JourneyStep[]): number => steps.filter(endsWave).length;

/** Each up to storage's answer to its parts, and what comes after the last. */
function splitByWaves(steps: readonly JourneyStep[]): readonly (readonly JourneyStep[])[] {
  const waves: JourneyStep[][] = [[]];
  for (const step of steps) {
    waves.at(-1)!.push(step);
    if (endsWave(step)) waves.push([]);
  }
  return waves;
}

const endsWave = ({ action, from, parts }: JourneyStep): boolean =>
  action === 'answer' && from === 'storage' && parts !== null;

/** A wave between two others of the same attempt, all of which went well. */
function isMiddle(waves: readonly (readonly JourneyStep[])[], i: number): boolean {
  const [before, wave, after] = [waves[i - 1], waves[i], waves[i + 1]];
  if (before === undefined || wave === undefined || after === undefined) return false;
  const attempt = before.at(-1)?.attempt;
  return [wave, after].every(
    steps =>
      steps.length > 0 &&
      endsWave(steps.at(-1)!) &&
      steps.every(step => step.attempt === attempt && step.reason === null),
  );
}
