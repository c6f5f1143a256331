import { warehouses, type ColumnKind, type WarehouseType } from './warehouse.ts';

/** A table of raw data: where it goes, and the CSV that holds its rows. */
export interface LoadedTable {
  readonly schema: string;
  readonly name: string;
  /** Path of the CSV from the exported folder. */
  readonly file: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
}

/** A script that loads the data, and how it is called from the exported folder. */
export interface LoadScript {
  readonly path: string;
  readonly text: string;
  readonly call: string;
}

/** The script that loads these tables into a warehouse; undefined when there is nothing to load. */
export function loadScript(warehouse: WarehouseType, tables: readonly LoadedTable[]): LoadScript | undefined {
  if (tables.length === 0) return undefined;
  const schemas = [...new Set(tables.map((one) => one.schema))];
  const { extension, call, notes, opening, table, closing } = loaders[warehouse];
  const lines = [
    ...notes.map((note) => (extension === 'sh' ? `# ${note}` : `-- ${note}`)),
    ...schemas.flatMap(opening),
    ...tables.flatMap((one) => table(one, warehouse)),
    ...closing,
    '',
  ];
  const text = (extension === 'sh' ? ['#!/bin/sh', 'set -eu', ...lines] : lines).join('\n');
  return { path: `load/load.${extension}`, text, call };
}

interface Loader {
  readonly extension: 'sql' | 'sh';
  readonly call: string;
  readonly notes: readonly string[];
  /** What makes a schema. */
  readonly opening: (schema: string) => readonly string[];
  readonly table: (table: LoadedTable, warehouse: WarehouseType) => readonly string[];
  readonly closing: readonly string[];
}

const quoted = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
const ticked = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `\`${name}\``);
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const qualified = ({ schema, name }: LoadedTable, quote = quoted): string => `${quote(schema)}.${quote(name)}`;

/** A line for each column, with commas between them. */
function perColumn(
  { columns }: LoadedTable,
  line: (column: LoadedTable['columns'][number]) => string,
): readonly string[] {
  return columns.map((column, at) => `  ${line(column)}${at === columns.length - 1 ? '' : ','}`);
}

const columnLines = (table: LoadedTable, warehouse: WarehouseType, quote = quoted): readonly string[] =>
  perColumn(table, ({ name, kind }) => `${quote(name)} ${warehouses[warehouse].types[kind]}`);

/** Casts of all columns of a CSV that is read as text. */
const casts = (table: LoadedTable, warehouse: WarehouseType): readonly string[] =>
  perColumn(
    table,
    ({ name, kind }) => `cast(${ticked(name)} as ${warehouses[warehouse].types[kind]}) as ${ticked(name)}`,
  );

const names = ({ columns }: LoadedTable, quote = quoted): string => columns.map((one) => quote(one.name)).join(', ');

const schemaIfMissing = (schema: string): readonly string[] => [`create schema if not exists ${quoted(schema)};`];

/** A table as it is made where it is missing, and emptied. */
const emptied = (table: LoadedTable, warehouse: WarehouseType): readonly string[] => [
  '',
  `create table if not exists ${qualified(table)} (`,
  ...columnLines(table, warehouse),
  ');',
  `truncate table ${qualified(table)};`,
];

