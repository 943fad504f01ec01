"""Clusters under constraints.

Invariant: no cluster holds two claims that cannot be of one incident. Links alone chain distinct incidents of a front-line town together; so
pairs are taken heaviest first and a merge is refused when any two members clash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from witnessmark.incidents.linkage import Pair
from witnessmark.incidents.rows import Row
from witnessmark.model.comparing import Point, points_apart_km

# Odds of 4 to 1 that two claims are of one incident. On dev2 thresholds from 0 to 4 were tried; 2 gave the best pairwise F1 and no near-miss
# merge, and held on dev.
MERGE_AT = 2.0
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


@dataclass(slots=True)
class Group:
    """Claims held to tell of one incident, with what they state: enough to tell whether any two claims of two groups clash, without looking
    at every two. ``hard`` are stated days, ``soft`` days of reports and months; ``points`` those of settlements and finer."""

    members: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    hard: _Days = field(default_factory=_Days)
    soft: _Days = field(default_factory=_Days)
    points: set[Point] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, row: Row) -> Group:
        """The group of one claim."""
        group = cls(members=[row.unique_id], documents={row.document})
        (group.soft if row.day_soft else group.hard).add(row.day_from, row.day_to)
        if not row.place_coarse:
            group.points.add((row.latitude, row.longitude))
        if row.country is not None:
            group.countries.add(row.country)
        if row.family is not None:
            group.families.add(row.family)
        return group

    def absorb(self, other: Group) -> None:
        """Take in the claims of ``other``."""
        self.members += other.members
        self.documents |= other.documents
        self.hard.add(other.hard.start, other.hard.end)
        self.soft.add(other.soft.start, other.soft.end)
        self.points |= other.points
        self.countries |= other.countries
        self.families |= other.families

    def clashes(self, other: Group) -> bool:
        """True when some claim of each cannot tell of one incident: told apart by one document, on days or at places that exclude each
        other, or as acts of different nature."""
        return (
            not self.documents.isdisjoint(other.documents)
            or self._days_clash(other)
            or any(a != b for a in self.countries for b in other.countries)
            or any(_natures_clash(a, b) for a in self.families for b in other.families)
            or any(points_apart_km(a, b) > _FAR_KM for a in self.points for b in other.points)
        )

    def _days_clash(self, other: Group) -> bool:
        if self.hard.apart(other.hard) >= _FAR_DAYS:
            return True
        soft = max(self.soft.apart(other.soft), self.soft.apart(other.hard), self.hard.apart(other.soft))
        return soft >= _FAR_SOFT_DAYS


def _natures_clash(a: str, b: str) -> bool:
    """ "Shooting" and "massacre" may tell of one event; an abduction and a strike may not."""
    return a != b and not {a, b} <= _VIOLENT and not {a, b} <= _HANDS_ON


def cluster(rows: Sequence[Row], pairs: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    """Groups of claim ids. ``pairs`` come heaviest first."""
    group = {r.unique_id: Group.of(r) for r in rows}
    for pair in pairs:
        if pair.weight < MERGE_AT:
            break
        left, right = group[pair.left], group[pair.right]
        if left is right or left.clashes(right):
            continue
        if len(left.members) < len(right.members):
            left, right = right, left
        left.absorb(right)
        for member in right.members:
            group[member] = left
    unique = {id(g): tuple(sorted(g.members)) for g in group.values()}
    return tuple(sorted(unique.values()))
