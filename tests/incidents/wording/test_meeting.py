"""Which documents meet under shared words, looked for around what changed, is what looking at all of them gives."""

from __future__ import annotations

import random

import numpy as np
import pytest

from witnessmark.incidents.wording import meeting
from witnessmark.incidents.wording.meeting import Meetings, packed

WINDOW, SHARED = 2, 2


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting, "WINDOW", WINDOW)


def _words(rng: random.Random) -> list[int]:
    return rng.sample(range(8), rng.randint(0, 4))


def _met(days: list[int], words: list[list[int]], chosen: list[bool]) -> dict[tuple[int, int], int]:
    """Under how many words each pair of the ``chosen`` meets: the plain definition."""
    found: dict[tuple[int, int], int] = {}
    for word in range(8):
        there = sorted((n for n in range(len(days)) if chosen[n] and word in words[n]), key=lambda n: (days[n], n))
        for at, one in enumerate(there):
            for other in there[at + 1 : at + 1 + WINDOW]:
                pair = min(one, other), max(one, other)
                found[pair] = found.get(pair, 0) + 1
    return found


@pytest.mark.parametrize("seed", range(30))
def test_pairs_come_and_go_as_all_pairs_say(seed: int) -> None:
    rng = random.Random(seed)
    days = [rng.choice([0, 0, 1, 738000]) for _ in range(25)]
    words = [_words(rng) for _ in days]
    fresh = [rng.random() < 0.2 for _ in days]
    whole = Meetings.of(days, [packed(np.array(w, np.int64)) for w in words])
    now, was = _met(days, words, [True] * len(days)), _met(days, words, [not f for f in fresh])
    enough = {pair for pair, times in now.items() if times >= SHARED}
    come = {(int(a), int(b)) for one, other in whole.of_anchors(np.array(fresh)) for a, b in zip(one, other, strict=True)}
    assert come == {pair for pair in enough if fresh[pair[0]] or fresh[pair[1]]}
    pushed = list(zip(*(side.tolist() for side in whole.pushed(np.array(fresh))), strict=True))
    parted = {pair for pair, times in was.items() if times >= SHARED and pair not in enough}
    assert parted <= set(pushed)
    assert {pair for pair in pushed if fresh[pair[0]] or fresh[pair[1]]} == set()
    if pushed:
        one, other = (np.array(side, np.int64) for side in zip(*pushed, strict=True))
        assert {pair for pair, still in zip(pushed, whole.still(one, other).tolist(), strict=True) if still} == enough & set(pushed)


def test_days_too_far_apart_for_one_number_are_sorted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(3)
    days = [rng.choice([1, 5, 738000]) for _ in range(40)]
    words = [packed(np.array(_words(rng), np.int64)) for _ in days]
    short = Meetings.of(days, words)
    monkeypatch.setattr(meeting, "BUCKETS", 1 << 60)
    long = Meetings.of(days, words)
    assert short.owner.tolist() == long.owner.tolist()
    assert short.places.tolist() == long.places.tolist()


def test_no_documents_meet_nobody() -> None:
    empty = Meetings.of([], [])
    assert [side.tolist() for side in empty.pushed(np.zeros(0, bool))] == [[], []]
