"""One sentence as the rules of harm see it: its triggers and its phrases for people."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field

from witnessmark.claims.harm.names import read_name, with_name
from witnessmark.claims.harm.triggers import Trigger, trigger_matcher
from witnessmark.claims.numbers import AMOUNT_WORDS
from witnessmark.claims.people import People, noun_matcher, read_people
from witnessmark.claims.words import words
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.tokens import Token

_DETERMINERS = words("a an the one another his her their its my our whose both these those this")


@dataclass(frozen=True, slots=True)
class Toll:
    """What a rule found: people at ``phrases`` (one chain, in text order) came to ``harm``. ``anchor`` is the trigger's first token."""

    phrases: tuple[People, ...]
    harm: str
    rule: str
    anchor: int
    score: float = 1.0
    ambiguous: tuple[str, ...] = ()
    update: bool = False
    superseded: bool = False
    part_of: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """First token of the words that give the quantity."""
        return self.phrases[0].first

    @property
    def last(self) -> int:
        """Token after the words that give the quantity."""
        return self.phrases[-1].last


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``first`` .. ``last`` (excluded) of a sentence.

    ``starting`` and ``ending`` index ``people`` by first and last token; ``lowers`` are the words in lower case, ``vocabulary`` the same as a set.
    """

    tokens: Sequence[Token]
    first: int
    last: int
    people: tuple[People, ...]
    triggers: tuple[Trigger, ...]
    starting: dict[int, People] = field(repr=False)
    ending: dict[int, People] = field(repr=False)
    trigger_at: dict[int, Trigger] = field(repr=False)
    lowers: tuple[str, ...] = field(repr=False)
    vocabulary: frozenset[str] = field(repr=False)

    def word(self, at: int) -> str:
        """The lower-case word at token ``at``; "" outside the sentence."""
        return self.lowers[at - self.first] if self.first <= at < self.last else ""

    def words(self, at: int, *expected: str) -> bool:
        """True when the words from ``at`` on are ``expected``."""
        start = at - self.first
        return start >= 0 and self.lowers[start : start + len(expected)] == expected


@functools.cache
def _phrase_heads() -> frozenset[str]:
    raw = lexicon("en", "people")
    words = {w for group in raw["modifiers"].values() for w in group} | {"wounded", "injured", "dead"}
    return frozenset(words) | noun_matcher().first_words | _DETERMINERS | AMOUNT_WORDS


def read_window(tokens: Sequence[Token], first: int, last: int) -> Window:
    """The window over tokens ``first`` .. ``last`` of one sentence."""
    people = _people(tokens, first, last)
    inside = {k for p in people for k in range(p.first, p.last)}
    triggers = tuple(
        Trigger(m.first, m.last, m.payload)
        for m in trigger_matcher().find(tokens, first, last)
        if m.payload.frame != "ignored" and not (m.first in inside and m.last - 1 in inside)
    )
    lowers = tuple([t.lower for t in tokens[first:last]])
    return Window(
        tokens, first, last, people, triggers,
        {p.first: p for p in people}, {p.last: p for p in people}, {t.first: t for t in triggers},
        lowers, frozenset(lowers),
    )  # fmt: skip


def _people(tokens: Sequence[Token], first: int, last: int) -> tuple[People, ...]:
    heads = _phrase_heads()
    out: list[People] = []
    at = first
    while at < last:
        token = tokens[at]
        found = None
        if token.kind == "number" or token.lower in heads:
            found = read_people(tokens, at, last)
            if found is not None and found.last < last and found.number_one:
                found = with_name(tokens, found, first, last)
        elif token.kind == "word" and token.text[0].isupper():
            found = read_name(tokens, at, first, last)
        if found is None:
            at += 1
        else:
            out.append(found)
            at = found.last
    return tuple(out)
