import { type Block, heading, remark } from '../../present/document/block.js';
import type { Tone } from '../../present/document/text.js';
import { flow } from '../../scenario/flow.js';
import type { Sourced } from '../../scenario/profiles/profile.js';
import { type Entry, grid, numbered } from './grid.js';
import type { Listed } from './listed.js';

/** One profile, value by value, with what each rests on. */
export function page({ name, summary, field, values, facts, cautions }: Listed): readonly Block[] {
  const sources = [...new Set([...values, ...facts].map(({ source }) => source))];
  const entry = (title: string, { value, kind, source, note = '' }: Sourced): Entry => ({
    name: title,
    value: flow(value),
    kind: `${kind} [${sources.indexOf(source) + 1}]`,
    tone: toneOf(kind),
    note,
  });
  return [
    heading(1, name),
    remark({ text: `${summary} · ${usage(field, name)}` }),
    ...warnings(cautions),
    ...part(
      'Values',
      values.map(value => entry(value.field, value)),
    ),
    ...part(
      'Facts, which the simulator does not use',
      facts.map(fact => entry(fact.name, fact)),
    ),
    heading(3, 'Sources'),
    numbered(sources),
  ];
}

/** What it says less well than it seems to, once for all kinds of topologies of which the same is said. */
function warnings(cautions: Listed['cautions']): Block[] {
  return [...new Set(Object.values(cautions))].map(caution => {
    const kinds = Object.keys(cautions).filter(kind => cautions[kind] === caution);
    return remark([{ text: `In ${kinds.join(' and ')}: `, tone: 'warn' }, `${caution}.`]);
  });
}

function part(title: string, entries: readonly Entry[]): Block[] {
  return entries.length === 0 ? [] : [heading(3, title), grid(entries)];
}

/** How a scenario says it: `server: { profile: tomcat }`. */
function usage(field: string, name: string): string {
  const [place = '', key = ''] = field.split('.');
  const named = `{ ${key}: ${name} }`;
  return place.endsWith('[]') ? `${place.slice(0, -2)}: [${named}]` : `${place}: ${named}`;
}

function toneOf(kind: Sourced['kind']): Tone | undefined {
  if (kind === 'estimate') return 'warn';
  return kind === 'recalled' ? 'dim' : undefined;
}
