"""Incidents as flat records: day, place, division, coordinates, tolls. The incident that the text is about comes first."""

from __future__ import annotations

import functools
from typing import Any

from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.evaluation.told import Told
from witnessmark.model import IncidentClaim, Mention, Quantity

Json = dict[str, Any]

_BACKGROUND = "background.historical"


def incident_rows(report: Told) -> list[Json]:
    """One record an incident claim, the main one first.

    Archives of incidents have a number for both tolls, and 0 where the report tells of none: so does a record here. In a claim the two stay
    apart.
    """
    return [_record(claim) for claim in by_weight(report)]


def by_weight(report: Told) -> list[IncidentClaim]:
    """The incident claims, the one that the text is about first."""
    return sorted(report.claims.incidents, key=lambda claim: _rank(report, claim))


def _rank(report: Told, claim: IncidentClaim) -> tuple[bool, bool, int, int]:
    """News before background, civilian harm before military, then the one with more of its fields told, then the earlier one."""
    told_fields = (claim.place, claim.date, claim.killed, claim.injured, claim.perpetrator)
    in_headline = any(report.document.in_headline(span) for span in claim.evidence)
    known = sum(f is not None for f in told_fields) + 2 * in_headline
    first = min((span.start for span in claim.evidence), default=0)
    return claim.modality == _BACKGROUND, claim.scope != "civilian", -known, first


def _record(claim: IncidentClaim) -> Json:
    place, date = claim.place, claim.date
    return {
        "date": date.value.earliest.isoformat() if date else None,
        "date_end": date.value.latest.isoformat() if date else None,
        "place": _names(place.value.name, place.quote) if place else None,
        "admin": _names(place.value.adm1, _country(place.value.country)) if place else None,
        "lat": place.value.latitude if place else None,
        "lon": place.value.longitude if place else None,
        "killed": _bounds(claim.killed),
        "injured": _bounds(claim.injured),
        "weapon": sorted({m.value.weapon for m in claim.munitions if m.value.weapon}),
        "infrastructure": sorted({m.value.kind for m in claim.objects}),
    }


@functools.cache
def _country(iso: str | None) -> str | None:
    found = default_gazetteer().country(iso) if iso else None
    return found.name if found else None


def _names(*parts: str | None) -> str | None:
    """The different names, joined: the gazetteer's and the words'."""
    return ", ".join(dict.fromkeys(p for p in parts if p)) or None


def _bounds(mention: Mention[Quantity] | None) -> list[int | None] | None:
    if mention is None:
        return [0, 0]
    if mention.value.minimum is None and mention.value.maximum is None:
        return None
    return [mention.value.minimum, mention.value.maximum]
