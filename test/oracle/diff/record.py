"""Records how dbt shows the difference of two tables: test/fixtures/diff/cases.json -> answers.json.

usage: python test/oracle/diff/record.py     (needs dbt-core; the answers are those of task/test.py over daff)
"""

import datetime
import json
import re
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import agate
import daff
from dbt.task.test import list_rows_from_table
from dbt_common.clients.agate_helper import Integer

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "diff"
types = {
    "integer": (Integer(), lambda v: v),
    "number": (agate.Number(), lambda v: Decimal(v)),
    "boolean": (agate.Boolean(), lambda v: v),
    "text": (agate.Text(null_values=()), lambda v: v),
    "date": (agate.Date(), datetime.date.fromisoformat),
    "timestamp": (agate.DateTime(), datetime.datetime.fromisoformat),
}


def table(columns: list, rows: list) -> agate.Table:
    made = [[None if v is None else types[c["type"]][1](v) for c, v in zip(columns, row)] for row in rows]
    return agate.Table(made, [c["name"] for c in columns], [types[c["type"]][0] for c in columns])


def difference(case: dict):
    expected, actual = (daff.PythonTableView(list_rows_from_table(table(case["columns"], case[side]), sort=True)) for side in ("expected", "actual"))
    flags = daff.CompareFlags()
    flags.ordered = False
    diff = daff.TableDiff(daff.Coopy.compareTables(expected, actual, flags).align(), flags)
    diff.hilite(daff.PythonTableView([]))
    if not diff.hasDifference():
        return None
    shown = daff.PythonTableView([])
    diff.hilite(shown)
    return re.sub(r"\x1B(?:[@-Z\\-_]|\[[0-?]*[ -/]*[@-~])", "", daff.TerminalDiffRender().render(shown))


if __name__ == "__main__":
    answers = [difference(case) for case in json.loads((fixtures / "cases.json").read_text())]
    recorded = {"dbt-core": version("dbt-core"), "daff": version("daff"), "answers": answers}
    (fixtures / "answers.json").write_text(json.dumps(recorded, indent=1) + "\n")
