import type { CapacityStudy, Sensitivity, SideBySide, Sweep } from '../../parameter-study.js';
import type { Block } from '../document/block.js';
import { toJson } from '../export/json.js';
import { writeTo } from '../export/stream.js';
import { chooseTheme } from '../terminal/theme.js';
import type { ResultFormat, Wishes } from '../view.js';

export async function showSweep(
  sweep: Sweep,
  format: ResultFormat,
  stream: NodeJS.WriteStream,
  wishes: Wishes,
): Promise<void> {
  const { sweepBlocks, sweepCsv } = await import('./sweep.js');
  await show(
    sweep,
    () => sweepBlocks(sweep, wishes),
    () => sweepCsv(sweep),
    format,
    stream,
    wishes,
  );
}

export async function showCapacity(
  study: CapacityStudy,
  format: ResultFormat,
  stream: NodeJS.WriteStream,
  wishes: Pick<Wishes, 'color'>,
): Promise<void> {
  const { capacityBlocks, capacityCsv } = await import('./capacity.js');
  await show(
    study,
    () => capacityBlocks(study),
    () => capacityCsv(study),
    format,
    stream,
    wishes,
  );
}

export async function showSensitivity(
  study: Sensitivity,
  format: ResultFormat,
  stream: NodeJS.WriteStream,
  wishes: Wishes,
): Promise<void> {
  const [{ sensitivityBlocks }, { sensitivityCsv }] = await Promise.all([
    import('./sensitivity.js'),
    import('./sensitivity-csv.js'),
  ]);
  await show(
    study,
    () => sensitivityBlocks(study, wishes),
    () => sensitivityCsv(study),
    format,
    stream,
    wishes,
  );
}

export async function showSideBySide(
  sides: SideBySide,
  format: ResultFormat,
  stream: NodeJS.WriteStream,
  wishes: Pick<Wishes, 'color'>,
): Promise<void> {
  const { sideBySideBlocks, sideBySideCsv } = await import('./side-by-side.js');
  await show(
    sides,
    () => sideBySideBlocks(sides),
    () => sideBySideCsv(sides),
    format,
    stream,
    wishes,
  );
}

async function show(
  study: Sweep | CapacityStudy | Sensitivity | SideBySide,
  blocks: () => readonly Block[],
  csv: () => string,
  format: ResultFormat,
  stream: NodeJS.WriteStream,
  { color }: Pick<Wishes, 'color'>,
): Promise<void> {
  await writeTo(stream, await textOf());

  async function textOf(): Promise<string> {
    switch (format) {
      case 'json':
        return toJson(study);
      case 'csv':
        return csv();
      case 'markdown': {
        const { toMarkdown } = await import('../export/markdown.js');
        return toMarkdown(blocks());
      }
      case 'table': {
        const { print } = await import('../terminal/print.js');
        return print(blocks(), chooseTheme(stream, process.env, color));
      }
    }
  }
}
