"""Candidate names in a text: longest matches of capitalised words against the gazetteer, and abbreviations of divisions and countries."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.claims.places.demonyms import countries
from witnessmark.claims.places.index import Entry, entries, key_of_lower
from witnessmark.claims.places.inflection import base_forms
from witnessmark.claims.places.pack import MAIN, default_gazetteer
from witnessmark.claims.places.words import ambiguity, context
from witnessmark.model import READABLE_PARTS
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

HYPHENS = frozenset("-‑–")
_PARTICLES = frozenset(
    "of de del della di da do dos du la le les las los el al an as az ez es ed the and und y e upon on in sur sous bei am der den ibn bin i".split()  # noqa: SIM905
)
_SHORTENED = frozenset({"st", "ste", "mt", "ft"})
_LONGEST = 6


@dataclass(slots=True)
class Name:
    """Tokens ``first`` .. ``last`` (excluded) that the gazetteer knows under ``key``.

    ``case``: normal, title (most words of the sentence have capitals) or upper. ``sort`` is name, abbreviation or inflected. ``opens`` is
    true at the start of a sentence.
    """

    first: int
    last: int
    key: str
    entries: tuple[Entry, ...]
    case: str
    opens: bool
    sort: str
    sentence: int


def names_in(reading: Reading) -> list[Name]:
    """All candidate names in the readable parts, in text order, not overlapping."""
    out: list[Name] = []
    for sentence in reading.sentences:
        if sentence.part in READABLE_PARTS:
            out.extend(_names_of(reading, sentence))
    return out


def case_of(tokens: Sequence[Token]) -> str:
    """How a sentence uses capitals: upper, title or normal."""
    words = [t.text for t in tokens if t.kind == "word" and len(t.text) > 2]
    if not words:
        return "normal"
    if sum(w.isupper() for w in words) > 0.6 * len(words) and len(words) > 1:
        return "upper"
    if len(words) > 3 and sum(w[0].isupper() for w in words) > 0.75 * len(words):
        return "title"
    return "normal"


def _names_of(reading: Reading, sentence: Sentence) -> Iterator[Name]:
    tokens = reading.tokens
    case = case_of(tokens[sentence.first : sentence.last])
    at, stop = sentence.first, sentence.last
    opening = next((i for i in range(at, stop) if tokens[i].kind == "word"), at)
    while at < stop:
        token = tokens[at]
        if token.kind != "word" or not _may_begin(token) or token.lower == "the":
            at += 1
            continue
        found = _abbreviation(reading.text, tokens, at, stop) or _pattern(tokens, at, stop, case) or _match(tokens, at, stop, case)
        if found is None:
            at += 1
            continue
        last, key, known, sort = found
        yield Name(at, last, key, known, case, at == opening, sort, sentence.index)
        at = last


def _may_begin(token: Token) -> bool:
    first = token.text[0]
    return first.isupper() or (not first.isascii() and first.isalpha() and first.lower() == first.upper())


def _match(tokens: Sequence[Token], at: int, stop: int, case: str) -> tuple[int, str, tuple[Entry, ...], str] | None:
    words, ends = _window(tokens, at, stop)
    for last, count in reversed(ends):
        if count == 1 and not _sensible(tokens[at], case):
            return None
        key = key_of_lower(" ".join(words[:count]))
        known = entries(key) if len(key) > 1 else ()
        if known:
            return last, key, known, "name"
    return _inflected(tokens, at, ends, words)


def _pattern(tokens: Sequence[Token], at: int, stop: int, case: str) -> tuple[int, str, tuple[Entry, ...], str] | None:
    """One to three capitalised words and a generic word ("Kanawha River", "Wichita Drive"), or "Lake", "Fort" ... and one capitalised word."""
    if case != "normal" or (ambiguity(tokens[at].lower).level and tokens[at].lower in _PARTICLES):
        return None
    generic = context().generic
    here = at + 1
    if tokens[at].lower in context().generic_before and here < stop and (tokens[here].text[0].isupper() or tokens[here].kind == "number"):
        last = here + 1
    else:
        while (
            here < stop
            and here < at + 4
            and tokens[here].kind in {"word", "clitic"}
            and tokens[here].text[0] in "’'"
            or (here < stop and tokens[here].text[0].isupper() and tokens[here].kind == "word" and here < at + 4)
        ):
            if tokens[here].lower in generic:
                break
            here += 1
        if here >= stop or tokens[here].lower not in generic or not tokens[here].text[0].isupper():
            return None
        last = here + 1
    if last < stop and tokens[last - 1].lower in {"st", "ave", "rd", "blvd"} and tokens[last].text == ".":
        last += 1
    words = [t.lower for t in tokens[at:last] if t.kind != "mark"]
    key = key_of_lower(" ".join(words).replace(" 's", "s"))
    return last, key, entries(key), "pattern"


def _inflected(
    tokens: Sequence[Token], at: int, ends: list[tuple[int, int]], words: list[str]
) -> tuple[int, str, tuple[Entry, ...], str] | None:
    if not "Ѐ" <= tokens[at].text[0] <= "ӿ":
        return None
    for last, count in reversed(ends):
        for form in base_forms(words[:count]):
            known = entries(key_of_lower(form))
            if known:
                return last, key_of_lower(form), known, "inflected"
    return None


def _window(tokens: Sequence[Token], at: int, stop: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Words of the longest thinkable name at ``at``, and (token, number of words) of each place where it may end."""
    words, ends = [tokens[at].lower], [(at + 1, 1)]
    here = at + 1
    while here < stop and len(words) < _LONGEST:
        token = tokens[here]
        if token.text in HYPHENS and here + 1 < stop and token.start == tokens[here - 1].end and tokens[here + 1].start == token.end:
            here += 1
            token = tokens[here]
            if token.kind != "word":
                break
            words.append(token.lower)
            ends.append((here + 1, len(words)))
        elif (token.text == "." and words[-1] in _SHORTENED) or (
            token.kind == "clitic" and here + 1 < stop and tokens[here + 1].text[0].isupper()
        ):
            words[-1] += token.lower[1:]
        elif token.kind != "word":
            break
        elif _may_begin(token) or token.text[:2] in {"d'", "d’", "l'", "l’"}:
            words.append(token.lower)
            ends.append((here + 1, len(words)))
        elif token.lower in _PARTICLES:
            words.append(token.lower)
        else:
            break
        here += 1
    return words, ends


