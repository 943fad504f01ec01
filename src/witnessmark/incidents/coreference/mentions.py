"""Mentions of events with what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from witnessmark.incidents.coreference.words import EMPTY, kind_of, lemma, vector
from witnessmark.incidents.wording.bags import bucket_of
from witnessmark.incidents.wording.index import rarity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]

SIDE = 6
"""Words on each side of a mention that count as its surroundings."""


@dataclass(frozen=True, slots=True)
class Text:
    """A tokenised document: sentences in order, each a list of words."""

    identifier: str
    sentences: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EventMention:
    """Words ``first`` .. ``last`` (inclusive) of sentence ``sentence`` of the text ``text``, by number."""

    identifier: str
    text: int
    sentence: int
    first: int
    last: int


Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention prepared for comparing. Weights are rarities by lower-case word; ``left`` and ``right`` are the surroundings."""

    mention: EventMention
    head: str
    words: frozenset[str]
    kind: int
    position: int
    left: Weights
    right: Weights
    sentence: Weights
    names: frozenset[str]
    numbers: frozenset[str]
    near_numbers: frozenset[str]
    meaning: Vector | None
    head_meaning: Vector | None
    company: Vector | None
    shape: tuple[float, float, float]
    before: str
    after: str


def see(texts: Sequence[Text], mentions: Iterable[EventMention]) -> list[Seen]:
    """The mentions prepared, in their order."""
    starts = [_starts(text) for text in texts]
    return [_seen(texts[m.text].sentences[m.sentence], m, starts[m.text][m.sentence] + m.first) for m in mentions]


def _starts(text: Text) -> list[int]:
    out, total = [], 0
    for sentence in text.sentences:
        out.append(total)
        total += len(sentence)
    return out


def _seen(sentence: Sequence[str], mention: EventMention, position: int) -> Seen:
    low = [w.lower() for w in sentence]
    own = low[mention.first : mention.last + 1]
    told = [w for w in own if w not in EMPTY] or own
    left, right = low[max(0, mention.first - SIDE) : mention.first], low[mention.last + 1 : mention.last + 1 + SIDE]
    head = lemma(told[0])
    near = low[max(0, mention.first - SIDE + 1) : mention.last + SIDE]
    return Seen(
        mention,
        head,
        frozenset(lemma(w) for w in told),
        next((k for k in (kind_of(lemma(w)) for w in told) if k >= 0), -1),
        position,
        weights(left),
        weights(right),
        weights(low),
        frozenset(w.lower() for n, w in enumerate(sentence) if n and w[0].isupper() and len(w) > 2),
        _numbers(low),
        _numbers(near),
        _mean(told),
        vector(told[0]),
        _mean([w for w in (*left, *right) if w not in EMPTY], weighted=True),
        (float(any(w.endswith(("ed", "ing")) for w in own)), float(told[0].endswith("s")), float(len(own))),
        left[-1] if left else "",
        right[0] if right else "",
    )


def weights(words: Iterable[str]) -> dict[str, float]:
    """The rarity of each word that tells something."""
    rare = rarity()
    return {w: float(rare[bucket_of(w)]) for w in words if w[0].isalnum() and w not in EMPTY}


def _numbers(words: Iterable[str]) -> frozenset[str]:
    return frozenset(w for w in words if any(c.isdigit() for c in w))


def _mean(words: Sequence[str], *, weighted: bool = False) -> Vector | None:
    import numpy as np

    rare = rarity()
    known = [(v, float(rare[bucket_of(w)]) if weighted else 1.0) for w in words if (v := vector(w)) is not None]
    if not known:
        return None
    total: Vector = np.sum([v * weight for v, weight in known], axis=0)
    return total / max(float(np.linalg.norm(total)), 1e-6)
