"""What a document shows of the incidents that it tells of: days, places, words for events and words that begin another incident, each with where it stands."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from witnessmark.claims.fillers.phrases import ARTICLES, Phrase


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DAYS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight ago"
)
"""Words that make an expression of time a day or a month."""
_TIMES = _DAYS | _words("morning afternoon evening night noon midnight dawn day days week weeks weekend month months year years hours")
_TIED = frozenset({"of", "this", "last", "the", "at", "early", "late", "in", "on", ",", "next", "previous"})
"""Words that may stand inside an expression of time but say nothing alone."""
_WHERE = frozenset({"in", "near", "outside", "at", "from", "between", "around"})
"""Words before a phrase that names where something was."""
_AREAS = _words(
    "department departments province city town village municipality neighborhood neighbourhood district jurisdiction region area zone highway street avenue "
    "capital sector state county hamlet canton suburb road bridge square airport border valley hill hills mountain river farm ranch"
)
"""Kinds of places: a phrase with an article is a place only with one of them."""
_NOWHERE = _words(
    "addition order connection response protest retaliation support front charge search case cases fact view accordance coordination particular "
    "general exchange return revenge times honor favor spite danger death detail power turn"
)
"""What follows "in" or "at" and is no place."""
_NEWS = _words(
    "another other others also meanwhile second third fourth separate separately similar similarly elsewhere later earlier previously subsequently "
    "simultaneously too moreover furthermore addition recently before previous already likewise yet again different"
)
"""Words that often begin to tell of another incident, or of an earlier one."""
_SAME = _words("same this these both where during when after latter incident attack action explosion kidnapping crime murder")
"""Words that often go on with the same one."""
_STEMS = (
    "kill murder assass slay slain execut massac died death dead shot shoot gunned bodies wound injur",
    "bomb explo dynam deton blast",
    "kidnap abduct hostag captiv ransom",
    "attack ambush raid assaul fired firing straf shell harass clash combat",
    "burn arson torch blaze destro damag",
    "robb stole steal loot",
)
_EVENTS = {stem: kind for kind, stems in enumerate(_STEMS) for stem in stems.split()}
"""Beginnings of words for events, and which kind of event: death, explosion, captivity, attack, fire, theft."""
_SIZES = (4, 5, 6)
EVENTS = len(_STEMS)
"""How many kinds of events there are."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one sort in a document: the word at which each stands, in text order, and what it says."""

    at: list[int]
    says: list[frozenset[str]]

    def between(self, start: int, stop: int) -> list[frozenset[str]]:
        """What the marks from word ``start`` to ``stop`` (excluded) say."""
        return self.says[bisect.bisect_left(self.at, start) : bisect.bisect_left(self.at, stop)]

    def near(self, word: int, bounds: tuple[int, int]) -> tuple[int, frozenset[str]] | None:
        """The mark nearest to ``word`` in a sentence (first and last, excluded, word), else the last one before the sentence: how far it stands (negative
        before the sentence) and what it says."""
        low, high = (bisect.bisect_left(self.at, own) for own in bounds)
        if low < high:
            best = min(range(low, high), key=lambda own: abs(self.at[own] - word))
            return abs(self.at[best] - word), self.says[best]
        return (self.at[low - 1] - word, self.says[low - 1]) if low else None


@dataclass(frozen=True, slots=True)
class Scene:
    """The lower-cased words of a document, the bounds of its sentences, the numbers of their paragraphs, and its marks.

    ``days`` and ``places`` say their words, ``events`` their stems, ``news`` (another incident) and ``same`` (the same one) their word; ``items`` are the
    beginnings of the items of a list.
    """

    words: Sequence[str]
    bounds: Sequence[tuple[int, int]]
    paragraphs: Sequence[int]
    days: Marks
    places: Marks
    events: Marks
    news: Marks
    same: Marks
    items: Marks

    def counts(self, start: int, stop: int) -> list[int]:
        """How many words from ``start`` to ``stop`` (excluded) tell of each kind of event."""
        out = [0] * EVENTS
        for says in self.events.between(start, stop):
            out[kind_of(says)] += 1
        return out


def scene_of(words: Sequence[str], bounds: Sequence[tuple[int, int]], paragraphs: Sequence[int], phrases: Sequence[Phrase]) -> Scene:
    """The scene of a document: lower-cased ``words``, first and last (excluded) word and number of the paragraph of each sentence, noun phrases."""
    return Scene(
        words,
        bounds,
        paragraphs,
        _marks(_days(words)),
        _marks(_places(words, phrases)),
        _marks((at, frozenset({stem})) for at, word in enumerate(words) if (stem := _stem(word))),
        _marks((at, frozenset({word})) for at, word in enumerate(words) if word in _NEWS),
        _marks((at, frozenset({word})) for at, word in enumerate(words) if word in _SAME),
        _marks(_items(words, bounds)),
    )


def kind_of(says: frozenset[str]) -> int:
    """The kind of event that a mark of ``Scene.events`` says."""
    return _EVENTS[next(iter(says))]


def _stem(word: str) -> str | None:
    return next((word[:size] for size in _SIZES if word[:size] in _EVENTS), None)


def _marks(found: Iterable[tuple[int, frozenset[str]]]) -> Marks:
    own = list(found)
    return Marks([at for at, _ in own], [says for _, says in own])


def _days(words: Sequence[str]) -> Iterator[tuple[int, frozenset[str]]]:
    """Expressions of time with a day, a month or a year."""
    at, count = 0, len(words)
    while at < count:
        stop = at
        while stop < count and (words[stop] in _TIMES or words[stop] in _TIED or words[stop].isdigit()):
            stop += 1
        said = frozenset(word for word in words[at:stop] if word not in _TIED)
        if not _DAYS.isdisjoint(said) or any(map(_is_year, said)):
            yield at, said
        at = max(stop, at + 1)


def _is_year(word: str) -> bool:
    return word.isdigit() and len(word) == 4 and word[:2] in ("19", "20")


def _places(words: Sequence[str], phrases: Sequence[Phrase]) -> Iterator[tuple[int, frozenset[str]]]:
    """Phrases behind a word of place: names, and with an article kinds of places."""
    last = -1
    for phrase in sorted(phrases, key=lambda p: (p.offset + p.chunk.first, -p.chunk.last)):
        first = phrase.offset + phrase.chunk.first
        own = words[first : phrase.offset + phrase.chunk.end]
        article = first > 0 and words[first - 1] in ARTICLES
        before = first - 1 - article
        if first <= last or before < 0 or words[before] not in _WHERE:
            continue
        says = frozenset(word for word in own if len(word) > 2 and word[0].isalpha() and word not in _AREAS and word not in _WHERE)
        named = not article or not _AREAS.isdisjoint(own)
        if says and named and _TIMES.isdisjoint(own) and _NOWHERE.isdisjoint(says):
            last = first
            yield first, says


def _items(words: Sequence[str], bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, frozenset[str]]]:
    """Sentences that begin with a number, a letter in brackets, or a dash."""
    for first, last in bounds:
        own = words[first : min(last, first + 3)]
        if len(own) == 3 and (
            own[0] in ("-", "--", "*", "•") or (own[0] == "(" and own[2] == ")") or (own[0].isdigit() and own[1] in (".", ")"))
        ):
            yield first, frozenset({own[0]})
