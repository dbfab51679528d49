import { list, paragraph, remark } from '../document/block.js';
import { describeBroken, selfChecks } from '../trust.js';
import type { Section } from './section.js';

/** Whether the run kept to the laws that it cannot break, said loudly where it did not. */
export const checks: Section = result => {
  const { total, broken } = selfChecks(result);
  if (total === 0) return [paragraph({ text: 'self-checks: none were made', tone: 'warn' })];
  const tally = `self-checks: ${total - broken.length} of ${total} hold`;
  if (broken.length === 0) return [paragraph({ text: tally, tone: 'good' })];
  return [
    paragraph({ text: `!!! ${tally}`, tone: 'bad' }),
    list(broken.map(b => ({ text: describeBroken(b), tone: 'bad' }))),
    remark({ text: distrust, tone: 'bad' }),
  ];
};

const distrust = 'This is a bug in valet-sim: do NOT trust this result. Please report it with the scenario.';
