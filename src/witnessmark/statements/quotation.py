"""Every attribution of a reading with its three parts: the words of the source, the cue, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.model import Span
from witnessmark.statements.attribution import Attribution, attributions
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import lexicon
from witnessmark.statements.reading import Reading, Sentence

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
    tokens = reading.tokens
    taken = sorted(r for r in (said.source, said.cue) if r is not None)
    first, last = _reach(sentence, said, following, before)
    pieces = []
    at = first
    for start, end in [*taken, (last, last)]:
        piece = _trimmed(tokens, at, min(start, last))
        if piece is not None:
            pieces.append(piece)
        at = max(at, end)
    source = None if said.source is None else reading.span_of(*said.source)
    return Quotation(source, reading.span_of(*said.cue), tuple(pieces))


def _reach(sentence: Sentence, said: Attribution, following: Attribution | None, before: Sequence[Attribution]) -> tuple[int, int]:
    """Token range that the content may stand in: after the cue when the source stands in front, else what stands before it."""
    start = min(said.source[0] if said.source else said.cue[0], said.cue[0])
    front = start - sentence.first <= _FRONT or bool(before)
    if said.kind == "label":
        return (said.cue[1], sentence.last) if said.source is None or said.source[0] < said.cue[0] else (sentence.first, start)
    if front and not said.inverted:
        stop = sentence.last
        if following is not None and following.source is None:
            stop = following.cue[0] - 1
        return start, max(stop, said.cue[1])
    return sentence.first, sentence.last


_FRONT = 6
"""A source that begins within this many tokens of the sentence has its content after the verb. Chosen on PolNeAR train; 3 and 10 tried."""


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    while first < last and tokens[first].text in _TRIMMED:
        first += 1
    while last > first and tokens[last - 1].text in _TRIMMED:
        last -= 1
    return Span(tokens[first].start, tokens[last - 1].end) if first < last else None
