import { opened, spaced, type CrossDatabaseMacro } from './crossDatabaseMacro.ts';
import { sqliteDateAdd } from './sqliteDateAdd.ts';

/** The last day of a part of time, where the adapter adds a quarter as three months. */
function lastDay(adapter: string): string {
  const quarter = `
    -- ${adapter} dateadd does not support quarter interval.
    cast(
        {{ dbt.dateadd('day', '-1', dbt.dateadd('month', '3', dbt.date_trunc(datepart, date))) }}
        as date)`.trimStart();
  return `{%- if datepart == 'quarter' -%}${quarter}{%- else -%}{{ dbt.default_last_day(date, datepart) }}{%- endif -%}`;
}

const adds = spaced(`    dateadd(
        {{ datepart }},
        {{ interval }},
        {{ from_date_or_timestamp }}
        )`);

const differs = `datediff(
        {{ datepart }},
        {{ first_date }},
        {{ second_date }}
        )`;

/** Dates, times and the rows of a calendar. */
export const dateMacros: readonly CrossDatabaseMacro[] = [
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
      default: adds,
      redshift: adds,
      sqlite: sqliteDateAdd,
      duckdb: `{{ '\\n\\n    ' }}{%- set unit = datepart | lower -%}
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
];
