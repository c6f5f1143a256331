"""Milliseconds of dbt's commands on a project, in a process that has loaded all of dbt; the least of some rounds.

usage: python dbt_times.py PROJECT EDITED_FILE ROUNDS [build]
"""

import contextlib
import io
import json
import os
import shutil
import sys
import time
from pathlib import Path

from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner


def timed(*args: str) -> float:
    reset_adapters()
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        answer = dbtRunner().invoke(["--quiet", *args])
    if not answer.success:
        raise SystemExit(f"dbt {' '.join(args)} failed: {answer.exception}")
    return (time.perf_counter() - start) * 1000


def main() -> None:
    project, edited, rounds, *more = sys.argv[1:]
    os.chdir(project)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    os.environ["DBT_PROFILES_DIR"] = project
    times: dict[str, list[float]] = {}
    timed("parse")
    for number in range(int(rounds)):
        shutil.rmtree("target", ignore_errors=True)
        times.setdefault("parse", []).append(timed("parse"))
        file = Path(edited)
        file.write_text(file.read_text() + f"-- dbt {number}\n")
        times.setdefault("parse after one edit", []).append(timed("parse"))
        times.setdefault("compile", []).append(timed("--no-partial-parse", "compile"))
        if "build" in more:
            times.setdefault("build", []).append(timed("--no-partial-parse", "build"))
    print(json.dumps({step: min(all_of_it) for step, all_of_it in times.items()}))


if __name__ == "__main__":
    main()
