"""Runs the steps of a project with Modelyard's command line and keeps what it answered, as dbt_answers.py does."""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

ARTIFACTS = ("manifest", "run_results", "catalog", "sources")


def write_step_files(project: Path, step: dict) -> None:
    for path, text in step.get("files", {}).items():
        file = project / path
        if text is None:
            file.unlink(missing_ok=True)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)


def keep_artifacts(project: Path, step: dict, folder: Path) -> None:
    """Copies the artifacts; one that a later step would not write again is removed, so that it is not taken for its."""
    for name in ARTIFACTS:
        artifact = project / "target" / f"{name}.json"
        if not artifact.exists():
            continue
        shutil.copy(artifact, folder)
        is_needed = name == "manifest" or (name == "run_results" and step["args"][0] in RUNNING)
        if not is_needed:
            artifact.unlink()
    if step.get("keep"):
        shutil.copytree(project / "target", project / step["keep"], dirs_exist_ok=True)


# What `retry` may follow.
RUNNING = ("run", "build", "test", "seed", "snapshot")


def run_steps(command: list[str], project: Path, steps: list[dict], answers: Path) -> None:
    for number, step in enumerate(steps):
        write_step_files(project, step)
        environment = {**os.environ, **step.get("env", {}), "DBT_PROFILES_DIR": str(project)}
        done = subprocess.run(
            [*command, *step["args"]],
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        folder = answers / f"{number:02}"
        folder.mkdir(parents=True)
        (folder / "exit.json").write_text(json.dumps({"code": done.returncode}))
        (folder / "console.txt").write_text(done.stdout)
        (folder / "tables.json").write_text(json.dumps(tables(project)))
        keep_artifacts(project, step, folder)


def tables(project: Path) -> dict:
    manifest, database = project / "target" / "manifest.json", project / "target" / "warehouse.db"
    if not manifest.exists() or not database.exists():
        return {}
    found = {}
    with contextlib.closing(sqlite3.connect(database)) as connection:
        types = {
            relation: {one["name"]: one["type"]["kind"] for one in json.loads(columns)}
            for relation, columns in connection.execute("select relation, columns from modelyard_relations")
        }
        for unique_id, node in json.loads(manifest.read_text())["nodes"].items():
            match = re.fullmatch(r'main\."(.*)"', node.get("relation_name") or "")
            if match is None or node["resource_type"] not in ("model", "seed", "snapshot"):
                continue
            with contextlib.suppress(sqlite3.Error):
                found[unique_id] = rows(connection, match[1], types.get(match[1], {}))
    return found


def rows(connection: sqlite3.Connection, relation: str, types: dict[str, str]) -> dict:
    answer = connection.execute(f'select * from "{relation}"')
    columns = [one[0] for one in answer.description]
    is_boolean = [types.get(name) == "boolean" for name in columns]
    typed = [
        [bool(value) if boolean and value is not None else value for value, boolean in zip(row, is_boolean)]
        for row in answer.fetchall()
    ]
    return {"columns": columns, "rows": typed}
