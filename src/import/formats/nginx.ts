/** nginx, in the forms in which its access logs are found. */
import { isAside, type LogFormat, type LogReader } from './format.js';
import { openJson } from './nginx-json.js';
import { isLabelled, openLabelled } from './nginx-labelled.js';
import { openPositional } from './nginx-positional.js';

function open(sample: readonly string[]): LogReader {
  const most = (fits: (line: string) => boolean) => 2 * sample.filter(fits).length > sample.length;
  if (most(line => line.trimStart().startsWith('{'))) return openJson(open, sample);
  const positional = openPositional(sample);
  const combined = (line: string) => {
    const reading = positional.read(line);
    return !isAside(reading) || !reading.malformed;
  };
  return !most(combined) && most(isLabelled) ? openLabelled() : positional;
}

export const nginx: LogFormat = {
  name: 'nginx',
  ofStorage: false,
  open,
};
