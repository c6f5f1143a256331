const prefix = 'DBT_ENV_CUSTOM_ENV_';

/** The environment variables that dbt puts into its artifacts, by what follows their prefix (dbt-common: events/functions.py). */
export function customVariables(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
