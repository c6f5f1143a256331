"""Records the artifacts that `dbt build` leaves of a project with a node of each kind, as far as results are read again.

usage: python test/oracle/recall/record.py DBT …     (programs of dbt with DuckDB; writes VERSION.json each)
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "recall"
files = json.loads((fixtures / "project.json").read_text())
kept = {
    "results": ("unique_id", "status", "message", "failures", "execution_time"),
    "nodes": ("raw_code", "checksum"),
}


def only(entry: dict, names: tuple[str, ...]) -> dict:
    """What there is of some keys: dbt 2 leaves out what is null."""
    return {name: entry[name] for name in names if name in entry}


def record(dbt: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        (Path(folder) / "target").mkdir()
        env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        subprocess.run([dbt, "build", "--profiles-dir", "."], cwd=folder, env=env, capture_output=True)
        results, manifest = (json.loads((Path(folder) / "target" / f"{one}.json").read_text()) for one in ("run_results", "manifest"))
    found = {
        "dbt": manifest["metadata"]["dbt_version"],
        "runResults": {"results": [{**only(one, kept["results"]), **({"execution_time": 0.5})} for one in sorted(results["results"], key=lambda one: one["unique_id"])]},
        "manifest": {kind: {name: only(node, kept["nodes"]) for name, node in sorted(manifest[kind].items())} for kind in ("nodes", "unit_tests")},
    }
    (fixtures / f"{found['dbt']}.json").write_text(json.dumps(found, indent=1) + "\n")
    print(found["dbt"])


for program in sys.argv[1:]:
    record(program)
