"""A text as the quotation model sees it: for each token how it is written, its sentence, and whether it stands inside quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Sentence

_QUOTES = frozenset('"“”«»')
_OPENING, _CLOSING = frozenset("“«"), frozenset("”»")
SHAPES = ("word", "capital", "opening capital", "number", "mark")
"""How a token can be written; a capital that may only open a sentence or a quotation is no sign of a name."""


@dataclass(frozen=True, slots=True)
class Words:
    """All lists have one item a token. ``shape`` is a place in ``SHAPES``; ``sentence`` is -1 outside of sentences."""

    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    shape: list[int]
    sentence: list[int]
    quoted: list[bool]

    def marks(self, at: int) -> int:
        """The class of token ``at`` by shape and quotation marks, one of twice ``len(SHAPES)``."""
        return self.shape[at] + len(SHAPES) * self.quoted[at]


def words_of(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Words:
    """The text of ``tokens``."""
    first = {s.first for s in sentences}
    sentence = [-1] * len(tokens)
    for number, one in enumerate(sentences):
        sentence[one.first : one.last] = [number] * (one.last - one.first)
    shape = [SHAPES.index(_shape(tokens, at, first)) for at in range(len(tokens))]
    return Words(tokens, sentences, shape, sentence, _quoted(tokens, sentences))


def _shape(tokens: Sequence[Token], at: int, first: set[int]) -> str:
    token = tokens[at]
    if token.kind != "word":
        return "number" if token.kind == "number" else "mark"
    if not token.text[0].isupper():
        return "word"
    return "opening capital" if at in first or tokens[at - 1].text in _QUOTES or tokens[at - 1].text == ":" else "capital"


def _quoted(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[bool]:
    """Quotation marks open and close inside a paragraph; straight ones by turns."""
    quoted = [False] * len(tokens)
    inside, paragraph = False, -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        for at in range(sentence.first, sentence.last):
            text = tokens[at].text
            if text in _QUOTES:
                inside = text in _OPENING or (text not in _CLOSING and not inside)
                quoted[at] = True
            else:
                quoted[at] = inside
    return quoted
