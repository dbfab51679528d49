import { ExitCode } from '../errors.js';
import { toJson } from '../present/export/json.js';
import { writeTo } from '../present/export/stream.js';
import { openNotices } from '../present/notices.js';
import { chooseTheme } from '../present/terminal/theme.js';
import { traceUpload } from '../study/trace.js';
import { loadAll } from './load-all.js';
import type { TraceOptions } from './run-options.js';

/** `valet-sim trace SCENARIO`: shows one upload step by step in every topology. */
export async function trace(file: string, options: TraceOptions): Promise<ExitCode> {
  const [loaded] = await loadAll([file], options);
  const { upload, play = null } = options;
  const story = await traceUpload(loaded, { upload, play });
  const notices = openNotices(process.stderr, options.quiet);
  for (const warning of story.warnings) notices.note(`warning: ${warning}`);
  if (options.format === 'json') {
    await writeTo(process.stdout, toJson(story));
    return ExitCode.ok;
  }
  // Colour and tables take time to load, and JSON does without.
  const { tracePage } = await import('../present/terminal/trace/trace.js');
  await writeTo(process.stdout, tracePage(story, chooseTheme(process.stdout, process.env, options.color)));
  return ExitCode.ok;
}
