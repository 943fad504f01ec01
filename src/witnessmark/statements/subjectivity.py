"""Opinion or report: how likely a sentence is subjective, by a small linear model over the features of modality and the shapes of words.

A second look at what the modality calls opinion, rhetorical or a call; trained on news sentences by ``training/subjectivity.py``, its card is
``training/models/subjectivity_en.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.model import Document
from witnessmark.statements.features import Piece, features
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.model import load_model
from witnessmark.statements.pieces import pieces_of, scene_of
from witnessmark.statements.reading import Reading

SUBJECTIVE, OBJECTIVE = "SUBJ", "OBJ"
FILE = "subjectivity.npz"

_OF_PLACE = ("at:", "part", "fresh", "pub")  # A sentence is judged by itself, wherever it stands.
_STEM, _ENDING, _LONG = 5, 4, 6  # Letters of a stem and of an ending, and of a word that shows its ending.


def subjectivities(reading: Reading) -> list[float | None]:
    """The probability that each sentence of ``reading`` is subjective; None where the language has no model.

    Raises:
        DataError: WM401 when the model is there but cannot be read.
    """
    model = load_model(reading.document.language, FILE)
    if model is None:
        return [None] * len(reading.sentences)
    named = sentence_features(reading.document, reading.tokens, reading)
    found = model.predict(named)
    return [p if label == SUBJECTIVE else 1.0 - p for label, p in found]


def sentence_features(document: Document, tokens: Sequence[Token], reading: Reading) -> list[set[str]]:
    """The names of the features of each sentence."""
    pieces = pieces_of(document, tokens, reading.sentences)
    scene = scene_of(document, pieces)
    out: list[set[str]] = [set() for _ in reading.sentences]
    for at, piece in enumerate(pieces):
        own = (name for name in features(tokens, pieces, at, scene) if not name.startswith(_OF_PLACE))
        out[piece.index].update(own, _shapes(tokens, piece))
    for statement in reading.statements:
        out[statement.sentence].add(f"m:{statement.modality}")
    return out


def _shapes(tokens: Sequence[Token], piece: Piece) -> Iterator[str]:
    """Beginnings and endings of the words that have no capital."""
    for token in tokens[piece.first : piece.last]:
        if token.kind == "word" and not token.text[0].isupper() and len(token.text) >= _LONG:
            yield f"st:{token.lower[:_STEM]}"
            yield f"x:{token.lower[-_ENDING:]}"
