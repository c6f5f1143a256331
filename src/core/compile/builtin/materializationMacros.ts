import type { CrossDatabaseMacro } from './crossDatabaseMacro.ts';
import { macroText, type MacroText } from './macroText.ts';

/** A macro that dispatches to the adapter's own, with one for all adapters. */
function forAll(
  name: string,
  parameters: readonly string[],
  text: string,
  defaults: Readonly<Record<string, string>> = {},
): CrossDatabaseMacro {
  return { name, parameters, defaults, writes: { default: text } };
}

/**
 * What materializations of projects and packages call: relations to work with, the statements that make them, and what
 * incremental models need. What they give is what dbt's give (dbt-adapters: include/global_project/macros/adapters,
 * relations and materializations); the statements are those that the embedded engine takes.
 */
export const materializationMacros: readonly CrossDatabaseMacro[] = [
  forAll(
    'make_temp_relation',
    ['base_relation', 'suffix'],
    "{% do return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) %}",
    { suffix: "'__dbt_tmp'" },
  ),
  forAll(
    'make_intermediate_relation',
    ['base_relation', 'suffix'],
    '{% do return(default__make_temp_relation(base_relation, suffix)) %}',
    { suffix: "'__dbt_tmp'" },
  ),
  forAll(
    'make_backup_relation',
    ['base_relation', 'backup_relation_type', 'suffix'],
    `{% set path = {'identifier': base_relation.identifier ~ suffix} %}
{% do return(base_relation.incorporate(path=path, type=backup_relation_type)) %}`,
    { suffix: "'__dbt_backup'" },
  ),
  forAll('truncate_relation', ['relation'], '{% do adapter.truncate_relation(relation) %}'),
  forAll(
    'rename_relation',
    ['from_relation', 'to_relation'],
    '{% do adapter.rename_relation(from_relation, to_relation) %}',
  ),
  forAll('drop_relation', ['relation'], '{% do adapter.drop_relation(relation) %}'),
  forAll(
    'get_or_create_relation',
    ['database', 'schema', 'identifier', 'type'],
    `{% set known = adapter.get_relation(database=database, schema=schema, identifier=identifier) %}
{% if known %}{% do return([true, known]) %}{% endif %}
{% do return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) %}`,
  ),
  forAll(
    'create_table_as',
    ['temporary', 'relation', 'compiled_code', 'language'],
    `{{ config.get('sql_header') or '' }}
create {{ 'temporary ' if temporary }}table {{ relation.include(database=not temporary, schema=not temporary) }} as (
{{ compiled_code }}
);`,
    { language: "'sql'" },
  ),
  forAll(
    'get_create_table_as_sql',
    ['temporary', 'relation', 'sql'],
    '{% do return(create_table_as(temporary, relation, sql)) %}',
  ),
  forAll(
    'create_view_as',
    ['relation', 'sql'],
    `{{ config.get('sql_header') or '' }}
create view {{ relation }} as (
{{ sql }}
);`,
  ),
  forAll('get_create_view_as_sql', ['relation', 'sql'], '{% do return(create_view_as(relation, sql)) %}'),
  forAll('get_drop_sql', ['relation'], "drop {{ relation.type or 'table' }} if exists {{ relation }}"),
  forAll(
    'get_rename_sql',
    ['relation', 'new_name'],
    "alter {{ relation.type or 'table' }} {{ relation }} rename to {{ adapter.quote(new_name) }}",
  ),
  forAll(
    'get_empty_subquery_sql',
    ['select_sql', 'select_sql_header'],
    `
    select * from (
        {{ select_sql }}
    ) as __dbt_sbq
    where false
    limit 0
`,
    { select_sql_header: 'none' },
  ),
  forAll(
    'get_columns_in_query',
    ['select_sql'],
    "{% do return(run_query(get_empty_subquery_sql(select_sql)).columns | map(attribute='name') | list) %}",
  ),
  forAll('copy_grants', [], '{% do return(true) %}'),
  // There are no users in the embedded database.
  forAll('apply_grants', ['relation', 'grant_config', 'should_revoke'], '', { should_revoke: 'true' }),
  // It keeps no comments and needs no indexes.
  forAll('persist_docs', ['relation', 'model', 'for_relation', 'for_columns'], '', {
    for_relation: 'true',
    for_columns: 'true',
  }),
  forAll('create_indexes', ['relation'], ''),
  forAll('create_schema', ['relation'], ''),
  forAll(
    'get_merge_update_columns',
    ['merge_update_columns', 'merge_exclude_columns', 'dest_columns'],
    `{% if merge_update_columns and merge_exclude_columns %}
{% do exceptions.raise_compiler_error('A model has either merge_update_columns or merge_exclude_columns, not both.') %}
{% endif %}
{% if merge_update_columns %}{% do return(merge_update_columns) %}{% endif %}
{% set excluded = merge_exclude_columns | default([], true) | map('lower') | list %}
{% set updated = [] %}
{% for column in dest_columns if column.name | lower not in excluded %}{% do updated.append(column.quoted) %}{% endfor %}
{% do return(updated) %}`,
  ),
  forAll(
    'get_delete_insert_merge_sql',
    ['target', 'source', 'unique_key', 'dest_columns', 'incremental_predicates'],
    `{% set names = get_quoted_csv(dest_columns | map(attribute='name')) %}
{% set keys = [unique_key] if unique_key is string else unique_key %}
{% if keys %}
delete from {{ target }} where exists (
  select 1 from {{ source }} as dbt_new_rows
  where {% for key in keys %}dbt_new_rows.{{ key }} = {{ target }}.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
){% for predicate in incremental_predicates or [] %} and {{ predicate }}{% endfor %};
{% endif %}
insert into {{ target }} ({{ names }})
select {{ names }} from {{ source }}`,
    { incremental_predicates: 'none' },
  ),
  forAll(
    'get_merge_sql',
    ['target', 'source', 'unique_key', 'dest_columns', 'incremental_predicates'],
    `{% if config.get('merge_update_columns') or config.get('merge_exclude_columns') %}
{% do exceptions.raise_compiler_error('get_merge_sql updates all columns on the embedded engine: merge_update_columns and merge_exclude_columns hold for the strategy "merge" only.') %}
{% endif %}
{% do return(get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates)) %}`,
    { incremental_predicates: 'none' },
  ),
  forAll(
    'get_incremental_append_sql',
    ['arg_dict'],
    `{% set args = arg_dict %}
{% do return(get_insert_into_sql(args['target_relation'], args['temp_relation'], args['dest_columns'])) %}`,
  ),
  forAll(
    'get_incremental_delete_insert_sql',
    ['arg_dict'],
    `{% set args = arg_dict %}
{% do return(get_delete_insert_merge_sql(args['target_relation'], args['temp_relation'], args['unique_key'], args['dest_columns'], args['incremental_predicates'])) %}`,
  ),
  forAll(
    'get_incremental_merge_sql',
    ['arg_dict'],
    `{% set args = arg_dict %}
{% do return(get_merge_sql(args['target_relation'], args['temp_relation'], args['unique_key'], args['dest_columns'], args['incremental_predicates'])) %}`,
  ),
  forAll('get_incremental_default_sql', ['arg_dict'], '{% do return(get_incremental_append_sql(arg_dict)) %}'),
  forAll(
    'alter_relation_add_remove_columns',
    ['relation', 'add_columns', 'remove_columns'],
    `{% for column in add_columns or [] %}
{% do run_query('alter table ' ~ relation ~ ' add column ' ~ column.quoted ~ ' ' ~ column.data_type) %}
{% endfor %}
{% for column in remove_columns or [] %}
{% do run_query('alter table ' ~ relation ~ ' drop column ' ~ column.quoted) %}
{% endfor %}`,
    { add_columns: 'none', remove_columns: 'none' },
  ),
];

