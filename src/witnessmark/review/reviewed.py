"""Which records a publication may call reviewed, by how many persons, and which decisions concern them.

The rule is the desk's: an incident is reviewed when every value that the queue asks about was decided in each of its claims and nothing is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from witnessmark.model import Incident, IncidentClaim
from witnessmark.model.decisions import Decision
from witnessmark.review.standing import Key, Standings
from witnessmark.review.worth import FIELDS

_SINGLE = ("act", "perpetrator", "place", "date", "killed", "injured")
_SEVERAL = ("munitions", "objects")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """``persons``: how many decided on every value that is asked about (0: not reviewed). ``decisions``: positions in the ledger of all decisions that
    concern the record, undone ones and the undoing among them, oldest first."""

    persons: int
    decisions: tuple[int, ...]


def reviewed_records(claims: Iterable[IncidentClaim], incidents: Iterable[Incident], standings: Standings) -> dict[str, Reviewed]:
    """How claims, incidents and everything else that was decided on stand, by id; what no decision concerns is left out."""
    known = {c.identifier: c for c in claims}
    about = _concerning(standings)
    out = {name: Reviewed(0, tuple(sorted(found))) for name, found in about.items()}
    for name in about.keys() & known.keys():
        out[name] = Reviewed(_persons(known[name], standings), out[name].decisions)
    for incident in incidents:
        found = {n for name in (incident.identifier, *incident.claims) for n in about.get(name, ())}
        if found:
            persons = min((out[c].persons if c in out else 0 for c in incident.claims), default=0)
            out[incident.identifier] = Reviewed(persons, tuple(sorted(found)))
    return out


def asked(claim: IncidentClaim) -> tuple[Key, ...]:
    """The values of ``claim`` that the queue asks about."""
    named = [(name, held) for name in _SINGLE if (held := getattr(claim, name)) is not None]
    named += [(name, held) for name in _SEVERAL for held in getattr(claim, name)]
    named += list(claim.alternatives)
    return tuple((claim.identifier, name, m.span.start if m.span is not None else None) for name, m in named if name in FIELDS)


def _persons(claim: IncidentClaim, standings: Standings) -> int:
    """The least number of persons who decided on a value of ``claim``; 0 when one is open or disputed."""
    if any(standings.at(key).state == "disputed" for key in standings.about(claim.identifier)):
        return 0
    held = [standings.at(key) for key in asked(claim)]
    return min((len({d.reviewer for d in s.decisions}) if s.reviewed() else 0 for s in held), default=0)


def _concerning(standings: Standings) -> Mapping[str, set[int]]:
    """By record: the decisions that name it, and what undid them."""
    out: dict[str, set[int]] = {}
    subjects: dict[int, tuple[str, ...]] = {}
    for decision in standings.all():
        named = _subjects(decision, subjects)
        subjects[decision.position or 0] = named
        for subject in named:
            out.setdefault(subject, set()).add(decision.position or 0)
    return out


def _subjects(decision: Decision, known: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    if decision.kind == "undo" and decision.undoes is not None:
        return known.get(decision.undoes, decision.subjects)
    return decision.subjects
