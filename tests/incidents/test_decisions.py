"""What people decided: "distinct" is never overruled, "same" is respected unless a "distinct" stands against it."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass

import pytest

from witnessmark.incidents.cluster import cluster
from witnessmark.incidents.evidence import Pair
from witnessmark.incidents.rows import Row

CASES = int(os.environ.get("WITNESSMARK_DECISION_CASES", "3000"))
"""Random cases. 1,000,000 take about two minutes: WITNESSMARK_DECISION_CASES=1000000 pytest tests/incidents/test_decisions.py"""


@dataclass(frozen=True)
class Said:
    kind: str
    subjects: tuple[str, ...]


def _row(name: str, rng: random.Random) -> Row:
    day = rng.choice([None, 10, 11, 15])
    place = rng.choice([(None, None), (46.66, 32.62), (49.98, 36.25)])
    family = rng.choice([None, "remote", "abduction"])
    return Row(
        name, f"d{rng.randrange(6)}", day, day, False, place[0], place[1], False, None, "UA", None, family, None, None, None, None, None
    )  # fmt: skip


def _case(rng: random.Random) -> tuple[list[Row], list[Pair], list[Said], list[tuple[str, ...]]]:
    names = [f"c{n}" for n in range(rng.randint(2, 6))]
    rows = [_row(name, rng) for name in names]
    pairs = [Pair(a, b, rng.uniform(-4, 9), (), rng.random()) for n, a in enumerate(names) for b in names[n + 1 :] if rng.random() < 0.7]
    said = [Said(rng.choice(["same", "distinct"]), tuple(rng.sample(names, 2))) for _ in range(rng.randint(1, 4))]
    stories = [tuple(rng.sample(names, 2))] if rng.random() < 0.5 else []
    return rows, pairs, said, stories


def _check(rows: list[Row], pairs: list[Pair], said: list[Said], stories: list[tuple[str, ...]]) -> None:
    plain = [r.unique_id for r in rows]
    groups = cluster(rows, pairs, said, stories=stories, plain=plain)
    home = {claim: n for n, group in enumerate(groups) for claim in group}
    assert sorted(home) == sorted(plain)
    apart = [s for s in said if s.kind == "distinct"]
    assert all(home[s.subjects[0]] != home[s.subjects[1]] for s in apart)
    if not apart:
        assert all(home[s.subjects[0]] == home[s.subjects[1]] for s in said)


@pytest.mark.slow
def test_no_decision_is_overruled() -> None:
    rng = random.Random(5)
    for _ in range(CASES):
        _check(*_case(rng))


def test_the_order_of_claims_and_pairs_does_not_matter() -> None:
    rng = random.Random(6)
    for _ in range(300):
        rows, pairs, said, stories = _case(rng)
        expected = cluster(rows, pairs, said, stories=stories)
        assert cluster(rng.sample(rows, len(rows)), rng.sample(pairs, len(pairs)), said, stories=stories) == expected


def test_a_person_may_join_what_one_document_tells_as_two() -> None:
    rng = random.Random(7)
    rows = [_row("a", rng), _row("b", rng)]
    assert cluster(rows, [], [Said("same", ("a", "b"))]) == (("a", "b"),)
    assert cluster(rows, [], [Said("same", ("a", "b")), Said("distinct", ("a", "b"))]) == (("a",), ("b",))
    assert cluster(rows, [], [Said("same", ("a", "gone")), Said("accept", ("a",))]) == (("a",), ("b",))
