"""From mentions to events: compare, then join by average linkage.

The model of general news is boosted trees over :mod:`witnessmark.incidents.coreference.features`, trained by ``training/coreference.py`` on other people's
annotated news (card in ``training/models/coreference.md``). Reports of shootings go another way (:mod:`witnessmark.incidents.coreference.shootings`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.forest import Forest
from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.coreference.context import contexts
from witnessmark.incidents.coreference.features import features, groups_of, likeness
from witnessmark.incidents.coreference.mentions import EventMention, Seen, Text, see
from witnessmark.incidents.coreference.shootings import shooting_events
from witnessmark.incidents.evidence import chance, weight_of
from witnessmark.incidents.wording.index import load_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MODELS = ("general", "shootings")
AT_LEAST = 0.45
"""Mean chance at which two groups are joined in general news, read off ECB+ dev. CoNLL F1: .799 (.3), .800 (.35), .803 (.4), .804 (.45), .804 (.5)."""
ALIKE = 0.1
"""Cosine of two texts from which on their mentions are compared where no topics are given."""


def corefer(
    texts: Sequence[Text], mentions: Sequence[EventMention], *, topics: Sequence[str] | None = None, model: str = "general"
) -> list[int]:
    """The event of each mention, by number. ``topics`` are keys of texts that may tell of the same events; without them the texts' words decide.

    Raises:
        DataError: WM401 when a model is missing or cannot be read.
        KeyError: for a model that is none of :data:`MODELS`.
    """
    if model not in MODELS:
        raise KeyError(model)
    if model == "shootings":
        return shooting_events(texts, mentions)
    one, other, rows = compared(texts, see(texts, mentions), topics)
    odds = _model().scores(rows) if len(rows) else ()
    links = ((a, b, chance(weight_of(float(o)))) for a, b, o in zip(one, other, odds, strict=True))
    return average_linkage(len(mentions), links, at_least=AT_LEAST)


def compared(
    texts: Sequence[Text], seen: Sequence[Seen], topics: Sequence[str] | None
) -> tuple[list[int], list[int], npt.NDArray[np.float32]]:
    """Pairs of mentions that are compared, and their features (pairs x features): those of :func:`features`, then the likeness of their contexts."""
    import numpy as np

    cosine, names = likeness(texts)
    of_text: dict[int, list[int]] = {}
    for number, mention in enumerate(seen):
        of_text.setdefault(mention.mention.text, []).append(number)
    one: list[int] = []
    other: list[int] = []
    for a, b in _text_pairs(len(texts), topics, cosine):
        for i in of_text.get(a, ()):
            for j in of_text.get(b, ()):
                if a != b or i < j:
                    one.append(i)
                    other.append(j)
    rows = [
        features(seen[i], seen[j], cosine[seen[i].mention.text, seen[j].mention.text], names[seen[i].mention.text, seen[j].mention.text])
        for i, j in zip(one, other, strict=True)
    ]
    if not rows:
        return one, other, np.zeros((0, 0), np.float32)
    alike = contexts(texts, [s.mention for s in seen]).alike(one, other)
    return one, other, np.column_stack([np.array(rows, np.float32), alike])


def _text_pairs(number: int, topics: Sequence[str] | None, cosine: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    if topics is None:
        return [(a, b) for a in range(number) for b in range(a, number) if a == b or cosine[a, b] >= ALIKE]
    return [(a, b) for group in groups_of(topics).values() for n, a in enumerate(group) for b in group[n:]]


@functools.cache
def _model() -> Forest:
    arrays = load_arrays("general.npz", package="witnessmark.incidents.coreference")
    depth, base = int(arrays.pop("depth")), float(arrays.pop("base"))
    return Forest(**arrays, depth=depth, base=base)
