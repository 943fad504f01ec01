"""Role fillers of a document: who did it, for whom, to what and whom, with what; told as entities, not as mentions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.bags import bag_of
from witnessmark.claims.fillers.encoder import load_encoder
from witnessmark.claims.fillers.entities import Candidate, Occurrence, candidate_rows, candidates_of, chance, setting_of
from witnessmark.claims.fillers.evidence import Evidence, evidence_of
from witnessmark.claims.fillers.kinds import kind_rows
from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES, FillerModel, load_model, odds_of
from witnessmark.claims.fillers.pairs import pair_rows
from witnessmark.claims.fillers.scene import Scene, scene_of
from witnessmark.claims.fillers.views import View, view_of
from witnessmark.model import Span
from witnessmark.statements import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


GATE = -2.0
"""Log-odds of relevance under which a document is not searched; most news is not about attacks and is skipped. What the bands just above say is more often right than
half of F1, so that it raises F1: see ``docs/decisions/0021-where-role-fillers-are-lost.md`` (-1, -1.5, -2, -3)."""


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity that fills ``role`` (one of ``ROLES``): its best mention, all its mentions in text order, and a probability.

    ``kinds``: for each of ``TYPES``, the probability that the incident is of that type.
    """

    role: str
    span: Span
    quote: str
    mentions: tuple[Span, ...]
    score: float
    kinds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fillers:
    """The fillers of a document by role and then by falling score; ``relevant`` is the probability that it tells of an incident at all, and
    ``types`` the incident types by falling probability; ``together`` gives for each two of the fillers the probability that one incident has both."""

    fillers: tuple[Filler, ...]
    relevant: float
    types: tuple[tuple[str, float], ...]
    together: tuple[tuple[float, ...], ...]


def find_fillers(reading: Reading) -> Fillers:
    """Who and what fills the five roles of an attack report, over the whole document; empty for documents without sentences.

    The model was trained on upper-case wire copy of 1988-91 and reads lower-cased words only. Roles are those of MUC-4.

    Raises:
        DataError: WM401 when the model is missing or cannot be read.
    """
    model = load_model()
    words = [token.lower for token in reading.tokens]
    bag = model.topic_scores(bag_of(words))
    evidence = None
    if bag[RELEVANT] >= GATE:
        evidence = evidence_of(words, [(s.first, s.last) for s in reading.sentences], bag, model, load_encoder())
    if evidence is None:
        return Fillers((), chance(bag[RELEVANT]), types_of(bag), ())
    fillers, together = _found(reading, evidence, bag, model)
    return Fillers(fillers, chance(evidence.topics[RELEVANT]), types_of(evidence.topics), together)


def types_of(topics: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """The incident types by falling probability, from what is said of the document."""
    return tuple(sorted(zip(TYPES, map(chance, topics[RELEVANT + 1 :]), strict=True), key=lambda t: -t[1]))


def _found(
    reading: Reading, evidence: Evidence, bag: Sequence[float], model: FillerModel
) -> tuple[tuple[Filler, ...], tuple[tuple[float, ...], ...]]:
    """The fillers, and for each two of them the probability that one incident has both."""
    chosen = [own for own in scored_candidates(evidence, model) if own[1] >= model.thresholds[own[0].role]]
    if not chosen:
        return (), ()
    scene = scene_in(reading, evidence)
    chosen.sort(key=lambda own: (own[0].role, -own[1], _span(reading, own[0].best).start))
    views = [view_of(candidate, score, evidence, model, scene) for candidate, score in chosen]
    kinds = kinds_of(views, scene, evidence.topics, bag, model)
    fillers = tuple(_filler(reading, view.candidate, view.score, own) for view, own in zip(views, kinds, strict=True))
    scores = model.pairs.scores(pair_rows(views, scene, evidence.topics)).tolist() if len(views) > 1 else []
    return fillers, together_of(len(views), scores)


def scene_in(reading: Reading, evidence: Evidence) -> Scene:
    """The scene of a document."""
    words = [token.lower for token in reading.tokens]
    bounds = [(sentence.first, sentence.last) for sentence in reading.sentences]
    return scene_of(words, bounds, [sentence.paragraph for sentence in reading.sentences], evidence.phrases)


def scored_candidates(evidence: Evidence, model: FillerModel) -> list[tuple[Candidate, float]]:
    """All candidates with the log-odds that they fill their role, whatever the threshold."""
    import numpy as np

    candidates, rows = rows_of(evidence, model)
    if not rows:
        return []
    table: npt.NDArray[np.float32] = np.asarray(rows, dtype=np.float32)
    return list(zip(candidates, model.entities.scores(table).tolist(), strict=True))


def rows_of(evidence: Evidence, model: FillerModel) -> tuple[list[Candidate], list[list[float]]]:
    """All candidates of a document, each with its row of numbers."""
    odds = odds_of(evidence.scores)
    setting = setting_of(evidence.phrases, odds, evidence.topics)
    ranked = candidates_of(evidence, odds, model)
    return [c for own in ranked for c in own], [row for own in ranked for row in candidate_rows(own, setting)]


def kinds_of(
    views: Sequence[View], scene: Scene, topics: Sequence[float], bag: Sequence[float], model: FillerModel
) -> list[tuple[float, ...]]:
    """The probability of each incident type for each of ``views``, at least one."""
    scores = model.types.scores(kind_rows(views, scene, topics, bag)).reshape(len(views), len(TYPES))
    return [tuple(map(chance, own)) for own in scores.tolist()]


def together_of(count: int, scores: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """For each two of ``count`` fillers the probability that one incident has both, 1 for one with itself; ``scores`` are the log-odds of the pairs."""
    found = [[1.0] * count for _ in range(count)]
    for (one, two), score in zip(itertools.combinations(range(count), 2), scores, strict=True):
        found[one][two] = found[two][one] = chance(score)
    return tuple(map(tuple, found))


def _filler(reading: Reading, candidate: Candidate, score: float, kinds: tuple[float, ...]) -> Filler:
    spans = sorted((_span(reading, mention) for mention in candidate.mentions), key=lambda s: s.start)
    best = _span(reading, candidate.best)
    quote = " ".join(reading.text[best.start : best.end].split())
    return Filler(ROLES[candidate.role], best, quote, tuple(spans), chance(score), kinds)


def _span(reading: Reading, mention: Occurrence) -> Span:
    return mention.phrase.span(mention.extent, reading)
