"""What a mention says in its sentence: the states of the encoder that was trained to tell who says what (``statements/encoding``).

Only sentences with a mention are read. Mean states over general news are made by ``training/context.py`` (card in ``training/models/coreference.md``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.errors import DataError
from witnessmark.incidents.coreference.mentions import EventMention, Text
from witnessmark.incidents.wording.index import load_arrays
from witnessmark.statements.encoding import CLOSE, OPEN, Body, load_encoding, pieces_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

WINDOW = 254
"""Word pieces that are read at once, without the marks at both ends."""
_NEVER = 1e-6


@dataclass(frozen=True, slots=True)
class Contexts:
    """``words`` are the mean states of each mention's pieces after each layer (layers x mentions x width)."""

    words: Floats

    def alike(self, one: Sequence[int], other: Sequence[int]) -> Floats:
        """Cosines of pairs of mentions, of their states after the first layer (pairs x 1), taken from their mean over general news (ECB+ train).

        Further layers and the states of sentences ranked no better on ECB+ dev (decision 0019).
        """
        import numpy as np

        unit = self.words[0] - _middle()
        unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), _NEVER)
        cosines: Floats = np.einsum("ij,ij->i", unit[list(one)], unit[list(other)])[:, None].astype(np.float32)
        return cosines


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

    body = load_body()
    of: dict[tuple[int, int], list[int]] = {}
    for number, mention in enumerate(mentions):
        of.setdefault((mention.text, mention.sentence), []).append(number)
    width = body.table.shape[1]
    words = np.zeros((len(body.layers), len(mentions), width), np.float32)
    for number, text in enumerate(texts):
        read = [s for s in range(len(text.sentences)) if (number, s) in of]
        for window in _windows(text, read, body):
            states = np.stack(body.layered(window.pieces))
            for sentence, places in window.sentences:
                for own in of[number, sentence]:
                    first, last = places[mentions[own].first], places[mentions[own].last + 1]
                    words[:, own] = states[:, first:last].mean(axis=1)
    return Contexts(words)


def _windows(text: Text, read: Sequence[int], body: Body) -> Iterator[_Window]:
    """Whole sentences as long as they fit; words that do not fit a window of their own are read as its last piece."""
    window = _Window([body.pieces[OPEN]], [])
    for sentence in read:
        spelt = [pieces_of(word.lower(), body.pieces) for word in text.sentences[sentence]]
        if window.sentences and len(window.pieces) + sum(map(len, spelt)) > WINDOW + 1:
            yield _closed(window, body)
            window = _Window([body.pieces[OPEN]], [])
        places = []
        for pieces in spelt:
            places.append(min(len(window.pieces), WINDOW))
            window.pieces.extend(pieces)
        places.append(min(len(window.pieces), WINDOW + 1))
        window.sentences.append((sentence, places))
    if window.sentences:
        yield _closed(window, body)


def _closed(window: _Window, body: Body) -> _Window:
    return _Window([*window.pieces[: WINDOW + 1], body.pieces[CLOSE]], window.sentences)


def load_body() -> Body:
    """The encoder.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    found = load_encoding("en")
    if found is None:
        raise DataError("WM401", origin="voices.npz")
    return found.body


@functools.cache
def _middle() -> Floats:
    """Mean state after the first layer over general news (1 x width)."""
    mean: Floats = load_arrays("context.npz", package="witnessmark.incidents.coreference")["mean"].astype("float32")
    return mean
