"""Contradictions between documents that tell of one incident.

A later figure that differs is an update, not a contradiction: two tolls contradict only when both were published on one day or when the
later one is the lower.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias

from witnessmark.model import Contradiction, Incident, IncidentClaim, Mention, PlaceValue, Quantity, Span
from witnessmark.model.comparing import bounds_meet, coarse, days_apart, distance_km
from witnessmark.vocabulary import families

# Two settlements farther apart than this, in km, are two places: the radius within which the development reports count a place as right.
OTHER_PLACE_KM = 25.0

EVERY_PAIR = 30
"""Claims of one incident up to which every two of them are compared. Of more, claims that state the same are compared once: what hundreds of
documents tell alike needs no hundreds of lines, and the work stays in proportion to the claims."""
DISTINCT = 30
"""Different values of one field that are compared in such an incident, those that most claims state first."""

_Field: TypeAlias = Callable[[IncidentClaim, IncidentClaim, "_Days"], Iterator[Contradiction]]
_Days: TypeAlias = Mapping[str, dt.date | None]


def between_documents(
    incidents: Sequence[Incident],
    claims: Mapping[str, IncidentClaim],
    *,
    published: Mapping[str, dt.date | None] | None = None,
) -> tuple[Contradiction, ...]:
    """Typed contradictions of each incident's claims from different documents. ``claims`` by claim id, ``published`` by document id."""
    days = published or {}
    out: list[Contradiction] = []
    for incident in incidents:
        members = [claims[c] for c in incident.claims]
        for compare, stated in _FIELDS:
            told = members if len(members) <= EVERY_PAIR else _distinct(members, stated, days)
            for a, b in itertools.combinations(told, 2):
                if a.document != b.document:
                    out += compare(a, b, days)
    return tuple(sorted(out, key=lambda c: c.identifier))


def _distinct(members: Sequence[IncidentClaim], stated: Callable[[IncidentClaim, _Days], Hashable], days: _Days) -> list[IncidentClaim]:
    """The first claim of each value that is ``stated``, the commonest values first; claims that do not state the field are left out."""
    first: dict[Hashable, IncidentClaim] = {}
    counts: Counter[Hashable] = Counter()
    for claim in members:
        value = stated(claim, days)
        if value is not None:
            first.setdefault(value, claim)
            counts[value] += 1
    return [first[value] for value, _ in counts.most_common(DISTINCT)]


def _toll_pair(field: str) -> _Field:
    def compare(a: IncidentClaim, b: IncidentClaim, days: _Days) -> Iterator[Contradiction]:
        one, two = getattr(a, field), getattr(b, field)
        if one is not None and two is not None and _tolls_clash(one.value, two.value, days.get(a.document), days.get(b.document)):
            yield from _made(field, a, b, one, two)

    return compare


def _toll_of(field: str) -> Callable[[IncidentClaim, _Days], Hashable]:
    def stated(claim: IncidentClaim, days: _Days) -> Hashable:
        told = getattr(claim, field)
        return None if told is None else (told.value.minimum, told.value.maximum, days.get(claim.document))

    return stated


def _parties(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    if a.perpetrator is not None and b.perpetrator is not None and a.perpetrator.value.name != b.perpetrator.value.name:
        yield from _made("perpetrator", a, b, a.perpetrator, b.perpetrator)


def _places(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    if a.place is not None and b.place is not None and _places_clash(a.place.value, b.place.value):
        yield from _made("place", a, b, a.place, b.place)


def _dates(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    if a.date is not None and b.date is not None and days_apart(a.date.value, b.date.value) > 1:
        yield from _made("date", a, b, a.date, b.date)


def _weapons(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    mine, theirs = _weapons_of(a), _weapons_of(b)
    if mine and theirs and not mine & theirs:
        yield from _made("munition", a, b, a.munitions[0], b.munitions[0])


def _weapons_of(claim: IncidentClaim) -> frozenset[str]:
    """The classes of weapon that a claim names."""
    return frozenset((m.value.weapon or "").split(".")[0] for m in claim.munitions) - {"", "unknown", "unknown_explosive"}


def _acts(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    """Acts of two families ("an air strike", "debris of an intercepted missile"): the vocabulary says which exclude each other."""
    one, two = _act_of(a), _act_of(b)
    if one and two and one != two:
        yield from _made("act", a, b, a.act, b.act)


def _act_of(claim: IncidentClaim) -> str:
    return families("act").get(claim.act.value, "")


def _objects(a: IncidentClaim, b: IncidentClaim, _days: _Days) -> Iterator[Contradiction]:
    """A military object, where the other claim names civilian ones only, and the other way round. Several objects can be hit at once, so a claim
    that names both, or something that can be either, contradicts neither."""
    one, two = _objects_of(a), _objects_of(b)
    if one and two and one != two:
        yield from _made("object", a, b, a.objects[0], b.objects[0])


def _objects_of(claim: IncidentClaim) -> str:
    """The one family of all objects of ``claim``; empty when there are several, none, or one without a family."""
    found = {families("object").get(m.value.kind, "") for m in claim.objects}
    return found.pop() if len(found) == 1 else ""


_FIELDS: tuple[tuple[_Field, Callable[[IncidentClaim, _Days], Hashable]], ...] = (
    (_toll_pair("killed"), _toll_of("killed")),
    (_toll_pair("injured"), _toll_of("injured")),
    (_parties, lambda c, _: c.perpetrator.value.name if c.perpetrator else None),
    (_weapons, lambda c, _: _weapons_of(c) or None),
    (_places, lambda c, _: (c.place.value.latitude, c.place.value.longitude, c.place.value.precision) if c.place else None),
    (_acts, lambda c, _: _act_of(c) or None),
    (_objects, lambda c, _: _objects_of(c) or None),
    (_dates, lambda c, _: (c.date.value.earliest, c.date.value.latest) if c.date and c.date.span else None),
)
"""How two claims are compared in each field, and what a claim states there: claims that state the same contradict the same others."""


def _places_clash(a: PlaceValue, b: PlaceValue) -> bool:
    return not coarse(a) and not coarse(b) and OTHER_PLACE_KM < distance_km(a, b) < math.inf


def _tolls_clash(a: Quantity, b: Quantity, day_a: dt.date | None, day_b: dt.date | None) -> bool:
    if bounds_meet(a, b):
        return False
    if day_a is None or day_b is None or day_a == day_b:
        return True
    earlier, later = (a, b) if day_a < day_b else (b, a)
    return (later.maximum if later.maximum is not None else later.minimum or 0) < (earlier.minimum or 0)


def _made(field: str, a: IncidentClaim, b: IncidentClaim, one: Mention[object], two: Mention[object]) -> Iterator[Contradiction]:
    """Nothing when a side has no words of its own (a publication date)."""
    if one.span is None or two.span is None:
        return
    sides: list[tuple[str, Span, str, str]] = sorted(
        [(a.document, one.span, one.quote, a.identifier), (b.document, two.span, two.quote, b.identifier)]
    )
    raw = ":".join([field, *(f"{d}@{s.start}" for d, s, _, _ in sides)])
    yield Contradiction(
        identifier="x-" + hashlib.sha256(raw.encode()).hexdigest()[:12],
        field=field,
        kind="between_documents",
        documents=(sides[0][0], sides[1][0]),
        spans=(sides[0][1], sides[1][1]),
        quotes=(sides[0][2], sides[1][2]),
        note=f"{sides[0][2]} against {sides[1][2]}",
        claims=(sides[0][3], sides[1][3]),
        rule=f"between:{field}",
    )
