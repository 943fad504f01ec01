"""Overlap of sources, and how many incidents none of them tells."""

import datetime as dt

import numpy as np
import pytest

from witnessmark.assess.patterns import Event, undercount

DAY = dt.date(2024, 1, 1)


def _seen(total: int, chances: list[float], seed: int = 3) -> list[Event]:
    rng = np.random.default_rng(seed)
    out = []
    for n in range(total):
        sources = frozenset(f"source {at}" for at, chance in enumerate(chances) if rng.random() < chance)
        if sources:
            out.append(Event(f"e{n}", DAY, None, sources=sources))
    return out


@pytest.mark.parametrize("chances", [[0.5, 0.4], [0.5, 0.4, 0.3], [0.5, 0.4, 0.3, 0.4]])
def test_what_independent_sources_leave_out_is_estimated(chances: list[float]) -> None:
    events = _seen(400, chances)
    found = undercount(events)
    assert found.estimate is not None, found.refusal
    assert found.seen == len(events) < 400
    assert found.estimate.low <= 400 <= found.estimate.high
    assert sum(o.incidents for o in found.overlaps) == found.seen


def test_two_sources_give_chapmans_figure() -> None:
    events = [
        Event(f"{n}", DAY, None, sources=s) for n, s in enumerate([frozenset("a")] * 30 + [frozenset("b")] * 20 + [frozenset("ab")] * 10)
    ]
    found = undercount(events)
    assert found.estimate is not None
    assert found.estimate.value == pytest.approx(41 * 31 / 11 - 1)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (_seen(100, [0.5]), "one source"),
        (_seen(30, [0.4, 0.3]), "are needed"),
        ([Event(f"{n}", DAY, None, sources=frozenset({f"s{n % 2}"})) for n in range(60)], "told by more than one"),
    ],
)
def test_where_the_table_allows_no_estimate_the_reason_is_given(events: list[Event], words: str) -> None:
    found = undercount(events)
    assert found.estimate is None
    assert words in found.refusal
    assert found.assumptions
