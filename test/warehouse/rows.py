"""Rows of the sample's models, as text that is the same wherever they were made."""

import sqlite3
from collections.abc import Callable
from decimal import Decimal

MODELS = ("daily_player_transactions", "agg_discord_deposits_by_country", "player_top_three_deposits")

Rows = list[tuple[str, ...]]


def cell(value: object) -> str:
    """A value as text: money with two digits, so that 5 and 5.00 are the same and 5.001 is not lost."""
    if isinstance(value, (float, Decimal)):
        exact = Decimal(repr(value)) if isinstance(value, float) else value
        assert exact == round(exact, 2), f"{value!r} is not exact to the cent"
        return f"{exact:.2f}"
    return str(value)


def table(cursor) -> tuple[list[str], Rows]:
    """The column names and the sorted rows of what a cursor has executed."""
    names = [column[0] for column in cursor.description]
    return names, sorted(tuple(cell(value) for value in row) for row in cursor.fetchall())


def offline_table(path: str, model: str) -> tuple[list[str], Rows]:
    """A model as Modelyard made it."""
    return table(sqlite3.connect(path).execute(f'select * from "{model}"'))


def differing(
    models: tuple[str, ...], here: Callable, there: Callable, name: str, may_be_empty: bool = False
) -> list[str]:
    """Compares each model, prints its counts and gives back what differs; empty models prove nothing, so they count."""
    differences = []
    for model in models:
        names, expected = here(model)
        other_names, actual = there(model)
        print(f"{model}: {len(expected)} rows, {name} {len(actual)}")
        if not expected and not may_be_empty:
            differences.append(f"{model}: there are no rows")
        if names != other_names:
            differences.append(f"{model}: columns differ, {names} and {other_names}")
        if actual != expected:
            first = next((pair for pair in zip(expected, actual) if pair[0] != pair[1]), "their number")
            differences.append(f"{model}: rows differ, first in {first}")
    return differences
