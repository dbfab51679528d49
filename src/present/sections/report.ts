import type { Result } from '../../result.js';
import type { Block } from '../document/block.js';
import { background } from './background.js';
import { checks } from './checks.js';
import { claims } from './claims.js';
import { comparison } from './comparison.js';
import { completion } from './completion.js';
import { cost } from './cost.js';
import { distribution } from './distribution.js';
import { failures } from './failures.js';
import { fleet } from './fleet.js';
import { gateway } from './gateway.js';
import { header } from './header.js';
import { holdTime } from './hold-time.js';
import { objectives } from './objectives.js';
import { precision } from './precision.js';
import { remains } from './remains.js';
import { saturation } from './saturation.js';
import type { Section } from './section.js';
import { servers } from './servers.js';
import { timeCharts } from './time-charts.js';
import { verdict } from './verdict.js';

/** In the order of the questions that a reader has. */
const tables: readonly Section[] = [
  header,
  verdict,
  claims,
  completion,
  precision,
  saturation,
  holdTime,
  fleet,
  servers,
  failures,
  remains,
  gateway,
  background,
  cost,
  comparison,
  objectives,
];

const charts: readonly Section[] = [distribution, timeCharts];

/** Everything that `run` says of a result, in the order in which it is read. */
export function report(result: Result, wanted: { readonly charts: boolean }): readonly Block[] {
  const sections = [...tables, ...(wanted.charts ? charts : []), checks];
  return sections.flatMap(section => section(result));
}
