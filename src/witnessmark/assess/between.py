"""Contradictions between documents that tell of one incident.

A later figure that differs is an update, not a contradiction: two tolls contradict only when both were published on one day or when the
later one is the lower.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.model import Contradiction, Incident, IncidentClaim, Mention, PlaceValue, Quantity, Span
from witnessmark.model.comparing import bounds_meet, coarse, days_apart, distance_km

# Two settlements farther apart than this, in km, are two places: the radius within which the development reports count a place as right.
OTHER_PLACE_KM = 25.0


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
        for a, b in itertools.combinations(members, 2):
            if a.document != b.document:
                out += _pair(a, b, days)
    return tuple(sorted(out, key=lambda c: c.identifier))


def _pair(a: IncidentClaim, b: IncidentClaim, days: Mapping[str, dt.date | None]) -> Iterator[Contradiction]:
    for field, one, two in (("killed", a.killed, b.killed), ("injured", a.injured, b.injured)):
        if one is not None and two is not None and _tolls_clash(one.value, two.value, days.get(a.document), days.get(b.document)):
            yield from _made(field, a, b, one, two)
    if a.perpetrator is not None and b.perpetrator is not None and a.perpetrator.value.name != b.perpetrator.value.name:
        yield from _made("perpetrator", a, b, a.perpetrator, b.perpetrator)
    yield from _weapons(a, b)
    if a.place is not None and b.place is not None and _places_clash(a.place.value, b.place.value):
        yield from _made("place", a, b, a.place, b.place)
    if a.date is not None and b.date is not None and days_apart(a.date.value, b.date.value) > 1:
        yield from _made("date", a, b, a.date, b.date)


def _places_clash(a: PlaceValue, b: PlaceValue) -> bool:
    return not coarse(a) and not coarse(b) and OTHER_PLACE_KM < distance_km(a, b) < math.inf


def _tolls_clash(a: Quantity, b: Quantity, day_a: dt.date | None, day_b: dt.date | None) -> bool:
    if bounds_meet(a, b):
        return False
    if day_a is None or day_b is None or day_a == day_b:
        return True
    earlier, later = (a, b) if day_a < day_b else (b, a)
    return (later.maximum if later.maximum is not None else later.minimum or 0) < (earlier.minimum or 0)


def _weapons(a: IncidentClaim, b: IncidentClaim) -> Iterator[Contradiction]:
    mine = {(m.value.weapon or "").split(".")[0] for m in a.munitions} - {"", "unknown", "unknown_explosive"}
    theirs = {(m.value.weapon or "").split(".")[0] for m in b.munitions} - {"", "unknown", "unknown_explosive"}
    if mine and theirs and not mine & theirs:
        yield from _made("munition", a, b, a.munitions[0], b.munitions[0])


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
