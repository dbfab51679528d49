import type { Study } from '../../parameter-study.js';
import { type Block, heading, remark } from '../document/block.js';

/** What was studied. */
export function studyHeader(title: string, study: Study, facts: readonly string[]): readonly Block[] {
  const { scenario, seed, set, version } = study;
  const settings = set.map(setting => `--set ${setting}`);
  return [
    heading(1, `${title}: ${scenario.name}`),
    remark([`seed ${seed}`, ...facts, scenario.file, ...settings, `valet-sim ${version}`].join(' · ')),
  ];
}
