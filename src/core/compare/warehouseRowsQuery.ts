/** What the query begins what it tells with, among the lines that dbt logs. */
export const tableMark = 'modelyard.table ';

/** A node as `ref` finds it. */
export interface RowsOf {
  readonly packageName: string;
  readonly name: string;
  readonly version: string | number | undefined;
}

/**
 * SQL with Jinja for `dbt show --inline`, which tells the columns of a node's table and how many rows it has, and gives
 * its rows as texts. `--output json` writes numbers as doubles, and its columns are gone when there are no rows: a text
 * has every digit, and a sign before each tells an empty one from null on the way through any adapter. `mostRows`: of
 * a table with more, no rows are given.
 */
export function warehouseRowsQuery({ packageName, name, version }: RowsOf, mostRows?: number): string {
  const reference = [packageName, name].map((one) => JSON.stringify(one)).join(', ');
  const ref = `ref(${reference}${version === undefined ? '' : `, v=${JSON.stringify(version)}`})`;
  return `{%- set relation = ${ref} -%}
{%- set rows = [] -%}
{%- if execute and load_relation(relation) is none -%}
{%- do log('${tableMark}' ~ tojson(none), info=true) -%}
{%- elif execute -%}
{%- set count = run_query('select count(*) from ' ~ relation).rows[0][0] | int -%}
{%- set withheld = ${mostRows === undefined ? 'false' : `count > ${String(mostRows)}`} -%}
{%- set columns = [] -%}
{%- for column in adapter.get_columns_in_relation(relation) -%}
{%- set type = column.dtype if column.is_string() else column.data_type -%}
{%- do columns.append({'name': column.name, 'type': type | string}) -%}
{%- set quoted = adapter.quote(column.name) -%}
{%- set text = quoted if column.is_string() else 'cast(' ~ quoted ~ ' as ' ~ dbt.type_string() ~ ')' -%}
{%- set signed = dbt.concat(["'='", text]) -%}
{%- if not withheld -%}
{%- do rows.append('case when ' ~ quoted ~ ' is null then null else ' ~ signed ~ ' end as c' ~ loop.index0) -%}
{%- endif -%}
{%- endfor -%}
{%- do log('${tableMark}' ~ tojson({'count': count, 'withheld': withheld, 'columns': columns}), info=true) -%}
{%- endif -%}
select {% if rows %}{{ rows | join(', ') }} from {{ relation }}{% else %}1 as c0{% endif %}`;
}
