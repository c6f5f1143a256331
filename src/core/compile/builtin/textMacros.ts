import { opened, spaced, type CrossDatabaseMacro } from './crossDatabaseMacro.ts';

const negativeParts = spaced(`  {% if part_number >= 0 %}
    {{ dbt.default__split_part(string_text, delimiter_text, part_number) }}
  {% else %}
    {{ dbt._split_part_negative(string_text, delimiter_text, part_number) }}
  {% endif %}`);

const fromRight = (call: string): string =>
  opened(`    case when {{ length_expression }} = 0
        then ''
    else
        ${call}
    end`);

/** Texts. */
export const textMacros: readonly CrossDatabaseMacro[] = [
  {
    name: 'concat',
    parameters: ['fields'],
    writes: { default: "{{ fields | join(' || ') }}", spark: "concat({{ fields | join(', ') }})" },
  },
  {
    name: 'escape_single_quotes',
    parameters: ['expression'],
    writes: {
      default: `{{ expression | replace("'", "''") }}`,
      snowflake: `{{ expression | replace("'", "\\\\'") }}`,
      bigquery: `{{ expression | replace("'", "\\\\'") }}`,
      spark: `{{ expression | replace("'", "\\\\'") }}`,
    },
  },
  {
    name: 'hash',
    parameters: ['field'],
    writes: {
      default: "md5(cast({{ field }} as {{ api.Column.translate_type('string') }}))",
      sqlite: `case 
      when {{ field }} is not null 
      then lower(hex(md5(cast({{ field }} as {{ api.Column.translate_type('string') }}))))
    end`,
      bigquery: 'to_hex({{ dbt.default__hash(field) }})',
    },
  },
  {
    name: 'length',
    parameters: ['expression'],
    writes: {
      default: opened('    length(\n        {{ expression }}\n    )'),
      redshift: opened('    len(\n        {{ expression }}\n    )'),
    },
  },
  {
    name: 'string_literal',
    parameters: ['value'],
    writes: { default: "'{{ value }}'", bigquery: "'''{{ value }}'''" },
  },
  {
    name: 'position',
    parameters: ['substring_text', 'string_text'],
    writes: {
      default: opened('    position(\n        {{ substring_text }} in {{ string_text }}\n    )'),
      sqlite: opened('    instr({{ string_text }}, {{ substring_text }})'),
      bigquery: opened('    strpos(\n        {{ string_text }},\n        {{ substring_text }}\n\n    )'),
    },
  },
  {
    name: 'replace',
    parameters: ['field', 'old_chars', 'new_chars'],
    writes: {
      default: `${spaced('    replace(\n        {{ field }},\n        {{ old_chars }},\n        {{ new_chars }}\n    )')}\n`,
    },
  },
  {
    name: 'right',
    parameters: ['string_text', 'length_expression'],
    writes: {
      default: opened('    right(\n        {{ string_text }},\n        {{ length_expression }}\n    )'),
      sqlite: `
    case
      when {{ length_expression }} <> 0 then 
      substr(
          {{ string_text }},
          -1 * {{ length_expression }}
      )
      else ''
    end`,
      snowflake: fromRight('right(\n            {{ string_text }},\n            {{ length_expression }}\n        )'),
      bigquery: fromRight(
        'substr(\n            {{ string_text }},\n            -1 * ({{ length_expression }})\n        )',
      ),
    },
  },
  {
    name: 'split_part',
    parameters: ['string_text', 'delimiter_text', 'part_number'],
    writes: {
      default: spaced(
        '    split_part(\n        {{ string_text }},\n        {{ delimiter_text }},\n        {{ part_number }}\n        )',
      ),
      duckdb: '\n    string_split({{ string_text }}, {{ delimiter_text }})[ {{ part_number }} ]\n',
      postgres: negativeParts,
      bigquery: `

  {% if part_number >= 0 %}
    split(
        {{ string_text }},
        {{ delimiter_text }}
        )[safe_offset({{ part_number - 1 }})]
  {% else %}
    split(
        {{ string_text }},
        {{ delimiter_text }}
        )[safe_offset(
          length({{ string_text }})
          - length(
              replace({{ string_text }},  {{ delimiter_text }}, '')
          ) + 1 + {{ part_number }}
        )]
  {% endif %}

`,
    },
  },
];
