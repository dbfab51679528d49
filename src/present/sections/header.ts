import { duration } from '../../readable.js';
import type { Result } from '../../result.js';
import { type Block, heading, paragraph, remark } from '../document/block.js';
import { describeWorkload } from '../workload.js';
import type { Section } from './section.js';

/** What was simulated, in three lines; before them, where it is not all. */
export const header: Section = result => {
  const { name, file } = result.scenario;
  const designs = result.topologies.length === 1 ? '1 topology' : `${result.topologies.length} topologies`;
  const facts = [`seed ${result.seed}`, designs];
  if (result.replications > 1) facts.push(`${result.replications} replications`);
  if (result.warmup !== null) facts.push(`warm-up ${duration(result.warmup.seconds)} (auto)`);
  facts.push(file, `valet-sim ${result.version}`);
  return [
    ...partial(result),
    heading(1, name),
    remark(facts.join(' · ')),
    remark({ text: describeWorkload(result) }),
  ];
};

/** A table of two designs out of three looks whole to whoever does not count. */
function partial({ partial: part, replications }: Result): readonly Block[] {
  if (part === null) return [];
  const what =
    part.missing.length > 0
      ? `missing: ${part.missing.join(', ')}`
      : `${replications} of at most ${part.replications} replications`;
  return [paragraph({ text: `PARTIAL: interrupted; ${what}`, tone: 'bad' })];
}
