"""Lexicon tables as matchers, and what the endings of words tell."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TypeVar

from witnessmark.claims.words import words
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

P = TypeVar("P")

CLAUSE_MARKS = frozenset({",", ";", ":", "(", ")", "—", "–", ".", "!", "?", "…", "|", "▪", "•"})
"""Marks that end a clause."""

_ADJECTIVE = (
    "ий", "ій", "ої", "ого", "ому", "им", "их", "ими", "ою", "ська", "ську", "ські", "ська", "цька", "ний", "на", "ну", "ні", "ний", "ові", "ова", "ову",
    "ый", "ой", "ая", "ую", "ое", "ые", "ие", "ых", "ым", "ыми", "ских", "ского", "ему", "его", "ьні", "ені",
)  # fmt: skip
_SINGULAR_ADJECTIVE = ("ий", "ій", "ого", "ому", "ої", "ую", "ый", "ой", "ая", "на", "ну", "ю", "ня", "ню", "яя", "юю", "ее", "его", "ему")


@functools.cache
def matcher(language: str, name: str, *keys: str) -> PhraseMatcher[str]:
    """The words of one table of a lexicon, each with its key; or those of one list, each with the name of the list."""
    table = lexicon(language, name)
    for key in keys:
        table = table[key]
    if isinstance(table, list):
        return PhraseMatcher((word, keys[-1]) for word in table)
    return PhraseMatcher((word, key) for key, words in table.items() if isinstance(words, list) for word in words)


def first_match(found: PhraseMatcher[str], tokens: Sequence[Token], first: int, last: int) -> Match[str] | None:
    """The first match among ``tokens[first:last]``, or None."""
    hits = found.find(tokens, max(first, 0), last)
    return hits[0] if hits else None


_NO_ADJECTIVES = words(
    "тому цьому этому всього усього всего цього этого того самого його него чого чому почему потому додому одного нього кого дома саме проте вона воно"
)


def by_sentence(reading: Reading, hits: Iterable[Match[P]]) -> list[tuple[Sentence, list[Match[P]]]]:
    """``hits``, which are in text order, by the sentence that they stand in."""
    out: list[tuple[Sentence, list[Match[P]]]] = []
    for hit in hits:
        sentence = reading.sentence_at(reading.tokens[hit.first].start)
        if sentence is None:
            continue
        if out and out[-1][0] is sentence:
            out[-1][1].append(hit)
        else:
            out.append((sentence, [hit]))
    return out


def adjectival(token: Token) -> bool:
    """True for a word with the ending of an adjective or participle."""
    return token.lower not in _NO_ADJECTIVES and token.kind == "word" and len(token.lower) > 3 and token.lower.endswith(_ADJECTIVE)


def singular_adjective(word: str) -> bool:
    """True for the endings of one person or thing ("38-річний", "45-летнюю")."""
    return word.endswith(_SINGULAR_ADJECTIVE)


def clauses_of(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """For each token of ``tokens[first:last]`` the number of its clause, counted from 0 by the marks before it."""
    out: list[int] = []
    number = 0
    for token in tokens[first:last]:
        if token.text in CLAUSE_MARKS:
            number += 1
        out.append(number)
    return out
