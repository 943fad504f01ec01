"""What kind of event a mention in a report of a shooting names: somebody's death, the firing, another case.

Two multinomial regressions, whose log-odds are averaged: one on words of and around the mention (names of features are hashed), one on the state of a small
encoder. Trained by ``training/coreference.py`` (card in ``training/models/coreference.md``).
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.incidents.coreference.context import Contexts
from witnessmark.incidents.coreference.mentions import EventMention, Text
from witnessmark.incidents.coreference.words import kind_of, lemma, vector
from witnessmark.incidents.wording.index import load_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

KINDS = ("death", "hit", "injury", "firing", "incident", "other", "general")
"""Kinds of events of the Gun Violence Corpus (Vossen et al. 2018): ``incident`` is the case as a whole, ``other`` all that happened in other cases, ``general``
what is no single event ("shootings are rising")."""
LAYER = 1
"""Layer of the encoder, from 0, whose states are read. Five-fold CoNLL F1 on GVC dev with the second, third and fourth: .755, .751, .750."""
_NEAR, _WIDE = 2, 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATE = 12


class KindModel(NamedTuple):
    """``names`` are hashes of features in order, ``weights`` has a row for each; ``mean`` and ``scale`` bring states to one measure, ``context`` are their
    weights (width x kinds); ``bias`` is that of both regressions."""

    names: npt.NDArray[np.uint32]
    weights: Floats
    mean: Floats
    scale: Floats
    context: Floats
    bias: Floats

    def chances(self, named: Sequence[dict[str, float]], states: Floats) -> Floats:
        """The chance of each of KINDS for mentions with these features and states (mentions x kinds)."""
        import numpy as np

        odds = (states - self.mean) / self.scale @ self.context + self.bias
        for row, features in enumerate(named):
            hashes = np.array([hash_of(name) for name in features], np.uint32)
            at = np.minimum(np.searchsorted(self.names, hashes), len(self.names) - 1)
            values = np.where(self.names[at] == hashes, np.array(list(features.values()), np.float32), np.float32(0.0))
            odds[row] += values @ self.weights[at]
        chances: Floats = np.exp((odds - odds.max(axis=1, keepdims=True)) / 2).astype(np.float32)
        chances /= chances.sum(axis=1, keepdims=True)
        return chances


def kind_chances(texts: Sequence[Text], mentions: Sequence[EventMention], held: Contexts) -> Floats:
    """The chance of each of KINDS for each mention (mentions x kinds).

    Raises:
        DataError: WM401 when the model is missing or cannot be read.
    """
    return _model().chances([kind_features(texts, mention) for mention in mentions], held.words[LAYER])


def hash_of(name: str) -> int:
    """The hash of a feature's name, 32 bits."""
    return zlib.crc32(name.encode())


def kind_features(texts: Sequence[Text], mention: EventMention) -> dict[str, float]:
    """Named features of a mention, by the words of its sentence."""
    sentence = texts[mention.text].sentences[mention.sentence]
    low = [word.lower() for word in sentence]
    own = low[mention.first : mention.last + 1]
    head = lemma(own[0])
    out = {f"head {head}": 1.0, f"whole {' '.join(own)}": 1.0, f"first {own[0]}": 1.0, f"last {own[-1]}": 1.0}
    out |= {f"own {lemma(word)}": 1.0 for word in own}
    out |= {f"sentence {lemma(word)}": 0.3 for word in set(low)}
    out |= _around(low, mention, head)
    out |= {f"meaning {at}": 2.0 * float(value) for at, value in enumerate(known)} if (known := vector(own[0])) is not None else {}
    out[f"kind {max(kind_of(lemma(word)) for word in own)}"] = 1.0
    out["how late"] = min(mention.sentence, _LATE) / _LATE
    out["opening"] = float(mention.sentence <= 1)
    out["capital"] = float(sentence[mention.first][0].isupper())
    out["year"] = float(any(_YEAR.fullmatch(word) for word in low))
    out["ends in s"] = float(own[-1].endswith("s"))
    return out


def _around(low: Sequence[str], mention: EventMention, head: str) -> dict[str, float]:
    out: dict[str, float] = {}
    for step in range(1, _WIDE + 1):
        before = low[mention.first - step] if mention.first >= step else "<"
        after = low[mention.last + step] if mention.last + step < len(low) else ">"
        if step <= _NEAR:
            out |= {f"before {step} {before}": 1.0, f"after {step} {after}": 1.0, f"{head} before {step} {before}": 0.5}
        out |= {f"left {lemma(before)}": 0.7, f"right {lemma(after)}": 0.7}
    return out


@functools.cache
def _model() -> KindModel:
    """The model in ``shootings.npz``."""
    stored = load_arrays("shootings.npz", package="witnessmark.incidents.coreference")
    names = stored.pop("names")
    return KindModel(names, **{name: array.astype("float32") for name, array in stored.items()})
