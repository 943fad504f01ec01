"""Clusters under constraints.

Invariants: a person's "distinct" is never overruled, and a person's "same" is respected as long as no "distinct" stands against it. Short of
those, no cluster holds two claims of one document, nor two that exclude each other, unless the wording of the reports speaks for their being one
story. Links alone chain distinct incidents of a front-line town together; so groups are joined by average linkage.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.evidence import Pair, chance
from witnessmark.incidents.rows import Row
from witnessmark.model.comparing import Point, points_apart_km

T = TypeVar("T")

MERGE_AT = 0.4
"""Mean chance at which two groups are held to be one. Cross-validated on the shooting reports .3 to .5 gave pair F1 within .01; on the development reports
the groups were the same."""
LINK_AT = 2.0
"""Weight that at least one pair between two groups has to have: odds of 4 to 1. On dev2 0 to 4 were tried; 2 gave the best pairwise F1 and no
near-miss merge, and held on dev."""
_TOLD_ALIKE = 0.8
"""Chance, told by the wording of two reports, from which on they may disagree in day and place: one of the two readings is then the likelier error."""
_VIOLENT = frozenset({"remote", "shooting", "ground", "killing"})
_HANDS_ON = frozenset({"shooting", "ground", "killing", "abduction", "detention", "torture", "sexual_violence", "property"})
_FAR_KM = 30.0
_FAR_DAYS = 2
_FAR_SOFT_DAYS = 6
"""The same where a side gives only the day of its report, or a month."""


@dataclass(slots=True)
class _Days:
    """The latest first day and the earliest last day of some claims, as ordinals; None when no claim states days."""

    start: int | None = None
    end: int | None = None

    def add(self, start: int | None, end: int | None) -> None:
        if start is not None and end is not None:
            self.start = start if self.start is None else max(self.start, start)
            self.end = end if self.end is None else min(self.end, end)

    def apart(self, other: _Days) -> int:
        """Days between the two claims, one of each side, that lie farthest apart; 0 when they meet or say nothing."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return 0
        return max(self.start - other.end, other.start - self.end, 0)


_NONE: frozenset[Any] = frozenset()


@functools.lru_cache(maxsize=4096)
def _alone(value: T) -> frozenset[T]:
    """The set of one value: many claims state the same place, country and family, and most stay alone."""
    return frozenset((value,))


def _both(mine: AbstractSet[T], others: AbstractSet[T]) -> AbstractSet[T]:
    """The values of both. ``mine`` grows if it can, for then it has one owner; what cannot grow may be shared."""
    if others <= mine:
        return mine
    grown = mine if isinstance(mine, set) else set(mine)
    grown |= others
    return grown


@dataclass(slots=True)
class Group:
    """Claims held to tell of one incident, with what they state: enough to tell whether any two claims of two groups clash, without looking
    at every two. ``hard`` are stated days, ``soft`` days of reports and months; ``points`` those of settlements and finer."""

    members: list[str] = field(default_factory=list)
    documents: AbstractSet[str] = _NONE
    hard: _Days = field(default_factory=_Days)
    soft: _Days = field(default_factory=_Days)
    points: AbstractSet[Point] = _NONE
    countries: AbstractSet[str] = _NONE
    families: AbstractSet[str] = _NONE

    @classmethod
    def of(cls, row: Row) -> Group:
        """The group of one claim."""
        group = cls(members=[row.unique_id], documents=frozenset((row.document,)))
        (group.soft if row.day_soft else group.hard).add(row.day_from, row.day_to)
        if not row.place_coarse:
            group.points = _alone((row.latitude, row.longitude))
        if row.country is not None:
            group.countries = _alone(row.country)
        if row.family is not None:
            group.families = _alone(row.family)
        return group

    def absorb(self, other: Group) -> None:
        """Take in the claims of ``other``."""
        self.members += other.members
        self.documents = _both(self.documents, other.documents)
        self.hard.add(other.hard.start, other.hard.end)
        self.soft.add(other.soft.start, other.soft.end)
        self.points = _both(self.points, other.points)
        self.countries = _both(self.countries, other.countries)
        self.families = _both(self.families, other.families)

    def clashes(self, other: Group) -> bool:
        """True when some claim of each cannot tell of one incident: told apart by one document, on days or at places that exclude each
        other, or as acts of different nature."""
        return not self.documents.isdisjoint(other.documents) or next(self.reasons_against(other), None) is not None

    def reasons_against(self, other: Group) -> Iterator[str]:
        """In words, why some claim of each cannot tell of one incident, documents apart."""
        if self._days_clash(other):
            yield "their days exclude each other"
        if any(a != b for a in self.countries for b in other.countries):
            yield "they lie in different countries"
        if any(_natures_clash(a, b) for a in self.families for b in other.families):
            yield "their acts are of different nature"
        if any(points_apart_km(a, b) > _FAR_KM for a in self.points for b in other.points):
            yield f"their places lie more than {_FAR_KM:g} km apart"

    def _days_clash(self, other: Group) -> bool:
        if self.hard.apart(other.hard) >= _FAR_DAYS:
            return True
        soft = max(self.soft.apart(other.soft), self.soft.apart(other.hard), self.hard.apart(other.soft))
        return soft >= _FAR_SOFT_DAYS


def _natures_clash(a: str, b: str) -> bool:
    """ "Shooting" and "massacre" may tell of one event; an abduction and a strike may not."""
    return a != b and not {a, b} <= _VIOLENT and not {a, b} <= _HANDS_ON


