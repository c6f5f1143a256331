import { columnHintForms, tableHintForms, type HintForm } from './hintForms.ts';
import type { JsonSchema } from './valueForm.ts';

/**
 * The JSON Schema (draft-07) of what stands under `config.meta.modelyard`: `columnHints` and `tableHints` among its
 * definitions, for editors and for other tools. schemas/modelyard-hints.schema.json is this, written by
 * scripts/hintSchema.mjs.
 */
export function hintSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: "Hints of Modelyard's generator",
    description: 'What may stand under config.meta.modelyard of a column or a table of a source.',
    anyOf: [{ $ref: '#/definitions/columnHints' }, { $ref: '#/definitions/tableHints' }],
    definitions: {
      columnHints: mappingOf('Hints of a column.', columnHintForms),
      tableHints: mappingOf('Hints of a table.', tableHintForms),
    },
  };
}

function mappingOf(description: string, forms: Readonly<Record<string, HintForm<unknown>>>): JsonSchema {
  const properties = Object.entries(forms).map(([name, hint]) => [
    name,
    { description: `${hint.description} Must be ${hint.expected}.`, ...hint.form.schema },
  ]);
  return {
    description,
    type: 'object',
    properties: Object.fromEntries(properties) as JsonSchema,
    additionalProperties: false,
  };
}
