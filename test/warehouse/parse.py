"""Reads compiled SQL with sqlglot's parser of a dialect.

usage: python parse.py DIALECT FOLDER     (every *.sql below the folder)

Prints how many files were read, or each that cannot be, and exits with 1 when there is one or none was found.
"""

import sys
from pathlib import Path

import sqlglot
from sqlglot import exp


def fault(sql: str, dialect: str) -> str | None:
    """Why a file is not one query of the dialect. What sqlglot cannot read it may keep as a Command: that is a fault."""
    try:
        statements = sqlglot.parse(sql, dialect=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.SqlglotError as error:
        return str(error)
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return "this is not one query"
    return None


def main(dialect: str, folder: str) -> int:
    files = sorted(Path(folder).rglob("*.sql"))
    faults = [(file, found) for file in files if (found := fault(file.read_text(), dialect)) is not None]
    for file, found in faults:
        print(f"{file.relative_to(folder)}: {found}")
    print(f"sqlglot reads {len(files) - len(faults)} of {len(files)} compiled files")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
