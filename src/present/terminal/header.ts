import { describeWorkload } from '../workload.js';
import type { Section } from './section.js';
import { wrap } from './text.js';

/** What was simulated, in three lines. */
export const header: Section = (result, theme) => {
  const { name, file } = result.scenario;
  const designs = result.topologies.length === 1 ? '1 topology' : `${result.topologies.length} topologies`;
  const facts = [`seed ${result.seed}`, designs];
  if (result.replications > 1) facts.push(`${result.replications} replications`);
  facts.push(file, `valet-sim ${result.version}`);
  return [
    ...wrap(name, theme.width).map(theme.bold),
    ...wrap(facts.join(' · '), theme.width).map(theme.dim),
    ...wrap(describeWorkload(result), theme.width),
  ];
};
