import { isMapping } from './schema/form.js';

/** A value in scenario form on one line, as a scenario may say it: `{exponential: 4ms}`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isMapping(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `${key}: ${flow(part)}`)
    .join(', ')}}`;
}
