import type { Journey, Play, Trace } from '../../../journey.js';
import { bits, bytes, count, duration, rate } from '../../../readable.js';
import { clean } from '../text.js';
import type { Theme } from '../theme.js';
import { wrap } from '../width.js';
import { breakdown } from './breakdown.js';
import { Grid } from './grid.js';
import { type Palette, paletteOf, smallPrint } from './palette.js';
import { panels } from './panel.js';
import { tokens } from './token.js';

/** The journeys of one upload as text, at most `theme.width` columns wide, with a newline at its end. */
export function tracePage(trace: Trace, on: Theme): string {
  const theme = paletteOf(on);
  const { journeys, timeZero } = trace;
  const grid = new Grid(journeys);
  const parts = [
    header(trace, theme),
    panels(journeys, grid, theme),
    breakdown(journeys, grid, theme),
    ...journeys.map(journey => tokens(journey, grid, timeZero, theme)),
    playRemarks(trace, theme),
  ];
  return `${parts
    .filter(lines => lines.length > 0)
    .map(lines => lines.join('\n'))
    .join('\n\n')}\n`;
}

function header({ scenario, seed, upload, play, version, journeys }: Trace, theme: Palette): string[] {
  const facts = [which(upload, journeys), `seed ${seed}`, scenario.file, `valet-sim ${version}`];
  if (play !== null) facts.unshift(`--play ${play}`);
  const legend = [
    theme.request('──► request'),
    theme.response('◄── response'),
    theme.request('━━► bytes of the file'),
    '■ work',
    '○ wait',
  ].join('   ');
  return [
    ...wrap(scenario.name, theme.width).map(theme.bold),
    ...wrap(facts.join(' · '), theme.width).map(theme.dim),
    ...[...new Set(journeys.map(who))].flatMap(line => wrap(line, theme.width)),
    ...(theme.width >= 76 ? [legend] : []),
  ];
}

/** Its number, and those that there are. */
function which(upload: number, journeys: readonly Journey[]): string {
  const most = Math.max(...journeys.map(({ offered }) => offered));
  return most > 1 ? `upload ${upload} (of 0 to ${most - 1})` : `upload ${upload}`;
}

/** The upload, with all that the topologies have in common. */
function who({ file, bucket, size, client, start, offered }: Journey): string {
  const uplink = client.uplink === null ? 'unlimited' : `${bits(client.uplink)} (${rate(client.uplink)}) up`;
  const rtt = `round trip ${duration(client.rtt.server)} to the server, ${duration(client.rtt.storage)} to storage`;
  const others =
    offered > 1 ? `among ${count(offered - 1)} other${offered > 2 ? 's' : ''}` : 'the only upload';
  return (
    `${file}, ${bytes(size)}, into ${bucket}; client ${client.name}: ${uplink}, ${rtt}. ` +
    `It begins at ${duration(start)} of simulated time, ${others}; times below are seconds from there.`
  );
}

/** What the same mistake looks like where no URL is signed. */
function playRemarks({ play, journeys }: Trace, theme: Palette): string[] {
  const proxies = journeys.filter(({ steps }) => steps.every(({ flow }) => flow === null));
  if (play === null || proxies.length === 0) return [];
  const names = proxies.map(({ topology }) => clean(topology)).join(', ');
  return smallPrint(`${names}: ${throughProxy[play]}`, theme);
}

const throughProxy: Readonly<Record<Play, string>> = {
  expired: 'there is no token that could expire.',
  'wrong-bucket':
    'storage says 404 to the server, and the client learns it when all its bytes have been sent.',
  'wrong-key': 'the server chooses the key itself, so this mistake cannot be made.',
  'wrong-method': 'the server chooses the method itself, so this mistake cannot be made.',
  tampered: 'there is no signature that could be tampered with.',
};
