"""Rows joined to incidents, heaviest pair first, as long as nothing in the two groups clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.incidents.tables.alike import Alike
from witnessmark.incidents.tables.scoring import SPAN_DAYS

_NONE = -1


def join(claims: Mapping[str, list[Any]], pairs: Mapping[str, list[Any]], learned: Sequence[Alike]) -> tuple[list[int], int]:
    """The group of each row, named by its first row, and how many pairs were refused.

    ``claims`` holds the columns day, place, munition and target (None where not stated); ``pairs`` the columns one and other, heaviest first. Two
    groups clash when their days lie too far apart, or when place, munition or target are known to be two things.
    """
    munition, target = learned
    state = _State(
        list(claims["day"]),
        _coded(claims["place"], None),
        _coded(claims["munition"], munition.group),
        _coded(claims["target"], target.group),
        munition.apart,
        target.apart,
    )
    refused = sum(not state.join(a, b) for a, b in zip(pairs["one"], pairs["other"], strict=True))
    return [state.home(row) for row in range(len(state.parent))], refused


class _State:
    """Groups as a forest over the rows; the root of each holds what its rows state."""

    def __init__(
        self,
        days: list[int | None],
        places: list[int],
        munitions: list[int],
        targets: list[int],
        munitions_apart: frozenset[tuple[int, int]],
        targets_apart: frozenset[tuple[int, int]],
    ) -> None:
        self.parent = list(range(len(days)))
        self.first = days
        self.last = list(days)
        self.places = places
        self.munitions = munitions
        self.targets = targets
        self.munitions_apart = munitions_apart
        self.targets_apart = targets_apart

    def home(self, row: int) -> int:
        """The root of the group of ``row``."""
        parent = self.parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, a: int, b: int) -> bool:
        """Join the groups of two rows; False when they clash."""
        one, other = self.home(a), self.home(b)
        if one == other:
            return True
        if other < one:
            one, other = other, one
        first, last = self._days(one, other)
        if self._clash(one, other) or (first is not None and last is not None and last - first > SPAN_DAYS):
            return False
        self.parent[other] = one
        self.first[one], self.last[one] = first, last
        for values in (self.places, self.munitions, self.targets):
            if values[one] == _NONE:
                values[one] = values[other]
        return True

    def _days(self, one: int, other: int) -> tuple[int | None, int | None]:
        a, b, c, d = self.first[one], self.first[other], self.last[one], self.last[other]
        if a is None or c is None:
            return b, d
        if b is None or d is None:
            return a, c
        return min(a, b), max(c, d)

    def _clash(self, one: int, other: int) -> bool:
        place, that = self.places[one], self.places[other]
        if place != that and place != _NONE and that != _NONE:
            return True
        if (self.munitions[one], self.munitions[other]) in self.munitions_apart:
            return True
        return (self.targets[one], self.targets[other]) in self.targets_apart


def _coded(texts: list[str | None], group: Mapping[str, int] | None) -> list[int]:
    """A column of texts as small numbers, -1 where nothing is stated or known."""
    if group is not None:
        return [_NONE if text is None else group.get(text, _NONE) for text in texts]
    numbers: dict[str, int] = {}
    return [_NONE if text is None else numbers.setdefault(text, len(numbers)) for text in texts]
