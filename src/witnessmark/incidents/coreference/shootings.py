"""Events in reports of shootings: which reports tell of one incident, then which kinds of events that incident holds.

Reports of shootings use the same few words, so that words say little of which event is meant. In one incident there is mostly one event of each kind, and a
mention that could be of two kinds belongs to the one that others name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.coreference.context import contexts
from witnessmark.incidents.coreference.features import likeness
from witnessmark.incidents.coreference.kinds import KINDS, kind_chances
from witnessmark.incidents.coreference.mentions import EventMention, Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

ONE_INCIDENT = 0.2
"""Mean cosine of two groups of texts from which on they tell of one incident. GVC dev, five-fold CoNLL F1 of the mentions: .745 (.16), .755 (.18), .755 (.2),
.748 (.22), .749 (.25)."""
PRICE = 1.5
"""What it costs to say that an incident has an event of one more kind, in natural logarithms of chances. Likewise: .751 (0), .752 (.5), .754 (1), .755 (1.5),
.756 (2)."""
_TINY = 1e-6
_GENERAL = KINDS.index("general")


def shooting_events(texts: Sequence[Text], mentions: Sequence[EventMention]) -> list[int]:
    """The event of each mention, by number. Mentions that name no single event are all of one group, as in the corpus that this was learned from.

    Raises:
        DataError: WM401 when a data file is missing or cannot be read.
    """
    chances = kind_chances(texts, mentions, contexts(texts, mentions))
    return grouped(incidents_of(texts), mentions, chances)


def incidents_of(texts: Sequence[Text]) -> list[int]:
    """The incident that each text tells of, by number: average linkage over the likeness of their words."""
    cosine, _ = likeness(texts)
    pairs = ((a, b, float(cosine[a, b])) for a, b in combinations(range(len(texts)), 2) if cosine[a, b] > 0)
    return average_linkage(len(texts), pairs, at_least=ONE_INCIDENT)


def grouped(incidents: Sequence[int], mentions: Sequence[EventMention], chances: Floats) -> list[int]:
    """Numbers of events, given the incident of each text and the chance of each kind for each mention (mentions x KINDS)."""
    of: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        of.setdefault(incidents[mention.text], []).append(number)
    events: dict[tuple[int, int], int] = {}
    out = [0] * len(mentions)
    for incident, own in of.items():
        for number, kind in zip(own, likeliest(chances[own]), strict=True):
            key = (-1, kind) if kind == _GENERAL else (incident, kind)
            out[number] = events.setdefault(key, len(events))
    return out


def likeliest(chances: Floats) -> list[int]:
    """The kind of each mention of one incident: the set of kinds, and the mentions' kinds within it, that are likeliest together when each kind has its price."""
    import numpy as np

    told = np.log(chances + _TINY)
    best, out = -np.inf, np.zeros(len(chances), np.int64)
    for size in range(1, _GENERAL + 1):
        for chosen in combinations(range(_GENERAL), size):
            columns = np.array([*chosen, _GENERAL])
            some = told[:, columns]
            total = float(some.max(axis=1).sum()) - PRICE * size
            if total > best:
                best, out = total, columns[some.argmax(axis=1)]
    return [int(kind) for kind in out]
