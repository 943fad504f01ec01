"""Role fillers of a document: who did it, for whom, to what and whom, with what; told as entities, not as mentions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.bags import bag_of
from witnessmark.claims.fillers.entities import Candidate, Occurrence, candidate_rows, candidates_of, setting_of
from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES, FillerModel, load_model, odds_of
from witnessmark.claims.fillers.phrases import phrases_of
from witnessmark.model import Span
from witnessmark.statements import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


DOCUMENT_WEIGHT = 0.2
"""Weight of the document's log-odds of an incident type against those of the filler (0.1 to 0.7 tried, as in ``incidents``)."""
GATE = -1.0
"""Log-odds of relevance under which a document is not searched; -3 to -0.5 tried by cross-validation. -1 skips 303 of 1,300 documents and loses
9 right and 16 wrong fillers; most news is not about attacks and is skipped."""


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
    ``types`` the incident types by falling probability."""

    fillers: tuple[Filler, ...]
    relevant: float
    types: tuple[tuple[str, float], ...]


def find_fillers(reading: Reading) -> Fillers:
    """Who and what fills the five roles of an attack report, over the whole document; empty for documents without sentences.

    The model was trained on upper-case wire copy of 1988-91 and reads lower-cased words only. Roles are those of MUC-4.

    Raises:
        DataError: WM401 when the model is missing or cannot be read.
    """
    model = load_model()
    words = [token.lower for token in reading.tokens]
    topics = model.topic_scores(bag_of(words))
    types = sorted(zip(TYPES, map(_chance, topics[RELEVANT + 1 :]), strict=True), key=lambda t: -t[1])
    chosen = [
        (candidate, score)
        for candidate, score in scored_candidates(reading, words, topics, model)
        if score >= model.thresholds[candidate.role]
    ]
    found = [_filler(reading, *own, kinds) for own, kinds in zip(chosen, _kinds([c for c, _ in chosen], topics, model), strict=True)]
    found.sort(key=lambda f: (ROLES.index(f.role), -f.score, f.span.start))
    return Fillers(tuple(found), _chance(topics[RELEVANT]), tuple(types))


def scored_candidates(reading: Reading, words: list[str], topics: list[float], model: FillerModel) -> list[tuple[Candidate, float]]:
    """All candidates with the log-odds that they fill their role, whatever the threshold."""
    import numpy as np

    if topics[RELEVANT] < GATE:
        return []
    phrases = phrases_of(words, ((s.first, s.last) for s in reading.sentences), model.tagger, model.clusters)
    if not phrases:
        return []
    scores = model.phrase_scores(phrases)
    odds = odds_of(scores)
    setting = setting_of(phrases, odds, topics)
    ranked = candidates_of(phrases, scores, odds, model)
    rows = [row for own in ranked for row in candidate_rows(own, setting)]
    if not rows:
        return []
    table: npt.NDArray[np.float32] = np.asarray(rows, dtype=np.float32)
    return list(zip([c for own in ranked for c in own], model.entities.scores(table).tolist(), strict=True))


def _kinds(candidates: list[Candidate], topics: list[float], model: FillerModel) -> list[tuple[float, ...]]:
    """The probability of each incident type for each candidate, from its best mention and, with less weight, from the document."""
    if not candidates:
        return []
    document = topics[RELEVANT + 1 :]
    scores = model.kind_scores([candidate.best.phrase for candidate in candidates]).tolist()
    return [
        tuple(_chance((1 - DOCUMENT_WEIGHT) * own + DOCUMENT_WEIGHT * whole) for own, whole in zip(row, document, strict=True))
        for row in scores
    ]


def _filler(reading: Reading, candidate: Candidate, score: float, kinds: tuple[float, ...]) -> Filler:
    spans = sorted((_span(reading, mention) for mention in candidate.mentions), key=lambda s: s.start)
    best = _span(reading, candidate.best)
    quote = " ".join(reading.text[best.start : best.end].split())
    return Filler(ROLES[candidate.role], best, quote, tuple(spans), _chance(score), kinds)


def _span(reading: Reading, mention: Occurrence) -> Span:
    return reading.span_of(mention.phrase.offset + mention.extent.first, mention.phrase.offset + mention.extent.last)


def _chance(log_odds: float) -> float:

    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))
