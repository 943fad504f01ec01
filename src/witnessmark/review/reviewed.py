"""Which records a publication may call reviewed, by how many persons, and which decisions concern them.

The rule is the desk's: an incident is reviewed when every value that the queue asks about was decided in each of its claims and nothing is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from witnessmark.model import Incident, IncidentClaim, Mention
from witnessmark.model.decisions import Decision
from witnessmark.review.apply import RULE
from witnessmark.review.standing import Standings, key_of
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


def asked(claim: IncidentClaim) -> tuple[tuple[str, Mention[Any]], ...]:
    """The values of ``claim`` that the queue asks about, each with its field."""
    named = [(name, held) for name in _SINGLE if (held := getattr(claim, name)) is not None]
    named += [(name, held) for name in _SEVERAL for held in getattr(claim, name)]
    return tuple((name, held) for name, held in (*named, *claim.alternatives) if name in FIELDS)


def _persons(claim: IncidentClaim, standings: Standings) -> int:
    """The least number of persons who decided on a value of ``claim``; 0 when one is open, disputed, or not yet as it was decided."""
    if any(standings.at(key).state == "disputed" for key in standings.about(claim.identifier)):
        return 0
    return min((_on_value(claim.identifier, name, held, standings) for name, held in asked(claim)), default=0)


def _on_value(claim: str, name: str, held: Mention[Any], standings: Standings) -> int:
    """How many decided on a value. A value that a person set names the decision; one that a decision would change was not computed anew yet."""
    _, _, number = held.rule.partition(f"{RULE}.")
    decision = standings.get(int(number)) if number.isdecimal() else None
    key = key_of(decision) if decision is not None else (claim, name, held.span.start if held.span is not None else None)
    standing = standings.at(key)
    effective = standing.effective
    if effective is None or not standing.reviewed():
        return 0
    applied = effective == decision if decision is not None else effective.kind in ("accept", "cannot_tell")
    return len({d.reviewer for d in standing.decisions}) if applied else 0


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
