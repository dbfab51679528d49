import { type Block, heading, remark } from '../../present/document/block.js';
import { type Column, table } from '../../present/document/table.js';
import { flow } from '../../scenario/flow.js';
import type { Profile, ProfileKind, Sourced } from '../../scenario/profiles/profile.js';
import { profileKinds } from '../../scenario/profiles/registry.js';

/** All profiles, by the place where a scenario names them. */
export function overview(): readonly Block[] {
  const { instance, gateway, ...others } = profileKinds;
  return [
    ...Object.values(others).flatMap(kind => section(kind, tally)),
    title(gateway),
    ...figures(gateway.profiles),
    title(instance),
    // Those of one vendor stand together.
    ...[...new Set(instance.profiles.map(({ summary }) => summary))].flatMap(vendor => [
      heading(3, vendor),
      ...figures(instance.profiles.filter(({ summary }) => summary === vendor)),
    ]),
    remark('≈ is an estimate. "valet-sim profiles NAME" shows each value with its kind and source.'),
  ];
}

function section(kind: ProfileKind, columns: readonly Column<Profile>[]): Block[] {
  return [title(kind), ...table(kind.profiles, { key, groups: [{ columns }] })];
}

function title({ field, title }: ProfileKind): Block {
  return heading(2, `${title}: ${field}`);
}

const key: Column<Profile> = { head: 'name', cell: ({ name }) => name };
const meaning: Column<Profile> = { head: 'what it is', align: 'left', cell: ({ summary }) => summary };

const isEstimate = (sourced: Sourced | undefined): boolean => sourced?.kind === 'estimate';
const estimates = ({ values }: Profile): number => Object.values(values).filter(isEstimate).length;

/** How many values there are, and how many of them are guessed. */
const tally: readonly Column<Profile>[] = [
  { head: 'values', cell: ({ values }) => String(Object.keys(values).length) },
  {
    head: 'estimates',
    cell: profile => String(estimates(profile)),
    tone: profile => (estimates(profile) > 0 ? 'warn' : undefined),
  },
  meaning,
];

/** The values themselves, which are all of one form. */
function figures(profiles: readonly Profile[]): readonly Block[] {
  const fields = [...new Set(profiles.flatMap(({ values }) => Object.keys(values)))];
  const columns = fields.map(
    (field): Column<Profile> => ({
      head: field,
      cell: ({ values }) => {
        const sourced = values[field];
        return sourced === undefined ? '-' : `${isEstimate(sourced) ? '≈' : ''}${brief(sourced.value)}`;
      },
      tone: ({ values }) => (isEstimate(values[field]) ? 'warn' : undefined),
    }),
  );
  return table(profiles, { key, groups: [{ columns }] });
}

/** Of a mapping its values, in their order: the page of the profile has their names. */
function brief(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return flow(value);
  return Object.values(value).map(flow).join(' ');
}
