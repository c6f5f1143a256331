"""The sample's three tables with Faker, a call per field, and pandas, which writes the CSVs.

usage: python generate.py FOLDER TRANSACTIONS SEED; prints the milliseconds it took, imports left out.
"""

import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import pandas as pd
from faker import Faker

YEAR_START = datetime(2024, 1, 1, tzinfo=timezone.utc)
YEAR_END = datetime(2024, 12, 31, 23, 59, 59, tzinfo=timezone.utc)


def generate(folder: Path, transactions: int, seed: int) -> None:
    fake = Faker()
    Faker.seed(seed)
    others = -(-transactions // 5)
    created = [fake.date_time_between(YEAR_START, YEAR_END, timezone.utc) for _ in range(others)]
    updated = [fake.date_time_between(start, YEAR_END, timezone.utc) for start in created]
    ids = range(1, others + 1)
    affiliates = pd.DataFrame(
        {
            "id": ids,
            "code": [fake.lexify("??????", letters="ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in ids],
            "origin": [fake.random_element(("YouTube", "Discord", "X", "Twitch", "")) for _ in ids],
            "redeemed_at": [time if fake.boolean(80) else None for time in created],
        }
    )
    players = pd.DataFrame(
        {
            "id": ids,
            "affiliate_id": pd.array([id if fake.boolean(80) else None for id in ids], dtype="Int64"),
            "country_code": [fake.country_code() for _ in ids],
            "is_kyc_approved": ["TRUE" if fake.boolean(80) else "FALSE" for _ in ids],
            "created_at": created,
            "updated_at": updated,
        }
    )
    of_player = [fake.random_int(1, others) for _ in range(transactions)]
    payments = pd.DataFrame(
        {
            "id": range(1, transactions + 1),
            "timestamp": [fake.date_time_between(updated[player - 1], YEAR_END, timezone.utc) for player in of_player],
            "player_id": of_player,
            "type": [fake.random_element(("Deposit", "Withdraw")) for _ in of_player],
            "amount": [fake.random_int(500, 1_000_000) / 100 for _ in of_player],
        }
    )
    for name, table in (("affiliates", affiliates), ("players", players), ("transactions", payments)):
        table.to_csv(folder / f"{name}.csv", index=False, float_format="%.2f", date_format="%Y-%m-%d %H:%M:%S+00:00")


if __name__ == "__main__":
    folder, transactions, seed = sys.argv[1:]
    start = time.perf_counter()
    generate(Path(folder), int(transactions), int(seed))
    print((time.perf_counter() - start) * 1000)
