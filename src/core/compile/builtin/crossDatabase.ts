import { macroText, type MacroText } from './macroText.ts';

/**
 * The macros that write one thing in each warehouse's SQL (dbt-adapters: include/global_project/macros/utils, and the
 * adapters' own). `writes` has the SQL by adapter, white space included, since compiled SQL is compared with dbt's.
 */
interface CrossDatabaseMacro {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Defaults of the last parameters. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
}

/** Lines between an empty line before and one behind, as most of these macros leave them. */
const spaced = (text: string): string => `\n\n${text}\n\n`;
const opened = (text: string): string => `\n\n${text}`;

/** The type that an adapter has for one of dbt's words for types. */
const typeOf = (word: string): string => `{{ return(api.Column.translate_type('${word}')) }}`;

/** The last day of a part of time, where the adapter adds a quarter as three months. */
function lastDay(adapter: string): string {
  const quarter = `
    -- ${adapter} dateadd does not support quarter interval.
    cast(
        {{ dbt.dateadd('day', '-1', dbt.dateadd('month', '3', dbt.date_trunc(datepart, date))) }}
        as date)`.trimStart();
  return `{%- if datepart == 'quarter' -%}${quarter}{%- else -%}{{ dbt.default_last_day(date, datepart) }}{%- endif -%}`;
}

const aggregatedText = (call: string): string =>
  `${call}(
        {{ measure }},
        {{ delimiter_text }}
        {% if order_by_clause -%}
        {{ order_by_clause }}
        {%- endif %}
        )`;

const negativeParts = spaced(`  {% if part_number >= 0 %}
    {{ dbt.default__split_part(string_text, delimiter_text, part_number) }}
  {% else %}
    {{ dbt._split_part_negative(string_text, delimiter_text, part_number) }}
  {% endif %}`);

const calls = (name: string, last: string): string =>
  spaced(`    ${name}(
        {{ datepart }},
        {{ interval }},
        {{ from_date_or_timestamp }}
        ${last}`);

const differs = `datediff(
        {{ datepart }},
        {{ first_date }},
        {{ second_date }}
        )`;

const nullSafe = `
{%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn %}
    ({{ expr1 }} IS NOT DISTINCT FROM {{ expr2 }})
{%- else -%}
    ({{ expr1 }} = {{ expr2 }})
{%- endif %}`.trimStart();

const fromRight = (call: string): string =>
  opened(`    case when {{ length_expression }} = 0
        then ''
    else
        ${call}
    end`);

