"""Every field of an incident claim told in its own voice: modality and speaker by the words of the field, not of its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from witnessmark.claims import Claims
from witnessmark.model import IncidentClaim, Mention
from witnessmark.statements import Reading, Tellings

V = TypeVar("V")

_SINGLE = ("perpetrator", "place", "date", "killed", "injured")
_OLD = "background.historical"
_JUDGING = frozenset({"opinion", "denied"})
_SEVERAL = ("munitions", "objects", "breakdown", "aftermath")


def with_voices(reading: Reading, claims: Claims) -> Claims:
    """``claims`` with modality and speaker of each field that has words. The act keeps those of its statement, a denied or doubted field its own."""
    tellings = Tellings(reading)
    return replace(claims, incidents=tuple(_told(tellings, claim) for claim in claims.incidents))


def _told(tellings: Tellings, claim: IncidentClaim) -> IncidentClaim:
    changed: dict[str, Any] = {}
    for name in _SINGLE:
        held = getattr(claim, name)
        if held is not None:
            changed[name] = _voiced(tellings, held, claim)
    for name in _SEVERAL:
        changed[name] = tuple(_voiced(tellings, m, claim) for m in getattr(claim, name))
    changed["alternatives"] = tuple((name, _voiced(tellings, m, claim)) for name, m in claim.alternatives)
    return replace(claim, **changed)


def _voiced(tellings: Tellings, mention: Mention[V], claim: IncidentClaim) -> Mention[V]:
    if mention.span is None:
        return mention
    told = tellings.of(mention.span)
    if told.modality == _OLD and claim.modality != _OLD:  # Whether the event is news is for the whole claim to say.
        told = replace(told, modality="attributed" if told.speaker else "asserted")
    if mention.modality == "attributed" and told.modality in _JUDGING:
        told = replace(told, modality="attributed")  # a charge is another's claim, also where a judgement or a denial stands beside it
    own = mention.modality if mention.modality not in ("asserted", "attributed", "attributed.chain") else told.modality
    return replace(mention, modality=own, speaker=told.speaker or (mention.speaker if own != "asserted" else None))
