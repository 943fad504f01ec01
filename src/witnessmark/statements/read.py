"""From a document to a reading: tokens, sentences, statements."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.model import Document, Span, Speaker, Statement
from witnessmark.statements.attribution import Attribution
from witnessmark.statements.features import Piece
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.modality import labels_of
from witnessmark.statements.pieces import pieces_of, scene_of
from witnessmark.statements.reading import Reading, Sentence
from witnessmark.statements.segment import sentences


def read_statements(document: Document) -> Reading:
    """The sentences and statements of the readable parts of ``document``, and the tokens of its whole text.

    Every sentence gives at least one statement; statements lie inside sentences and do not overlap. A document without readable words gives
    a reading without sentences.
    """
    tokens = tuple(tokenise(document.text))
    found = sentences(document, tokens)
    pieces = pieces_of(tokens, found, lexicon(document.language))
    labels = labels_of(tokens, pieces, scene_of(document, tokens, pieces), document.language)
    statements = tuple(_statement(document, tokens, found[piece.index], piece, label) for piece, label in zip(pieces, labels, strict=True))
    return Reading(document, tokens, found, statements)


def _statement(document: Document, tokens: Sequence[Token], sentence: Sentence, piece: Piece, label: tuple[str, float, str]) -> Statement:
    modality, score, rule = label
    kinds = {k for c in piece.cues for k in c.kinds}
    return Statement(
        span=_span(tokens, piece.first, piece.last),
        sentence=sentence.index,
        part=sentence.part,
        modality=modality,
        speaker=_speaker(document, tokens, piece.said),
        negative="negation" in kinds,
        rule=rule,
        score=score,
        paragraph=sentence.paragraph,
    )


def _speaker(document: Document, tokens: Sequence[Token], said: Sequence[Attribution]) -> Speaker | None:
    for a in said:
        if a.source is not None:
            span = _span(tokens, *a.source)
            return Speaker(span.of(document.text), span, a.source_type or "other")
    return None


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)
