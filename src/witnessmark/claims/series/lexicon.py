"""The words of series, as matchers."""

from __future__ import annotations

import functools
from dataclasses import dataclass

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
def gate_words(language: str = "en") -> frozenset[str]:
    """Words of which a sentence that tells a series holds at least one."""
    distinct = words("percent exponentially exponential casualties impacts alerts sirens sorties % 24")
    gates = distinct | table("factors").first_words | table("rates").first_words | table("verbs").first_words
    gates |= words("since year month week overnight nightly daily hourly total far third quarter more up down higher lower worse fewer growing")
    return gates | units(language).first_words - words("war case report wave")
