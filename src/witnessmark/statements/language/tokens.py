"""Tokens: words, numbers and marks with their offsets. One tokeniser for every language that is read."""

from __future__ import annotations

import re
from typing import NamedTuple

from witnessmark.model import Span

# A possessive "'s" is a token of its own, so that "Russia's" begins with "Russia"; other apostrophes belong to the word
# ("don't", "Кам'янське"). A hyphen is a token: the phrase matcher may pass over it.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*(?!\w))"
    r"|(?P<clitic>['’]s\b)"
    r"|(?P<word>[^\W_]+(?:['’ʼ](?!s\b)[^\W\d_]+)*)"
    r"|(?P<mark>[^\s])"
)


class Token(NamedTuple):
    """``text`` at ``start`` .. ``end``; ``lower`` is its case-folded form; ``kind`` is number, clitic, word or mark.

    A named tuple, not a data class: thousands are made a second, and tuples are three times as fast to make.
    """

    start: int
    end: int
    text: str
    lower: str
    kind: str

    @property
    def span(self) -> Span:
        """The span of the token."""
        return Span(self.start, self.end)

    @property
    def capitalised(self) -> bool:
        """True when the first letter is a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """True when all of two or more letters are capitals."""
        return len(self.text) > 1 and self.text.isupper()


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text`` from ``start`` to ``end``, with offsets into ``text``."""
    stop = len(text) if end is None else end
    lower = text.lower()
    if len(lower) != len(text):  # A few letters grow when they are lowered: offsets would slip.
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    lower = lower.replace("’", "'").replace("ʼ", "'")
    out: list[Token] = []
    for m in _TOKEN.finditer(text, start, stop):
        first, last = m.span()
        out.append(Token(first, last, text[first:last], lower[first:last], m.lastgroup or "mark"))
    return out
