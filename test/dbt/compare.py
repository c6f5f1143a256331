"""Compares what dbt and Modelyard made of the same project: the nodes, how each ended, and every row of the models.

usage: python test/dbt/compare.py DBT_PROJECT MODELYARD_PROJECT     (two copies of one project, each built by its own)

Prints each difference and exits with 1 when there is one.
"""

import json
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path

import duckdb

MODELS = ("daily_player_transactions", "agg_discord_deposits_by_country", "player_top_three_deposits")


def artifact(project: Path, name: str) -> dict:
    return json.loads((project / "target" / f"{name}.json").read_text())


def node_ids(project: Path) -> set[str]:
    manifest = artifact(project, "manifest")
    return {*manifest["nodes"], *manifest["sources"], *manifest["exposures"]}


def endings(project: Path) -> dict[str, tuple[str, int | None]]:
    results = artifact(project, "run_results")["results"]
    return {one["unique_id"]: (one["status"], one["failures"]) for one in results}


def cell(value: object) -> str:
    """A value as text: money with two digits, so that 5 and 5.00 are the same and 5.001 is not lost."""
    if isinstance(value, (float, Decimal)):
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        assert exact == round(exact, 2), f"{value!r} is not exact to the cent"
        return f"{exact:.2f}"
    return str(value)


def rows(connection, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(cell(value) for value in row) for row in connection.execute(query).fetchall())


def compare(dbt: Path, modelyard: Path) -> list[str]:
    differences = []
    for name, here, there in (
        ("nodes", node_ids(modelyard), node_ids(dbt)),
        ("endings", set(endings(modelyard).items()), set(endings(dbt).items())),
    ):
        differences += [f"{name}: only Modelyard has {one}" for one in sorted(map(str, here - there))]
        differences += [f"{name}: only dbt has {one}" for one in sorted(map(str, there - here))]
    warehouse = duckdb.connect(str(next(dbt.rglob("*.duckdb"))), read_only=True)
    embedded = sqlite3.connect(modelyard / "target" / "warehouse.db")
    made = {one for one, (status, _) in endings(dbt).items() if status == "success"}
    for model in (name for name in MODELS if f"model.gaming_analytics.{name}" in made):
        expected = rows(warehouse, f"select * from analytics.{model}")
        actual = rows(embedded, f'select * from "{model}"')
        print(f"{model}: {len(actual)} rows, dbt {len(expected)}")
        if actual != expected:
            first = next((pair for pair in zip(actual, expected) if pair[0] != pair[1]), "their number")
            differences.append(f"{model}: rows differ, first in {first}")
    return differences


if __name__ == "__main__":
    found = compare(Path(sys.argv[1]), Path(sys.argv[2]))
    for difference in found:
        print(difference)
    sys.exit(1 if found else 0)
