"""What is kept of the blocks is what ranking all claims gives: the order, the ranks, and runs that hold every pair that a change can touch."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from witnessmark.incidents.kept import KeptStore, blocks
from witnessmark.incidents.linkage import RANKS
from witnessmark.incidents.rows import Row

WINDOW = 2


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "WINDOW", WINDOW)


def _values(name: str, rng: random.Random) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(Row.__dataclass_fields__)
    return blank | {
        "unique_id": name,
        "document": name,
        "day_from": rng.choice([None, 1, 2, 2, 3, 9]),
        "place_id": rng.choice([None, "707", "7064"]),
        "country": rng.choice([None, "UA", "SY"]),
        "family": rng.choice([None, "remote", "ground"]),
        "killed": rng.choice([None, 1, 3, 3, 12]),
        "injured": rng.choice([None, 2, 70000]),
        "weapon": rng.choice([None, "drone"]),
    }


def _sorted(name: str, claims: dict[int, dict[str, Any]]) -> dict[tuple[Any, ...], list[int]]:
    """The claims of each block by number, in order: the plain definition."""
    shared, order = RANKS[name]
    found: dict[tuple[Any, ...], list[int]] = {}
    for n in sorted(claims, key=lambda n: [(claims[n][c] is not None, claims[n][c]) for c in (*order, "unique_id")]):
        block = tuple(claims[n][c] for c in shared)
        if None not in block and not (name == "killed_rank" and claims[n]["killed"] <= 2):
            found.setdefault(block, []).append(n)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_ranks_and_runs_are_those_of_all_claims(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    before = {n: _values(f"c{n}", rng) for n in range(60)}
    gone = rng.sample(sorted(before), 2)
    came = {n: _values(f"c{n}", rng) for n in (100, 101)}
    after = {n: v for n, v in before.items() if n not in gone} | came
    with KeptStore(tmp_path / "k.sqlite", basis="test", durable=False) as store:
        for n, values in before.items():
            blocks.put_in(store, n, values)
        for n in gone:
            blocks.take_out(store, before[n])
        for n, values in came.items():
            blocks.put_in(store, n, values)
        ranks = blocks.ranks(store, after)
        runs = blocks.near(store, came, [before[n] for n in gone])
    of = runs.of | {n: runs.of_gone(before[n]) for n in gone}
    for name in RANKS:
        now, was = _sorted(name, after), _sorted(name, before)
        assert {n: found[name] for n, found in ranks.items() if name in found} == {
            n: at for block in now.values() for at, n in enumerate(block)
        }
        for block in now.keys() | was.keys():
            for one, other in itertools.combinations(sorted({*now.get(block, ()), *was.get(block, ())}), 2):
                if _meet(now.get(block, []), one, other) != _meet(was.get(block, []), one, other):
                    assert name in of[one]
                    assert of[one][name] == of[other][name]


def _meet(block: list[int], one: int, other: int) -> bool:
    return one in block and other in block and abs(block.index(one) - block.index(other)) <= WINDOW


def test_a_claim_that_changes_nothing_has_no_run(tmp_path: Path) -> None:
    rng = random.Random(1)
    with KeptStore(tmp_path / "k.sqlite", basis="test", durable=False) as store:
        blocks.put_in(store, 1, _values("a", rng) | {"country": "UA", "place_id": "1", "day_from": 1, "killed": 5})
        far = _values("b", rng) | {"country": "SY", "place_id": "2", "day_from": 700, "killed": 9}
        blocks.put_in(store, 2, far)
        runs = blocks.near(store, {2: far}, [])
    assert set(runs.of) == {2}
