"""Counts over incidents for charts, the report and the site: bins of time that keep uncertainty, and tallies by kind."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from witnessmark.publish.facts import Fact, Facts, Figure, Source

DAYS_FOR_DAYS, DAYS_FOR_WEEKS, DAYS_FOR_MONTHS = 62, 730, 7300
"""Longest span in days that is counted by day, by week and by month; longer ones are counted by year."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time. ``within`` incidents fall into it for sure, ``perhaps`` overlap it. ``low`` and ``high`` are sums of the least and
    greatest figures of the incidents that begin in it and have a number; ``unnumbered`` have none."""

    start: dt.date
    within: int
    perhaps: int
    low: int
    high: int
    unnumbered: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Incidents by date: ``unit`` is day, week, month or year. ``earlier`` and ``later`` incidents lie outside of the bins: a few far days would
    press all others into one of them."""

    unit: str
    bins: tuple[Bin, ...]
    earlier: int = 0
    later: int = 0


def bins(facts: Facts, *, figure: Callable[[Fact], Figure] = lambda f: f.killed) -> Timeline:
    """The bins from the first dated incident to the last, empty ones included; without those far from the middle 80 of 100 where the whole is six
    times as long (the rule of the desk's timeline)."""
    given = [f for f in facts.incidents if f.when is not None]
    if not given:
        return Timeline("month", ())
    first, last = _window([f.when.earliest for f in given if f.when])
    dated = [f for f in given if f.when and f.when.latest >= first and f.when.earliest <= last]
    unit = _unit((last - first).days)
    starts = _starts(first, last, unit)
    index = {s: i for i, s in enumerate(starts)}
    sure, maybe, low, high, none = ([0] * len(starts) for _ in range(5))
    for fact in dated:
        assert fact.when is not None  # dated
        at = index[_begin(max(fact.when.earliest, first), unit)]
        end = index.get(_begin(min(fact.when.latest, last), unit), len(starts) - 1)
        if at == end and fact.when.earliest >= first and not fact.when.open_end and fact.when.latest <= max(last, fact.when.earliest):
            sure[at] += 1
        else:
            for i in range(at, end + 1):
                maybe[i] += 1
        toll = figure(fact)
        low[at] += toll.least or 0
        high[at] += toll.most or 0
        none[at] += not toll.number
    earlier = sum(f.when.latest < first for f in given if f.when)
    return Timeline(unit, tuple(map(Bin, starts, sure, maybe, low, high, none)), earlier, len(given) - len(dated) - earlier)


def _window(days: list[dt.date]) -> tuple[dt.date, dt.date]:
    """First and last day of the timeline."""
    ordered = sorted(days)
    near, far = ordered[len(ordered) // 10], ordered[-1 - len(ordered) // 10]
    long = far - near
    if long.days < 30 or ordered[-1] - ordered[0] <= 6 * long:
        return ordered[0], ordered[-1]
    held = [day for day in ordered if near - long <= day <= far + long]
    return held[0], held[-1]


def _unit(days: int) -> str:
    if days <= DAYS_FOR_DAYS:
        return "day"
    return "week" if days <= DAYS_FOR_WEEKS else "month" if days <= DAYS_FOR_MONTHS else "year"


def _begin(day: dt.date, unit: str) -> dt.date:
    if unit == "day":
        return day
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _starts(first: dt.date, last: dt.date, unit: str) -> list[dt.date]:
    out, at, end = [], _begin(first, unit), _begin(last, unit)
    while at <= end:
        out.append(at)
        at = _begin(at + dt.timedelta(days={"day": 1, "week": 7, "month": 32, "year": 370}[unit]), unit)
    return out


def tally(facts: Facts, values: Callable[[Fact], Iterable[str]]) -> list[tuple[str, int]]:
    """(value, incidents that have it), the most frequent first; an incident counts once for each of its values."""
    found = Counter(v for f in facts.incidents for v in dict.fromkeys(values(f)))
    return sorted(found.items(), key=lambda p: (-p[1], p[0]))


def overlap(
    facts: Facts, *, most: int = 12, name: Callable[[Source], str] = lambda source: source.label
) -> tuple[list[str], dict[tuple[str, str], int]]:
    """The publishers (as ``name`` calls them) with most incidents, and for each pair (and each alone) the incidents that both tell of."""
    named = [(f, sorted({name(facts.source(n)) for n in f.sources})) for f in facts.incidents]
    counts = Counter(p for _, publishers in named for p in publishers)
    top = [p for p, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:most]]
    pairs: Counter[tuple[str, str]] = Counter()
    for _, publishers in named:
        held = [p for p in publishers if p in top]
        pairs.update((p, p) for p in held)
        pairs.update(combinations(held, 2))
    return top, dict(pairs)


def totals(figures: Sequence[Figure]) -> tuple[int, int, int]:
    """Sum of the least figures, sum of the greatest, and how many give a number."""
    numbered = [f for f in figures if f.number]
    return sum(f.least or 0 for f in numbered), sum(f.most or 0 for f in numbered), len(numbered)
