import { builtinFile } from '../jinja/syntax/sourceText.ts';
import { parseTemplate, type TemplateDefinition } from '../jinja/template.ts';
import { crossDatabaseMacros } from './builtin/crossDatabase.ts';

/** The package that dbt's own macros belong to. */
export const builtinPackage = 'dbt';

/**
 * The macros of dbt's global project that models and tests rely on. What they render follows dbt-adapters'
 * include/global_project to the letter of SQL, since compiled tests are compared with dbt's; a project may override
 * each of them by one of the same name.
 */
const source = `
{% test unique(model, column_name) %}
    {% set macro = adapter.dispatch('test_unique', 'dbt') %}
    {{ macro(model, column_name) }}
{% endtest %}

{% test not_null(model, column_name) %}
    {% set macro = adapter.dispatch('test_not_null', 'dbt') %}
    {{ macro(model, column_name) }}
{% endtest %}

{% test accepted_values(model, column_name, values, quote=True) %}
    {% set macro = adapter.dispatch('test_accepted_values', 'dbt') %}
    {{ macro(model, column_name, values, quote) }}
{% endtest %}

{% test relationships(model, column_name, to, field) %}
    {% set macro = adapter.dispatch('test_relationships', 'dbt') %}
    {{ macro(model, column_name, to, field) }}
{% endtest %}

{% macro default__test_unique(model, column_name) %}

select
    {{ column_name }} as unique_field,
    count(*) as n_records

from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
having count(*) > 1

{% endmacro %}

{% macro default__test_not_null(model, column_name) %}

{% set column_list = '*' if should_store_failures() else column_name %}

select {{ column_list }}
from {{ model }}
where {{ column_name }} is null

{% endmacro %}

{% macro default__test_accepted_values(model, column_name, values, quote=True) %}
{%- set listed = [] -%}
{%- for value in values %}{% do listed.append("'" ~ value ~ "'" if quote else value ~ '') %}{% endfor %}

with all_values as (

    select
        {{ column_name }} as value_field,
        count(*) as n_records

    from {{ model }}
    group by {{ column_name }}

)

select *
from all_values
where value_field not in (
    {{ listed | join(',') }}
)

{% endmacro %}

{% macro default__test_relationships(model, column_name, to, field) %}

with child as (
    select {{ column_name }} as from_field
    from {{ model }}
    where {{ column_name }} is not null
),

parent as (
    select {{ field }} as to_field
    from {{ to }}
)

select
    from_field

from child
left join parent
    on child.from_field = parent.to_field

where parent.to_field is null

{% endmacro %}

{% macro generate_schema_name(custom_schema_name=none, node=none) %}
{% do return(default__generate_schema_name(custom_schema_name, node)) %}
{% endmacro %}

{% macro default__generate_schema_name(custom_schema_name, node) %}
{% do return(target.schema if custom_schema_name is none else target.schema ~ '_' ~ custom_schema_name | trim) %}
{% endmacro %}

{% macro generate_schema_name_for_env(custom_schema_name, node) %}
{% set is_production = target.name == 'prod' and custom_schema_name is not none %}
{% do return(custom_schema_name | trim if is_production else target.schema) %}
{% endmacro %}

{% macro generate_database_name(custom_database_name=none, node=none) %}
{% do return(default__generate_database_name(custom_database_name, node)) %}
{% endmacro %}

{% macro default__generate_database_name(custom_database_name=none, node=none) %}
{% do return(target.database if custom_database_name is none else custom_database_name) %}
{% endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) %}
{% do return(default__generate_alias_name(custom_alias_name, node)) %}
{% endmacro %}

{% macro default__generate_alias_name(custom_alias_name=none, node=none) %}
{% if custom_alias_name %}{% do return(custom_alias_name | trim) %}{% endif %}
{% do return(node.name ~ '_v' ~ (node.version | string | replace('.', '_')) if node.version else node.name) %}
{% endmacro %}

{% macro get_where_subquery(relation) -%}
{% set where = config.get('where', '') %}
{%- if where %}{% do return('(select * from ' ~ relation ~ ' where ' ~ where ~ ') dbt_subquery') %}{% endif -%}
{% do return(relation) %}
{%- endmacro %}

{% macro should_store_failures() %}
{% set store = config.get('store_failures') %}
{% do return(flags.STORE_FAILURES if store is none else store) %}
{% endmacro %}

{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') -%}
{%- if execute -%}
{%- set sql = caller() -%}
{%- if name == 'main' and write is defined -%}{%- do write(sql) -%}{%- endif -%}
{%- set response, table = adapter.execute(sql, auto_begin=auto_begin, fetch=fetch_result) -%}
{%- if name is not none -%}{%- do store_result(name, response=response, agate_table=table) -%}{%- endif -%}
{%- endif -%}
{%- endmacro %}

{% macro run_query(sql) %}
{% call statement('run_query_statement', fetch_result=true, auto_begin=false) %}{{ sql }}{% endcall %}
{% do return(load_result('run_query_statement').table) %}
{% endmacro %}

{% macro get_columns_in_relation(relation) %}{% do return(adapter.get_columns_in_relation(relation)) %}{% endmacro %}

{% macro load_relation(relation) %}
{% do return(adapter.get_relation(
  database=relation.database, schema=relation.schema, identifier=relation.identifier)) %}
{% endmacro %}

{% macro should_full_refresh() %}
{% set config_full_refresh = config.get('full_refresh') %}
{% do return(flags.FULL_REFRESH if config_full_refresh is none else config_full_refresh) %}
{% endmacro %}

{% macro is_incremental() %}
{% if not execute or config.get('materialized') != 'incremental' %}{% do return(false) %}{% endif %}
{% set relation = load_relation(this) %}
{% do return(relation is not none and relation.type == 'table' and not should_full_refresh()) %}
{% endmacro %}
`;

let parsed: readonly TemplateDefinition[] | undefined;

/** dbt's own macros and generic tests, parsed once. */
export function builtinMacros(): readonly TemplateDefinition[] {
  parsed ??= parseTemplate([source, ...crossDatabaseMacros()].join('\n'), builtinFile).value.definitions;
  return parsed;
}
