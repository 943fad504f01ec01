"""Merging on a real local Spark gives what merging here gives: tables of claims, and the comparing of claims."""

import csv
import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import pytest

from witnessmark.engines.spark import spark as spark_here
from witnessmark.incidents.linkage import score_pairs
from witnessmark.incidents.rows import Row
from witnessmark.incidents.tables import merge_table

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("spark")]


def _table(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_falls_into_the_same_incidents_in_any_order_of_rows(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows: list[dict[str, object]] = [
        {
            "report_id": f"r{n:04}",
            "date": rng.choice(["", *[(dt.date(2024, 5, 1) + dt.timedelta(days=d)).isoformat() for d in range(8)]]),
            "place": rng.choice(["Lysohirka", "Lisohirka", "Novosilka", "Ostriv region"]),
            "region": "Ostriv",
            "lat": rng.choice(["", f"{49 + rng.random() / 9:.3f}"]),
            "lon": f"{36 + rng.random() / 9:.3f}",
            "killed": rng.choice(["", "0", "2"]),
            "injured": rng.choice(["", "3", "9"]),
            "munition": rng.choice(["", "mortar", "drone", "zorb", "blick"]),
            "target": rng.choice(["", "school", "market"]),
            "actor": rng.choice(["", "north", "south"]),
        }
        for n in range(600)
    ]
    here = merge_table(_table(tmp_path / "a.csv", rows))
    there = merge_table(_table(tmp_path / "b.csv", rng.sample(rows, len(rows))), engine="spark")
    assert there == here
    assert 5 < here.count < len(rows) and here.refused


def test_pairs_of_claims_weigh_the_same() -> None:
    rng = random.Random(7)
    plain = Row("", "", 1, 1, False, 46.66, 32.62, False, "1", "UA", "Kherson", "remote", None, None, None, None, None)
    rows = []
    for n in range(150):
        day = 738000 + rng.randrange(4)
        town = rng.randrange(3)
        rows.append(
            replace(
                plain,
                unique_id=f"c{n:03}",
                document=f"d{rng.randrange(60):02}",
                day_from=rng.choice([day, None]),
                day_to=day,
                day_soft=rng.random() < 0.2,
                latitude=46.0 + town,
                longitude=rng.choice([32.0, 32.1]),
                place_id=str(town),
                weapon=rng.choice([None, "artillery", "drone"]),
                killed=rng.choice([None, 1, 3, 40]),
                injured=rng.choice([None, 5]),
                objects=rng.choice([None, "school", "market,school", "market"]),
                perpetrator=rng.choice([None, "north"]),
            )
        )
    here = score_pairs(rows, at_least=-4.0)
    with spark_here() as engine:
        assert score_pairs(rows, at_least=-4.0, spark=engine) == here
    assert len(here) > 100
