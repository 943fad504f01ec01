"""What a document shows of its phrases, from two readers together: the regressions over named features, and the encoder.

Their log-odds are added with weights (a logarithmic opinion pool).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.claims.fillers.encoder import Encoder, Read
from witnessmark.claims.fillers.model import FillerModel, odds_of
from witnessmark.claims.fillers.phrases import Phrase, phrases_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ROLE_WEIGHTS = (0.35, 0.5)
"""Weights of the regression and of the encoder for the roles of phrases."""
TOPIC_WEIGHTS = (0.5, 0.5)
"""The same for the topics of the document."""

HOPE = 0.01
"""Least probability of any role, by the regression, of some phrase of a sentence that the encoder reads. On the training part, by folds, .01 keeps 74 % of
the words of documents past a gate of -1 and 93 % of the phrases that fill a role (.02: 60 and 91 %; .03: 52 and 88 %; past a gate of -1 are 94 %)."""


class Evidence(NamedTuple):
    """``scores``: what each group of features, and last the encoder, adds to the scores of "none" and of each role (phrases x groups x columns);
    ``topics``: the pooled log-odds of the document; ``read``: what the encoder said."""

    phrases: list[Phrase]
    scores: npt.NDArray[np.float32]
    topics: list[float]
    read: Read


def evidence_of(
    words: Sequence[str], bounds: Sequence[tuple[int, int]], topics: Sequence[float], model: FillerModel, encoder: Encoder
) -> Evidence | None:
    """The evidence of a document, whose bag of words says ``topics``; nothing for one without phrases."""
    import numpy as np

    phrases = phrases_of(words, bounds, model.tagger, model.clusters)
    if not phrases:
        return None
    plain = model.phrase_scores(phrases)
    read = encoder.read(words, [bounds[at] for at in hopeful(phrases, plain)], phrases)
    linear, encoded = ROLE_WEIGHTS
    scores = np.concatenate([plain * np.float32(linear), read.roles[:, None] * np.float32(encoded)], axis=1)
    own, whole = TOPIC_WEIGHTS
    return Evidence(phrases, scores, [own * one + whole * two for one, two in zip(topics, read.topics, strict=True)], read)


def hopeful(phrases: Sequence[Phrase], scores: npt.NDArray[np.float32]) -> list[int]:
    """The numbers of the sentences with a phrase that may fill a role, by the regression's ``scores``: the encoder reads no others."""
    likely = 1.0 - odds_of(scores)[:, 0] >= HOPE
    return sorted({phrase.sentence for phrase, own in zip(phrases, likely.tolist(), strict=True) if own})
