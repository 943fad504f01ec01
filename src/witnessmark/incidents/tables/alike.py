"""Which words of a column mean one thing, learned from the table itself.

Rows that agree in place, day and both tolls mostly tell of one incident. How often two words meet there, against how often they would by
chance, tells whether they are two words for one thing, two things, or not known. Our vocabularies count as a little evidence of the same
kind, so that a small table has them to go by and a large one may overrule them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

WORDS = 400
"""Commonest words of a column that are compared with each other; of free text the rest meets only itself."""

SAME, OTHER = 1.0, -2.0
"""Weights (log2 of the odds) from which on two words are one thing, and down to which they are two: a table of 100,000 made-up reports has its
pairs beyond +2 and below -3, one of 2,000 hardly any."""

_SMOOTH = 0.5
_VOCABULARY = 6.0
"""Meetings that the vocabulary's word is worth."""
_MOST, _LEAST = 2.4, -5.0


@dataclass(frozen=True, slots=True)
class Alike:
    """``weight`` of each two known words, by words in order; ``group`` numbers the words that mean one thing from 0;
    ``apart`` are the groups that mean two things."""

    weight: Mapping[tuple[str, str], float]
    group: Mapping[str, int]
    apart: frozenset[tuple[int, int]]


def learn(counts: Mapping[str, int], met: Mapping[tuple[str, str], int], known: Callable[[str], str | None]) -> Alike:
    """``counts`` of the words over all rows, ``met`` how often two (in order) stand in rows that are likely of one incident; ``known`` gives the
    vocabulary's class of a word."""
    words = sorted(sorted(counts, key=lambda w: (-counts[w], w))[:WORDS])
    chance = _Chance(counts, sum(n for (a, b), n in met.items()))
    classes = {word: known(word) for word in words}
    weight = {(a, b): _weight(met.get((a, b), 0), chance(a, b), classes[a], classes[b]) for a in words for b in words if a < b}
    group = _groups(words, weight)
    return Alike(weight, group, frozenset(_apart(group, classes, met, chance)))


@dataclass(frozen=True, slots=True)
class _Chance:
    counts: Mapping[str, int]
    meetings: int

    def __call__(self, a: str, b: str) -> float:
        """Meetings of two words that chance alone would give."""
        total = sum(self.counts.values()) or 1
        return self.meetings * self.counts[a] * self.counts[b] / total / total * (1 if a == b else 2)


def _weight(met: float, chance: float, one: str | None, other: str | None) -> float:
    if one is not None and other is not None:
        met, chance = (met + _VOCABULARY, chance) if one == other else (met, chance + _VOCABULARY)
    return max(_LEAST, min(_MOST, math.log2((met + _SMOOTH) / (chance + _SMOOTH))))


def _groups(words: Iterable[str], weight: Mapping[tuple[str, str], float]) -> dict[str, int]:
    """Words joined from the likeliest pair on, as long as no two of a group are two things."""
    home = {word: [word] for word in words}
    for (a, b), w in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        if w < SAME:
            break
        one, other = home[a], home[b]
        if one is not other and all(weight[min(x, y), max(x, y)] > OTHER for x in one for y in other):
            one += other
            for word in other:
                home[word] = one
    numbers: dict[int, int] = {}
    return {word: numbers.setdefault(id(home[word]), len(numbers)) for word in sorted(home)}


def _apart(
    group: Mapping[str, int], classes: Mapping[str, str | None], met: Mapping[tuple[str, str], int], chance: _Chance
) -> Iterable[tuple[int, int]]:
    """Pairs of groups, in both orders, whose words meet far less than chance would have it, or are of other classes in the vocabulary."""
    seen: Counter[tuple[int, int]] = Counter()
    expected: defaultdict[tuple[int, int], float] = defaultdict(float)
    named: defaultdict[int, set[str]] = defaultdict(set)
    for word, number in group.items():
        named[number] |= {classes[word]} - {None}  # type: ignore[arg-type]
    words = sorted(group)
    for at, a in enumerate(words):
        for b in words[at + 1 :]:
            pair = (group[a], group[b])
            seen[pair] += met.get((a, b), 0)
            expected[pair] += chance(a, b)
    for (one, other), often in expected.items():
        both = seen[one, other] + seen[other, one], often + (expected.get((other, one), 0.0) if one != other else 0.0)
        disjoint = bool(named[one] and named[other]) and not named[one] & named[other]
        if one != other and _weight(*both, "a" if disjoint else None, "b" if disjoint else None) <= OTHER:
            yield one, other
            yield other, one
