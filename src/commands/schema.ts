import { ExitCode } from '../errors.js';
import { writeTo } from '../present/export/stream.js';
import { scenarioJsonSchema } from '../scenario/json-schema.js';

/** `valet-sim schema`: prints the JSON Schema of a scenario, for editors. */
export async function schema(): Promise<ExitCode> {
  await writeTo(process.stdout, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  return ExitCode.ok;
}
