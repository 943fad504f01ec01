"""Counts in Ukrainian and Russian: "щонайменше 1 500", "п'ятеро", "двадцать три", "від чотирьох до шести", "десятки"."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.numbers import Amount, bounded
from witnessmark.claims.slavic.words import matcher
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token

_DASHES = frozenset({"-", "‑", "–", "—"})
# "2-х людей", "5-ро дітей": endings of a counting word after figures.
_COUNT_ENDINGS = frozenset({"х", "ти", "ми", "м", "ро", "ох", "ух", "ьох", "є", "ое", "е", "еро", "ма", "рых", "их"})
_BACK = 6
"""Tokens before "до" in which a word of growth makes it "to" ("зросла до 45"), not "up to"."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """Words of numbers of one language. ``values`` below a thousand, ``scales`` multiply, ``vague`` and ``prefixes`` are phrases."""

    values: dict[str, int]
    scales: dict[str, int]
    round: dict[str, int]
    vague: PhraseMatcher[str]
    prefixes: PhraseMatcher[str]
    measures: PhraseMatcher[str]
    rising: PhraseMatcher[str]
    months: frozenset[str]
    additional: frozenset[str]
    between: frozenset[str]
    to: frozenset[str]
    either: frozenset[str]
    collective: frozenset[str]
    starts: frozenset[str]


@functools.cache
def numerals(language: str) -> Numerals:
    """The words of numbers of ``language``."""
    raw = lexicon(language, "numbers")
    words = raw["words"]

    def valued(key: str) -> dict[str, int]:
        return {spelling: int(value) for value, forms in raw[key].items() for form in forms for spelling in (form, form.replace("ё", "е"))}

    values, scales, rounds = valued("values"), valued("scales"), valued("round")
    vague, prefixes = matcher(language, "numbers", "vague"), matcher(language, "numbers", "prefixes")
    additional = frozenset(w for word in words["additional"] for w in (word, word.replace("ё", "е")))
    return Numerals(
        values=values,
        scales=scales,
        round=rounds,
        vague=vague,
        prefixes=prefixes,
        measures=matcher(language, "numbers", "words", "measures"),
        rising=matcher(language, "numbers", "words", "rising"),
        months=frozenset(words["months"]),
        additional=additional,
        between=frozenset(words["between"]),
        to=frozenset(words["to"]),
        either=frozenset(words["or"]),
        collective=frozenset(w for w in values if w.endswith(("оє", "еро", "ое", "их", "ох", "ьох")) and values[w] > 1),
        starts=frozenset(values) | frozenset(scales) | frozenset(rounds) | vague.first_words | prefixes.first_words | additional
        | frozenset(words["between"]),
    )  # fmt: skip


def read_amount(tokens: Sequence[Token], at: int, stop: int, language: str) -> Amount | None:
    """The longest count that begins at token ``at`` and ends before ``stop``, or None."""
    known = numerals(language)
    if at >= stop or not (tokens[at].kind == "number" or tokens[at].lower in known.starts):
        return None
    here = at + 1 if tokens[at].lower in known.additional else at
    if here > at and (here >= stop or not (tokens[here].kind == "number" or tokens[here].lower in known.starts)):
        return None
    if here < stop and tokens[here].lower in known.between:
        return _between(tokens, at, here, stop, known)
    comparator = "eq"
    for _ in range(2):
        hit = known.prefixes.match_at(tokens, here, stop)
        if hit is None:
            break
        if tokens[here].lower in known.to and _rose(tokens, here, known):
            return None
        comparator = hit.payload if comparator == "eq" else comparator
        here = hit.last
    core = _core(tokens, here, stop, known)
    if core is None:
        return None
    found = bounded(_range(tokens, core, stop, known) if comparator == "eq" else core, comparator)
    return replace(found, first=at, additional=tokens[at].lower in known.additional)


def _rose(tokens: Sequence[Token], at: int, known: Numerals) -> bool:
    return bool(known.rising.find(tokens, max(0, at - _BACK), at))


def _between(tokens: Sequence[Token], at: int, here: int, stop: int, known: Numerals) -> Amount | None:
    low = _core(tokens, here + 1, stop, known)
    if low is None or low.minimum is None or low.last >= stop or tokens[low.last].lower not in known.to:
        return None
    high = _core(tokens, low.last + 1, stop, known)
    if high is None or high.maximum is None or high.maximum <= low.minimum:
        return None
    return Amount(at, high.last, low.minimum, high.maximum, "range")


def _range(tokens: Sequence[Token], core: Amount, stop: int, known: Numerals) -> Amount:
    """Extends "4" to "4-6", "два" to "два или три"."""
    at = core.last
    if core.vague or core.minimum is None or at + 1 >= stop:
        return core
    joined = tokens[at].text in _DASHES and tokens[at + 1].kind != "mark"
    if not joined and tokens[at].lower not in known.either:
        return core
    high = _after_dash(tokens, at + 1) if joined and tokens[at + 1].kind == "number" else _core(tokens, at + 1, stop, known)
    if high is None or high.maximum is None or high.maximum <= core.minimum or high.maximum > 10 * max(core.minimum, 10):
        return core
    return Amount(core.first, high.last, core.minimum, high.maximum, "range")


def _after_dash(tokens: Sequence[Token], at: int) -> Amount | None:
    """The 6 of "4-6 осіб"; a third figure makes it a date or a number of another kind."""
    text = tokens[at].text
    more = at + 1 < len(tokens) and tokens[at + 1].text in _DASHES and tokens[at + 1].start == tokens[at].end
    return Amount(at, at + 1, int(text), int(text)) if text.isdecimal() and len(text) <= 3 and not more else None


def _core(tokens: Sequence[Token], at: int, stop: int, known: Numerals) -> Amount | None:
    if at >= stop:
        return None
    vague = known.vague.match_at(tokens, at, stop)
    if vague is not None:
        return Amount(at, vague.last, None, None, "eq", vague.payload)
    if tokens[at].kind == "number":
        return _figure(tokens, at, stop, known)
    if tokens[at].lower in known.round:
        value = known.round[tokens[at].lower]
        return Amount(at, at + 1, value, value)
    return _spelled(tokens, at, stop, known)


def _figure(tokens: Sequence[Token], at: int, stop: int, known: Numerals) -> Amount | None:
    text, last = tokens[at].text, at + 1
    scaled = known.scales.get(tokens[last].lower) if last < stop and tokens[last].kind == "word" else None
    if scaled is not None and text.count(",") + text.count(".") <= 1:
        value = round(float(text.replace(",", ".")) * scaled)
        return Amount(at, last + 1, value, value)
    if not text.isdecimal() or len(text) > 9:
        return None
    while len(text) <= 6 and len(tokens[at].text) <= 3 and last < stop and _thousands(tokens, last):
        text += tokens[last].text
        last += 1
    value = int(text)
    last = _with_ending(tokens, last, stop)
    if not is_count(tokens, at, last, known):
        return None
    return Amount(at, last, value, value, yearlike=last == at + 1 and 1900 <= value <= 2100)


def _thousands(tokens: Sequence[Token], at: int) -> bool:
    """True for the 500 of "1 500": three figures one blank after the last."""
    return len(tokens[at].text) == 3 and tokens[at].text.isdecimal() and tokens[at].start == tokens[at - 1].end + 1


def _with_ending(tokens: Sequence[Token], last: int, stop: int) -> int:
    if last + 1 < stop and tokens[last].text in _DASHES and tokens[last].start == tokens[last - 1].end:
        ending = tokens[last + 1]
        if ending.start == tokens[last].end and ending.lower in _COUNT_ENDINGS:
            return last + 2
    return last


def is_count(tokens: Sequence[Token], first: int, last: int, known: Numerals) -> bool:
    """False when the number at ``first`` .. ``last`` is an age, a measure, a date, a sum, a clock time, an ordinal or part of a name."""
    before = tokens[first - 1] if first else None
    after = tokens[last] if last < len(tokens) else None
    if before is not None and (
        before.text in "№#$€₴₽/" or (before.end == tokens[first].start and before.text in {":", ".", "-", "‑", "–"})
    ):
        return False
    if after is None:
        return True
    if after.lower in known.months or known.measures.match_at(tokens, last) is not None:
        return False
    glued = after.start == tokens[last - 1].end and last + 1 < len(tokens) and tokens[last + 1].start == after.end
    if glued and after.text in {":", "."} and tokens[last + 1].kind == "number":
        return False
    return not (glued and after.text in _DASHES and tokens[last + 1].kind == "word")


def _spelled(tokens: Sequence[Token], at: int, stop: int, known: Numerals) -> Amount | None:
    """ "двадцять три", "сто п'ять", "дві тисячі": each word smaller than the one before."""
    total, here, ceiling = 0, at, 1000
    while here < stop and here < at + 4:
        value = known.values.get(tokens[here].lower)
        if value is None or value >= ceiling or (here > at and value == 0):
            break
        total, ceiling = total + value, 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 1
        here += 1
    scale = known.scales.get(tokens[here].lower) if here < stop else None
    if scale is not None and (here > at or scale >= 1000):
        total, here = (total or 1) * scale, here + 1
    if here == at:
        return None
    if known.measures.match_at(tokens, here) is not None or (here < len(tokens) and tokens[here].lower in known.months):
        return None
    return Amount(at, here, total, total)
