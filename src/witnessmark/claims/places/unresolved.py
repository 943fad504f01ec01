"""What can be said of a place that the gazetteer lacks: the town that a quarter belongs to, or the country and division that it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.places.resolve import Query
from witnessmark.model import Mention, PlaceValue

_MAJORITY = 0.6
"""Share of a document's resolved names that must lie in one country before an unknown name is put there."""


def settle(mention: Mention[PlaceValue], mentions: Sequence[Mention[PlaceValue]], at: int, query: Query) -> Mention[PlaceValue]:
    """``mention``, number ``at`` of ``mentions``, with what its surroundings tell.

    A quarter takes the point of its container, else of the town named last before it, with precision P2. Any other unknown name stays
    without coordinates, but gets country and division of its container, or the country that most names of the document lie in.
    """
    container = mentions[query.inside].value if query.inside is not None else None
    if query.wanted == "quarter":
        town = container if container is not None and _is_town(container) else _town_before(mentions, at)
        if town is not None:
            value = replace(town, precision="P2", relation="in", role=mention.value.role, radius_km=3.0)
            return replace(mention, value=value, rule="gazetteer.quarter", score=0.8 * mention.score)
    if container is not None and container.country:
        return replace(mention, value=replace(mention.value, country=container.country, adm1=container.adm1))
    country = _country_of(mentions)
    return mention if country is None else replace(mention, value=replace(mention.value, country=country))


def _is_town(value: PlaceValue) -> bool:
    return value.resolved and value.precision in {"P1", "P2", "P3"} and value.feature != "PPLX"


def _town_before(mentions: Sequence[Mention[PlaceValue]], at: int) -> PlaceValue | None:
    return next((m.value for m in reversed(mentions[:at]) if _is_town(m.value)), None)


def _country_of(mentions: Sequence[Mention[PlaceValue]]) -> str | None:
    votes = Counter(m.value.country for m in mentions if m.value.resolved and m.value.country)
    if not votes:
        return None
    country, count = votes.most_common(1)[0]
    return country if count >= _MAJORITY * votes.total() else None
