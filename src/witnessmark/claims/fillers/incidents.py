"""Fillers shared out to incidents: first by type (a report of a kidnapping and a bombing tells of two), then by how likely two fillers belong together.

Constants: chosen one after the other, by template F1 on folds of the training part of MUC-4 that the models had not seen; values tried stand beside them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.claims.fillers.find import Filler, Fillers
from witnessmark.claims.fillers.model import TYPES

DOUBTFUL = 0.3
"""Probability that a document tells of an incident, under which it tells of none, whatever fillers it has (0 to 0.5)."""
RELEVANT = 0.4
"""The same, from which on it tells of one without any filler (0.4 to 0.9)."""
TOLD = 0.35
"""Probability of a type for its surest filler, from which on the type is told (0.2 to 0.8)."""
SHARED = 0.25
"""Probability that an entity is a filler and its incident of a type, from which on it belongs to an incident of that type (0.1 to 0.6). F1 is greatest where
answers are given from half of its own value on. A lower one for the likeliest type (0.1 to 0.2) lost by trees for types."""
TOGETHER = 0.5
"""Mean probability of the pairs between two groups of targets, victims and weapons of a type, from which on they are one incident (0.4 to 0.65)."""
JOINED = 0.7
"""Mean probability of a perpetrator's pairs with such a group, from which on it belongs to it (0.55 to 0.85); it belongs to the likeliest group in any case."""
_PERPETRATORS = frozenset({"PerpInd", "PerpOrg"})


@dataclass(frozen=True, slots=True)
class TypedIncident:
    """An incident of ``type`` (one of ``TYPES``) with its fillers; there may be none."""

    type: str
    fillers: tuple[Filler, ...]


def incidents_of(found: Fillers) -> tuple[TypedIncident, ...]:
    """The incidents of a document: for each type that its fillers tell of, one or more; one without fillers where only the document tells of it."""
    if found.relevant < (DOUBTFUL if found.fillers else RELEVANT):
        return ()
    if not found.fillers:
        return (TypedIncident(found.types[0][0], ()),)
    surest = [max(filler.kinds[at] for filler in found.fillers) for at in range(len(TYPES))]
    told = [at for at, chance in enumerate(surest) if chance >= TOLD] or [surest.index(max(surest))]
    out = []
    for at in told:
        own = [number for number, filler in enumerate(found.fillers) if filler.score * filler.kinds[at] >= SHARED]
        if own or len(told) == 1:
            out += [TypedIncident(TYPES[at], tuple(found.fillers[number] for number in group)) for group in _groups(own, found)]
    return tuple(out)


def _groups(own: Sequence[int], found: Fillers) -> list[list[int]]:
    """The fillers (by number) of one type, incident by incident: targets, victims and weapons are linked by the mean probability of their pairs, then
    perpetrators are given out. At least one group, which may be empty."""
    groups = _linked([at for at in own if found.fillers[at].role not in _PERPETRATORS], found) or [[]]
    joined: list[list[int]] = [[] for _ in groups]
    for at in own:
        if found.fillers[at].role in _PERPETRATORS:
            near = [_mean([at], group, found) for group in groups]
            for number, chance in enumerate(near):
                if chance >= JOINED or number == near.index(max(near)):
                    joined[number].append(at)
    return [sorted(group + more) for group, more in zip(groups, joined, strict=True)]


def _linked(own: Sequence[int], found: Fillers) -> list[list[int]]:
    """Average linkage: the two likeliest groups become one as long as the mean probability of their pairs is ``TOGETHER``."""
    groups = [[at] for at in own]
    while len(groups) > 1:
        chance, one, two = max(
            (_mean(groups[one], groups[two], found), -one, -two) for one, two in itertools.combinations(range(len(groups)), 2)
        )
        if chance < TOGETHER:
            break
        groups[-one] += groups.pop(-two)
    return groups


def _mean(one: Sequence[int], two: Sequence[int], found: Fillers) -> float:
    pairs = [found.together[p][q] for p, q in itertools.product(one, two)]
    return sum(pairs) / len(pairs) if pairs else 1.0
