"""Persons' names in running text, in English, Ukrainian and Russian.

The recogniser keeps what it knows and withholds the rest: a capitalised word that is no place, no organisation, no nationality, no word of
office and no opening of a sentence is taken for a name. So a name that nobody has heard of goes, and the price of a gap in the lists is a word
too many withheld. Words next to such a word go with it, apart from words of office. After a word that points to a person ("nurse",
"сусідка"), after a title, and before an age even a known place goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from witnessmark.publish.redaction import lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*")
_PARTS = re.compile(r"[-'’ʼ`]")
_BETWEEN = re.compile(r"\.?[ \u00a0\u202f]{1,3}|\.|-")
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "bint",
        "abu",
        "abd",
        "ben",
        "la",
        "le",
        "ul",
        "ad",
        "аль",
        "эль",
        "ель",
        "бін",
        "бин",
        "ібн",
        "ибн",
        "абу",
        "абд",
        "ван",
        "фон",
        "де",
    ]
)
_AGE_AFTER = re.compile(r"\s?[,(]\s?\d{1,3}(?:\s?[,).;]|\s(?:рок|рік|лет|год|year))")
_SENTENCE_END = re.compile(r"(?:^|[.!?…]['\"”»)]?\s+|\n\s*|[:—–]\s+[\"“«'„]?|[\"“«„]\s?|[-•]\s)$")
TITLED = 0.6
"""Share of capitalised words from which on a line is taken for a headline with capitals throughout."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What one text tells about its own words: ``kept`` are (start, end) of words that may stay (places tied to the gazetteer, officials who
    speak as such); ``common`` words that the case has in lower case; ``known`` what the policy names; ``places`` words and stems of places that the case ties to the gazetteer; ``names`` tokens (folded)
    that were withheld before and go wherever they stand."""

    kept: Sequence[tuple[int, int]] = ()
    common: Collection[str] = field(default=frozenset())
    known: Collection[str] = field(default=frozenset())
    places: Collection[str] = field(default=frozenset())
    names: Collection[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    opening: bool
    capital: bool
    acronym: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of one line and whether its capitals say anything."""

    tokens: list[_Token]
    titled: bool


