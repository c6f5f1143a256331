"""Runs the steps of a project with real dbt and keeps what it answered.

usage: python dbt_answers.py PROJECT STEPS ANSWERS

STEPS is a JSON file: {"adapter": ..., "steps": [{"args": [...], "files": {path: text or null}, "env": {...}, "keep": folder}]}.
For each step, ANSWERS/<number> gets exit.json, console.txt, the artifacts of target/ and tables.json: the rows of what
the project's nodes have in the warehouse, by their ids.
"""

import contextlib
import io
import json
import os
import re
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner
from modelyard_answers import keep_artifacts, write_step_files

COLOR = re.compile(r"\x1b\[[0-9;]*m")
TIME = re.compile(r"^\d\d:\d\d:\d\d  ?", re.MULTILINE)


def cell(value: object) -> object:
    """A value that JSON can hold and that is the same for the same value of another engine."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float, Decimal)):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [cell(one) for one in value]
    return str(value)


def duckdb_rows(query: str) -> tuple[list[str], list[list[object]]]:
    import duckdb

    with contextlib.closing(duckdb.connect("warehouse.duckdb")) as connection:
        answer = connection.execute(query)
        return [one[0] for one in answer.description], [[cell(v) for v in row] for row in answer.fetchall()]


def sqlite_rows(query: str) -> tuple[list[str], list[list[object]]]:
    import sqlite3

    with contextlib.closing(sqlite3.connect("db/main.db")) as connection:
        answer = connection.execute(query)
        return [one[0] for one in answer.description], [[cell(v) for v in row] for row in answer.fetchall()]


def tables(adapter: str) -> dict:
    manifest_file = Path("target/manifest.json")
    if not manifest_file.exists():
        return {}
    found = {}
    for unique_id, node in json.loads(manifest_file.read_text())["nodes"].items():
        is_built = node["resource_type"] in ("seed", "snapshot") or (
            node["resource_type"] == "model" and node["config"]["materialized"] != "ephemeral"
        )
        if not is_built or not node["relation_name"]:
            continue
        try:
            run = duckdb_rows if adapter == "duckdb" else sqlite_rows
            columns, rows = run(f"select * from {node['relation_name']}")
        except Exception:
            continue
        found[unique_id] = {"columns": columns, "rows": rows}
    return found


def run_step(step: dict, folder: Path, adapter: str) -> None:
    write_step_files(Path(), step)
    os.environ.update(step.get("env", {}))
    output = io.StringIO()
    reset_adapters()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        answer = dbtRunner().invoke(["--no-use-colors", *step["args"]])
    reset_adapters()
    for name in step.get("env", {}):
        os.environ.pop(name, None)
    code = 0 if answer.success else (2 if answer.exception is not None else 1)
    folder.mkdir(parents=True)
    (folder / "exit.json").write_text(json.dumps({"code": code}))
    (folder / "console.txt").write_text(TIME.sub("", COLOR.sub("", output.getvalue())))
    (folder / "tables.json").write_text(json.dumps(tables(adapter)))
    keep_artifacts(Path(), step, folder)


def main() -> None:
    project, steps_file, answers = (Path(one).resolve() for one in sys.argv[1:4])
    os.chdir(project)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    os.environ["DBT_PROFILES_DIR"] = str(project)
    call = json.loads(steps_file.read_text())
    for number, step in enumerate(call["steps"]):
        run_step(step, answers / f"{number:02}", call["adapter"])


if __name__ == "__main__":
    main()
