"""What a mention says in its sentence: the states of a small pre-trained encoder.

The lower layers of MiniLM-L6 (Wang et al. 2020), as they were published, in 8-bit integers (``training/context.py``; card in ``training/models/coreference.md``).
Only sentences with a mention are read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from witnessmark.claims.fillers.encoder import Trunk, trunk_from
from witnessmark.claims.fillers.windows import CLOSE, OPEN, pieces_of
from witnessmark.incidents.coreference.mentions import EventMention, Text
from witnessmark.incidents.wording.index import load_arrays

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

WINDOW = 254
"""Word pieces that are read at once, without the marks at both ends."""
_NEVER = 1e-6


@dataclass(frozen=True, slots=True)
class Contexts:
    """``words`` are the mean states of each mention's pieces after each layer, ``sentences`` those of its sentence after the last (layers x mentions x width;
    mentions x width)."""

    words: Floats
    sentences: Floats

    def alike(self, one: Sequence[int], other: Sequence[int]) -> Floats:
        """Cosines of pairs of mentions (pairs x layers + 1): of their words after each layer, and of their sentences. States are taken from
        their mean over general news (ECB+ train)."""
        import numpy as np

        middle = _middle()
        columns = []
        for states, mean in zip((*self.words, self.sentences), (*middle.words, middle.sentences), strict=True):
            unit = states - mean
            unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), _NEVER)
            columns.append(np.einsum("ij,ij->i", unit[list(one)], unit[list(other)]))
        return np.column_stack(columns).astype(np.float32)


class _Window(NamedTuple):
    """Numbers of the word pieces, and for each sentence in them its number, the place of its first piece, and the places where its words begin and the last ends."""

    pieces: list[int]
    sentences: list[tuple[int, list[int]]]


def contexts(texts: Sequence[Text], mentions: Sequence[EventMention]) -> Contexts:
    """The states of the mentions.

    Raises:
        DataError: WM401 when the encoder is missing or cannot be read.
    """
    import numpy as np

    trunk = load_trunk()
    of: dict[tuple[int, int], list[int]] = {}
    for number, mention in enumerate(mentions):
        of.setdefault((mention.text, mention.sentence), []).append(number)
    width = trunk.table.shape[1]
    words = np.zeros((len(trunk.layers), len(mentions), width), np.float32)
    sentences = np.zeros((len(mentions), width), np.float32)
    for number, text in enumerate(texts):
        read = [s for s in range(len(text.sentences)) if (number, s) in of]
        for window in _windows(text, read, trunk):
            states = np.stack(trunk.states(window.pieces))
            for sentence, places in window.sentences:
                whole = states[-1, places[0] : places[-1]].mean(axis=0)
                for own in of[number, sentence]:
                    first, last = places[mentions[own].first], places[mentions[own].last + 1]
                    words[:, own] = states[:, first:last].mean(axis=1)
                    sentences[own] = whole
    return Contexts(words, sentences)


def _windows(text: Text, read: Sequence[int], trunk: Trunk) -> Iterator[_Window]:
    """Whole sentences as long as they fit; words that do not fit a window of their own are read as its last piece."""
    window = _Window([trunk.pieces[OPEN]], [])
    for sentence in read:
        spelt = [pieces_of(word.lower(), trunk.pieces) for word in text.sentences[sentence]]
        if window.sentences and len(window.pieces) + sum(map(len, spelt)) > WINDOW + 1:
            yield _closed(window, trunk)
            window = _Window([trunk.pieces[OPEN]], [])
        places = []
        for pieces in spelt:
            places.append(min(len(window.pieces), WINDOW))
            window.pieces.extend(pieces)
        places.append(min(len(window.pieces), WINDOW + 1))
        window.sentences.append((sentence, places))
    if window.sentences:
        yield _closed(window, trunk)


def _closed(window: _Window, trunk: Trunk) -> _Window:
    return _Window([*window.pieces[: WINDOW + 1], trunk.pieces[CLOSE]], window.sentences)


@functools.cache
def load_trunk() -> Trunk:
    """The encoder.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    return trunk_from(_stored())


@functools.cache
def _middle() -> Contexts:
    """Mean states over general news."""
    stored = _stored()
    return Contexts(stored["mean_words"].astype("float32"), stored["mean_sentences"].astype("float32"))


@functools.cache
def _stored() -> dict[str, Any]:
    return load_arrays("context.npz", package="witnessmark.incidents.coreference")
