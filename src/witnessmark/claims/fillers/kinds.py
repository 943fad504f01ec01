"""Of which type the incident of a filler is: a row of numbers for each filler and type, which trees read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES
from witnessmark.claims.fillers.scene import Scene, kind_of
from witnessmark.claims.fillers.views import View

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NONE = -9.0
"""Log-odds that stand for what other fillers say where there are none."""
_FAR = -60.0
"""Stands for the distance to a word for an event where there is none."""
_TOLD = (0, 1, 2, 4, 5, 3)
"""The kind of event (as in ``scene``) that each of ``TYPES`` tells of."""
_MAIN = 4
"""Types that are common enough for their chances to stand in the rows of the others."""
_WEAPON = ROLES.index("Weapon")


def kind_rows(views: Sequence[View], scene: Scene, topics: Sequence[float], bag: Sequence[float]) -> npt.NDArray[np.float32]:
    """A row for each of ``views`` and each type; ``topics`` and ``bag`` are what the encoder and the bag of words together, and the bag alone, say of the document."""
    import numpy as np

    mixed = [_mixed(view) for view in views]
    whole = scene.counts(0, len(scene.words))
    out = []
    for at, view in enumerate(views):
        shared = _surroundings(view, scene, whole)
        for kind in range(len(TYPES)):
            row = [kind, view.candidate.role, view.score, *_own(view, mixed[at], kind), *_document(topics, bag, kind)]
            row += [*mixed[at][:_MAIN], *topics[RELEVANT : RELEVANT + 1 + _MAIN], *_others(views, mixed, at, kind)]
            row += [*shared, *_told(view, scene, whole, kind)]
            out.append([float(value) for value in row])
    rows: npt.NDArray[np.float32] = np.asarray(out, dtype=np.float32)
    return rows


def _mixed(view: View) -> list[float]:
    return [(one + two) / 2 for one, two in zip(view.plain[0], view.encoded[0], strict=True)]


def _ahead(values: Sequence[float], kind: int) -> float:
    """How far a type is ahead of the best of the others."""
    return values[kind] - max(value for other, value in enumerate(values) if other != kind)


def _own(view: View, mixed: Sequence[float], kind: int) -> list[float]:
    plain, encoded = ([row[kind] for row in rows] for rows in (view.plain, view.encoded))
    best = [plain[0], encoded[0], mixed[kind], _ahead(view.plain[0], kind), _ahead(view.encoded[0], kind), _ahead(mixed, kind)]
    return [*best, max(plain), max(encoded), sum(plain) / len(plain), sum(encoded) / len(encoded), len(plain)]


def _document(topics: Sequence[float], bag: Sequence[float], kind: int) -> list[float]:
    types = topics[RELEVANT + 1 :]
    return [types[kind], bag[RELEVANT + 1 + kind], _ahead(types, kind)]


def _others(views: Sequence[View], mixed: Sequence[Sequence[float]], at: int, kind: int) -> list[float]:
    """What the other fillers say of the type: all, those within a sentence, the weapons."""
    view = views[at]
    rest = [(own, row[kind]) for own, row in zip(views, mixed, strict=True) if own is not view]
    every = [value for _, value in rest]
    near = [value for own, value in rest if abs(own.best.sentence - view.best.sentence) <= 1]
    weapons = [value for own, value in rest if own.candidate.role == _WEAPON]
    peers = sum(own.candidate.role == view.candidate.role for own in views)
    return [*_summary(every), *_summary(near), max(weapons, default=_NONE), len(views), len(near), peers]


def _summary(values: Sequence[float]) -> list[float]:
    return [max(values), sum(values) / len(values)] if values else [_NONE, _NONE]


def _surroundings(view: View, scene: Scene, whole: Sequence[int]) -> list[float]:
    """Words for events: the nearest, those of the sentence, of the sentences beside it, of the paragraph, of the document."""
    best, bounds = view.best, scene.bounds
    inside = [at for at, own in enumerate(scene.paragraphs) if own == best.paragraph]
    nearest = [-1.0, _FAR] if view.event is None else [kind_of(view.event[1]), view.event[0]]
    here = scene.counts(*bounds[best.sentence])
    around = scene.counts(bounds[max(0, best.sentence - 1)][0], bounds[min(len(bounds) - 1, best.sentence + 1)][1])
    paragraph = scene.counts(bounds[inside[0]][0], bounds[inside[-1]][1])
    total = max(1, sum(whole))
    return [*nearest, *here, *around, *paragraph, *(count / total for count in whole), best.sentence / len(bounds), len(bounds)]


def _told(view: View, scene: Scene, whole: Sequence[int], kind: int) -> list[float]:
    """Words for the events that the type tells of: in the sentence, of all in the document, the nearest one."""
    event = _TOLD[kind]
    here = scene.counts(*scene.bounds[view.best.sentence])
    return [here[event], whole[event] / max(1, sum(whole)), view.event is not None and kind_of(view.event[1]) == event]
