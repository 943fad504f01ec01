"""Every attribution of a reading with its three parts: the words of the source, the cue, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from witnessmark.model import Span
from witnessmark.statements.attribution import REPORTING, Attribution, attributions
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Cue, Grammar, lexicon
from witnessmark.statements.reading import Reading, Sentence

_QUOTES = frozenset('"“”«»')
_ATTRIBUTING = REPORTING | {"stance"}
_LONGEST = 400  # Tokens; longer runs are tables or lists, not sentences.
_OPENING = frozenset('"“„«')
_SHORT = 2
"""What follows a cue is taken for a remainder ("he said.") up to this many tokens. Chosen on PolNeAR train; 1 and 4 tried."""
_TRIMMED = frozenset(",;:.-–—")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Who says what: ``source`` is None when the subject is left out. ``content`` is what the other two parts leave of the clause."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]


def rule_quotations(reading: Reading) -> Iterator[Quotation]:
    """The attributions of all sentences of ``reading``, in text order. A quotation that goes on in the next sentences takes them in."""
    words = lexicon(reading.document.language)
    held: list[Quotation] = []
    for sentence in reading.sentences:
        if sentence.last - sentence.first > _LONGEST:
            continue
        said = _said(reading, sentence, _ATTRIBUTING)
        if not said and held and reading.tokens[sentence.first].text in _OPENING:
            held[-1] = replace(held[-1], content=(*held[-1].content, sentence.span))
            continue
        yield from held
        held = [_quotation(reading, sentence, one, said[n + 1 :], words.grammar) for n, one in enumerate(said)]
    yield from held


def sentence_quotations(reading: Reading, sentence: Sentence) -> Iterator[Quotation]:
    """The reports of what somebody says in ``sentence`` alone; taking a stand is no report."""
    if sentence.last - sentence.first <= _LONGEST:
        said, grammar = _said(reading, sentence, REPORTING), lexicon(reading.document.language).grammar
        yield from (_quotation(reading, sentence, one, said[n + 1 :], grammar) for n, one in enumerate(said))


def _said(reading: Reading, sentence: Sentence, kinds: frozenset[str]) -> list[Attribution]:
    words = lexicon(reading.document.language)
    cues = words.find_cues(reading.tokens, sentence.first, sentence.last)
    return _with_participles(attributions(reading.tokens, sentence.first, sentence.last, cues=cues, lexicon=words, kinds=kinds), cues)


def _with_participles(said: list[Attribution], cues: Sequence[Cue]) -> list[Attribution]:
    """``said`` with the participles that carry on with its first speaker (", adding that ...")."""
    source = next((a.source for a in said if a.source is not None and a.kind == "speech"), None)
    if source is None:
        return said
    out = list(said)
    for cue in cues:
        if "saying" in cue.kinds and cue.first > said[0].cue[1] and all(a.cue[0] != cue.first for a in said):
            out.append(replace(said[0], cue=(cue.first, cue.last), source=source, kind="participle", inverted=False))
    return sorted(out, key=lambda a: a.cue)


def _quotation(reading: Reading, sentence: Sentence, said: Attribution, following: Sequence[Attribution], grammar: Grammar) -> Quotation:
    source, cue = _whole(reading, said)
    first, last = _reach(reading.tokens, sentence, said, source, following, grammar)
    pieces = []
    at = first
    for start, end in [*sorted(r for r in (source, cue) if r is not None), (last, last)]:
        piece = _trimmed(reading.tokens, at, min(start, last))
        if piece is not None:
            pieces.append(piece)
        at = max(at, min(end, last)) if end > first else at
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
    tokens: Sequence[Token],
    sentence: Sentence,
    said: Attribution,
    source: tuple[int, int] | None,
    following: Sequence[Attribution],
    grammar: Grammar,
) -> tuple[int, int]:
    """Token range that the content may stand in: what follows the cue, if that can be said; else what stands before."""
    if said.kind == "participle":
        return said.cue[1], sentence.last
    start = min(source[0] if source else said.cue[0], said.cue[0])
    after = max(source[1] if source else said.cue[1], said.cue[1])
    if said.kind == "label":
        return (said.cue[1], sentence.last) if start < said.cue[0] else (sentence.first, start)
    if said.kind == "according" and said.cue[0] == sentence.first:
        return after, sentence.last
    before_quoted = _quoted(tokens, sentence.first, start)
    if before_quoted and _quoted(tokens, after, sentence.last):
        return sentence.first, sentence.last
    adverbial = after < sentence.last and tokens[after].lower in grammar.prepositions | grammar.calendar
    if not said.inverted and not before_quoted and sentence.last - after > _SHORT and not adverbial:
        stop = following[0].cue[0] - 1 if following and following[0].source in (None, said.source) else sentence.last
        return start, max(stop, after)
    return (sentence.first, after) if start > sentence.first else (start, sentence.last)


def _quoted(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(t.text in _QUOTES for t in tokens[first:last])


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    while first < last and tokens[first].text in _TRIMMED:
        first += 1
    while last > first and tokens[last - 1].text in _TRIMMED:
        last -= 1
    return Span(tokens[first].start, tokens[last - 1].end) if first < last else None
