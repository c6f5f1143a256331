import { spaced, type CrossDatabaseMacro } from './crossDatabaseMacro.ts';

/** The type that an adapter has for one of dbt's words for types. */
const typeOf = (word: string): string => `{{ return(api.Column.translate_type('${word}')) }}`;

const aggregatedText = (call: string): string =>
  `${call}(
        {{ measure }},
        {{ delimiter_text }}
        {% if order_by_clause -%}
        {{ order_by_clause }}
        {%- endif %}
        )`;

/** The first values of a group as one array. */
const firstValues = `(array_agg(
            {{ measure }}
            {% if order_by_clause -%}
            {{ order_by_clause }}
            {%- endif %}
        ))[1:{{ limit_num }}]`;

const nullSafe = `
{%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn %}
    ({{ expr1 }} IS NOT DISTINCT FROM {{ expr2 }})
{%- else -%}
    ({{ expr1 }} = {{ expr2 }})
{%- endif %}`.trimStart();

/** Types, aggregates, arrays, comparisons and set operations. */
export const valueMacros: readonly CrossDatabaseMacro[] = [
  {
    name: 'any_value',
    parameters: ['expression'],
    writes: {
      default: 'any_value({{ expression }})',
      sqlite: 'min({{ expression }})',
      duckdb: 'arbitrary({{ expression }})',
      postgres: 'min({{ expression }})',
      spark: 'first({{ expression }})',
    },
  },
  {
    name: 'array_append',
    parameters: ['array', 'new_element'],
    writes: {
      default: 'array_append({{ array }}, {{ new_element }})',
      redshift: '{{ dbt.array_concat(array, dbt.array_construct([new_element])) }}',
      bigquery: '{{ dbt.array_concat(array, dbt.array_construct([new_element])) }}',
      spark: '{{ dbt.array_concat(array, dbt.array_construct([new_element])) }}',
    },
  },
  {
    name: 'array_concat',
    parameters: ['array_1', 'array_2'],
    writes: {
      default: 'array_cat({{ array_1 }}, {{ array_2 }})',
      redshift: 'array_concat({{ array_1 }}, {{ array_2 }})',
      bigquery: 'array_concat({{ array_1 }}, {{ array_2 }})',
      spark: 'concat({{ array_1 }}, {{ array_2 }})',
    },
  },
  {
    name: 'array_construct',
    parameters: ['inputs', 'data_type'],
    defaults: { inputs: '[]', data_type: "api.Column.translate_type('integer')" },
    writes: {
      default:
        "{% if inputs | length > 0 %}\n    array[ {{ inputs | join(' , ') }} ]\n    {% else %}\n    array[]::{{ data_type }}[]\n    {% endif %}",
      redshift: "array( {{ inputs | join(' , ') }} )",
      snowflake: "array_construct( {{ inputs | join(' , ') }} )",
      bigquery:
        "{% if inputs | length > 0 %}\n    [ {{ inputs | join(' , ') }} ]\n    {% else %}\n    ARRAY<{{ data_type }}>[]\n    {% endif %}",
      spark: "array( {{ inputs | join(' , ') }} )",
    },
  },
  {
    name: 'bool_or',
    parameters: ['expression'],
    writes: {
      default: 'bool_or({{ expression }})',
      sqlite: 'max({{ expression }})',
      snowflake: 'boolor_agg({{ expression }})',
      bigquery: 'logical_or({{ expression }})',
      spark: 'max({{ expression }})',
    },
  },
  {
    name: 'cast',
    parameters: ['field', 'type'],
    writes: { default: '\n    cast({{ field }} as {{ type }})\n' },
  },
  { name: 'type_string', parameters: [], writes: { default: typeOf('string') } },
  { name: 'type_timestamp', parameters: [], writes: { default: typeOf('timestamp') } },
  { name: 'type_float', parameters: [], writes: { default: typeOf('float') } },
  {
    name: 'type_numeric',
    parameters: [],
    writes: { default: "{{ return(api.Column.numeric_type('numeric', 28, 6)) }}" },
  },
  { name: 'type_bigint', parameters: [], writes: { default: typeOf('bigint') } },
  { name: 'type_int', parameters: [], writes: { default: typeOf('integer') } },
  { name: 'type_boolean', parameters: [], writes: { default: typeOf('boolean') } },
  {
    name: 'equals',
    parameters: ['expr1', 'expr2'],
    writes: {
      default: `{%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn %}
    case when (({{ expr1 }} = {{ expr2 }}) or ({{ expr1 }} is null and {{ expr2 }} is null))
        then 0
        else 1
    end = 0
{%- else -%}
    ({{ expr1 }} = {{ expr2 }})
{%- endif %}\n`,
      postgres: nullSafe,
      snowflake: nullSafe,
      bigquery: nullSafe,
    },
  },
  {
    name: 'except',
    parameters: [],
    writes: { default: spaced('    except'), bigquery: spaced('    except distinct') },
  },
  {
    name: 'intersect',
    parameters: [],
    writes: { default: spaced('    intersect'), bigquery: spaced('    intersect distinct') },
  },
  {
    name: 'listagg',
    parameters: ['measure', 'delimiter_text', 'order_by_clause', 'limit_num'],
    defaults: { delimiter_text: `"','"`, order_by_clause: 'none', limit_num: 'none' },
    writes: {
      default: `{% if limit_num -%}
    array_to_string(
        array_slice(
            array_agg(
                {{ measure }}
            ){% if order_by_clause -%}
            within group ({{ order_by_clause }})
            {%- endif %}
            ,0
            ,{{ limit_num }}
        ),
        {{ delimiter_text }}
        )
    {%- else %}
    listagg(
        {{ measure }},
        {{ delimiter_text }}
        )
        {% if order_by_clause -%}
        within group ({{ order_by_clause }})
        {%- endif %}
    {%- endif %}`,
      duckdb: `{% if limit_num -%}
    list_aggr(
        ${firstValues},
        'string_agg',
        {{ delimiter_text }}
        )
    {%- else %}
    ${aggregatedText('string_agg')}
    {%- endif %}`,
      postgres: `{% if limit_num -%}
    array_to_string(
        ${firstValues},
        {{ delimiter_text }}
        )
    {%- else %}
    ${aggregatedText('string_agg')}
    {%- endif %}`,
      bigquery: `string_agg(
        {{ measure }},
        {{ delimiter_text }}
        {% if order_by_clause -%}
        {{ order_by_clause }}
        {%- endif %}
        {% if limit_num -%}
        limit {{ limit_num }}
        {%- endif %}
        )`,
    },
  },
  {
    name: 'safe_cast',
    parameters: ['field', 'type'],
    writes: {
      default: '\n    \n    cast({{ field }} as {{ type }})\n',
      snowflake: `
    {% set field_as_string =  dbt.string_literal(field) if field is number else field %}
        try_cast({{ field_as_string }} as {{ type }})
    `,
      bigquery: 'safe_cast({{ field }} as {{ type }})\n',
    },
  },
];
