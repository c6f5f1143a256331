"""Runs each project of projects/ with real dbt and with Modelyard, and compares what they answered.

usage: python differential.py NODE CLI [part of a project's name ...]

A project is one YAML file: `files` by path; `steps`, each a command line, or a mapping with `run` and what is different
before it (`files`, null to remove one; `env`; `keep`, a folder that target/ is copied to); `adapter` (duckdb unless it
says sqlite); `accepted`, the differences that are known: a regular expression on "[step] kind: detail", and the reason.
Ends with 1 when there is a difference that is not listed, or a listed one that is no more.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterator

import yaml
from compare import differences
from modelyard_answers import run_steps

HERE = Path(__file__).parent

DUCKDB = """
shop:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: main, threads: 1}
    prod: {type: duckdb, path: warehouse.duckdb, schema: prod, threads: 1}
"""
SQLITE = """
shop:
  target: dev
  outputs:
    dev:
      {type: sqlite, threads: 1, database: database, schema: main, schemas_and_paths: {main: db/main.db}, schema_directory: db}
"""
PROJECT = "name: shop\nversion: '1.0'\nprofile: shop\n"


def words(line: str) -> list[str]:
    """The words of a command line; what stands in single quotes is one."""
    return [quoted or word for quoted, word in re.findall(r"'([^']*)'|(\S+)", line)]


def read_project(file: Path) -> dict:
    project = yaml.safe_load(file.read_text())
    adapter = project.get("adapter", "duckdb")
    steps = [one if isinstance(one, dict) else {"run": one} for one in project["steps"]]
    profiles = SQLITE if adapter == "sqlite" else DUCKDB
    return {
        "name": file.stem,
        "adapter": adapter,
        "steps": [{**step, "args": words(step["run"])} for step in steps],
        "files": {"dbt_project.yml": PROJECT, "profiles.yml": profiles, **project["files"]},
        "accepted": project.get("accepted", []),
    }


def write_files(folder: Path, files: dict[str, str]) -> None:
    (folder / "db").mkdir(parents=True)
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def check(work: Path, project: dict, node: str, cli: str) -> Iterator[str]:
    for side in ("dbt", "modelyard"):
        write_files(work / side, project["files"])
    steps = work / "steps.json"
    steps.write_text(json.dumps(project))
    dbt_answers = [sys.executable, HERE / "dbt_answers.py", work / "dbt", steps, work / "dbt-answers"]
    subprocess.run(dbt_answers, check=True)
    run_steps([node, cli], work / "modelyard", project["steps"], work / "modelyard-answers")
    seen: set[str] = set()
    for number, step in enumerate(project["steps"]):
        folders = [work / f"{side}-answers" / f"{number:02}" for side in ("dbt", "modelyard")]
        for kind, detail in differences(*folders):
            # What differs in the manifest does so at every step.
            if kind == "manifest" and detail in seen:
                continue
            seen.add(detail)
            yield f"[{number}: {' '.join(step['args'])}] {kind}: {detail}"


def not_accepted(project: dict, found: list[str]) -> list[str]:
    """What is wrong: the differences without a reason, and the reasons without a difference."""
    reasons = [re.compile(one["matches"], re.DOTALL) for one in project["accepted"]]
    unlisted = [one for one in found if not any(reason.search(one) for reason in reasons)]
    idle = [one.pattern for one in reasons if not any(map(one.search, found))]
    return unlisted + [f"nothing differs as {pattern} says: take it out" for pattern in idle]


def main() -> int:
    node, cli, *wanted = sys.argv[1:]
    work = Path(tempfile.mkdtemp(prefix="modelyard-differential-"))
    files = sorted((HERE / "projects").glob("*.yaml"))
    projects = [read_project(file) for file in files if not wanted or any(part in file.stem for part in wanted)]
    failed = explained = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found_in = pool.map(lambda project: list(check(work / project["name"], project, node, cli)), projects)
        for project, found in zip(projects, found_in):
            left = not_accepted(project, found)
            explained += sum(one not in left for one in found)
            print("DIFF" if left else "ok  ", project["name"], *left, sep="\n     " if left else " ", flush=True)
            failed += bool(left)
    print(f"{len(projects)} projects, {failed} with differences, {explained} differences that are listed with a reason")
    if failed:
        print(f"What both answered is in {work}")
    else:
        shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