def _sensible(token: Token, case: str) -> bool:
    """False for single words that are not looked up at all: words on the list, and in all-capital text every common word."""
    if token.lower in context().never or (len(token.text) < 3 and not (token.text.isupper() and token.text.isalpha())):
        return False
    if len(token.text) < 4 and token.text.isascii() and not token.text.isupper() and 0 < ambiguity(token.lower).level <= 35:
        return False
    level = ambiguity(token.lower).level
    return not (case == "upper" and 0 < level <= 50 and token.lower not in _countries_lower())


@functools.cache
def _countries_lower() -> frozenset[str]:
    return frozenset(n for c in countries() for n in (c.name.lower(), *c.names))


@functools.cache
def _abbreviations() -> dict[str, list[tuple[str, Entry]]]:
    """First token -> (whole abbreviation, what it stands for), longest first."""
    gazetteer = default_gazetteer()
    table: dict[str, list[tuple[str, Entry]]] = {}

    def add(text: str, entry: Entry) -> None:
        head = text[0] if len(text) > 1 and text[1] == "." else text.split(".")[0].split(" ")[0]
        table.setdefault(head, []).append((text, entry))

    own = context()
    for text, code in own.abbreviations.items():
        place = gazetteer.division(code)
        if place is not None:
            add(text, Entry(place, MAIN, 6.0))
    for text, name in own.nicknames.items():
        found = next((e for e in entries(key_of_lower(name)) if e.place.feature.startswith("P")), None)
        if found is not None:
            add(text, found)
    for country in countries():
        place = gazetteer.country(country.iso)
        for name in country.names:
            if place is not None and ("." in name or len(name) <= 3):
                add(name.upper(), Entry(place, MAIN, 7.5))
    for texts in table.values():
        texts.sort(key=lambda x: -len(x[0]))
    return table


def _abbreviation(text: str, tokens: Sequence[Token], at: int, stop: int) -> tuple[int, str, tuple[Entry, ...], str] | None:
    start = tokens[at].start
    for whole, entry in _abbreviations().get(tokens[at].text, ()):
        end = start + len(whole)
        if text.startswith(whole, start) and not (whole[-1] != "." and text[end : end + 1].isalnum()):
            last = at
            while last < stop and tokens[last].start < end:
                last += 1
            return last, whole, (entry,), "abbreviation"
    return None
