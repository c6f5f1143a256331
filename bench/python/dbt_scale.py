"""Milliseconds of dbt's parse, and again after one edit, or of its seed, and the memory of the process in megabytes.

usage: python dbt_scale.py '{"kind": "read" | "seed", "folder": …, "edited": …}'     (dbt is loaded and warm before)
"""

import contextlib
import io
import json
import os
import resource
import shutil
import sys
import time
from pathlib import Path

from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner

warm = {
    "dbt_project.yml": "name: warm\nversion: '1.0'\nprofile: warm\n",
    "profiles.yml": "warm: {target: dev, outputs: {dev: {type: duckdb, path: warm.duckdb, schema: main, threads: 1}}}\n",
    "models/one.sql": "select 1 as id\n",
    "seeds/two.csv": "id\n1\n",
}


def timed(folder: str, *args: str) -> float:
    reset_adapters()
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        answer = dbtRunner().invoke(["--quiet", *args, "--project-dir", folder, "--profiles-dir", folder])
    if not answer.success:
        raise SystemExit(f"dbt {' '.join(args)} failed: {answer.exception}")
    return (time.perf_counter() - start) * 1000


def main() -> None:
    task = json.loads(sys.argv[1])
    folder = task["folder"]
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    small = Path(folder) / "warm"
    for name, text in warm.items():
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text(text)
    os.chdir(small)
    timed(str(small), "parse" if task["kind"] == "read" else "seed")
    os.chdir(folder)
    shutil.rmtree(small)
    if task["kind"] == "read":
        times = {"read": timed(folder, "parse")}
        file = Path(folder) / task["edited"]
        file.write_text(file.read_text() + "-- dbt\n")
        times["read after one edit"] = timed(folder, "parse")
    else:
        times = {"seed": timed(folder, "seed")}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kilobytes on Linux, bytes on macOS.
    print(json.dumps({"times": times, "memory": memory / (1e6 if sys.platform == "darwin" else 1000)}))


if __name__ == "__main__":
    main()
