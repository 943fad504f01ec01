"""Mentions pooled to candidate entities, and what a candidate shows beside its best mention: rank, repetition, rivals, the document."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.fillers.evidence import Evidence
from witnessmark.claims.fillers.extents import extent_features
from witnessmark.claims.fillers.model import ROLES, FillerModel
from witnessmark.claims.fillers.phrases import Extent, Phrase

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FLOOR = 0.01
"""Least probability of a role that makes a phrase a candidate. .03 lost 7 points of the reachable recall and a point of F1 by cross-validation."""
CUT_WEIGHTS = (0.5, 0.5)
"""Weights of the regression and of the encoder for the cuts of phrases."""
_SECOND = -8.0
"""Log-odds that stand for a second mention where there is none."""
_LEAST = 1e-6
_CONTEXT = 4
"""Groups of features from the second to this one (excluded) are the words around a phrase."""
_SMALL_WORDS = frozenset({"of", "the", "de", "and", "for"})


class Occurrence(NamedTuple):
    """A mention of a candidate: its phrase, how it is cut, the log-odds of the cut, the phrase's probability for "none" and each role, and what
    each group of its features adds to the scores (groups x columns; the encoder's share last); ``number`` is the phrase's place in the document."""

    phrase: Phrase
    extent: Extent
    cut: float
    odds: Sequence[float]
    parts: Sequence[Sequence[float]]
    number: int


@dataclass(frozen=True)
class Candidate:
    """The mentions of a document with the same words, as a filler of role number ``role``; ``strength`` is the probability that any is one."""

    role: int
    key: str
    mentions: tuple[Occurrence, ...]
    strength: float

    @functools.cached_property
    def best(self) -> Occurrence:
        """The mention most likely to fill the role."""
        return max(self.mentions, key=lambda o: o.odds[self.role + 1])

    @functools.cached_property
    def words(self) -> list[str]:
        """The words of the key."""
        return self.key.split()

    @functools.cached_property
    def initials(self) -> str:
        """First letters of the words, small ones left out."""
        return "".join(word[0] for word in self.words if word not in _SMALL_WORDS)


def candidates_of(evidence: Evidence, odds: npt.NDArray[np.float32], model: FillerModel) -> list[list[Candidate]]:
    """For each role, the candidates of a document, the strongest first. ``odds`` has a row for each phrase."""
    phrases, scores = evidence.phrases, evidence.scores
    pooled: list[dict[str, list[Occurrence]]] = [{} for _ in ROLES]
    hopeful = [at for at, own in enumerate(odds.tolist()) if max(own[1:]) >= FLOOR]
    for at, cuts in zip(hopeful, _cuts([phrases[at] for at in hopeful], evidence.read.edges, model), strict=True):
        phrase, own, parts = phrases[at], odds[at].tolist(), scores[at].tolist()
        for role in range(len(ROLES)):
            if own[role + 1] >= FLOOR:
                extent, sure = max(cuts, key=lambda cut: cut[1][role])
                if key := phrase.key(extent):
                    pooled[role].setdefault(key, []).append(Occurrence(phrase, extent, sure[role], own, parts, at))
    return [_ranked(role, found) for role, found in enumerate(pooled)]


def _cuts(phrases: Sequence[Phrase], edges: npt.NDArray[np.float32], model: FillerModel) -> list[list[tuple[Extent, list[float]]]]:
    """For each phrase its extents, each with the log-odds of every role: those of the regression and of the encoder's ``edges``, added with weights."""
    if not phrases:
        return []
    extents = [(phrase, extent) for phrase in phrases for extent in phrase.extents()]
    named = [extent_features(phrase, extent, model.clusters) for phrase, extent in extents]
    plain, encoded = CUT_WEIGHTS
    firsts, lasts = zip(*((phrase.offset + extent.first, phrase.offset + extent.last - 1) for phrase, extent in extents), strict=True)
    read = edges[list(firsts), 0] + edges[list(lasts), 1]
    scores = iter(((model.extents.sums(named) + model.extents.bias) * plain + read[:, None] * encoded).tolist())
    return [[(extent, next(scores)) for extent in phrase.extents()] for phrase in phrases]


def _ranked(role: int, found: dict[str, list[Occurrence]]) -> list[Candidate]:
    out = []
    for key, mentions in found.items():
        missed = math.prod(1.0 - mention.odds[role + 1] for mention in mentions)
        out.append(Candidate(role, key, tuple(mentions), 1.0 - missed))
    return sorted(out, key=lambda c: -c.strength)


def log_odds(probability: float) -> float:
    """The log-odds of ``probability``, bounded."""
    return math.log(max(probability, _LEAST) / max(1.0 - probability, _LEAST))


def chance(score: float) -> float:
    """The probability with the log-odds ``score``."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, score))))


class Setting(NamedTuple):
    """What all candidates of a document share.

    ``peaks``: for each sentence the largest probability of each role. ``sums`` and ``tops``: the sum and the maximum over all phrases.
    ``names`` and ``heads`` count phrases by words and by head word; ``topics`` are the log-odds of the document's bag.
    """

    sentences: int
    peaks: npt.NDArray[np.float32]
    sums: list[float]
    tops: list[float]
    names: Counter[str]
    heads: Counter[str]
    topics: list[float]


def setting_of(phrases: Sequence[Phrase], odds: npt.NDArray[np.float32], topics: Sequence[float]) -> Setting:
    """The setting of a document with at least one phrase."""
    import numpy as np

    sentences = max(phrase.sentence for phrase in phrases) + 1
    peaks = np.zeros((sentences, odds.shape[1] - 1), dtype=np.float32)
    np.maximum.at(peaks, [phrase.sentence for phrase in phrases], odds[:, 1:])
    names = Counter(phrase.key(Extent(phrase.chunk.last - 1, phrase.chunk.end)) for phrase in phrases)
    heads = Counter(phrase.words[phrase.chunk.last - 1] for phrase in phrases)
    return Setting(sentences, peaks, odds[:, 1:].sum(axis=0).tolist(), odds[:, 1:].max(axis=0).tolist(), names, heads, list(topics))


def candidate_rows(ranked: Sequence[Candidate], setting: Setting) -> list[list[float]]:
    """A row of numbers for each candidate of one role, in the order of ``ranked``."""
    strong = sum(c.strength > 0.3 for c in ranked)
    fair = sum(c.strength > 0.1 for c in ranked)
    seen = [{mention.phrase.sentence for mention in c.mentions} for c in ranked]
    out = []
    for place, candidate in enumerate(ranked):
        row = _own(candidate, setting)
        row += [place, log_odds(candidate.strength) - log_odds(ranked[0].strength), len(ranked), strong, fair]
        row += _rivals(candidate, ranked[:place])
        row += _fuller(candidate, ranked)
        row.append(sum(not seen[place].isdisjoint(other) for other in seen[:place]))
        row += setting.sums + setting.tops + setting.topics + [setting.topics[candidate.role]]
        out.append([float(value) for value in row])
    return out


def _own(candidate: Candidate, setting: Setting) -> list[float]:
    role, mentions, best = candidate.role, candidate.mentions, candidate.best
    chances = sorted((mention.odds[role + 1] for mention in mentions), reverse=True)
    first = min(mention.phrase.sentence for mention in mentions)
    words = candidate.words
    second = log_odds(chances[1]) if len(chances) > 1 else _SECOND
    row = [role, *(float(role == other) for other in range(len(ROLES)))]
    row += [log_odds(candidate.strength), log_odds(chances[0]), second, sum(chances) / len(chances), len(chances)]
    row += [setting.names[candidate.key], setting.heads[words[-1]], best.cut, max(mention.cut for mention in mentions), len(words)]
    row += [first, first / setting.sentences, setting.sentences, best.phrase.chunk.first, best.phrase.offset]
    row += [max(mention.odds[column] for mention in mentions) for column in range(len(ROLES) + 1)]
    row += setting.peaks[[mention.phrase.sentence for mention in mentions]].max(axis=0).tolist()
    row += [best.parts[group][role + 1] - best.parts[group][0] for group in range(len(best.parts))]
    row += [max(sum(part[role + 1] - part[0] for part in mention.parts[1:_CONTEXT]) for mention in mentions)]
    row += [words[-1].endswith("s"), any(word[0].isdigit() for word in words)]
    return row


def _rivals(candidate: Candidate, before: Sequence[Candidate]) -> list[float]:
    """Stronger candidates of the role that may be the same entity: by head, by words, as a part, by initials."""
    words, initials = candidate.words, candidate.initials
    own = set(words)
    head = shared = inside = short = strongest = 0.0
    for other in before:
        theirs = other.words
        common = len(own.intersection(theirs)) / min(len(own), len(set(theirs)))
        same_head = words[-1] == theirs[-1]
        part = candidate.key in other.key or other.key in candidate.key
        spelt = initials == other.key or other.initials == candidate.key
        head, shared, inside, short = head + same_head, max(shared, common), inside + part, short + spelt
        if same_head or part or spelt or common >= 0.5:
            strongest = max(strongest, other.strength)
    return [head, shared, inside, short, strongest]


def _fuller(candidate: Candidate, every: Sequence[Candidate]) -> list[float]:
    """Candidates of the role that say more, or less, with the same last word: how many, and how strong."""
    end, size = f" {candidate.key}", len(candidate.key)
    more = [other.strength for other in every if other.key.endswith(end)]
    less = [other.strength for other in every if len(other.key) < size and candidate.key.endswith(f" {other.key}")]
    return [len(more), max(more, default=0.0), len(less), max(less, default=0.0)]
