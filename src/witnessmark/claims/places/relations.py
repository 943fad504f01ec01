"""What neighbouring mentions say together: "between X and Y", and a part that two places share ("fired from X and from Y")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.places.geometry import midway
from witnessmark.claims.places.spans import Name
from witnessmark.claims.places.words import context
from witnessmark.model import Mention, PlaceValue
from witnessmark.statements.language.tokens import Token

_GAP = 5
"""Tokens at most between two ends: "and the town of", "Kherson, to"."""
_FARTHEST_KM = 400.0
"""Two places further apart than this from their middle have no useful point between them."""
_TOWN_KM = 5.0
"""From the point of a town to where its edge may be counted from."""
_PASSED_ON = frozenset({"origin", "home", "other"})
_FINE = frozenset({"P1", "P2", "P3", "P4"})


def related(mentions: list[Mention[PlaceValue]], names: Sequence[Name], tokens: Sequence[Token]) -> list[Mention[PlaceValue]]:
    """``mentions`` of ``names``, with the points of pairs joined by "between" and the roles that run on over "and" set.

    Both ends of a pair get the point halfway, with half the distance and the edge of a town as radius, and precision P4.
    """
    out = list(mentions)
    for i in range(1, len(out)):
        gap = [t.lower for t in tokens[names[i - 1].last : names[i].first]]
        if not gap or len(gap) > _GAP or names[i].sentence != names[i - 1].sentence:
            continue
        if out[i - 1].value.relation == "between" and not context().between_joins.isdisjoint(gap) and _open(out, i - 1):
            out[i - 1], out[i] = _between(out[i - 1], out[i])
        if out[i].value.role == "event" and out[i - 1].value.role in _PASSED_ON and _runs_on(gap):
            out[i] = replace(out[i], value=replace(out[i].value, role=out[i - 1].value.role))
    return [
        _alone(m) if m.value.relation == "between" and m.value.precision == "P4" and not _paired(out, i) else m for i, m in enumerate(out)
    ]


def _paired(mentions: Sequence[Mention[PlaceValue]], at: int) -> bool:
    here = mentions[at].value
    return any(
        m.value.relation == "between" and m.value.latitude == here.latitude
        for m in (*mentions[max(0, at - 1) : at], *mentions[at + 1 : at + 2])
    )


def _alone(mention: Mention[PlaceValue]) -> Mention[PlaceValue]:
    """ "on the road from X", whose other end is not named, is near X."""
    return replace(mention, value=replace(mention.value, relation="near"))


def _open(mentions: Sequence[Mention[PlaceValue]], at: int) -> bool:
    """True when the "between" before this mention has not been closed by the mention before it."""
    return at == 0 or mentions[at - 1].value.relation != "between"


def _between(a: Mention[PlaceValue], b: Mention[PlaceValue]) -> tuple[Mention[PlaceValue], Mention[PlaceValue]]:
    one, other = a.value, b.value
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return a, b
    if not {one.precision, other.precision} <= _FINE:
        return a, b
    lat, lon, half = midway(one.latitude, one.longitude, other.latitude, other.longitude)
    if half > _FARTHEST_KM:
        return a, b
    return _moved(a, lat, lon, half), _moved(b, lat, lon, half)


def _moved(mention: Mention[PlaceValue], lat: float, lon: float, half: float) -> Mention[PlaceValue]:
    value = replace(
        mention.value,
        latitude=round(lat, 5),
        longitude=round(lon, 5),
        precision="P4",
        relation="between",
        radius_km=round(half + _TOWN_KM, 1),
    )
    return replace(mention, value=value)


_PREPOSITIONS = frozenset({"from", "near", "the", "to", "з", "із", "зі", "до", "из", "с", "в", "у", "at"})


def _runs_on(gap: Sequence[str]) -> bool:
    """True for "and", "and from", a comma: nothing else stands between the two."""
    ands = {"and", "or", ",", "та", "і", "й", "и"}
    return gap[0] in ands and all(word in ands | _PREPOSITIONS for word in gap)
