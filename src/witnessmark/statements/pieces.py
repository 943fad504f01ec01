"""Pieces: sentences and clauses with their cues and attributions, before they are labelled."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from witnessmark.model import Document, Span
from witnessmark.statements.attribution import attributions
from witnessmark.statements.clauses import cuts
from witnessmark.statements.features import OLD, Piece, Scene
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.lexicon import Cue, Lexicon, lexicon
from witnessmark.statements.reading import Sentence
from witnessmark.statements.segment import sentences
from witnessmark.statements.timing import newest_day, time_signs

_LONGEST = 400
"""Tokens. A longer run without an end mark is no sentence (a table, a list of names): it is not cut, and only its beginning is searched for a
speaker, so that the time to read a text stays in proportion to its length."""
_LEAD = 3  # Statements that make the lead, the headline included.


def pieces_of(document: Document, tokens: Sequence[Token], found: Iterable[Sentence]) -> list[Piece]:
    """The statements-to-be of the sentences ``found`` of ``document``."""
    maker = _Maker(tokens, lexicon(document.language), _news_day(document, tokens))
    out: list[Piece] = []
    paragraph = -1
    for sentence in found:
        cues = maker.words.find_cues(tokens, sentence.first, sentence.last)
        whole = sentence.part == "headline" or sentence.last - sentence.first > _LONGEST
        inner = [] if whole else cuts(tokens, sentence.first, sentence.last, cues)
        for first, last in itertools.pairwise([sentence.first, *inner, sentence.last]):
            own = [cue for cue in cues if first <= cue.first and cue.last <= last] if inner else cues
            out.append(maker.piece(sentence, first, last, own, fresh=sentence.paragraph != paragraph))
            paragraph = sentence.paragraph
    return out


def pieces_at(document: Document, spans: Sequence[Span]) -> tuple[list[Token], list[Piece]]:
    """Tokens of ``document`` and the pieces at the given ``spans``, in text order: how training sees statements whose bounds are known."""
    tokens = tokenise(document.text)
    starts = [t.start for t in tokens]
    found = sentences(document, tokens)
    heads = [s.span.start for s in found]
    maker = _Maker(tokens, lexicon(document.language), _news_day(document, tokens))
    out: list[Piece] = []
    paragraph = -1
    for span in spans:
        sentence = found[max(0, bisect_right(heads, span.start) - 1)]
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        cues = maker.words.find_cues(tokens, first, last)
        out.append(maker.piece(sentence, first, last, cues, fresh=sentence.paragraph != paragraph))
        paragraph = sentence.paragraph
    return tokens, out


def scene_of(document: Document, pieces: Sequence[Piece]) -> Scene:
    """What holds for all pieces of ``document``."""
    return Scene(
        publisher_type=document.publisher_type,
        publisher=frozenset((document.publisher or "").lower().split()),
        sentences=pieces[-1].index + 1 if pieces else 0,
        lead_old=any(piece.signs & OLD for piece in pieces[:_LEAD]),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """What is needed to make the pieces of one document."""

    tokens: Sequence[Token]
    words: Lexicon
    published: dt.date | None

    def piece(self, sentence: Sentence, first: int, last: int, cues: Sequence[Cue], *, fresh: bool) -> Piece:
        reach = min(last, first + _LONGEST)
        near = cues if reach == last else [cue for cue in cues if cue.last <= reach]
        said = attributions(self.tokens, first, reach, cues=near, lexicon=self.words)
        return Piece(
            first=first,
            last=last,
            index=sentence.index,
            part=sentence.part,
            fresh=fresh,
            continued=first > sentence.first,
            cues=tuple(cues),
            said=tuple(said),
            signs=frozenset(time_signs(self.tokens, first, last, self.published)),
        )


def _news_day(document: Document, tokens: Sequence[Token]) -> dt.date | None:
    """The day against which dates are old or new: that of publication, else the newest day that the text names."""
    return document.published.value.earliest if document.published is not None else newest_day(tokens)
