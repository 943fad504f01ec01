"""Every attribution of a reading with its three parts: the words of the source, the cue, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.model import Span
from witnessmark.statements.attribution import Attribution, attributions
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.reading import Reading, Sentence

_QUOTES = frozenset('"“”«»')
_FRONT = 3
"""A source that begins within this many tokens of the sentence has its content after the verb. Chosen on PolNeAR train."""
_TRIMMED = frozenset(",;:.-–—")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Who says what: ``source`` is None when the subject is left out. ``content`` is what the other two parts leave of the clause."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]


def quotations(reading: Reading) -> Iterator[Quotation]:
    """The attributions of all sentences of ``reading``, in text order."""
    words = lexicon(reading.document.language)
    for sentence in reading.sentences:
        cues = words.find_cues(reading.tokens, sentence.first, sentence.last)
        said = attributions(reading.tokens, sentence.first, sentence.last, cues=cues, lexicon=words)
        for number, one in enumerate(said):
            bound = said[number + 1] if number + 1 < len(said) else None
            yield _quotation(reading, sentence, one, bound, said[:number])


def _quotation(
    reading: Reading, sentence: Sentence, said: Attribution, following: Attribution | None, before: Sequence[Attribution]
) -> Quotation:
    source, cue = _whole(reading, said)
    first, last = _reach(sentence, said, source, following, before)
    pieces = []
    at = first
    for start, end in [*sorted(r for r in (source, cue) if r is not None), (last, last)]:
        piece = _trimmed(reading.tokens, at, min(start, last))
        if piece is not None:
            pieces.append(piece)
        at = max(at, end)
    if len(pieces) > 1 and not _quoted(reading.tokens, *reading.token_range(pieces[-1])) and len(pieces[0]) > len(pieces[-1]):
        pieces = pieces[:-1]  # "..., he said at a meeting in the capital": what follows is no part of what is said.
    return Quotation(None if source is None else reading.span_of(*source), reading.span_of(*cue), tuple(pieces))


def _whole(reading: Reading, said: Attribution) -> tuple[tuple[int, int] | None, tuple[int, int]]:
    """Source with its apposition, and cue with the auxiliaries and adverbs before it."""
    if said.source is None or said.kind != "speech" or said.source[1] > said.cue[0]:
        return said.source, said.cue
    adverbs = lexicon(reading.document.language).grammar.adverbs
    start = said.cue[0]
    while start > said.source[1] and reading.tokens[start - 1].lower in adverbs:
        start -= 1
    return (said.source[0], start), (start, said.cue[1])


def _reach(
    sentence: Sentence,
    said: Attribution,
    source: tuple[int, int] | None,
    following: Attribution | None,
    before: Sequence[Attribution],
) -> tuple[int, int]:
    """Token range that the content may stand in: after the cue when the source stands in front, else the whole sentence."""
    start = min(source[0] if source else said.cue[0], said.cue[0])
    if said.kind == "label":
        return (said.cue[1], sentence.last) if source is None or source[0] < said.cue[0] else (sentence.first, start)
    if said.inverted or (start - sentence.first > _FRONT and not before):
        return sentence.first, sentence.last
    stop = sentence.last
    if following is not None and following.source is None:
        stop = following.cue[0] - 1
    return start, max(stop, said.cue[1])


def _quoted(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(t.text in _QUOTES for t in tokens[first:last])


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    while first < last and tokens[first].text in _TRIMMED:
        first += 1
    while last > first and tokens[last - 1].text in _TRIMMED:
        last -= 1
    return Span(tokens[first].start, tokens[last - 1].end) if first < last else None
