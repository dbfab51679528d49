import { UserError } from '../../errors.js';
import { alb } from './alb.js';
import { isAside, type LogFormat } from './format.js';
import { nginx } from './nginx.js';
import { isTemplate, templateFormat } from './nginx-template.js';
import { s3 } from './s3.js';

/** Every format that is known; where two fit a log equally well, the first is meant: it is the stricter one. */
export const formats: readonly LogFormat[] = [s3, alb, nginx];

const known = formats.map(({ name }) => name).join(', ');

/**
 * The format that `--log-format` asks for: a name, or an nginx log_format.
 * @throws UserError where it is neither
 */
export function formatNamed(text: string): LogFormat {
  if (isTemplate(text)) return templateFormat(text);
  const found = formats.find(({ name }) => name === text.toLowerCase());
  if (found === undefined)
    throw new UserError(
      `--log-format: "${text}" is not known; ${known}, or the log_format of your nginx.conf in single quotes`,
    );
  return found;
}

/** The format that understands most of the first lines; undefined where none understands any. */
export function detect(sample: readonly string[]): LogFormat | undefined {
  let best: LogFormat | undefined;
  let most = 0;
  for (const format of formats) {
    const reader = format.open(sample);
    const understood = sample.filter(line => {
      const reading = reader.read(line);
      return !isAside(reading) || !reading.malformed;
    }).length;
    if (understood > most) {
      most = understood;
      best = format;
    }
  }
  return best;
}
