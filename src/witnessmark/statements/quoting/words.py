"""A text as the quotation model sees it: for each token its word, shape, cue classes, source, and whether it stands inside quotation marks."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Lexicon
from witnessmark.statements.reading import Sentence

QUOTES = frozenset('"“”«»')
LONGEST = 400
"""Tokens; a longer run without an end mark is a table or a list, and nobody is quoted in it."""
NAME, UNKNOWN, EDGE = "<C>", "<u>", "<s>"
"""What stands for a word with a capital, for a word that training has not seen, and for what lies beyond the ends."""

_OPENING, _CLOSING = frozenset("“«"), frozenset("”»")
_CLASSES = frozenset(
    {"speech", "plain_speech", "according", "citing", "saying", "denial", "claim", "prediction", "directive", "opinion_verb", "inference",
     "stance", "hedge"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """All lists have one item a token. ``word`` is the lower-case word, ``<C>`` for a capital inside a sentence, ``<n>`` for a number;
    ``shape`` is w, C (capital), C0 (capital that may only open a sentence), n or m (mark). ``quoted`` and ``quote`` say whether the token
    stands inside quotation marks, and in which pair of them (0 for none). ``sentence`` is -1 outside of sentences."""

    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    word: list[str]
    shape: list[str]
    sentence: list[int]
    quoted: list[bool]
    quote: list[int]
    classes: list[frozenset[str]]
    source: list[bool]

    def span(self, at: int) -> tuple[int, int]:
        """First and last token of sentence ``at``."""
        return self.sentences[at].first, self.sentences[at].last


def words_of(tokens: Sequence[Token], sentences: Sequence[Sentence], lexicon: Lexicon, known: Container[str] | None) -> Words:
    """The text of ``tokens``. Words outside ``known`` are all one word; without it (in training, before it is made) every word stands for itself."""
    first = {s.first for s in sentences}
    shape = [_shape(tokens, at, first) for at in range(len(tokens))]
    word = [_word(t, s, known) for t, s in zip(tokens, shape, strict=True)]
    sentence = [-1] * len(tokens)
    classes: list[frozenset[str]] = [frozenset()] * len(tokens)
    source = [False] * len(tokens)
    for number, one in enumerate(sentences):
        sentence[one.first : one.last] = [number] * (one.last - one.first)
        for cue in lexicon.find_cues(tokens, one.first, one.last):
            for at in range(cue.first, cue.last):
                classes[at] |= cue.kinds & _CLASSES
        for name in lexicon.find_sources(tokens, one.first, one.last):
            source[name.first : name.last] = [True] * (name.last - name.first)
    quoted, quote = _quotes(tokens, sentences)
    return Words(tokens, sentences, word, shape, sentence, quoted, quote, classes, source)


def _shape(tokens: Sequence[Token], at: int, first: set[int]) -> str:
    token = tokens[at]
    if token.kind == "number":
        return "n"
    if token.kind != "word":
        return "m"
    if not token.text[0].isupper():
        return "w"
    return "C0" if at in first or tokens[at - 1].text in QUOTES or tokens[at - 1].text == ":" else "C"


def _word(token: Token, shape: str, known: Container[str] | None) -> str:
    if shape == "n":
        return "<n>"
    if shape == "m":
        return "'s" if token.kind == "clitic" else token.text
    if shape == "C":
        return NAME
    return token.lower if known is None or token.lower in known else UNKNOWN


def _quotes(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> tuple[list[bool], list[int]]:
    """Quotation marks open and close inside a paragraph; straight ones by turns."""
    quoted, quote = [False] * len(tokens), [0] * len(tokens)
    inside, paragraph, number = False, -1, 0
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        for at in range(sentence.first, sentence.last):
            text = tokens[at].text
            if text in QUOTES:
                inside = text in _OPENING or (text not in _CLOSING and not inside)
                number += inside
                quoted[at], quote[at] = True, number
            else:
                quoted[at], quote[at] = inside, number if inside else 0
    return quoted, quote
