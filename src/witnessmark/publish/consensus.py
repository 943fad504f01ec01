"""Which claim an incident's value was taken from: look-ups over the claims of one incident, no judgement of their own."""

from __future__ import annotations

import dataclasses
import datetime as dt

from witnessmark.model import HarmValue, Incident, IncidentClaim, Quantity
from witnessmark.publish import wording
from witnessmark.publish.view import AnyMention, CaseView

Chosen = tuple[IncidentClaim, AnyMention]


def field(view: CaseView, incident: Incident, name: str) -> Chosen | None:
    """The claim and mention that ``incident`` takes field ``name`` from: as its sources say, else the first claim that states it."""
    named = dict(incident.sources).get(name)
    members = view.claims_of(incident)
    for claim in sorted(members, key=lambda c: c.identifier != named):
        found = getattr(claim, name)
        if found is not None:
            return claim, found
    return None


def by_date(view: CaseView) -> CaseView:
    """``view`` with its incidents in the order of their dates, the undated last: the order that people read them in."""

    def key(incident: Incident) -> tuple[bool, dt.date, dt.date, str]:
        chosen = field(view, incident, "date")
        if chosen is None:
            return True, dt.date.max, dt.date.max, incident.identifier
        return False, chosen[1].value.earliest, chosen[1].value.latest, incident.identifier

    return dataclasses.replace(view, incidents=tuple(sorted(view.incidents, key=key)))


def every(view: CaseView, incident: Incident, name: str) -> tuple[Chosen, ...]:
    """All mentions of field ``name`` over the claims of ``incident``, in claim order."""
    out: list[Chosen] = []
    for claim in view.claims_of(incident):
        held = getattr(claim, name)
        if held is not None:
            out.extend((claim, m) for m in (held if isinstance(held, tuple) else (held,)))
    return tuple(out)


def figures(claim: IncidentClaim, name: str) -> tuple[tuple[AnyMention, Quantity], ...]:
    """The figures that ``claim`` gives for ``name`` (killed or injured), its own first, then the alternatives."""
    out: list[tuple[AnyMention, Quantity]] = []
    own = getattr(claim, name)
    if own is not None:
        out.append((own, own.value))
    for other, found in claim.alternatives:
        value = found.value
        if other == name and isinstance(value, HarmValue | Quantity):
            out.append((found, value.quantity if isinstance(value, HarmValue) else value))
    return tuple(out)


def mention_of_bound(claim: IncidentClaim, name: str, value: int) -> AnyMention | None:
    """The words of ``claim`` that give ``value`` for ``name``; its first figure when none gives exactly that; None without figures."""
    listed = figures(claim, name)
    for found, held in listed:
        if value in (held.minimum, held.maximum):
            return found
    return listed[0][0] if listed else None


def state(view: CaseView, incident: Incident, name: str) -> str:
    """The state of the toll ``name``: stated, zero, vague, unknown or not_stated. A number outranks vague, vague outranks unknown."""
    states = {wording.quantity(q).state for claim in view.claims_of(incident) for _, q in figures(claim, name)}
    return next((s for s in ("stated", "zero", "vague", "unknown") if s in states), "not_stated")
