"""A sentence with the periods, rates, verbs and counted nouns that it tells."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.claims.slavic.words import matcher
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with the periods, rates and verbs that it tells, each with where it stands."""

    tokens: Sequence[Token]
    sentence: Sentence
    language: str
    period: str | None
    rate: str | None
    aggregated: bool
    verbs: tuple[Match[str], ...]
    nouns: tuple[Match[str], ...]

    @property
    def told(self) -> frozenset[str]:
        """Kinds of verb in the sentence."""
        return frozenset(v.payload for v in self.verbs)


@functools.cache
def table(language: str, key: str) -> PhraseMatcher[str]:
    """One table of the lexicon of series, phrase to key."""
    return matcher(language, "series", key)


@functools.cache
def listed_words(language: str, key: str) -> PhraseMatcher[str]:
    """One list of words of the lexicon of series."""
    return matcher(language, "series", "words", key)


def read_clause(reading: Reading, sentence: Sentence) -> Clause:
    """What ``sentence`` tells of periods, rates and verbs, with the nouns that can be counted."""
    tokens, language, first, last = reading.tokens, reading.language, sentence.first, sentence.last
    periods = [m.payload for m in table(language, "periods").find(tokens, first, last)]
    rates = [m.payload for m in table(language, "rates").find(tokens, first, last)]
    told = [p for p in periods if p != "none"]
    return Clause(
        tokens,
        sentence,
        language,
        told[0] if told else None,
        rates[0] if rates else None,
        bool(periods) or bool(listed_words(language, "interest").find(tokens, first, last)),
        tuple(table(language, "verbs").find(tokens, first, last)),
        tuple(table(language, "units").find(tokens, first, last)),
    )
