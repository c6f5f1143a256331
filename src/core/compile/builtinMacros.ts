import { parseTemplate, type TemplateDefinition } from '../jinja/template.ts';

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

{% macro get_where_subquery(relation) -%}
{% set where = config.get('where', '') %}
{%- if where %}{% do return('(select * from ' ~ relation ~ ' where ' ~ where ~ ') dbt_subquery') %}{% endif -%}
{% do return(relation) %}
{%- endmacro %}

{% macro should_store_failures() %}
{% set store = config.get('store_failures') %}
{% do return(flags.STORE_FAILURES if store is none else store) %}
{% endmacro %}

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

/** dbt's own macros and generic tests, parsed. */
export function builtinMacros(): readonly TemplateDefinition[] {
  return parseTemplate(source, 'macros/builtin.sql').value.definitions;
}