/** The macros beside them that adapters do not write anew. */
export const materializationHelpers: readonly MacroText[] = [
  macroText(
    'run_hooks',
    ['hooks', 'inside_transaction=true'],
    `{% for hook in hooks if hook.transaction == inside_transaction %}
{% set sql = render(hook.sql) | trim %}
{% if sql %}{% call statement(auto_begin=inside_transaction) %}{{ sql }}{% endcall %}{% endif %}
{% endfor %}`,
  ),
  macroText(
    'make_hook_config',
    ['sql', 'inside_transaction'],
    "{{ tojson({'sql': sql, 'transaction': inside_transaction}) }}",
  ),
  macroText('before_begin', ['sql'], '{{ make_hook_config(sql, inside_transaction=false) }}'),
  macroText('in_transaction', ['sql'], '{{ make_hook_config(sql, inside_transaction=true) }}'),
  macroText('after_commit', ['sql'], '{{ make_hook_config(sql, inside_transaction=false) }}'),
  macroText('load_cached_relation', ['relation'], '{% do return(load_relation(relation)) %}'),
  macroText(
    'drop_relation_if_exists',
    ['relation'],
    '{% if relation is not none %}{% do adapter.drop_relation(relation) %}{% endif %}',
  ),
  macroText(
    'should_revoke',
    ['existing_relation', 'full_refresh_mode=true'],
    '{% do return(existing_relation is not none and (copy_grants() if full_refresh_mode else true)) %}',
  ),
  macroText('set_sql_header', ['config'], "{% do config.set('sql_header', caller()) %}"),
  macroText(
    'get_quoted_csv',
    ['column_names'],
    `{% set quoted = [] %}
{% for name in column_names %}{% do quoted.append(adapter.quote(name)) %}{% endfor %}
{% do return(quoted | join(', ')) %}`,
  ),
  macroText('get_list_of_column_names', ['columns'], "{% do return(columns | map(attribute='name') | list) %}"),
  macroText(
    'diff_columns',
    ['source_columns', 'target_columns'],
    `{% set known = target_columns | map(attribute='name') | list %}
{% set found = [] %}
{% for column in source_columns if column.name not in known %}{% do found.append(column) %}{% endfor %}
{% do return(found) %}`,
  ),
  macroText(
    'diff_column_data_types',
    ['source_columns', 'target_columns'],
    `{% set found = [] %}
{% for column in source_columns %}
{% set same = target_columns | selectattr('name', 'equalto', column.name) | first %}
{% if same and same.data_type != column.data_type %}
{% do found.append({'column_name': same.name, 'new_type': column.data_type}) %}
{% endif %}
{% endfor %}
{% do return(found) %}`,
  ),
  macroText(
    'incremental_validate_on_schema_change',
    ['on_schema_change', "default='ignore'"],
    `{% set known = ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'] %}
{% do return(on_schema_change if on_schema_change in known else default) %}`,
  ),
  macroText(
    'check_for_schema_changes',
    ['source_relation', 'target_relation'],
    `{% set source_columns = adapter.get_columns_in_relation(source_relation) %}
{% set target_columns = adapter.get_columns_in_relation(target_relation) %}
{% set added = diff_columns(source_columns, target_columns) %}
{% set removed = diff_columns(target_columns, source_columns) %}
{% set types = diff_column_data_types(source_columns, target_columns) %}
{% do return({
  'schema_changed': (added + removed + types) | length > 0,
  'source_not_in_target': added,
  'target_not_in_source': removed,
  'source_columns': source_columns,
  'target_columns': target_columns,
  'new_target_types': types
}) %}`,
  ),
  macroText(
    'sync_column_schemas',
    ['on_schema_change', 'target_relation', 'schema_changes_dict'],
    `{% set removed = schema_changes_dict['target_not_in_source'] if on_schema_change == 'sync_all_columns' else [] %}
{% do alter_relation_add_remove_columns(target_relation, schema_changes_dict['source_not_in_target'], removed) %}`,
  ),
  macroText(
    'process_schema_changes',
    ['on_schema_change', 'source_relation', 'target_relation'],
    `{% if on_schema_change == 'ignore' %}{% do return({}) %}{% endif %}
{% set changes = check_for_schema_changes(source_relation, target_relation) %}
{% if changes['schema_changed'] and on_schema_change == 'fail' %}
{% do exceptions.raise_compiler_error('The columns of ' ~ target_relation ~ ' have changed, and on_schema_change is fail: change the model back, or build it with --full-refresh.') %}
{% endif %}
{% if changes['schema_changed'] %}{% do sync_column_schemas(on_schema_change, target_relation, changes) %}{% endif %}
{% do return(changes['source_columns']) %}`,
  ),
  macroText(
    'get_insert_into_sql',
    ['target_relation', 'temp_relation', 'dest_columns'],
    `{% set names = get_quoted_csv(dest_columns | map(attribute='name')) %}
insert into {{ target_relation }} ({{ names }})
(
  select {{ names }}
  from {{ temp_relation }}
)`,
  ),
  macroText(
    'noop_statement',
    ['name=none', 'message=none', 'code=none', 'rows_affected=none', 'res=none'],
    `{% set sql = caller() %}
{% if name == 'main' %}{% do write(sql) %}{% endif %}
{% if name is not none %}
{% do store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) %}
{% endif %}`,
  ),
];
