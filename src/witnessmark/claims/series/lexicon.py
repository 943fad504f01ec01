"""The words of series, as matchers."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from witnessmark.claims.numbers import SCALES, TENS, UNITS, VAGUE
from witnessmark.claims.words import words
from witnessmark.statements.language.en.inflection import plural
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher


@dataclass(frozen=True, slots=True)
class Unit:
    """A noun that is counted in ``unit`` of count; ``many`` when it is a plural."""

    unit: str
    many: bool


@functools.cache
def units(language: str = "en") -> PhraseMatcher[Unit]:
    """Nouns that are counted, singular and plural."""
    entries: list[tuple[str, Unit]] = []
    for unit, nouns in lexicon(language, "series")["units"].items():
        for noun in nouns:
            entries += [(noun, Unit(unit, many=False)), (_plural(noun), Unit(unit, many=True))]
    return PhraseMatcher(entries)


def _plural(noun: str) -> str:
    for joint in (" of ", " and "):
        left, found, right = noun.partition(joint)
        if found:
            return plural(left) + joint + (plural(right) if joint == " and " else right)
    return plural(noun)


@functools.cache
def table(name: str, language: str = "en") -> PhraseMatcher[str]:
    """One table of the lexicon (verbs, aggregate, rates, factors, fractions, trends, trend_phrases): phrase to key."""
    return PhraseMatcher((phrase, key) for key, phrases in lexicon(language, "series")[name].items() for phrase in phrases)


@functools.cache
def clause_table(language: str = "en") -> PhraseMatcher[tuple[tuple[str, str], ...]]:
    """The tables aggregate, rates and verbs in one, so that a sentence is scanned once: phrase to (table, key) pairs."""
    merged: dict[str, list[tuple[str, str]]] = {}
    for name in ("aggregate", "rates", "verbs"):
        for key, phrases in lexicon(language, "series")[name].items():
            for phrase in phrases:
                merged.setdefault(phrase, []).append((name, key))
    return PhraseMatcher((phrase, tuple(pairs)) for phrase, pairs in merged.items())


@functools.cache
def change_words(language: str = "en") -> frozenset[str]:
    """Words of which every comparison or trend holds one."""
    listed = words(
        "percent % per exponentially exponential exponential growing rising increasing increased grown risen declined decreased fallen frequent"
    )
    shares = words("rose fell climbed jumped dropped surged third quarter half fifth tenth thirds quarters intensified keeps keep")
    return listed | shares | table("factors", language).first_words - words("three four five six seven eight ten half")


@functools.cache
def noun_words(language: str = "en") -> frozenset[str]:
    """First words of counted nouns, and words of harm and of interception that stand for one."""
    harm = words(
        "destruction razing hit shelled attacked struck bombed killed wounded injured died dead deaths casualties times shot downed intercepted shahed"
    )
    weak = words("war case report wave")
    return (units(language).first_words - weak) | harm | words("cases")


_NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | frozenset(VAGUE) | frozenset(SCALES) | words("times")
COUNTING_WORDS = _NUMBER_WORDS | words("daily nightly weekly monthly hourly every each throughout since")
"""Words of numbers, rates and campaigns: one of them, or a figure, stands in every count."""
