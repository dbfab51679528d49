/**
 * What is made from the schema and saved beside the scenarios is up to date. After a change of the schema:
 * UPDATE_REFERENCE=1 npx vitest run test/scenario/reference.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { scenarioJsonSchema, scenarioJsonSchemaText } from '../../src/scenario/json-schema.js';
import { refreshed } from '../../src/scenario/reference.js';
import { full } from './full.js';
import { parse, smallest } from './help.js';

const update = process.env.UPDATE_REFERENCE === '1';

describe('scenarios/scenario.schema.json', () => {
  it('is up to date', () => {
    const path = 'scenarios/scenario.schema.json';
    if (update) writeFileSync(path, scenarioJsonSchemaText());
    expect(readFileSync(path, 'utf8')).toBe(scenarioJsonSchemaText());
  });

  it('is JSON Schema that accepts what the program accepts, and refuses unknown keys', () => {
    const schema = z.fromJSONSchema(scenarioJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
    for (const text of [smallest, full]) {
      const value: unknown = parseDocument(text).toJS();
      expect(schema.safeParse(value).error).toBeUndefined();
      expect(schema.safeParse(parse(text).resolved).error).toBeUndefined();
    }
    expect(schema.safeParse(parseDocument(`${smallest}sede: 1\n`).toJS()).success).toBe(false);
    expect(schema.safeParse(parseDocument(`${smallest}horizon: 5MB\n`).toJS()).success).toBe(false);
  });

  it('describes every key', () => {
    const bare: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties') {
          for (const [name, property] of Object.entries(
            value as Record<string, { description?: string; $ref?: string }>,
          )) {
            if (property.description === undefined && property.$ref === undefined)
              bare.push(`${path}.${name}`);
          }
        }
        visit(value, `${path}.${key}`);
      }
    };
    visit(scenarioJsonSchema(), '');
    expect(bare.filter(path => !/\.(lognormal|pareto)$/.test(path))).toEqual([]);
  });
});

describe('scenarios/README.md', () => {
  const path = 'scenarios/README.md';

  it('is up to date', () => {
    const text = readFileSync(path, 'utf8');
    if (update) writeFileSync(path, refreshed(text));
    expect(readFileSync(path, 'utf8')).toBe(refreshed(text));
  });

  it('has examples that are valid', () => {
    const text = readFileSync(path, 'utf8');
    const examples = [...text.matchAll(/```yaml\n(name:[\s\S]*?)```/g)].map(match => match[1]!);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(() => parse(example)).not.toThrow();
  });
});
