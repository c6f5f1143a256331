"""Records what dbt answers to each command of the projects in test/fixtures/run: exit code, console, results, nodes.

usage: python test/oracle/run/record.py [case …]     (needs dbt-core and dbt-duckdb; writes NAME.answers.json)
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import duckdb

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "run"
project = "name: shop\nversion: '1.0'\nprofile: shop\n"
output = "{type: duckdb, path: target/oracle.duckdb, schema: main, threads: 1}"
profiles = f"shop:\n  target: dev\n  outputs:\n    dev: {output}\n    prod: {output}\n"
told = re.compile(r"^(Found |(Batch )?\d+ of \d+ |Finished |Completed |(Failure|Warning) in |(  )?Got |  compiled code at target/compiled|Done\.)")
kept_config = ["enabled", "materialized", "alias", "schema", "tags", "meta", "severity", "warn_if", "error_if", "fail_calc", "where", "limit", "column_types", "docs", "unique_key", "on_schema_change", "incremental_strategy", "strategy", "check_cols", "updated_at"]


def in_one_file(text: str) -> str:
    """Names of relations as an engine with one schema in one file has them."""
    def renamed(match: re.Match) -> str:
        schema, name = match.groups()
        return f'main."{name}"' if schema == "main" else f'main."{schema}__{name}"'

    return re.sub(r'"oracle"\."(\w+)"\."(\w+)"', renamed, text)


def console(text: str) -> list:
    lines = [re.sub(r"^\d\d:\d\d:\d\d\s\s?", "", line) for line in text.splitlines()]
    lines = [re.sub(r" in \d+\.\d\ds\]$", " in N.NNs]", line) for line in lines if told.match(line)]
    lines = [re.sub(r" in \d+ hours .*", " in N seconds.", line) for line in lines]
    return [re.sub(r", \d+ macros(?=,|$)", "", line) for line in lines]


def read(folder: str, name: str):
    file = Path(folder) / "target" / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def results(folder: str) -> list:
    answer = []
    for result in (read(folder, "run_results") or {"results": []})["results"]:
        code = result["compiled_code"]
        answer.append({
            "id": result["unique_id"],
            "status": result["status"],
            "failures": result["failures"],
            "message": None if result["status"] == "error" else result["message"],
            "compiled": None if code is None else in_one_file(code),
        })
    return answer


def nodes(folder: str) -> dict:
    manifest = read(folder, "manifest") or {"nodes": {}, "sources": {}, "exposures": {}, "unit_tests": {}}
    answer = {}
    for node in [*manifest["nodes"].values(), *manifest["sources"].values(), *manifest["exposures"].values(), *manifest["unit_tests"].values()]:
        config = {key: value for key, value in node["config"].items() if key in kept_config}
        answer[node["unique_id"]] = {
            **{key: node.get(key) for key in ("fqn", "path", "original_file_path", "alias", "schema", "description", "checksum")},
            "depends_on": sorted(node.get("depends_on", {}).get("nodes", [])),
            "config": config,
        }
    return answer


def write(folder: str, texts: dict) -> None:
    for path, text in texts.items():
        file = Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def rows(folder: str, queries: list) -> list:
    with duckdb.connect(str(Path(folder) / "target" / "oracle.duckdb")) as database:
        asked = [re.sub(r"from (history|main_checks|main_dbt_test__audit)__(\w+)", r"from \1.\2", query) for query in queries]
        return [[list(row) for row in database.execute(query).fetchall()] for query in asked]


def step(folder: str, args: list, env: dict) -> dict:
    for name in () if args[0] == "retry" else ("run_results", "manifest"):
        (Path(folder) / "target" / f"{name}.json").unlink(missing_ok=True)
    common = ["--no-send-anonymous-usage-stats", "--no-use-colors", "--no-partial-parse"]
    quiet = ["--quiet"] if args[0] == "ls" else []
    ran = subprocess.run(["dbt", *args, *common, *quiet], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True)
    if args[0] == "ls":
        return {"exit": ran.returncode, "listed": ran.stdout.splitlines()}
    return {"exit": ran.returncode, "console": console(ran.stdout), "results": results(folder), "nodes": nodes(folder)}


def record(name: str) -> None:
    case = json.loads((fixtures / f"{name}.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        texts = {"dbt_project.yml": project + case.get("project", ""), "profiles.yml": profiles, **case["files"]}
        write(folder, texts)
        answers = []
        for one in case["steps"]:
            write(folder, one.get("files", {}))
            answer = step(folder, one["args"], one.get("env", {}))
            if "rows" in one:
                answer["rows"] = rows(folder, one["rows"])
            answers.append(answer)
    for answer in answers[1:]:
        answer.pop("nodes", None)
    recorded = {"dbt-core": version("dbt-core"), "answers": answers}
    (fixtures / f"{name}.answers.json").write_text(json.dumps(recorded, indent=1) + "\n")


if __name__ == "__main__":
    everything = sorted(file.name.split(".")[0] for file in fixtures.glob("*.json") if ".answers" not in file.name)
    for case_name in sys.argv[1:] or everything:
        record(case_name)
