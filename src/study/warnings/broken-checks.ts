import type { Evidence, Finding } from './warning.js';

/** The run contradicts itself. */
export function brokenChecks({ result }: Evidence): Finding[] {
  const broken = result.checks.filter(check => !check.ok);
  if (broken.length === 0) return [];
  return [
    {
      fact: `this run contradicts itself (${broken.map(check => check.name).join('; ')})`,
      advice: 'Its numbers are wrong because of a fault in valet-sim; please report the scenario.',
    },
  ];
}