const loaders: Readonly<Record<WarehouseType, Loader>> = {
  postgres: {
    extension: 'sql',
    call: 'psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --single-transaction --file load/load.sql',
    notes: ['Loads the CSV files of data/, from the folder above this one. What the tables held before is replaced.'],
    opening: schemaIfMissing,
    table: (table, warehouse) => [
      ...emptied(table, warehouse),
      `\\copy ${qualified(table)} (${names(table)}) from ${text(table.file)} with (format csv, header true)`,
    ],
    closing: [],
  },
  redshift: {
    extension: 'sql',
    call: 'aws s3 cp data "$S3_LOCATION" --recursive && psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --set location="$S3_LOCATION" --set role="$IAM_ROLE" --file load/load.sql',
    notes: ['Loads the CSV files from S3: location ends in /, role is the ARN of a role that may read there.'],
    opening: schemaIfMissing,
    table: (table, warehouse) => [
      ...emptied(table, warehouse),
      `\\set file :location ${text(fileName(table))}`,
      `copy ${qualified(table)} (${names(table)}) from :'file' iam_role :'role' csv ignoreheader 1 emptyasnull timeformat 'auto';`,
    ],
    closing: [],
  },
  snowflake: {
    extension: 'sql',
    call: 'snowsql --option exit_on_error=true --filename load/load.sql',
    notes: ['Loads the CSV files of data/, from the folder above this one. What the tables held before is replaced.'],
    opening: (schema) => [...schemaIfMissing(schema), `use schema ${quoted(schema)};`],
    table: (table, warehouse) => [
      ...emptied(table, warehouse),
      `put file://${table.file} @%${quoted(table.name)} overwrite = true;`,
      `copy into ${qualified(table)} from @${quoted(table.schema)}.%${quoted(table.name)}`,
      `  file_format = (type = csv skip_header = 1 field_optionally_enclosed_by = '"' empty_field_as_null = true);`,
    ],
    closing: [],
  },
  bigquery: {
    extension: 'sh',
    call: 'sh load/load.sh',
    notes: ['Loads the CSV files of data/, from the folder above this one. What the tables held before is replaced.'],
    opening: (schema) => [
      `bq --location="\${BIGQUERY_LOCATION:-EU}" mk --force --dataset "$BIGQUERY_PROJECT:${schema}"`,
    ],
    table: (table, warehouse) => [
      `bq load --replace --source_format=CSV --skip_leading_rows=1 "$BIGQUERY_PROJECT:${table.schema}.${table.name}" ${text(table.file)} \\`,
      `  ${table.columns.map(({ name, kind }) => `${name}:${warehouses[warehouse].types[kind]}`).join(',')}`,
    ],
    closing: [],
  },
  databricks: {
    extension: 'sql',
    call: 'databricks fs cp --recursive data "$VOLUME" && databricks sql --file load/load.sql   # put the volume in the place of ${data}',
    notes: ['Loads the CSV files from a volume: put its path in the place of ${data}.'],
    opening: schemaIfMissing,
    table: (table, warehouse) => [
      '',
      `create or replace table ${qualified(table, ticked)} as select`,
      ...casts(table, warehouse),
      `from read_files('\${data}/${fileName(table)}', format => 'csv', header => true, inferSchema => false);`,
    ],
    closing: [],
  },
  spark: {
    extension: 'sql',
    call: 'spark-sql --define data="$PWD/data" -f load/load.sql',
    notes: ['Loads the CSV files: ${data} is the folder that they are in. What the tables held before is replaced.'],
    opening: (schema) => [`create database if not exists ${ticked(schema)};`],
    table: (table, warehouse) => [
      '',
      `create or replace temporary view ${ticked(`${table.name}_csv`)}`,
      `  using csv options (path '\${data}/${fileName(table)}', header 'true');`,
      `drop table if exists ${qualified(table, ticked)};`,
      `create table ${qualified(table, ticked)} using parquet as select`,
      ...casts(table, warehouse),
      `from ${ticked(`${table.name}_csv`)};`,
    ],
    closing: [],
  },
  trino: {
    extension: 'sql',
    call: 'trino --file load/load.sql   # then load data/*.csv with the means of your catalog',
    notes: [
      'Makes the tables. Trino reads no files of its own: load data/*.csv with the means of the catalog behind it.',
    ],
    opening: schemaIfMissing,
    table: (table, warehouse) => [
      '',
      `create table if not exists ${qualified(table)} (`,
      ...columnLines(table, warehouse),
      ');',
    ],
    closing: [],
  },
  duckdb: {
    extension: 'sql',
    call: 'duckdb "${DUCKDB_PATH:-warehouse.duckdb}" < load/load.sql',
    notes: ['Loads the CSV files of data/, from the folder above this one. What the tables held before is replaced.'],
    opening: schemaIfMissing,
    table: (table, warehouse) => [
      '',
      `create or replace table ${qualified(table)} as select * from read_csv(${text(table.file)}, header = true, columns = {`,
      ...table.columns.map(({ name, kind }) => `  ${text(name)}: ${text(warehouses[warehouse].types[kind])},`),
      '});',
    ],
    closing: [],
  },
  clickhouse: {
    extension: 'sh',
    call: 'sh load/load.sh',
    notes: ['Loads the CSV files of data/, from the folder above this one. What the tables held before is replaced.'],
    opening: (schema) => [
      'client() { clickhouse-client --host "${CLICKHOUSE_HOST:-localhost}" --user "${CLICKHOUSE_USER:-default}" --password "$CLICKHOUSE_PASSWORD" "$@"; }',
      `client --query ${text(`create database if not exists ${ticked(schema)}`)}`,
    ],
    table: (table, warehouse) => [
      `client --query ${text(`create or replace table ${qualified(table, ticked)} (${columnLines(table, warehouse, ticked).join(' ').trim()}) engine = MergeTree order by tuple()`)}`,
      `client --query ${text(`insert into ${qualified(table, ticked)} format CSVWithNames`)} < ${text(table.file)}`,
    ],
    closing: [],
  },
};

function fileName({ file }: LoadedTable): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
