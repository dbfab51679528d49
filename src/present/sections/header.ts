import { heading, remark } from '../document/block.js';
import { describeWorkload } from '../workload.js';
import type { Section } from './section.js';

/** What was simulated, in three lines. */
export const header: Section = result => {
  const { name, file } = result.scenario;
  const designs = result.topologies.length === 1 ? '1 topology' : `${result.topologies.length} topologies`;
  const facts = [`seed ${result.seed}`, designs];
  if (result.replications > 1) facts.push(`${result.replications} replications`);
  facts.push(file, `valet-sim ${result.version}`);
  return [heading(1, name), remark(facts.join(' · ')), remark({ text: describeWorkload(result) })];
};
