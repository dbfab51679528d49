import { type Chart, drawChart, type Line } from '../chart/chart.js';
import { styles } from '../chart/plot.js';
import { type Block, heading } from '../document/block.js';

/** A chart under its title; of more lines than can be told apart without colour, several on equal axes. */
export function chartBlocks(title: string, chart: Chart): readonly Block[] {
  const parts = evenly(chart.lines, styles.length);
  return parts.flatMap((lines, i): Block[] => [
    heading(3, parts.length === 1 ? title : `${title} (${i + 1} of ${parts.length})`),
    { kind: 'preformatted', draw: width => drawChart({ ...chart, lines }, width) },
  ]);
}

/** As few parts as there can be with at most so many in each, of about equal size. */
function evenly(lines: readonly Line[], most: number): readonly (readonly Line[])[] {
  const parts = Math.ceil(lines.length / most);
  const size = Math.ceil(lines.length / parts);
  return Array.from({ length: parts }, (_, i) => lines.slice(i * size, (i + 1) * size));
}