def find_names(text: str, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """(start, end) of everything in ``text`` that may be the name of a private person, in text order."""
    kept = sorted(knowledge.kept)
    at = 0
    for raw in text.splitlines(keepends=True):
        line = _line(text, at, at + len(raw))
        for run in _runs(text, line.tokens):
            yield from _of_run(text, run, line, knowledge, kept)
        at += len(raw)


def _line(text: str, start: int, end: int) -> _Line:
    tokens = []
    long = high = 0
    for found in _WORD.finditer(text, start, end):
        raw, at = found[0], found.start()
        capital = raw[0].isupper() or (not raw.islower() and any(p[:1].isupper() for p in _PARTS.split(raw)))
        opening = capital and (_SENTENCE_END.search(text, max(start, at - 6), at) is not None or not text[start:at].strip())
        tokens.append(_Token(at, found.end(), lexicon.folded(raw), opening, capital, capital and raw.isupper()))
        if len(raw) > 3:
            long += 1
            high += capital
    return _Line(tokens, long > 2 and high >= TITLED * long)


def _runs(text: str, tokens: list[_Token]) -> Iterator[list[_Token]]:
    """Capitalised words with nothing but a space, a dot or a hyphen between them; particles join when a capital follows."""
    run: list[_Token] = []
    for i, token in enumerate(tokens):
        joins = token.capital or (bool(run) and token.word in _PARTICLES and i + 1 < len(tokens) and tokens[i + 1].capital)
        if run and (not joins or _BETWEEN.fullmatch(text, run[-1].end, token.start) is None or _ends_sentence(text, run[-1], token)):
            yield run
            run = []
        if joins:
            run.append(token)
    if run:
        yield run


def _ends_sentence(text: str, before: _Token, after: _Token) -> bool:
    """A dot between two words ends a sentence, unless it follows an initial or an abbreviated title."""
    return "." in text[before.end : after.start] and before.end - before.start > 3


def _of_run(text: str, run: list[_Token], line: _Line, knowledge: Knowledge, kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    pointed = _pointed_at(text, run, line)
    doubtful = [_doubtful(t, line, knowledge, run, pointed=pointed) and not _inside(t, kept) for t in run]
    if not any(doubtful):
        return
    first, last = doubtful.index(True), len(run) - 1 - doubtful[::-1].index(True)
    while first > 0 and _goes_with(run[first - 1], line, kept):
        first -= 1
    while last + 1 < len(run) and _goes_with(run[last + 1], line, kept):
        last += 1
    yield from _pieces(run[first : last + 1], kept)


def _pieces(run: list[_Token], kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of ``run`` is withheld: words of office and kept words split it."""
    start: int | None = None
    end = 0
    for token in run:
        if _inside(token, kept) or lexicon.is_office(token.word):
            if start is not None:
                yield start, end
            start = None
            continue
        start, end = (token.start if start is None else start), token.end
    if start is not None:
        yield start, end


def _pointed_at(text: str, run: list[_Token], line: _Line) -> bool:
    """Does a word before the run or an age after it say that this is a person?"""
    if _AGE_AFTER.match(text, run[-1].end):
        return True
    at = line.tokens.index(run[0])
    if at == 0:
        return False
    before = line.tokens[at - 1]
    gap = text[before.end : run[0].start]
    return lexicon.points_to_person(before.word) and len(gap) <= 2 and not gap.strip(" ,.:")


def _doubtful(token: _Token, line: _Line, knowledge: Knowledge, run: list[_Token], *, pointed: bool) -> bool:
    """May ``token`` be (part of) a name?"""
    word = token.word
    if word in knowledge.names:
        return True
    if pointed and not token.opening and word not in _PARTICLES:
        return True
    if word in _PARTICLES or word in knowledge.known or lexicon.is_office(word) or lexicon.is_listed(word):
        return lexicon.is_surname(word) and len(run) == 1 and not (token.opening or line.titled or token.acronym)
    if token.end - token.start == 1:
        return False  # an initial goes with the name beside it
    opening = token.opening or line.titled
    if opening and word in lexicon.word_classes()["openers"]:
        return False
    if lexicon.is_given(word):
        return not (token.opening and word in knowledge.common)
    if lexicon.is_large_place(word) or word in knowledge.places or lexicon.stem_of(word) in knowledge.places:
        return False
    if token.acronym and not line.titled and len(word) <= 5 and len(run) == 1:
        return False
    if opening:
        return not (lexicon.opens_sentences(word) or word in knowledge.common)
    return not ("-" in word and all(lexicon.is_known(p) or lexicon.opens_sentences(p) or p in knowledge.common for p in word.split("-")))


def _goes_with(token: _Token, line: _Line, kept: Sequence[tuple[int, int]]) -> bool:
    """Does a word that alone would stay go with the name beside it?"""
    if token.end - token.start == 1:
        return True
    if (
        _inside(token, kept)
        or lexicon.is_office(token.word)
        or (token.opening and (lexicon.opens_sentences(token.word) or lexicon.points_to_person(token.word)))
    ):
        return False
    return not line.titled and (not lexicon.is_listed(token.word) or lexicon.is_given(token.word) or lexicon.is_surname(token.word))


def _inside(token: _Token, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def find_known(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of every capitalised word of ``text`` that is in ``names`` (folded)."""
    if names:
        for found in _WORD.finditer(text):
            if not found[0].islower() and lexicon.folded(found[0]) in names:
                yield found.span()


def tokens_of(text: str) -> Iterator[str]:
    """The words of ``text``, folded, of three letters or more."""
    for found in _WORD.finditer(text):
        if found.end() - found.start() > 2:
            yield lexicon.folded(found[0])


def common_words(texts: Sequence[str]) -> frozenset[str]:
    """The words that stand in lower case somewhere in ``texts``: no names, as a rule. Particles of names are left out."""
    out = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    return frozenset(lexicon.folded(w) for w in out if len(w) > 2 and not lexicon.is_given(lexicon.folded(w)))
