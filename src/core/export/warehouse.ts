/** A warehouse that a project can be exported to: dbt's adapter of it. */
export const warehouseTypes = [
  'postgres',
  'redshift',
  'snowflake',
  'bigquery',
  'databricks',
  'spark',
  'trino',
  'duckdb',
  'clickhouse',
] as const;
export type WarehouseType = (typeof warehouseTypes)[number];

export function isWarehouseType(name: string): name is WarehouseType {
  return warehouseTypes.some((one) => one === name);
}

/** What a column holds, in the terms in which tables are made for its CSV. */
export type ColumnKind = 'integer' | 'decimal' | 'real' | 'boolean' | 'date' | 'timestamp' | 'text';

interface Warehouse {
  /** The packages that run dbt on it, pinned to what they were tried with. */
  readonly requirements: readonly string[];
  /** Lines of an output of profiles.yml without its type, schema and threads; every secret comes from the environment. */
  readonly output: readonly string[];
  /** What the adapter calls the schema. */
  readonly schemaKey: 'schema' | 'dataset';
  readonly types: Readonly<Record<ColumnKind, string>>;
}

const core = 'dbt-core==1.11.14';
const variable = (name: string, fallback?: string): string =>
  `"{{ env_var('${name}'${fallback === undefined ? '' : `, '${fallback}'`}) }}"`;

/** Where a server is, and who connects; the variables' names begin with the prefix. */
const server = (prefix: string, port: string, host?: string, user?: string): readonly string[] => [
  `host: ${variable(`${prefix}_HOST`, host)}`,
  `port: "{{ env_var('${prefix}_PORT', '${port}') | as_number }}"`,
  `user: ${variable(`${prefix}_USER`, user)}`,
  `password: ${variable(`${prefix}_PASSWORD`)}`,
];

const postgresTypes = {
  integer: 'bigint',
  decimal: 'numeric(38, 6)',
  real: 'double precision',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  text: 'text',
} as const;

const sparkTypes = { ...postgresTypes, decimal: 'decimal(38, 6)', real: 'double', text: 'string' } as const;

/** Each warehouse: its adapter's settings (the adapters' own documentation), and the names of its types. */
export const warehouses: Readonly<Record<WarehouseType, Warehouse>> = {
  postgres: {
    requirements: [core, 'dbt-postgres==1.11.0'],
    output: [...server('POSTGRES', '5432', 'localhost'), `dbname: ${variable('POSTGRES_DATABASE')}`],
    schemaKey: 'schema',
    types: postgresTypes,
  },
  redshift: {
    requirements: [core, 'dbt-redshift==1.11.2'],
    output: [...server('REDSHIFT', '5439'), `dbname: ${variable('REDSHIFT_DATABASE')}`],
    schemaKey: 'schema',
    types: { ...postgresTypes, text: 'varchar(65535)' },
  },
  snowflake: {
    requirements: [core, 'dbt-snowflake==1.12.4'],
    output: [
      `account: ${variable('SNOWFLAKE_ACCOUNT')}`,
      `user: ${variable('SNOWFLAKE_USER')}`,
      `password: ${variable('SNOWFLAKE_PASSWORD')}`,
      `role: ${variable('SNOWFLAKE_ROLE', 'TRANSFORMER')}`,
      `warehouse: ${variable('SNOWFLAKE_WAREHOUSE', 'TRANSFORMING')}`,
      `database: ${variable('SNOWFLAKE_DATABASE', 'ANALYTICS')}`,
    ],
    schemaKey: 'schema',
    types: { ...postgresTypes, integer: 'number(38, 0)', decimal: 'number(38, 6)', timestamp: 'timestamp_ntz' },
  },
  bigquery: {
    requirements: [core, 'dbt-bigquery==1.12.1'],
    output: [
      '# Without a key file, the credentials of the place: those of gcloud, or of the service account of Cloud Composer.',
      `method: "{{ 'service-account' if env_var('BIGQUERY_KEYFILE', '') else 'oauth' }}"`,
      `project: ${variable('BIGQUERY_PROJECT')}`,
      `location: ${variable('BIGQUERY_LOCATION', 'EU')}`,
      `keyfile: ${variable('BIGQUERY_KEYFILE', '')}`,
    ],
    schemaKey: 'dataset',
    types: {
      integer: 'INT64',
      decimal: 'NUMERIC',
      real: 'FLOAT64',
      boolean: 'BOOL',
      date: 'DATE',
      timestamp: 'TIMESTAMP',
      text: 'STRING',
    },
  },
  databricks: {
    requirements: [core, 'dbt-databricks==1.12.8'],
    output: [
      `host: ${variable('DATABRICKS_HOST')}`,
      `http_path: ${variable('DATABRICKS_HTTP_PATH')}`,
      `token: ${variable('DATABRICKS_TOKEN')}`,
      `catalog: ${variable('DATABRICKS_CATALOG', 'main')}`,
    ],
    schemaKey: 'schema',
    types: sparkTypes,
  },
  spark: {
    requirements: [core, 'dbt-spark[session]==1.11.0', 'pyspark==4.3.0'],
    output: [
      'method: session',
      `host: ${variable('SPARK_HOST', 'localhost')}`,
      '# A day is a day in UTC, wherever dbt runs.',
      'server_side_parameters: { spark.sql.session.timeZone: UTC }',
    ],
    schemaKey: 'schema',
    types: sparkTypes,
  },
  trino: {
    requirements: [core, 'dbt-trino==1.11.0'],
    output: ['method: ldap', ...server('TRINO', '443'), `database: ${variable('TRINO_CATALOG')}`],
    schemaKey: 'schema',
    types: { ...postgresTypes, decimal: 'decimal(38, 6)', real: 'double', timestamp: 'timestamp(6)', text: 'varchar' },
  },
  duckdb: {
    requirements: [core, 'dbt-duckdb==1.11.1', 'duckdb==2.0.1'],
    output: [
      `path: ${variable('DUCKDB_PATH', 'warehouse.duckdb')}`,
      '# A day is a day in UTC, wherever dbt runs.',
      'settings: { TimeZone: UTC }',
    ],
    schemaKey: 'schema',
    types: { ...postgresTypes, decimal: 'decimal(38, 6)', real: 'double' },
  },
  clickhouse: {
    requirements: [core, 'dbt-clickhouse==1.10.3'],
    output: server('CLICKHOUSE', '8123', 'localhost', 'default'),
    schemaKey: 'schema',
    types: {
      integer: 'Nullable(Int64)',
      decimal: 'Nullable(Decimal(38, 6))',
      real: 'Nullable(Float64)',
      boolean: 'Nullable(Bool)',
      date: 'Nullable(Date32)',
      timestamp: "Nullable(DateTime64(6, 'UTC'))",
      text: 'Nullable(String)',
    },
  },
};
