"""Parts of tolls: "including two children", "three of them women", "a nurse among them", "five of the victims were children"."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, replace

from witnessmark.claims.harm.chains import chain_left, chain_right
from witnessmark.claims.harm.window import Toll, Window
from witnessmark.claims.numbers import UNITS
from witnessmark.claims.people import People, head_of

_OPENERS = (("including",), ("among", "them"), ("among", "whom"), ("include",), ("includes",), ("included",), ("and", "among", "them"))
_OPENER_ENDS = frozenset(words[-1] for words in _OPENERS)
_COPULAS = frozenset({"were", "was", "are", "is", ",", "being", "including"})
_PRONOUNS = frozenset({"them", "whom", "these", "those"})
_DEAD = frozenset({"dead", "killed", "executed", "murdered", "massacred", "victims", "fatalities", "deceased", "slain"})
_HURT = frozenset({"wounded", "injured", "hurt"})
_UNDERAGE = (("under", "18"), ("under", "the", "age", "of", "18"), ("younger", "than", "18"), ("under", "16"), ("under", "eighteen"))


def part_tolls(window: Window, tolls: list[Toll], carried: Toll | None) -> list[Toll]:
    """Parts that the sentence tells of ``tolls`` (its own) or of ``carried`` (the last toll of an earlier sentence)."""
    out: list[Toll] = []
    totals = _Totals.of(tolls)
    for phrase in window.people:
        out += _opened(window, phrase, totals) or _partitive(window, phrase, totals, carried)
    return out + _of_the_dead(window, carried) + _all(window, totals) + _spelt_out(window, totals)


def _opener_before(window: Window, phrase: People) -> bool:
    return window.word(phrase.first - 1) in _OPENER_ENDS and any(window.words(phrase.first - len(words), *words) for words in _OPENERS)


def _opened(window: Window, phrase: People, totals: _Totals) -> list[Toll]:
    if phrase.form in {"headless", "plural"}:
        return []
    if _opener_before(window, phrase):
        chain = chain_right(window, phrase)
    elif window.words(phrase.last, "among", "them") or window.word(phrase.last) == "included":
        chain = tuple(p for p in chain_left(window, phrase) if p is phrase or not totals.ends_at(p.last))
    else:
        return []
    total = totals.before(chain[0].first)
    if total is None:
        return []
    return [_part(p, total, "part.included") for p in chain]


@dataclass(frozen=True, slots=True)
class _Totals:
    """The totals of a sentence by their last token, so that a part finds its own in a long list quickly."""

    tolls: tuple[Toll, ...]
    lasts: tuple[int, ...]

    @classmethod
    def of(cls, tolls: list[Toll]) -> _Totals:
        ordered = tuple(sorted((t for t in tolls if t.part_of is None), key=lambda t: t.last))
        return cls(ordered, tuple(t.last for t in ordered))

    def before(self, at: int) -> Toll | None:
        """The toll whose words end last before token ``at``."""
        found = bisect.bisect_right(self.lasts, at)
        return self.tolls[found - 1] if found else None

    def ends_at(self, at: int) -> bool:
        """True when a toll's words end before token ``at`` with nothing between."""
        found = bisect.bisect_left(self.lasts, at)
        return found < len(self.lasts) and self.lasts[found] == at


def _part(phrase: People, total: Toll, rule: str) -> Toll:
    return Toll((phrase,), total.harm, rule, phrase.first, max(total.score, 0.5), part_of=(total.first, total.last))


def _partitive(window: Window, phrase: People, totals: _Totals, carried: Toll | None) -> list[Toll]:
    if phrase.partitive is None or (window.word(phrase.last) == "," and window.word(phrase.last - 1) not in _PRONOUNS):
        return []  # "one of his friends, an 18-year-old man, was hurt": an apposition
    here = phrase.last
    while window.word(here) in _COPULAS:
        here += 1
    group = _group_at(window, here)
    if group is None:
        return []
    name, last = group
    total = totals.before(phrase.first) or carried
    harm = phrase.partitive if phrase.partitive != "them" else (total.harm if total else None)
    if harm is None:
        return []
    part = replace(phrase, group=name, last=last)
    tied = (total.first, total.last) if total is not None and total is not carried and total.harm == harm else None
    return [Toll((part,), harm, "part.partitive", phrase.first, 0.9, part_of=tied)]


