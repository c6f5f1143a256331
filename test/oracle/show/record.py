"""Records what `dbt show` logs for the query that fetches rows, and how it fails, in every version of dbt that is given.

usage: python test/oracle/show/record.py DBT …     (programs of dbt 1 with dbt-duckdb, and of dbt 2 with DuckDB's
driver; writes VERSION.json each)

test/fixtures/show/query.jinja is the query as the extension has it; a unit test holds the two to each other.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "show"
query = (fixtures / "query.jinja").read_text()
files = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nmodels: {+materialized: table}\n",
    "profiles.yml": "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, threads: 1}\n    broken: {type: duckdb, path: /nowhere/shop.duckdb, threads: 1}\n",
    "models/kinds.sql": """
        select 1 as id, cast(10.50 as decimal(16, 2)) as amount, cast(12345678901234567890.123456789 as decimal(38, 9)) as big,
            date '2024-01-02' as day, timestamp '2024-01-02 03:04:05.678901' as moment, true as yes, '' as word,
            cast(0.1 as double) + 0.2 as part, cast(9007199254740993 as bigint) as far, 'null' as "Odd Name"
        union all
        select 2, null, null, null, null, null, null, null, null, null
        union all
        select 3, -0.05, 0, date '0001-01-01', timestamp '2024-01-02', false, 'tab\t"quote"\nline €', cast('nan' as double), -1, ' spaced '
    """,
    "models/empty.sql": "select 1 as id, 'x' as word where false",
}
common = ["--log-format", "json", "--log-level", "info", "--no-quiet", "--no-write-json"]


def options(version: str, scratch: str) -> list[str]:
    """As the extension has them (src/extension/dbt/loggingArguments.ts)."""
    if version.startswith("1."):
        return [*common, "--log-level-file", "none", "--no-use-colors"]
    return [*common, "--log-level-file", "off", "--log-path", scratch, "--target-path", scratch]


def version_of(dbt: str) -> str:
    told = call(dbt, ".", "--version")
    return re.search(r"installed: (\S+)|^dbt\S* (\S+)", told.stdout + told.stderr, re.MULTILINE).expand(r"\1\2")


def call(dbt: str, folder: str, *args: str) -> subprocess.CompletedProcess:
    env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    return subprocess.run([dbt, *args], cwd=folder, env=env, capture_output=True, text=True)


def show(dbt: str, folder: str, name: str, limit: int = 100, target: str = "dev", allowed: int = 100) -> dict:
    inline = query.replace("kinds", name).replace("> 100", f"> {allowed}")
    where = ["--profiles-dir", ".", "--target", target]
    with tempfile.TemporaryDirectory() as scratch:
        given = [*options(version_of(dbt), scratch), "show", *where, "--inline", inline, "--limit", str(limit), "--output", "json"]
        ran = call(dbt, folder, *given)
        lines = [line.replace(Path(scratch).name, "scratch") for line in ran.stdout.splitlines()]
        return {"exit": ran.returncode, "lines": [kept(line) for line in lines if '"MainReportArgs"' not in line]}


def kept(line: str) -> str:
    """The line without what differs from call to call, and without stacks."""
    if not line.startswith("{"):
        return line
    event = json.loads(line)
    for name in ("invocation_id", "pid", "ts", "thread"):
        event["info"].pop(name, None)
    for name in ("node_info", "run_result", "execution_time", "completed_at", "elapsed"):
        event["data"].pop(name, None)
    for part in (event["info"], event["data"]):
        for name, value in part.items():
            if isinstance(value, str) and value.startswith("Traceback"):
                part[name] = value.splitlines()[0]
            if isinstance(value, str):
                without_stack = re.sub(r"(\n +\d+: <unknown>.*)+\n?$", "", part[name], flags=re.DOTALL)
                part[name] = re.sub(r"\[ *[\d.]+m?s\]", "[time]", re.sub(r"inline_[0-9a-f]{8}", "inline", without_stack))
    return json.dumps(event)


def record(dbt: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        assert call(dbt, folder, "run", "--profiles-dir", ".").returncode == 0
        before = {file: (Path(folder) / "target" / file).read_bytes() for file in ("run_results.json", "manifest.json")}
        cases = {
            "all": show(dbt, folder, "kinds"),
            "limited": show(dbt, folder, "kinds", limit=2),
            "withheld": show(dbt, folder, "kinds", allowed=2),
            "empty": show(dbt, folder, "empty"),
            "unknown": show(dbt, folder, "nowhere"),
            "broken": show(dbt, folder, "kinds", target="broken"),
            "noTarget": show(dbt, folder, "kinds", target="nowhere"),
        }
        (Path(folder) / "models/later.sql").write_text("select 1 as id")
        cases["absent"] = show(dbt, folder, "later")
        for file, content in before.items():
            assert (Path(folder) / "target" / file).read_bytes() == content, f"{file} was written"
    version = version_of(dbt)
    text = json.dumps({"dbt-core": version, "cases": cases}, indent=1, ensure_ascii=False)
    (fixtures / f"{version}.json").write_text(text + "\n")
    print(version)


for program in sys.argv[1:]:
    record(program)
