"""A filler as the trees of incident types and of pairs see it: where its mentions stand, what stands near, and what both readers say of its type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.entities import Candidate, Occurrence, chance
from witnessmark.claims.fillers.evidence import Evidence
from witnessmark.claims.fillers.model import RELEVANT, FillerModel
from witnessmark.claims.fillers.scene import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SHARE = 0.3
"""A mention counts from this share of the chance of the best one on."""
_MENTIONS = 8
"""Mentions that count, at most."""

DOCUMENT_WEIGHT = 0.2
"""Weight of the document's log-odds of an incident type against those of the filler (0.1 to 0.7 tried, as in ``incidents``)."""

Mark = tuple[int, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a mention stands: its first and last (excluded) word, its sentence and paragraph."""

    first: int
    last: int
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class View:
    """A candidate with the log-odds ``score`` that it fills its role.

    ``spots``: its mentions that count, in text order; ``best``: that of the best one, and ``day``, ``place`` and ``event``: the marks nearest to it. ``plain`` and
    ``encoded``: what the regression and the encoder say of each incident type (log-odds), a row for each mention that counts, the best first. ``kinds``: the chances
    of the types by both for the best mention and, with less weight, by the document. ``inner``: the encoder's numbers for the best mention, of length 1.
    """

    candidate: Candidate
    score: float
    best: Spot
    spots: tuple[Spot, ...]
    day: Mark
    place: Mark
    event: Mark
    plain: Sequence[Sequence[float]]
    encoded: Sequence[Sequence[float]]
    kinds: tuple[float, ...]
    inner: npt.NDArray[np.float32]


def view_of(candidate: Candidate, score: float, evidence: Evidence, model: FillerModel, scene: Scene) -> View:
    """The view of a candidate in its document."""
    import numpy as np

    counted = _counted(candidate)
    best = _spot(counted[0], scene)
    day, place, event = (marks.near(best.first, scene.bounds[best.sentence]) for marks in (scene.days, scene.places, scene.events))
    numbers = [mention.number for mention in counted[:_MENTIONS]]
    plain = model.kind_scores([mention.phrase for mention in counted[:_MENTIONS]]).tolist()
    encoded = evidence.read.kinds[numbers].tolist()
    inner = evidence.read.inner[numbers[0]]
    return View(
        candidate,
        score,
        best,
        tuple(sorted((_spot(mention, scene) for mention in counted), key=lambda own: own.first)),
        day,
        place,
        event,
        plain,
        encoded,
        _kinds(plain[0], encoded[0], evidence.topics[RELEVANT + 1 :]),
        inner / max(1e-6, float(np.linalg.norm(inner))),
    )


def _kinds(plain: Sequence[float], encoded: Sequence[float], document: Sequence[float]) -> tuple[float, ...]:
    own = [(one + two) / 2 for one, two in zip(plain, encoded, strict=True)]
    return tuple(chance((1 - DOCUMENT_WEIGHT) * one + DOCUMENT_WEIGHT * two) for one, two in zip(own, document, strict=True))


def _counted(candidate: Candidate) -> list[Occurrence]:
    column = candidate.role + 1
    least = candidate.best.odds[column] * _SHARE
    return sorted((own for own in candidate.mentions if own.odds[column] >= least), key=lambda own: -own.odds[column])


def _spot(mention: Occurrence, scene: Scene) -> Spot:
    phrase, extent = mention.phrase, mention.extent
    return Spot(phrase.offset + extent.first, phrase.offset + extent.last, phrase.sentence, scene.paragraphs[phrase.sentence])
