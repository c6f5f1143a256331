"""Records the manifest that dbt writes for the projects in test/fixtures/manifest, and the schemas of its artifacts.

usage: python test/oracle/manifest/record.py     (needs dbt-core and dbt-duckdb; writes NAME.answers.json and ../schemas)

The schemas are what dbt-core (Apache-2.0) says of its own artifacts, which is what dbt Labs publish.
"""

import json
import os
import re
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact

fixtures = Path(__file__).resolve().parents[2] / "fixtures"
schemas = {
    "manifest": WritableManifest,
    "run_results": RunResultsArtifact,
    "catalog": CatalogArtifact,
    "sources": FreshnessExecutionResultArtifact,
}
sections = ["nodes", "sources", "exposures", "unit_tests", "groups", "docs", "macros", "disabled", "selectors", "group_map", "parent_map", "child_map"]
volatile = {"created_at", "database", "root_path", "relation_name"}
profiles = "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: target/oracle.duckdb, schema: main, threads: 1}\n"


def stable(value):
    if isinstance(value, dict):
        return {key: stable(one) for key, one in value.items() if key not in volatile}
    return [stable(one) for one in value] if isinstance(value, list) else value


def own(section: dict) -> dict:
    return {key: one for key, one in section.items() if not re.match(r"(macro|doc)\.dbt(_duckdb)?\.", key)}


def record(file: Path) -> None:
    case = json.loads(file.read_text())
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {"profiles.yml": profiles, **case["files"]}.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text)
        options = ["--no-send-anonymous-usage-stats", "--no-use-colors", "--no-partial-parse"]
        subprocess.run(["dbt", "parse", *options], cwd=folder, env=os.environ, check=True, capture_output=True)
        manifest = json.loads((Path(folder) / "target" / "manifest.json").read_text())
    answer = {"dbt-core": version("dbt-core"), **{name: stable(own(manifest[name])) for name in sections}}
    file.with_suffix(".answers.json").write_text(json.dumps(answer, indent=1) + "\n")


if __name__ == "__main__":
    for name, artifact in schemas.items():
        text = json.dumps({"$comment": f"dbt-core {version('dbt-core')}, Apache-2.0", **artifact.json_schema()})
        (fixtures / "schemas" / f"{name}.json").write_text(text + "\n")
    for fixture in sorted((fixtures / "manifest").glob("*.json")):
        if ".answers" not in fixture.name:
            record(fixture)