def _group_at(window: Window, at: int) -> tuple[str, int] | None:
    """(group, end) of a group noun or word of age that begins at ``at``."""
    if at >= window.last or window.tokens[at].kind == "number" or window.word(at) in UNITS:
        return None
    for words in _UNDERAGE:
        if window.words(at, *words):
            return "children", at + len(words)
    head = head_of(window.tokens, at, window.last)
    if head is not None and head[1] != "people":
        return head[1], head[0]
    word = window.word(at)
    lone = {"elderly": "elderly", "pregnant": "women", "female": "women", "male": "men", "civilian": "civilians"}
    return (lone[word], at + 1) if word in lone else None


def _of_the_dead(window: Window, carried: Toll | None) -> list[Toll]:
    """ "among the dead were two children", "the dead include a nurse", "two nurses were among the wounded"."""
    out: list[Toll] = []
    if not window.vocabulary & (_DEAD | _HURT):
        return out
    for at in range(window.first, window.last):
        word = window.word(at)
        if word not in _DEAD and word not in _HURT:
            continue
        harm = "killed" if word in _DEAD else "injured"
        after = at + 1
        while window.word(after) in {"were", "was", "are", "is", "include", "includes", "included", "including", "also"}:
            after += 1
        phrase = None
        if window.words(at - 2, "among", "the") or window.words(at - 2, "among", "those"):
            phrase = window.starting.get(after) if after > at + 1 else _before_among(window, at - 2)
        elif window.word(at - 1) in {"the", "those"} and after > at + 1 and window.word(after - 1) not in {"were", "was", "are", "is"}:
            phrase = window.starting.get(after)
        if phrase is not None and phrase.form in {"single", "counted"}:
            chain = chain_left(window, phrase) if phrase.last <= at else chain_right(window, phrase)
            out += [Toll((p,), harm, "part.among", p.first, 0.9, part_of=_tied(carried, harm)) for p in chain]
    return out


_SPELLERS = frozenset({",", ":", "-", "–", "—", "("})


def _spelt_out(window: Window, totals: _Totals) -> list[Toll]:
    """ "23 people were killed: 12 men, 7 women and 4 children": a list behind a mark that adds up to the total."""
    out: list[Toll] = []
    for phrase in window.people:
        if window.word(phrase.first - 1) not in _SPELLERS or phrase.form not in {"counted", "single"}:
            continue
        chain = chain_right(window, phrase)
        total = totals.before(phrase.first)
        if total is None or len(chain) < 2 or (window.word(phrase.first - 1) == "," and total.last != phrase.first - 1):
            continue
        numbers = [p.minimum for p in chain]
        if None not in numbers and sum(n or 0 for n in numbers) == total.phrases[0].minimum and len(total.phrases) == 1:
            out += [_part(p, total, "part.list") for p in chain]
    return out


def _tied(carried: Toll | None, harm: str) -> tuple[int, int] | None:
    return (carried.first, carried.last) if carried is not None and carried.harm == harm else None


def _before_among(window: Window, at: int) -> People | None:
    here = at
    while window.word(here - 1) in {"were", "was", "are", "is", "also"}:
        here -= 1
    return window.ending.get(here) if here < at else None


def _all(window: Window, totals: _Totals) -> list[Toll]:
    """ "14 people, all civilians", "26 people, all of them women"."""
    out: list[Toll] = []
    if "all" not in window.vocabulary:
        return out
    for at in range(window.first, window.last - 1):
        if window.word(at) != "," or window.word(at + 1) != "all":
            continue
        group = _group_at(window, at + 4 if window.words(at + 2, "of", "them") else at + 2)
        total = totals.before(at)
        if group is not None and total is not None and at - total.last < 8:
            sized = replace(total.phrases[-1], group=group[0], first=total.phrases[-1].first, last=group[1], form="counted")
            out.append(_part(sized, total, "part.all"))
    return out
