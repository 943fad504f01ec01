"""Fillers shared out to incidents of different types: a report of a kidnapping and a bombing tells of two incidents.

Incidents of one type are not told apart here. Constants: chosen one after the other, by template F1 on two folds of the training part of MUC-4 that the models had
not seen, and again when the encoder had six layers (.450 before, .455 after); values tried stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.fillers.find import Filler, Fillers
from witnessmark.claims.fillers.model import TYPES

DOUBTFUL = 0.3
"""Probability that a document tells of an incident, under which it tells of none, whatever fillers it has (0 to 0.5)."""
RELEVANT = 0.4
"""The same, from which on it tells of one without any filler (0.4 to 0.9)."""
TOLD = 0.35
"""Probability of a type for its surest filler, from which on the type is told (0.2 to 0.8)."""
SHARED = 0.3
"""Probability that an entity is a filler and its incident of a type, from which on it belongs to an incident of that type (0.1 to 0.6). F1 is greatest where
answers are given from half of its own value on."""
LEAST = 0.2
"""The same for the likeliest of the types told (0 to 0.25)."""


@dataclass(frozen=True, slots=True)
class TypedIncident:
    """An incident of ``type`` (one of ``TYPES``) with its fillers; there may be none."""

    type: str
    fillers: tuple[Filler, ...]


def incidents_of(found: Fillers) -> tuple[TypedIncident, ...]:
    """One incident for each type that the fillers of a document tell of; one without fillers where only the document tells of it."""
    if found.relevant < (DOUBTFUL if found.fillers else RELEVANT):
        return ()
    if not found.fillers:
        return (TypedIncident(found.types[0][0], ()),)
    surest = [max(filler.kinds[at] for filler in found.fillers) for at in range(len(TYPES))]
    told = [at for at, chance in enumerate(surest) if chance >= TOLD] or [surest.index(max(surest))]
    shared = [TypedIncident(TYPES[at], tuple(f for f in found.fillers if _belongs(f, at, told))) for at in told]
    return tuple(incident for incident in shared if incident.fillers or len(told) == 1)


def _belongs(filler: Filler, at: int, told: list[int]) -> bool:
    joint = filler.score * filler.kinds[at]
    return joint >= SHARED or (joint >= LEAST and at == max(told, key=lambda other: filler.kinds[other]))