class Link(Protocol):
    """What a person decided on whether claims tell of one incident: ``same`` holds for all ``subjects`` (claim ids) together, ``distinct`` for the first
    against each of the others. Only decisions that are in force are given, in the order in which they were taken."""

    @property
    def kind(self) -> str:
        """same or distinct; other kinds are passed over."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """Claim ids; those that are no longer there are passed over."""


def cluster(
    rows: Sequence[Row],
    pairs: Iterable[Pair],
    decisions: Iterable[Link] = (),
    *,
    stories: Iterable[Sequence[str]] = (),
    plain: Collection[str] = (),
) -> tuple[tuple[str, ...], ...]:
    """Groups of claim ids. ``stories`` are main claims of reports that tell one story: they are joined first, after what people decided; those
    in ``plain`` even where day or place speak against it. Claims in ``stories`` and ``plain`` that are not among the rows are passed over.

    The order of ``rows`` and ``pairs`` does not matter; that of ``decisions`` does only where they contradict each other.
    """
    ordered = sorted(rows, key=lambda r: r.unique_id)
    number = {r.unique_id: n for n, r in enumerate(ordered)}
    told = [pair for story in sorted(map(sorted, stories)) for pair in _chain(story, number, plain)]
    state = _State(ordered, _decided(decisions, number))
    state.tell(told, {number[p] for p in plain if p in number})
    together = (*state.decided.same, *told)
    # All links are taken in, and their pairs noted, before anything is joined.
    links = state.links(pairs, number)
    homes = average_linkage(len(ordered), links, at_least=MERGE_AT, together=together, allowed=state.allowed, joined=state.joined)
    members: dict[int, list[str]] = {}
    for row, home in zip(ordered, homes, strict=True):
        members.setdefault(home, []).append(row.unique_id)
    return tuple(sorted(tuple(group) for group in members.values()))


def _chain(story: Sequence[str], number: Mapping[str, int], plain: Collection[str]) -> list[tuple[int, int]]:
    """Each claim of a story with its first one, the plain ones before the others."""
    first, *others = sorted(story, key=lambda c: (c not in plain, c))
    return [(number[first], number[other]) for other in others if first in number and other in number]


@dataclass(frozen=True, slots=True)
class _Decided:
    """Decisions by number of the claim: pairs to join, and for each claim those that it must not be with."""

    same: tuple[tuple[int, int], ...]
    distinct: Mapping[int, frozenset[int]]


def _decided(decisions: Iterable[Link], number: Mapping[str, int]) -> _Decided:
    same: list[tuple[int, int]] = []
    distinct: dict[int, set[int]] = {}
    for decision in decisions:
        known = [number[s] for s in decision.subjects if s in number]
        if decision.kind == "same":
            same += [(known[0], other) for other in known[1:]]
        elif decision.kind == "distinct" and decision.subjects[0] in number:
            for other in known[1:]:
                distinct.setdefault(known[0], set()).add(other)
                distinct.setdefault(other, set()).add(known[0])
    return _Decided(tuple(same), {claim: frozenset(others) for claim, others in distinct.items()})


def _both_ways(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    out: dict[int, set[int]] = {}
    for a, b in pairs:
        out.setdefault(a, set()).add(b)
        out.setdefault(b, set()).add(a)
    return out


class _State:
    """What the groups hold while they grow: ``alike`` are for each those claims whose reports are told so much alike that day and place do not part them, ``likely`` those
    that it would be joined with if nothing else were known, ``foes`` those that a person kept apart from it."""

    def __init__(self, rows: Sequence[Row], decided: _Decided) -> None:
        self.groups = [Group.of(row) for row in rows]
        self.members: list[AbstractSet[int]] = [frozenset((n,)) for n in range(len(rows))]
        self.decided = decided
        self.alike: list[AbstractSet[int]] = [_NONE] * len(rows)
        self.likely: list[AbstractSet[int]] = [_NONE] * len(rows)
        self.foes: list[AbstractSet[int]] = [decided.distinct.get(n, _NONE) for n in range(len(rows))]
        self._forced = _both_ways(decided.same)

    def links(self, pairs: Iterable[Pair], number: Mapping[str, int]) -> Iterator[tuple[int, int, float]]:
        """The chances of ``pairs``, noted one by one: a large case has millions."""
        for pair in pairs:
            a, b = number[pair.left], number[pair.right]
            if pair.told_alike >= _TOLD_ALIKE:
                _note(self.alike, a, b)
            if pair.weight >= LINK_AT:
                _note(self.likely, a, b)
            yield a, b, chance(pair.weight)

    def tell(self, told: Sequence[tuple[int, int]], plain: Collection[int]) -> None:
        """Note the pairs ``told`` in one story, and which of them may disagree in day and place."""
        for a, b in told:
            _note(self.likely, a, b)
            if a in plain and b in plain:
                _note(self.alike, a, b)

    def allowed(self, a: int, b: int) -> bool:
        """True when nothing speaks against joining two groups."""
        if not self.foes[a].isdisjoint(self.members[b]):
            return False
        if any(not self._forced.get(x, _NONE).isdisjoint(self.members[b]) for x in self.members[a] if self._forced):
            return True
        one, other = self.groups[a], self.groups[b]
        if not one.documents.isdisjoint(other.documents):
            return False
        if not self.alike[a].isdisjoint(self.members[b]):
            return True
        return not self.likely[a].isdisjoint(self.members[b]) and not one.clashes(other)

    def joined(self, a: int, b: int) -> None:
        """Group ``b`` went into ``a``."""
        self.groups[a].absorb(self.groups[b])
        for sets in (self.members, self.alike, self.likely, self.foes):
            sets[a], sets[b] = _both(sets[a], sets[b]), _NONE


def _note(sets: list[AbstractSet[int]], a: int, b: int) -> None:
    sets[a], sets[b] = _both(sets[a], {b}), _both(sets[b], {a})
