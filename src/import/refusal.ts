/** Why no scenario comes of a log: there is no upload in it, or none of a known size. */
import { UserError } from '../errors.js';
import { chooseTheme } from '../present/terminal/theme.js';
import { bytes, count } from '../readable.js';
import { unknownSize } from './collector.js';
import type { Logs } from './read-logs.js';
import { accountLines } from './report.js';
import { minSizeOf, type Rules } from './rules.js';
import { logNames } from './scenario-text.js';

/** @throws UserError where there is no upload, with what became of the lines */
export function refuseWithoutUploads(logs: Logs, rules: Rules): void {
  const { account } = logs.collected;
  if (account.uploads > 0) return;
  const lines = accountLines(logs, chooseTheme({}, {}, false));
  const sizeless = account.skipped.get(unknownSize) ?? 0;
  const why = sizeless > 0 ? unknownSizes(sizeless) : noUploads(logs, rules);
  throw new UserError(`${logNames(logs.files)}: ${why}\n\n${lines.join('\n')}`);
}

function unknownSizes(requests: number): string {
  return [
    `this log does not tell the sizes of its uploads (${count(requests)} PUT, POST or PATCH).`,
    "nginx's combined format has the bytes of the answer ($body_bytes_sent), not those of the request.",
    '',
    'Either log more from now on, in nginx.conf:',
    '',
    `  log_format uploads '$remote_addr - $remote_user [$time_local] "$request" '`,
    `                     '$status $body_bytes_sent "$http_referer" "$http_user_agent" '`,
    `                     'request_length=$request_length request_time=$request_time '`,
    `                     'upstream_response_time="$upstream_response_time" msec=$msec';`,
    '  access_log /var/log/nginx/access.log uploads;',
    '',
    'or go on with sizes that you assume, and name the paths of uploads, since any POST may be one:',
    '',
    "  --size 50MB --upload-path /upload       or  --size '{lognormal: {median: 8MB, cv: 1.5}}'",
  ].join('\n');
}

function noUploads({ files }: Logs, rules: Rules): string {
  const ofStorage = files.every(({ format }) => format.ofStorage);
  const paths = rules.uploadPaths.length === 0 ? '' : ` of ${rules.uploadPaths.join(', ')}`;
  return ofStorage
    ? 'there is no upload in this log (PUT of an object or of a part)'
    : `there is no upload in this log: no PUT, POST or PATCH${paths} of at least ${bytes(minSizeOf(rules, false))} that succeeded; --min-size and --failed take in more`;
}
