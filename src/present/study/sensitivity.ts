/** What a study of sensitivity shows: what flips the verdict, and for each design which numbers move its figure most. */
import type { MovedParameter, ParameterEffects, Sensitivity, Standing } from '../../parameter-study.js';
import { count, duration, noValue, percent } from '../../readable.js';
import { type Block, list, paragraph, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import type { Text } from '../document/text.js';
import { formatOf } from '../metrics.js';
import { between } from '../sections/interval.js';
import { titled } from '../sections/section.js';
import type { Wishes } from '../view.js';
import { displacement, effectText, isMovedBy, pullOf, valueText } from './effect-words.js';
import { flippingMoves, flipSentence, isEstimate } from './flips.js';
import { studyHeader } from './header.js';
import { furthest, swingBar, swingHead } from './tornado.js';

/** Below this share of the figure a row is not worth its place. */
const WORTH_A_ROW = 0.01;

export function sensitivityBlocks(study: Sensitivity, { chart }: Pick<Wishes, 'chart'>): readonly Block[] {
  const { figure, by, parameters, replications, missing } = study;
  const points = parameters.flatMap(({ low, high }) => [low, high]).filter(move => move !== null).length;
  const facts = [
    `${parameters.length} numbers, ${points} points`,
    replications === 1 ? '1 replication' : `${count(replications)} replications`,
  ];
  const partial =
    missing > 0 ? [paragraph({ text: `PARTIAL: interrupted; ${missing} points missing`, tone: 'bad' })] : [];
  return [
    ...partial,
    ...studyHeader(`What ${figure} depends on, each number moved by ${percent(by)}`, study, facts),
    ...titled('Verdict', [paragraph(asItStands(study)), ...verdict(study)]),
    ...study.base.flatMap(base => tornado(study, base, chart)),
    ...titled('The others', [list(others(study)), remark(replications === 1 ? `${LIMIT} ${ONCE}` : LIMIT)]),
  ];
}

const LIMIT =
  'One number at a time, with the same luck at every point. What two changes do together, or a larger one, it does not say.';

const ONCE =
  'With one replication a small effect may be chance, where a queue is near its limit even a larger one: --replications 10 says which are not.';

/** "As it stands, completion.p95: valet-key 3.4 min, ..." */
function asItStands({ base, figure, replications }: Sensitivity): string {
  const format = formatOf(figure);
  const each = base.map(({ topology, figure: value, ci95, succeeded }) => {
    const interval = ci95 === null ? '' : ` (${between(ci95, format)})`;
    const share = succeeded === 1 || succeeded === null ? '' : `, ${percent(succeeded)} succeed`;
    return `${topology} ${value === null ? noValue : format(value)}${interval}${share}`;
  });
  const times = replications === 1 ? '' : ' in the mean';
  return `As it stands, ${figure}${times}: ${each.join('; ')}.`;
}

function verdict(study: Sensitivity): readonly Block[] {
  const { parameters, by } = study;
  const flipping = parameters.filter(parameter => flippingMoves(parameter).length > 0);
  const guess = strongestGuess(study);
  if (flipping.length === 0) {
    return [
      paragraph([{ text: `${survivors(study)} every change by ${percent(by)}.`, tone: 'good' }, ` ${guess}`]),
    ];
  }
  const guesses = flipping.filter(isEstimate);
  const first: Text = [
    {
      text: `${flipping.length} of ${parameters.length} numbers flip the verdict when they change by ${percent(by)}`,
      tone: 'bad',
    },
    measureFirst(
      guesses.map(({ label }) => label),
      flipping.length,
    ),
    ` ${guess}`,
  ];
  return [paragraph(first), list(flipping.map(flipItem))];
}

/** What has survived, with its verb. */
function survivors({ base, objectives }: Sensitivity): string {
  const order = base.length > 1 ? ['the order of the designs'] : [];
  const outcomes = objectives.length > 0 ? ['the outcome of every objective'] : [];
  const [first = 'what is said of the design', second] = [...order, ...outcomes];
  const subject = first.charAt(0).toUpperCase() + first.slice(1);
  return second === undefined ? `${subject} survives` : `${subject} and ${second} survive`;
}

function measureFirst(guesses: readonly string[], flipping: number): string {
  if (guesses.length === 0) return '; none of them is an estimate.';
  const those = flipping === 1 ? 'It' : guesses.length === 1 ? 'One of them' : `${guesses.length} of them`;
  const are = guesses.length === 1 ? 'is an estimate: measure it first' : 'are estimates: measure them first';
  return `. ${those} ${are}: ${guesses.join(', ')}.`;
}

/** Of what nobody has measured that which matters most. */
function strongestGuess({ parameters, base }: Sensitivity): string {
  const guesses = parameters
    .filter(isEstimate)
    .flatMap(parameter =>
      parameter.topologies.map(effects => ({
        parameter,
        effects,
        pull: pullOf(effects, baseOf(base, effects)),
      })),
    )
    .filter(({ pull }) => pull >= WORTH_A_ROW)
    .sort((a, b) => b.pull - a.pull);
  const [strongest] = guesses;
  if (strongest === undefined) return `No estimate moves any design by ${percent(WORTH_A_ROW)} or more.`;
  const { parameter, effects, pull } = strongest;
  const far = Number.isFinite(pull)
    ? `moves ${effects.topology} by ${percent(pull)}`
    : `decides whether ${effects.topology} has one at all`;
  return `Of the estimates, ${parameter.label} matters most: it ${far}.`;
}

function baseOf(base: readonly Standing[], { topology }: ParameterEffects): Standing {
  return base.find(one => one.topology === topology)!;
}

function flipItem(parameter: MovedParameter): Text {
  const { label, value, source } = parameter;
  const moves = flippingMoves(parameter).map(
    move => `at ${move.value} instead of ${value} ${move.flips.map(flipSentence).join(', ')}`,
  );
  const guess = isEstimate(parameter) ? ` (an estimate: ${source})` : '';
  return [{ text: label, tone: 'bold' }, `${guess}: ${moves.join('; ')}`];
}

interface Row {
  readonly parameter: MovedParameter;
  readonly effects: ParameterEffects;
}

/** The numbers that move a design, the strongest first. */
function tornado({ parameters, figure, by }: Sensitivity, base: Standing, chart: boolean): readonly Block[] {
  const format = formatOf(figure);
  const rows = parameters
    .flatMap((parameter): Row[] => {
      const effects = parameter.topologies.find(({ topology }) => topology === base.topology);
      return effects === undefined ? [] : [{ parameter, effects }];
    })
    .filter(({ effects }) => pullOf(effects, base) >= WORTH_A_ROW)
    .sort((a, b) => pullOf(b.effects, base) - pullOf(a.effects, base));
  const swing = ({ effects: { low, high } }: Row) => ({
    low: displacement(low, base),
    high: displacement(high, base),
  });
  // One server more is more than a fifth: what is moved further than the others must not make them look small.
  const alike = rows.filter(({ parameter }) => isMovedBy(parameter, by));
  const full = furthest((alike.length > 0 ? alike : rows).map(swing));
  const effectAt = (side: 'low' | 'high'): Column<Row> => ({
    head: `${side === 'low' ? '-' : '+'}${percent(by)}`,
    cell: ({ parameter, effects }) => {
      const text = effectText(parameter[side], effects[side], base, format);
      return (parameter[side]?.flips.length ?? 0) > 0 ? `! ${text}` : text;
    },
    tone: ({ parameter }) => ((parameter[side]?.flips.length ?? 0) > 0 ? 'bad' : undefined),
  });
  const bars: Column<Row> = {
    head: '',
    align: 'left',
    cell: () => '',
    drawn: {
      least: 15,
      head: width => swingHead(sidesOf(figure), width),
      cell: (row, width) => swingBar(swing(row), full, width),
    },
  };
  const key: Key<Row> = {
    head: base.topology,
    cell: ({ parameter }) => `${isEstimate(parameter) ? '≈ ' : ''}${ownLabel(parameter, base)}`,
    tone: ({ parameter }) => (isEstimate(parameter) ? 'warn' : undefined),
  };
  const columns: readonly Column<Row>[] = [
    { head: 'value', align: 'left', cell: ({ parameter }) => valueText(parameter, by) },
    effectAt('low'),
    ...(chart ? [bars] : []),
    effectAt('high'),
  ];
  const legend = chart ? 'Bars: ░ with the value down, █ up. ' : '';
  const marks = '≈: an estimate, which nobody has measured or published. !: flips the verdict.';
  const none = `Nothing moves it by ${percent(WORTH_A_ROW)} or more.`;
  return titled(
    `${base.topology}: ${figure} ${base.figure === null ? noValue : format(base.figure)}`,
    rows.length === 0
      ? [paragraph(none)]
      : [...table(rows, { key, groups: [{ columns }] }), remark(legend + marks)],
  );
}

function sidesOf(figure: string): readonly [string, string] {
  return formatOf(figure) === duration ? ['faster', 'slower'] : ['less', 'more'];
}

/** In its own table a design need not be named again. */
function ownLabel({ label }: MovedParameter, { topology }: Standing): string {
  return label.startsWith(`${topology}: `) ? label.slice(topology.length + 2) : label;
}

/** What has no row: small effects, luck, nothing, and what was not moved. */
function others({ parameters, base, leftOut, replications }: Sensitivity): readonly Text[] {
  const pull = ({ topologies }: MovedParameter) =>
    Math.max(0, ...topologies.map(effects => pullOf(effects, baseOf(base, effects))));
  const outcomes = ({ topologies }: MovedParameter) =>
    topologies.flatMap(({ low, high }) => [low?.outcome, high?.outcome]);
  const small = parameters.filter(one => pull(one) < WORTH_A_ROW);
  const changing = small.filter(one => outcomes(one).includes('changed'));
  const uncertain = small.filter(one => !changing.includes(one) && outcomes(one).includes('uncertain'));
  const nothing = small.filter(
    one => !changing.includes(one) && !uncertain.includes(one) && outcomes(one).includes('none'),
  );
  const refused = parameters.flatMap(({ label, low, high }) =>
    [low, high].flatMap(move => (move?.refused ? [`${label} ${move.value} (${move.refused})`] : [])),
  );
  return [
    ...named(changing, `change less than ${percent(WORTH_A_ROW)}`),
    ...named(uncertain, `cannot be told from luck with ${count(replications)} replications`),
    ...named(nothing, 'change nothing'),
    ...(refused.length === 0 ? [] : [`The scenario does not take ${refused.join('; ')}.`]),
    ...(leftOut.length === 0 ? [] : [notMoved(leftOut)]),
  ];
}

function named(parameters: readonly MovedParameter[], what: string): readonly Text[] {
  if (parameters.length === 0) return [];
  const labels = parameters.map(one => `${isEstimate(one) ? '≈ ' : ''}${one.label}`);
  return [[{ text: `${parameters.length} ${what}`, tone: 'bold' }, `: ${labels.join(', ')}`]];
}

const reasons: Readonly<Record<Sensitivity['leftOut'][number]['reason'], string>> = {
  zero: 'are 0',
  unlimited: 'are unlimited',
  bound: 'are at a bound',
  word: 'are choices of words',
  file: 'come from files',
  price: 'are prices',
};

function notMoved(leftOut: Sensitivity['leftOut']): Text {
  const parts = Object.entries(reasons).flatMap(([reason, words]) => {
    const its = leftOut.filter(one => one.reason === reason);
    const which = reason === 'file' ? ` (${its.map(({ path }) => path).join(', ')})` : '';
    return its.length === 0 ? [] : [`${its.length} ${words}${which}`];
  });
  return [{ text: `${leftOut.length} are not moved`, tone: 'bold' }, `: ${parts.join(', ')}`];
}
