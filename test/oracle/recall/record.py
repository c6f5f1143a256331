"""Records what dbt leaves of a project with a node of each kind, as far as it is read again: the artifacts of `build`,
and of a `run` that fails as a whole what it writes to the terminal and to run_results.json.

usage: python test/oracle/recall/record.py DBT …     (programs of dbt with DuckDB; writes VERSION.json each)
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "recall"
files = json.loads((fixtures / "project.json").read_text())


def call(dbt: str, folder: str, *args: str) -> str:
    """What it writes to the terminal, without what differs from call to call."""
    env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    ran = subprocess.run([dbt, *args, "--profiles-dir", "."], cwd=folder, env=env, capture_output=True, text=True)
    text = re.sub(r"\d\d:\d\d:\d\d", "00:00:00", ran.stdout + ran.stderr)
    return re.sub(r"\[\d+ms\]", "[time]", text).replace(str(Path(dbt).parents[1]), "/env")


def artifact(folder: str, name: str) -> dict | None:
    file = Path(folder) / "target" / f"{name}.json"
    return json.loads(file.read_text()) if file.exists() else None


def only(entry: dict, *names: str) -> dict:
    """What there is of some keys: dbt 2 leaves out what is null."""
    return {name: entry[name] for name in names if name in entry}


def results(folder: str) -> dict | None:
    """run_results.json, with one time for all that took some."""
    found = artifact(folder, "run_results")
    if found is None:
        return None
    kept = [only(one, "unique_id", "status", "message", "failures", "execution_time") for one in found["results"]]
    for one in kept:
        one["execution_time"] = 0.5 if one["execution_time"] > 0 else 0
    return {"results": sorted(kept, key=lambda one: one["unique_id"])}


def record(dbt: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        (Path(folder) / "target").mkdir()
        call(dbt, folder, "build")
        manifest = artifact(folder, "manifest")
        found = {
            "dbt": manifest["metadata"]["dbt_version"],
            "runResults": results(folder),
            "manifest": {
                kind: {name: only(node, "raw_code", "checksum") for name, node in sorted(manifest[kind].items())}
                for kind in ("nodes", "unit_tests")
            },
            "failed": {},
        }
        for target in ("unreachable", "nowhere"):
            (Path(folder) / "target" / "run_results.json").unlink(missing_ok=True)
            output = call(dbt, folder, "run", "--target", target)
            found["failed"][target] = {"output": output, "runResults": results(folder)}
    (fixtures / f"{found['dbt']}.json").write_text(json.dumps(found, indent=1) + "\n")
    print(found["dbt"])


for program in sys.argv[1:]:
    record(program)