const macros: readonly CrossDatabaseMacro[] = [
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
  {
    name: 'concat',
    parameters: ['fields'],
    writes: { default: "{{ fields | join(' || ') }}", spark: "concat({{ fields | join(', ') }})" },
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
    name: 'date',
    parameters: ['year', 'month', 'day'],
    writes: {
      default: "to_date('{{ modules.datetime.date(year, month, day).strftime('%Y-%m-%d') }}', 'YYYY-MM-DD')",
      duckdb: 'make_date({{ year }}, {{ month }}, {{ day }})',
      bigquery: 'date({{ year }}, {{ month }}, {{ day }})',
      spark: "to_date('{{ modules.datetime.date(year, month, day).strftime('%Y-%m-%d') }}', 'yyyy-MM-dd')",
    },
  },
  {
    name: 'date_trunc',
    parameters: ['datepart', 'date'],
    writes: {
      default: "date_trunc('{{ datepart }}', {{ date }})",
      bigquery: 'timestamp_trunc(\n        cast({{ date }} as timestamp),\n        {{ datepart }}\n    )',
    },
  },
  {
    name: 'dateadd',
    parameters: ['datepart', 'interval', 'from_date_or_timestamp'],
    writes: {
      default: calls('dateadd', ')'),
      redshift: calls('dateadd', ')'),
      duckdb: `\n\n    {%- set unit = datepart | lower -%}
    {%- set months = {'quarter': ['month', ' * 3'], 'week': ['day', ' * 7']} -%}
    {%- set part, times = months.get(unit, [unit, '']) -%}
    {%- if times -%}
        ({{ from_date_or_timestamp }} + (cast({{ interval }} as bigint){{ times }}) * interval 1 {{ part }})
    {%- else -%}
        ({{ from_date_or_timestamp }} + cast({{ interval }} as bigint) * interval 1 {{ part }})
    {%- endif -%}`,
      postgres: spaced("    {{ from_date_or_timestamp }} + ((interval '1 {{ datepart }}') * ({{ interval }}))"),
      bigquery: spaced(`        datetime_add(
            cast( {{ from_date_or_timestamp }} as datetime),
        interval {{ interval }} {{ datepart }}
        )`),
    },
  },
  {
    name: 'datediff',
    parameters: ['first_date', 'second_date', 'datepart'],
    writes: {
      default: differs,
      redshift: differs,
      duckdb: `{% if datepart == 'week' %}
            ({{ datediff(first_date, second_date, 'day') }} // 7 + case
            when date_part('dow', ({{ first_date }})::timestamp) <= date_part('dow', ({{ second_date }})::timestamp) then
                case when {{ first_date }} <= {{ second_date }} then 0 else -1 end
            else
                case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
        end)
    {% else %}
        (date_diff('{{ datepart }}', {{ first_date }}::timestamp, {{ second_date }}::timestamp ))
    {% endif %}`,
      postgres: `{%- set wider = {'quarter': ['year', 4], 'month': ['year', 12], 'hour': ['day', 24], 'minute': ['hour', 60]} -%}
    {%- set finer = {'second': 60, 'millisecond': 60000, 'microsecond': 60000000} -%}
    {%- if datepart == 'year' %}
        (date_part('year', ({{ second_date }})::date) - date_part('year', ({{ first_date }})::date))
    {% elif datepart == 'day' %}
        (({{ second_date }})::date - ({{ first_date }})::date)
    {% elif datepart == 'week' %}
        ({{ datediff(first_date, second_date, 'day') }} / 7 + case
            when date_part('dow', ({{ first_date }})::timestamp) <= date_part('dow', ({{ second_date }})::timestamp) then
                case when {{ first_date }} <= {{ second_date }} then 0 else -1 end
            else
                case when {{ first_date }} <= {{ second_date }} then 1 else 0 end
        end)
    {% elif datepart in wider %}
        {%- set type = 'date' if wider[datepart][0] == 'year' else 'timestamp' %}
        ({{ datediff(first_date, second_date, wider[datepart][0]) }} * {{ wider[datepart][1] }} + date_part('{{ datepart }}', ({{ second_date }})::{{ type }}) - date_part('{{ datepart }}', ({{ first_date }})::{{ type }}))
    {% elif datepart in finer %}
        ({{ datediff(first_date, second_date, 'minute') }} * {{ finer[datepart] }} + floor(date_part('{{ datepart }}', ({{ second_date }})::timestamp)) - floor(date_part('{{ datepart }}', ({{ first_date }})::timestamp)))
    {% else %}
        {{ exceptions.raise_compiler_error('Unsupported datepart for macro datediff in postgres: ' ~ datepart) }}
    {% endif %}`,
      bigquery: opened(`    datetime_diff(
        cast({{ second_date }} as datetime),
        cast({{ first_date }} as datetime),
        {{ datepart }}
    )`),
    },
  },
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
    name: 'get_powers_of_two',
    parameters: ['upper_bound'],
    writes: {
      default: `{% if upper_bound <= 0 %}{{ exceptions.raise_compiler_error('upper bound must be positive') }}{% endif %}
{% for n in range(1, 100) %}{% if upper_bound <= 2 ** n %}{{ return(n) }}{% endif %}{% endfor %}`,
    },
  },
  {
    name: 'generate_series',
    parameters: ['upper_bound'],
    writes: {
      default: `

    {% set n = dbt.get_powers_of_two(upper_bound) %}

    with p as (
        select 0 as generated_number union all select 1
    ), unioned as (

    select

    {% for i in range(n) %}
    p{{ i }}.generated_number * power(2, {{ i }})
    {% if not loop.last %} + {% endif %}
    {% endfor %}
    + 1
    as generated_number

    from

    {% for i in range(n) %}
    p as p{{ i }}
    {% if not loop.last %} cross join {% endif %}
    {% endfor %}

    )

    select *
    from unioned
    where generated_number <= {{ upper_bound }}
    order by generated_number

`,
      duckdb: `
    select
        generate_series as generated_number
    from generate_series(1, {{ upper_bound }})
`,
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
    name: 'last_day',
    parameters: ['date', 'datepart'],
    writes: {
      default: '{{ dbt.default_last_day(date, datepart) }}',
      duckdb: lastDay('duckdb'),
      postgres: lastDay('postgres'),
      redshift: '\n    {{ dbt.default_last_day(date, datepart) }}\n',
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
        (array_agg(
            {{ measure }}
            {% if order_by_clause -%}
            {{ order_by_clause }}
            {%- endif %}
        ))[1:{{ limit_num }}],
        'string_agg',
        {{ delimiter_text }}
        )
    {%- else %}
    ${aggregatedText('string_agg')}
    {%- endif %}`,
      postgres: `{% if limit_num -%}
    array_to_string(
        (array_agg(
            {{ measure }}
            {% if order_by_clause -%}
            {{ order_by_clause }}
            {%- endif %}
        ))[1:{{ limit_num }}],
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
  {
    name: 'get_intervals_between',
    parameters: ['start_date', 'end_date', 'datepart'],
    writes: {
      default: `{% if not execute %}{{ return(1) }}{% endif %}
{% set answer = run_query('select ' ~ dbt.datediff(start_date, end_date, datepart)) %}
{{ return(answer.columns[0].values()[0] if answer.rows | length > 0 else 1) }}`,
    },
  },
  {
    name: 'date_spine',
    parameters: ['datepart', 'start_date', 'end_date'],
    writes: {
      default: `


    

    with rawdata as (

        {{ dbt.generate_series(dbt.get_intervals_between(start_date, end_date, datepart)) }}

    ),

    all_periods as (

        select (
            {{ dbt.dateadd(datepart, 'row_number() over (order by 1) - 1', start_date) }}
        ) as date_{{ datepart }}
        from rawdata

    ),

    filtered as (

        select *
        from all_periods
        where date_{{ datepart }} <= {{ end_date }}

    )

    select * from filtered

`,
    },
  },
];

/** The SQL of `current_timestamp` is written and not returned, and so has no white space of its own. */
const currentTimes: Readonly<Record<string, string>> = {
  sqlite: 'datetime()',
  duckdb: 'now()',
  postgres: 'now()',
  redshift: 'getdate()',
  snowflake: "convert_timezone('UTC', current_timestamp())",
  bigquery: 'current_timestamp()',
  spark: 'current_timestamp()',
};

const boolTexts: Readonly<Record<string, string>> = {
  default: "\n    cast({{ field }} as {{ api.Column.translate_type('string') }})\n",
  sqlite: `
    case
      when {{ field }} = 0 then 'false'
      when {{ field }} = 1 then 'true'    
    end
`,
  redshift: `
    case
        when {{ field }} is true then 'true'
        when {{ field }} is false then 'false'
    end::text
`,
};

/** The macros' texts: one that dispatches, and one for each adapter that writes its own. */
export function crossDatabaseMacros(): readonly MacroText[] {
  return [
    ...macros.flatMap(({ name, parameters, defaults, writes }) => [
      macroText(
        name,
        parameters.map((one) => withDefault(one, defaults?.[one])),
        `{{ return(adapter.dispatch('${name}', 'dbt')(${parameters.join(', ')})) }}`,
      ),
      ...implementations(name, parameters, writes),
    ]),
    macroText('current_timestamp', [], "{{ adapter.dispatch('current_timestamp', 'dbt')() }}"),
    ...implementations('current_timestamp', [], currentTimes),
    macroText('snapshot_get_time', [], "{{ adapter.dispatch('snapshot_get_time', 'dbt')() }}"),
    macroText('default__snapshot_get_time', [], '\n    {{ current_timestamp() }}\n'),
    macroText('sqlite__snapshot_get_time', [], 'datetime()'),
    macroText('duckdb__snapshot_get_time', [], '{{ current_timestamp() }}::timestamp'),
    macroText('postgres__snapshot_get_time', [], '{{ current_timestamp() }}::timestamp without time zone'),
    macroText('redshift__snapshot_get_time', [], '{{ current_timestamp() }}::timestamp'),
    macroText('snowflake__snapshot_get_time', [], 'to_timestamp_ntz({{ current_timestamp() }})'),
    macroText('cast_bool_to_text', ['field'], "\n  {{ adapter.dispatch('cast_bool_to_text', 'dbt')(field) }}\n"),
    ...implementations('cast_bool_to_text', ['field'], boolTexts),
    macroText(
      'default_last_day',
      ['date', 'datepart'],
      `cast(
        {{ dbt.dateadd('day', '-1', dbt.dateadd(datepart, '1', dbt.date_trunc(datepart, date))) }}
        as date)`,
    ),
    macroText(
      '_split_part_negative',
      ['string_text', 'delimiter_text', 'part_number'],
      spaced(`    split_part(
        {{ string_text }},
        {{ delimiter_text }},
          length({{ string_text }})
          - length(
              replace({{ string_text }},  {{ delimiter_text }}, '')
          ) + 2 + {{ part_number }}
        )`),
    ),
  ];
}

function implementations(
  name: string,
  parameters: readonly string[],
  writes: Readonly<Record<string, string>>,
): readonly MacroText[] {
  return Object.entries(writes).map(([adapter, text]) => macroText(`${adapter}__${name}`, parameters, text));
}

function withDefault(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`;
}
