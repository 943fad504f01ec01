"""One sentence with its clauses, what stands in it (words of harm, tolls), and the tables that all steps look words up in."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.claims.slavic.people import People, possessives
from witnessmark.claims.slavic.words import matcher
from witnessmark.claims.words import words
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token

PREPOSITIONS = words(
    "у в на біля для з із зі від до по при за під над про через без між серед возле рядом около у с со из от к о об для без при среди"
)


DASHES = frozenset({"—", "–", "-", ":"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of harm at tokens ``first`` .. ``last``. ``kind``: verb, takes, bodies, lives, state."""

    first: int
    last: int
    harm: str
    kind: str


@dataclass(frozen=True, slots=True)
class Toll:
    """People with their harm. ``phrases`` are added up; ``part_of`` is a token range of the total; ``rule`` names the construction."""

    phrases: tuple[People, ...]
    harm: str
    rule: str
    score: float = 0.9
    part_of: tuple[int, int] | None = None
    update: bool = False
    superseded: bool = False

    @property
    def first(self) -> int:
        """First token of the words of the quantity."""
        return min(p.first for p in self.phrases)

    @property
    def last(self) -> int:
        """Token after the words of the quantity."""
        return max(p.last for p in self.phrases)


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence with its clauses and the language's tables."""

    tokens: Sequence[Token]
    first: int
    last: int
    language: str
    clauses: tuple[int, ...]

    def clause(self, at: int) -> int:
        """Number of the clause of token ``at``."""
        return self.clauses[min(max(at, self.first), self.last - 1) - self.first]

    def word(self, at: int) -> str:
        """The lower-cased word at ``at``, empty outside the sentence."""
        return self.tokens[at].lower if self.first <= at < self.last else ""


@functools.cache
def verbs(language: str) -> PhraseMatcher[str]:
    """Verbs of harm, with the harm."""
    return matcher(language, "harm", "verbs")


@functools.cache
def takes(language: str) -> PhraseMatcher[str]:
    """Verbs that tell of harm with a noun from wounds."""
    return matcher(language, "harm", "takes", "verbs")


@functools.cache
def states(language: str) -> PhraseMatcher[str]:
    """Words of the state of those who live, with the harm."""
    return matcher(language, "harm", "states")


@functools.cache
def part_marks(language: str) -> PhraseMatcher[str]:
    """Words that mark a part ("серед них"), with the harm where they name it."""
    raw = lexicon(language, "harm")["words"]
    of = {w: "killed" for w in raw["part_of_killed"]} | {w: "injured" for w in raw["part_of_injured"]}
    return PhraseMatcher((w, of.get(w, "")) for w in raw["part_marks"])


@functools.cache
def joints(language: str) -> frozenset[str]:
    """Words that join the members of a list."""
    return frozenset(w for w in lexicon(language, "harm")["words"]["joints"] if " " not in w)


@functools.cache
def phrases_of(language: str, key: str) -> PhraseMatcher[str]:
    """One list of phrases of the lexicon of harm."""
    return matcher(language, "harm", "words", key)


def between_members(window: Window, left: People, right: People) -> tuple[str, ...] | None:
    """The words between two members of a list, or None where they are none."""
    words = tuple(w for k in range(left.last, right.first) if (w := window.word(k)) not in possessives(window.language))
    allowed = joints(window.language) | {","}
    if len(words) == 2 and left.form == "noun" and words[0].isalpha() and words[0] not in allowed:
        words = words[1:]  # "водія автобуса та трьох пасажирів"
    return words if 0 < len(words) <= 2 and all(w in allowed for w in words) else None
