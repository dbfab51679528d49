import type { Sensitivity } from '../../parameter-study.js';
import { csvCell } from '../export/csv-cell.js';
import { flipSentence, isEstimate } from './flips.js';

/** One row per parameter, move and topology that it concerns, in the order of the ranking. */
export function sensitivityCsv({ base, figure, parameters }: Sensitivity): string {
  const head = [
    ...['rank', 'path', 'origin', 'source kind', 'estimate', 'value', 'move', 'moved to', 'topology'],
    ...['outcome', `${figure} base`, figure, `${figure}.low`, `${figure}.high`],
    ...['ratio', 'ratio.low', 'ratio.high', 'difference', 'difference.low', 'difference.high'],
    ...['succeeded base', 'succeeded', 'flips'],
  ];
  const rows = parameters.flatMap((parameter, i) =>
    (['low', 'high'] as const).flatMap(side => {
      const move = parameter[side];
      if (move === null) return [];
      return parameter.topologies.map(effects => {
        const effect = effects[side];
        const before = base.find(({ topology }) => topology === effects.topology)!;
        const { path, origin, sourceKind, value } = parameter;
        return [
          ...[i + 1, path, origin, sourceKind, isEstimate(parameter), value],
          ...[side === 'low' ? 'down' : 'up', move.value, effects.topology],
          ...[move.refused === null ? (effect?.outcome ?? 'missing') : 'refused'],
          ...[before.figure, effect?.figure, effect?.ci95?.[0], effect?.ci95?.[1]],
          ...[effect?.ratio, effect?.ratioCi95?.[0], effect?.ratioCi95?.[1]],
          ...[effect?.difference, effect?.differenceCi95?.[0], effect?.differenceCi95?.[1]],
          ...[before.succeeded, effect?.succeeded, move.flips.map(flipSentence).join('; ')],
        ];
      });
    }),
  );
  return [head, ...rows]
    .map(cells => `${cells.map(cell => csvCell(String(cell ?? ''))).join(',')}\n`)
    .join('');
}
