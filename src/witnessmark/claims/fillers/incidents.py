"""Fillers shared out to incidents of different types: a report of a kidnapping and a bombing tells of two incidents.

Incidents of one type are not told apart here. Constants: chosen by cross-validation on the training part of MUC-4 by template F1 (.416 without
sharing out, .437 with); values tried stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.fillers.find import Filler, Fillers
from witnessmark.claims.fillers.model import TYPES

TOLD = 0.6
"""Probability of a type for its surest filler, from which on the type is told (0.4 to 0.7)."""
SHARED = 0.6
"""Probability from which on a filler also belongs to a type that is not its likeliest (0.3 to 0.8)."""
RELEVANT = 0.5
"""Probability that a document tells of an incident, from which on it does so without any filler (0.5 to 0.95)."""


@dataclass(frozen=True, slots=True)
class TypedIncident:
    """An incident of ``type`` (one of ``TYPES``) with its fillers; there may be none."""

    type: str
    fillers: tuple[Filler, ...]


def incidents_of(found: Fillers) -> tuple[TypedIncident, ...]:
    """One incident for each type that the fillers of a document tell of; one without fillers where only the document tells of it."""
    if not found.fillers:
        return (TypedIncident(found.types[0][0], ()),) if found.relevant >= RELEVANT else ()
    surest = [max(filler.kinds[at] for filler in found.fillers) for at in range(len(TYPES))]
    told = [at for at, chance in enumerate(surest) if chance >= TOLD] or [surest.index(max(surest))]
    return tuple(TypedIncident(TYPES[at], tuple(f for f in found.fillers if _belongs(f, at, told))) for at in told)


def _belongs(filler: Filler, at: int, told: list[int]) -> bool:
    return filler.kinds[at] >= SHARED or at == max(told, key=lambda other: filler.kinds[other])
