import { describeBroken, selfChecks } from '../trust.js';
import type { Section } from './section.js';
import { wrap } from './text.js';

/** Whether the run kept to the laws that it cannot break, said loudly where it did not. */
export const checks: Section = (result, theme) => {
  const { total, broken } = selfChecks(result);
  if (total === 0) return [theme.warn('self-checks: none were made')];
  const tally = `self-checks: ${total - broken.length} of ${total} hold`;
  if (broken.length === 0) return [theme.good(tally)];
  return [
    theme.bad(`!!! ${tally}`),
    ...broken.flatMap(b => wrap(`- ${describeBroken(b)}`, theme.width, '  ').map(theme.bad)),
    ...wrap(
      'This is a bug in valet-sim: do NOT trust this result. Please report it with the scenario.',
      theme.width,
    ).map(theme.bad),
  ];
};
