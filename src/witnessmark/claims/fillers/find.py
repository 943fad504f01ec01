"""Role fillers of a document: who did it, for whom, to what and whom, with what; told as entities, not as mentions."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.claims.fillers.bags import bag_of
from witnessmark.claims.fillers.encoder import load_encoder
from witnessmark.claims.fillers.entities import Candidate, Occurrence, candidate_rows, candidates_of, setting_of
from witnessmark.claims.fillers.evidence import Evidence, evidence_of, kinds_of
from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES, FillerModel, load_model, odds_of
from witnessmark.model import Span
from witnessmark.statements import Reading

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


DOCUMENT_WEIGHT = 0.2
"""Weight of the document's log-odds of an incident type against those of the filler (0.1 to 0.7 tried, as in ``incidents``)."""
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
    evidence = None
    if topics[RELEVANT] >= GATE:
        evidence = evidence_of(words, [(s.first, s.last) for s in reading.sentences], topics, model, load_encoder())
    topics = topics if evidence is None else evidence.topics
    found = [] if evidence is None else _found(reading, evidence, model)
    types = sorted(zip(TYPES, map(chance, topics[RELEVANT + 1 :]), strict=True), key=lambda t: -t[1])
    return Fillers(tuple(found), chance(topics[RELEVANT]), tuple(types))


def _found(reading: Reading, evidence: Evidence, model: FillerModel) -> list[Filler]:
    chosen = [(candidate, score) for candidate, score in scored_candidates(evidence, model) if score >= model.thresholds[candidate.role]]
    kinds = candidate_kinds([candidate for candidate, _ in chosen], evidence, model)
    found = [_filler(reading, *own, kind) for own, kind in zip(chosen, kinds, strict=True)]
    return sorted(found, key=lambda f: (ROLES.index(f.role), -f.score, f.span.start))


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


def candidate_kinds(candidates: list[Candidate], evidence: Evidence, model: FillerModel) -> list[tuple[float, ...]]:
    """The probability of each incident type for each candidate, from its best mention and, with less weight, from the document."""
    best = [candidate.best for candidate in candidates]
    scores = kinds_of([mention.phrase for mention in best], evidence.read.kinds[[mention.number for mention in best]].tolist(), model)
    document = evidence.topics[RELEVANT + 1 :]
    return [
        tuple(chance((1 - DOCUMENT_WEIGHT) * own + DOCUMENT_WEIGHT * whole) for own, whole in zip(row, document, strict=True))
        for row in scores
    ]


def _filler(reading: Reading, candidate: Candidate, score: float, kinds: tuple[float, ...]) -> Filler:
    spans = sorted((_span(reading, mention) for mention in candidate.mentions), key=lambda s: s.start)
    best = _span(reading, candidate.best)
    quote = " ".join(reading.text[best.start : best.end].split())
    return Filler(ROLES[candidate.role], best, quote, tuple(spans), chance(score), kinds)


def _span(reading: Reading, mention: Occurrence) -> Span:
    return mention.phrase.span(mention.extent, reading)


def chance(log_odds: float) -> float:
    """The probability with these log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))
