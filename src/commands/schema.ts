import { ExitCode } from '../errors.js';
import { writeTo } from '../present/export/stream.js';
import { scenarioJsonSchemaText } from '../scenario/json-schema.js';

/** `valet-sim schema`: prints the JSON Schema of a scenario, for editors. */
export async function schema(): Promise<ExitCode> {
  await writeTo(process.stdout, scenarioJsonSchemaText());
  return ExitCode.ok;
}
