"""Asks DuckDB for the answers to test/fixtures/sql/cases.json and keeps them in answers.json beside it.

usage: python record.py   (needs the duckdb package; the answers are committed, so only a change of cases needs it)
"""

import datetime
import decimal
import json
import math
import pathlib

import duckdb

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "sql"


def load(connection, tables):
    for name, table in tables.items():
        columns = ", ".join(f'"{column}" {kind}' for column, kind in table["columns"])
        connection.execute(f"create table {name} ({columns})")
        places = ", ".join("?" for _ in table["columns"])
        connection.executemany(f"insert into {name} values ({places})", table["rows"])


def plain(value):
    """A value as the embedded database keeps it; decimals as text, so that no digit is lost."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return {"other": str(value)}
    if isinstance(value, (int, float, str)) or value is None:
        return value
    return {"other": str(value)}


def ask(connection, query):
    try:
        result = connection.execute(query)
        columns = [[column[0], str(column[1])] for column in result.description]
        return {"columns": columns, "rows": [[plain(v) for v in row] for row in result.fetchall()]}
    except duckdb.Error as error:
        return {"error": str(error).split("\n")[0]}


def main():
    cases = json.loads((FIXTURES / "cases.json").read_text())
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    load(connection, cases["tables"])
    answers = [ask(connection, case["query"]) for case in cases["cases"]]
    recorded = {"duckdb": duckdb.__version__, "answers": answers}
    (FIXTURES / "answers.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    for case, answer in zip(cases["cases"], answers):
        if ("error" in answer) != bool(case.get("fails")) and not case.get("refused"):
            print(case["query"], "=>", answer.get("error", "an answer"))


if __name__ == "__main__":
    main()
