/** The dbt version whose behaviour and artifact formats are followed. */
export const dbtVersion = '1.11.14';
