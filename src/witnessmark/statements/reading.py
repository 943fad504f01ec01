"""A reading: a document with its tokens, sentences and statements; what every finder of mentions works on."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from witnessmark.model import Document, Span, Statement
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import LANGUAGES


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence ``index`` of a document: tokens ``first`` .. ``last`` (excluded), part kind, paragraph number from 0."""

    index: int
    span: Span
    first: int
    last: int
    part: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences and statements are in text order and do not overlap; statements lie inside sentences."""

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    _token_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _sentence_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _statement_starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_token_starts", tuple(t.start for t in self.tokens))
        object.__setattr__(self, "_sentence_starts", tuple(s.span.start for s in self.sentences))
        object.__setattr__(self, "_statement_starts", tuple(s.span.start for s in self.statements))

    @property
    def text(self) -> str:
        """The document's canonical text."""
        return self.document.text

    @property
    def language(self) -> str:
        """The language whose lexicons read the document: its own where there are such, else English."""
        return self.document.language if self.document.language in LANGUAGES else LANGUAGES[0]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds code point ``position``."""
        at = bisect.bisect_right(self._sentence_starts, position) - 1
        if at < 0 or position >= self.sentences[at].span.end:
            return None
        return self.sentences[at]

    def statement_at(self, position: int) -> Statement | None:
        """The statement that holds code point ``position``."""
        at = bisect.bisect_right(self._statement_starts, position) - 1
        if at < 0 or position >= self.statements[at].span.end:
            return None
        return self.statements[at]

    def statements_of(self, sentence: Sentence) -> tuple[Statement, ...]:
        """The statements that lie in ``sentence``, in text order."""
        lo = bisect.bisect_left(self._statement_starts, sentence.span.start)
        hi = bisect.bisect_left(self._statement_starts, sentence.span.end)
        return self.statements[lo:hi]

    def token_range(self, span: Span) -> tuple[int, int]:
        """Indexes (first, last excluded) of the tokens that begin inside ``span``."""
        return bisect.bisect_left(self._token_starts, span.start), bisect.bisect_left(self._token_starts, span.end)

    def span_of(self, first: int, last: int) -> Span:
        """The span from token ``first`` to token ``last`` (excluded)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)
