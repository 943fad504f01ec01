"""What a body of text does with a headline that is set over it: nothing to do with it, discusses, agrees, or disagrees."""

from __future__ import annotations

import math
from collections.abc import Sequence

from witnessmark.assess.stance.model import LABELS, LEAST_SHARE, load_model
from witnessmark.assess.stance.pairs import Body, Pair

__all__ = ["LABELS", "Body", "Pair", "disagreement", "stances"]


def stances(pairs: Sequence[Pair]) -> list[str]:
    """The stance of each pair: unrelated, discuss, agree or disagree.

    Raises:
        DataError: WM401 when the model or a lexicon cannot be read.
    """
    out = ["unrelated"] * len(pairs)
    told = [at for at, pair in enumerate(pairs) if pair.content and pair.share >= LEAST_SHARE]
    if told:
        best = load_model().scores([pairs[at] for at in told]).argmax(axis=1)
        for at, label in zip(told, best.tolist(), strict=True):
            out[at] = LABELS[label]
    return out


def disagreement(pair: Pair) -> float:
    """The probability that the body contradicts the headline; 0 for one that has too little in common with it.

    Raises:
        DataError: WM401 when the model or a lexicon cannot be read.
    """
    if not pair.content or pair.share < LEAST_SHARE:
        return 0.0
    scores = load_model().scores([pair])[0].tolist()
    weights = [math.exp(s - max(scores)) for s in scores]
    return weights[LABELS.index("disagree")] / sum(weights)
