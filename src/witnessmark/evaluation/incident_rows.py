"""Incidents as flat records: day, place, division, coordinates, tolls. The incident that the text is about comes first."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from witnessmark.claims.assemble.fields import survivors
from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.evaluation.judging import confidences
from witnessmark.evaluation.told import Told
from witnessmark.model import IncidentClaim, Mention, Quantity
from witnessmark.model.comparing import days_apart

Json = dict[str, Any]

_BACKGROUND = "background.historical"
_SELF = "harm.self"
_OBJECT_RULES = ("harm.active", "harm.object", "harm.lone")
"""Rules whose people are the object of a deed, so that the doer is not among them."""


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
        "place_precision": place.value.precision if place else None,
        "lat": place.value.latitude if place else None,
        "lon": place.value.longitude if place else None,
        "killed": _bounds(claim.killed),
        "injured": _bounds(claim.injured),
        "weapon": sorted({m.value.weapon for m in claim.munitions if m.value.weapon}),
        "infrastructure": sorted({m.value.kind for m in claim.objects}),
        "confidence": confidences(claim),
    }


def archive_rows(report: Told, *, count_attackers: bool = False) -> list[Json]:
    """The record that an archive with one record a report would make of it, then those of the other claims.

    What the first claim leaves open (a day that is only the day of publication, a place, a toll) is taken from the next claim that does not
    tell of another day. ``count_attackers``: the archive counts one who killed himself among the dead.
    """
    claims = by_weight(report)
    filled = [_filled(claim, claims[:n] + claims[n + 1 :]) for n, claim in enumerate(claims)]
    suicide = count_attackers and any(_told_of_suicide(claim) for claim in claims)
    return [_record(_with_attacker(claim) if suicide else claim) for claim in filled]


def _told_of_suicide(claim: IncidentClaim) -> bool:
    return any(name == "killed" and m.rule.startswith(_SELF) for name, m in claim.alternatives)


def _with_attacker(claim: IncidentClaim) -> IncidentClaim:
    """ "killed his wife and then himself" makes two; "two people died in a murder-suicide" are two already."""
    killed = claim.killed
    if killed is None or killed.value.point is None or not killed.rule.startswith(_OBJECT_RULES):
        return claim
    value = replace(killed.value, minimum=killed.value.point + 1, maximum=killed.value.point + 1)
    return replace(claim, killed=replace(killed, value=value, rule=f"{killed.rule}:attacker"))


def _filled(claim: IncidentClaim, others: Sequence[IncidentClaim]) -> IncidentClaim:
    for other in others:
        if _another_day(claim, other):
            continue
        dated = claim.date if _own_day(claim) or not _own_day(other) else other.date
        claim = replace(
            claim,
            date=dated,
            place=claim.place or other.place,
            killed=claim.killed or other.killed,
            injured=claim.injured or survivors(other.injured, claim.killed),
        )
    return claim


def _own_day(claim: IncidentClaim) -> bool:
    return claim.date is not None and claim.date.value.basis != "publication"


def _another_day(claim: IncidentClaim, other: IncidentClaim) -> bool:
    if claim.date is None or other.date is None or not (_own_day(claim) and _own_day(other)):
        return False
    return days_apart(claim.date.value, other.date.value) > 1


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
