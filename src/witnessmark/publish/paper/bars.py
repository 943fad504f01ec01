"""How many incidents there are of each kind, as bars of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from witnessmark.publish import counting
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.paper.labels import Labels

MOST = 8
"""Bars of one table; the rest is summed up."""


@dataclass(frozen=True, slots=True)
class Bars:
    """``rows`` are (value, incidents, length of the bar in hundredths of the longest); ``none`` incidents state nothing of the kind."""

    title: str
    rows: tuple[tuple[str, int, float], ...]
    none: int


def bars(facts: Facts, t: Labels) -> Sequence[Bars]:
    """The tables by act, munition, object and region; those without any value are left out."""
    kinds: tuple[tuple[str, Callable[[Fact], Sequence[str]]], ...] = (
        (t["act_kind"], lambda f: [t.term("act", f.act)]),
        (t["munition"], lambda f: [*(t.term("weapon", w) for w in f.weapons), *(t.term("effect", e) for e in f.effects)]),
        (t["object"], lambda f: [t.term("object", k) for k in f.kinds]),
        (
            t["region"],
            lambda f: [", ".join(p for p in (t.division(f.where) or t.settlement(f.where), f.where.country) if p)] if f.where else [],
        ),
    )
    made = (_bars(facts, title, values, t) for title, values in kinds)
    return [b for b in made if b.rows]


def _bars(facts: Facts, title: str, values: Callable[[Fact], Sequence[str]], t: Labels) -> Bars:
    found = counting.tally(facts, values)
    shown = list(found[:MOST])
    if len(found) > MOST:
        shown.append((f"{len(found) - MOST} {t['others']}", sum(n for _, n in found[MOST:])))
    most = max((n for _, n in shown), default=1)
    rows = tuple((value[:1].upper() + value[1:], n, round(100 * n / most, 1)) for value, n in shown)
    return Bars(title, rows, sum(not values(f) for f in facts.incidents))
