"""Pieces: sentences and clauses with their cues and attributions, before they are labelled."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from witnessmark.model import Document, Span
from witnessmark.statements.attribution import attributions
from witnessmark.statements.clauses import cuts
from witnessmark.statements.features import OLD, Piece, Scene
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.lexicon import Cue, Lexicon, lexicon
from witnessmark.statements.reading import Sentence
from witnessmark.statements.segment import sentences
from witnessmark.statements.timing import time_signs

_LEAD = 3  # Statements that make the lead, the headline included.


def pieces_of(tokens: Sequence[Token], found: Iterable[Sentence], words: Lexicon) -> list[Piece]:
    """The statements-to-be of the sentences ``found``."""
    out: list[Piece] = []
    paragraph = -1
    for sentence in found:
        cues = words.find_cues(tokens, sentence.first, sentence.last)
        bounds = [sentence.first, *_cuts(tokens, sentence, cues), sentence.last]
        for first, last in itertools.pairwise(bounds):
            out.append(_piece(tokens, sentence, first, last, words, fresh=sentence.paragraph != paragraph))
            paragraph = sentence.paragraph
    return out


def _cuts(tokens: Sequence[Token], sentence: Sentence, cues: Sequence[Cue]) -> list[int]:
    return [] if sentence.part == "headline" else cuts(tokens, sentence.first, sentence.last, cues)


def _piece(tokens: Sequence[Token], sentence: Sentence, first: int, last: int, words: Lexicon, *, fresh: bool) -> Piece:
    cues = words.find_cues(tokens, first, last)
    said = attributions(tokens, first, last, cues=cues, sources=words.find_sources(tokens, first, last), lexicon=words)
    return Piece(first, last, sentence.index, sentence.part, fresh, first > sentence.first, tuple(cues), tuple(said))


def pieces_at(document: Document, spans: Sequence[Span]) -> tuple[list[Token], list[Piece]]:
    """Tokens of ``document`` and the pieces at the given ``spans``, in text order: how training sees statements whose bounds are known."""
    tokens = tokenise(document.text)
    starts = [t.start for t in tokens]
    found = sentences(document, tokens)
    heads = [s.span.start for s in found]
    words = lexicon(document.language)
    out: list[Piece] = []
    paragraph = -1
    for span in spans:
        sentence = found[max(0, bisect_right(heads, span.start) - 1)]
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        out.append(_piece(tokens, sentence, first, last, words, fresh=sentence.paragraph != paragraph))
        paragraph = sentence.paragraph
    return tokens, out


def scene_of(document: Document, tokens: Sequence[Token], pieces: Sequence[Piece]) -> Scene:
    """What holds for all pieces of ``document``."""
    published = document.published.value.earliest if document.published is not None else None
    lead = {sign for p in pieces[:_LEAD] for sign in time_signs(tokens, p.first, p.last, published)}
    return Scene(
        published=published,
        publisher_type=document.publisher_type,
        publisher=frozenset((document.publisher or "").lower().split()),
        sentences=pieces[-1].index + 1 if pieces else 0,
        lead_old=bool(lead & OLD),
    )
