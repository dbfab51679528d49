/** The JSON Schema of scenario files, made from the definition that validates them, so that editors complete and check. */
import { z } from 'zod';
import { leafForm } from './schema/form.js';
import { scenarioSchema } from './schema/scenario.js';

/** Draft 2020-12. Descriptions say where a default comes from. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const form = leafForm(zodSchema);
      if (form !== undefined) Object.assign(jsonSchema, form.json);
      const { source, sourceKind, ...rest } = jsonSchema;
      if (source === undefined && sourceKind === undefined) return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      const origin = source === undefined ? '' : ` Default: ${sourceKind}, ${String(source)}.`;
      Object.assign(jsonSchema, { ...rest, description: `${rest.description ?? ''}${origin}` });
    },
  });
  return {
    ...schema,
    title: 'valet-sim scenario',
    description:
      'Who uploads what, over which network, to which servers and storage, and the designs to compare.',
  };
}

/** As it is saved: two spaces, a newline at the end. */
export function scenarioJsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}
