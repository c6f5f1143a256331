import { implementations, dispatched, spaced } from './crossDatabaseMacro.ts';
import { dateMacros } from './dateMacros.ts';
import { materializationHelpers, materializationMacros } from './materializationMacros.ts';
import { macroText, type MacroText } from './macroText.ts';
import { textMacros } from './textMacros.ts';
import { valueMacros } from './valueMacros.ts';

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

/** The texts of all macros that write SQL for each warehouse. */
export function crossDatabaseMacros(): readonly MacroText[] {
  return [
    ...[...dateMacros, ...textMacros, ...valueMacros, ...materializationMacros].flatMap(dispatched),
    ...materializationHelpers,
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
