"""From a document to a reading: tokens, sentences, statements."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.model import Document, Span, Statement
from witnessmark.statements.distance import distanced
from witnessmark.statements.features import Piece
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.lexicon import Grammar, lexicon
from witnessmark.statements.modality import Label, deciding_cue, labels_of
from witnessmark.statements.pieces import pieces_of, scene_of
from witnessmark.statements.reading import Reading, Sentence
from witnessmark.statements.segment import sentences
from witnessmark.statements.speakers import Voices, unnamed_report, voices_of

_NEGATIVE = frozenset({"negation", "no_event"})


def read_statements(document: Document) -> Reading:
    """The sentences and statements of the readable parts of ``document``, and the tokens of its whole text.

    Every sentence gives at least one statement; statements lie inside sentences and do not overlap. A document without readable words gives
    a reading without sentences.

    Raises:
        DataError: WM401 when a lexicon or the model of its language is missing or cannot be read.
    """
    tokens = tuple(tokenise(document.text))
    found = sentences(document, tokens)
    pieces = pieces_of(document, tokens, found)
    scene = scene_of(document, pieces)
    labels = labels_of(tokens, pieces, scene, document.language)
    voices = voices_of(document.text, tokens, pieces, [label.modality for label in labels], scene)
    grammar = lexicon(document.language).grammar
    statements = tuple(
        _statement(tokens, found[piece.index], piece, label, voice, grammar, document.language)
        for piece, label, voice in zip(pieces, labels, voices, strict=True)
    )
    return Reading(document, tokens, found, statements)


def _statement(
    tokens: Sequence[Token], sentence: Sentence, piece: Piece, label: Label, voices: Voices, grammar: Grammar, language: str
) -> Statement:
    unnamed = unnamed_report(tokens, piece, grammar)
    return Statement(
        span=_span(tokens, piece.first, piece.last),
        sentence=sentence.index,
        part=sentence.part,
        modality=label.modality,
        speaker=voices.speaker,
        chain=voices.chain,
        negative=label.modality in ("negated", "denied") or any(cue.kinds & _NEGATIVE for cue in piece.cues),
        hedge=next((_span(tokens, cue.first, cue.last) for cue in piece.cues if "hedge" in cue.kinds), None),
        cue=_cue_span(tokens, piece, label.modality),
        rule=label.rule,
        score=label.score,
        paragraph=sentence.paragraph,
        distanced=distanced(tokens, piece.first, piece.last, language),
        unnamed=None if voices.speaker is not None or unnamed is None else _span(tokens, *unnamed),
    )


def _cue_span(tokens: Sequence[Token], piece: Piece, modality: str) -> Span | None:
    found = deciding_cue(tokens, piece, modality)
    return None if found is None else _span(tokens, *found)


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)
