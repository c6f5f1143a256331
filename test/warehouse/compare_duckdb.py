"""Compares what dbt and Modelyard made of the same project: the nodes, how each ended, and every row of the models.

usage: python compare_duckdb.py DBT_PROJECT MODELYARD_PROJECT     (two copies of one project, each built by its own)

Prints each difference and exits with 1 when there is one.
"""

import json
import sys
from pathlib import Path

import duckdb
from rows import MODELS, differing, offline_table, table


def artifact(project: Path, name: str) -> dict:
    return json.loads((project / "target" / f"{name}.json").read_text())


def node_ids(project: Path) -> set[str]:
    manifest = artifact(project, "manifest")
    return {*manifest["nodes"], *manifest["sources"], *manifest["exposures"]}


def endings(project: Path) -> dict[str, tuple[str, int | None]]:
    results = artifact(project, "run_results")["results"]
    return {one["unique_id"]: (one["status"], one.get("failures")) for one in results}


def compare(dbt: Path, modelyard: Path) -> list[str]:
    differences = []
    for name, here, there in (
        ("nodes", node_ids(modelyard), node_ids(dbt)),
        ("endings", set(endings(modelyard).items()), set(endings(dbt).items())),
    ):
        differences += [f"{name}: only Modelyard has {one}" for one in sorted(map(str, here - there))]
        differences += [f"{name}: only dbt has {one}" for one in sorted(map(str, there - here))]
    warehouse = duckdb.connect(str(next(dbt.rglob("*.duckdb"))), read_only=True)
    offline = str(modelyard / "target" / "warehouse.db")
    made = {one for one, (status, _) in endings(dbt).items() if status == "success"}
    models = tuple(name for name in MODELS if f"model.gaming_analytics.{name}" in made)
    differences += differing(
        models,
        lambda model: offline_table(offline, model),
        lambda model: table(warehouse.execute(f"select * from analytics.{model}")),
        "dbt",
        may_be_empty=True,
    )
    return differences


if __name__ == "__main__":
    found = compare(Path(sys.argv[1]), Path(sys.argv[2]))
    for difference in found:
        print(difference)
    sys.exit(1 if found else 0)
