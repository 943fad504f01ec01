"""Forming again what a change touches, of things that are grouped by average linkage, and nothing else.

Two groups can only be joined where one of their pairs is strong enough by itself. So a group is held against its neighbours, which are the groups that
such a pair leads to: it is formed again together with them, and when they come out as they were, everything beyond them does too. A neighbour that
does not is formed again with its own neighbours.

Why that is exact. A group of the outcome grew by joining its own members; what lies outside it had no part in that. Whether two groups are joined on the
way depends on these two alone: on the pairs between them and on what each of them was at that moment. So an outcome is that of forming everything at once if
no two groups of it that a strong pair links join when they are formed together; and of every two, one was formed again in the presence of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

ROUNDS = 20
"""Rounds after which neighbours are formed again without being held against first, which ends at whole parts of what is linked."""


class Ground(Protocol):
    """Things by number and the groups (homes, by number) in which they are kept."""

    def members(self, homes: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The things in ``homes``, each with its home."""

    def linked(self, things: Mapping[int, int | None]) -> Iterator[tuple[int, int, int | None]]:
        """Each of ``things`` with another one that it could join, and the home of that one, if it has one."""

    def formed(self, things: Sequence[int]) -> list[tuple[int, ...]]:
        """The groups that ``things`` fall into when nothing else is there."""

    def settle(self, groups: Sequence[tuple[int, ...]]) -> list[int]:
        """Keep ``groups``; gives their new numbers."""


def reform(ground: Ground, homes: Iterable[int], fresh: Iterable[int]) -> tuple[set[int], list[int]]:
    """Form ``homes`` and ``fresh`` things again: the numbers of the homes that are no more, and of those that took their place."""
    dropped: set[int] = set()
    made: set[int] = set()
    waiting: dict[int, int | None] = dict.fromkeys(fresh) | dict(ground.members(homes))
    dropped.update(homes)
    rounds = 0
    while waiting:
        rounds += 1
        again: set[int] = set()
        left: dict[int, int | None] = {}
        accepted: list[tuple[int, ...]] = []
        for moving, beside in _neighbourhoods(ground, waiting):
            touched = _changed(ground, moving, beside, accepted) if rounds <= ROUNDS or not beside else set(beside)
            if touched:
                again |= touched
                left |= {thing: waiting[thing] for thing in moving}
        made.update(ground.settle(accepted))
        dropped |= again
        waiting = left | dict(ground.members(again))
    return dropped - made, sorted(made - dropped)


def _changed(ground: Ground, moving: Sequence[int], beside: Mapping[int, Sequence[int]], accepted: list[tuple[int, ...]]) -> set[int]:
    """The homes ``beside`` that do not come out as they were; where all of them do, the groups of the ``moving`` things are ``accepted``."""
    groups = ground.formed(sorted([*moving, *(thing for things in beside.values() for thing in things)]))
    known = {tuple(sorted(group)) for group in groups}
    touched = {home for home, things in beside.items() if tuple(sorted(things)) not in known}
    if not touched:
        resting = {thing for things in beside.values() for thing in things}
        accepted += [group for group in groups if resting.isdisjoint(group)]
    return touched


def _neighbourhoods(ground: Ground, waiting: Mapping[int, int | None]) -> Iterator[tuple[list[int], dict[int, list[int]]]]:
    """The ``waiting`` things that are linked with each other, directly or through a home beside them, with those homes."""
    union = Union(waiting)
    entered: dict[int, int] = {}
    for thing, other, home in ground.linked(waiting):
        if other in waiting:
            union.join(thing, other)
        elif home is not None:
            union.join(thing, entered.setdefault(home, thing))
    beside: dict[int, list[int]] = {}
    for thing, home in ground.members(entered):
        beside.setdefault(home, []).append(thing)
    homes: dict[int, dict[int, list[int]]] = {}
    for home, thing in entered.items():
        homes.setdefault(union.home(thing), {})[home] = beside.get(home, [])
    for moving in union.parts():
        yield moving, homes.get(union.home(moving[0]), {})


class Union:
    """Things that are joined, directly or through others (union-find)."""

    def __init__(self, things: Iterable[int]) -> None:
        self._parent = {thing: thing for thing in sorted(things)}

    def home(self, thing: int) -> int:
        """The thing that stands for all that are joined with ``thing``."""
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing

    def join(self, one: int, other: int) -> None:
        """Join two things and what they are joined with."""
        a, b = self.home(one), self.home(other)
        if a < b:
            self._parent[b] = a
        elif b < a:
            self._parent[a] = b

    def parts(self) -> list[list[int]]:
        """What is joined, part by part."""
        found: dict[int, list[int]] = {}
        for thing in self._parent:
            found.setdefault(self.home(thing), []).append(thing)
        return list(found.values())
