"""From a document to a reading: tokens, sentences, statements."""

from __future__ import annotations

from witnessmark.model import Document, Span, Speaker, Statement
from witnessmark.statements.attribution import Attribution, attributions
from witnessmark.statements.language.tokens import Token, tokenise
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.modality import by_rules
from witnessmark.statements.reading import Reading, Sentence
from witnessmark.statements.segment import sentences


def read_statements(document: Document) -> Reading:
    """The sentences and statements of the readable parts of ``document``, and the tokens of its whole text.

    Every sentence gives at least one statement; statements lie inside sentences and do not overlap. A document without readable words gives
    a reading without sentences.
    """
    tokens = tuple(tokenise(document.text))
    found = sentences(document, tokens)
    return Reading(document, tokens, found, tuple(_statement(document, tokens, s) for s in found))


def _statement(document: Document, tokens: tuple[Token, ...], sentence: Sentence) -> Statement:
    words = lexicon(document.language)
    cues = words.find_cues(tokens, sentence.first, sentence.last)
    sources = words.find_sources(tokens, sentence.first, sentence.last)
    said = attributions(tokens, sentence.first, sentence.last, cues=cues, sources=sources, lexicon=words)
    kinds = {k for c in cues for k in c.kinds}
    label = by_rules(kinds, attributed=bool(said), question=sentence.span.of(document.text).rstrip("\"'”’»").endswith("?"))
    return Statement(
        span=sentence.span,
        sentence=sentence.index,
        part=sentence.part,
        modality=label,
        speaker=_speaker(document, tokens, said),
        negative="negation" in kinds,
        rule="cues",
        paragraph=sentence.paragraph,
    )


def _speaker(document: Document, tokens: tuple[Token, ...], said: list[Attribution]) -> Speaker | None:
    for a in said:
        if a.source is not None:
            first, last = a.source
            text = document.text[tokens[first].start : tokens[last - 1].end]
            return Speaker(text, tokens[first].span if last - first == 1 else _span(tokens, first, last), a.source_type or "other")
    return None


def _span(tokens: tuple[Token, ...], first: int, last: int) -> Span:
    return Span(tokens[first].start, tokens[last - 1].end)
