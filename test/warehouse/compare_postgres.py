"""Compares every row of the sample's models on PostgreSQL with what Modelyard made of the same data.

usage: python compare_postgres.py WAREHOUSE_DB SCHEMA     (the server is that of libpq's variables: PGHOST and others)

Prints each difference and exits with 1 when there is one.
"""

import sys

import psycopg2
from rows import MODELS, differing, offline_table, table


def main(offline: str, schema: str) -> int:
    with psycopg2.connect("") as connection, connection.cursor() as cursor:

        def there(model: str):
            cursor.execute(f"select * from {schema}.{model}")
            return table(cursor)

        found = differing(MODELS, lambda model: offline_table(offline, model), there, "PostgreSQL")
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
