import { version } from './version.ts';

/** What `modelyard --help` prints. */
export const usage = `modelyard ${version}: dbt projects, offline

  modelyard create DIR              write the sample project
  modelyard generate [--rows N] [--table T=N …] [--seed S] [--format csv|ndjson] [--out DIR]
                    [--extend] [--defects RATE] [--no-tests]
                                    write sample data that obeys the project's rules
  modelyard check [--format text|json|csv]
                                    every row of the data that breaks a rule, and why
  modelyard clean [--repair RULE=keep_latest|keep_first|drop|empty …] [--out DIR] [--yes]
                                    what cleaning the data would change; with --out or --yes, does it
  modelyard clean --clean-project-files-only | --no-clean-project-files-only
                                    dbt's clean: removes the folders of clean-targets (target), in the
                                    project alone or wherever they are; never models, seeds or tests
  modelyard export --target T DIR   the project as dbt runs it on a warehouse: T is a target of profiles.yml, or
                                    postgres, redshift, snowflake, bigquery, databricks, spark, trino, duckdb
                                    or clickhouse
  modelyard export airflow DIR [SELECTION] [--target T] [--schedule CRON] [--tasks commands|nodes|cosmos]
                                    airflow_dag/dbt_dag.py: dbt run and dbt test daily, or a task for each node
  modelyard simulate [--days N] [--from DATE] [--format text|json]
                                    data arrives a day at a time, and each day is built with its clock
  modelyard build | run | test | seed | snapshot [SELECTION] [--full-refresh] [--empty]
                    [--store-failures]
  modelyard retry                   what did not end well in the last run, again
  modelyard ls [SELECTION] [--output name|path|selector|json] [--output-keys KEY …]
  modelyard compile [SELECTION], or --inline SQL [--output text|json]
  modelyard show --select MODEL, or --inline SQL [--limit N] [--output text|json]
  modelyard source freshness [SELECTION] [--output FILE]
                                    how old the sources' data is; writes sources.json
  modelyard run-operation MACRO [--args YAML]
                                    calls a macro with the database at hand
  modelyard parse                   reads the project and writes manifest.json
  modelyard deps                    where each package of packages.yml is read; fetches nothing
  modelyard docs generate [SELECTION] [--no-compile] [--empty-catalog]
                                    manifest.json and catalog.json

SELECTION: --select …, --exclude …, --selector NAME, --resource-type …, --exclude-resource-type …,
  --indirect-selection eager|cautious|buildable|empty; with --state DIR also state:, result: and source_status:

Options of every command, as dbt has them:
  --project-dir DIR, --profiles-dir DIR, --target-path DIR, --vars YAML     after the command
  --profile NAME, --target NAME, --quiet, --log-level LEVEL, --log-format text|json, --fail-fast,
  --state DIR, --defer, --defer-state DIR, --favor-state, --warn-error, --warn-error-options YAML, --no-write-json                  before or after it

Options may also be given as environment variables (DBT_TARGET, DBT_PROJECT_DIR …) and, as in dbt,
under flags: in dbt_project.yml.
`;
