"""Stated patterns and what testing them gave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events are meant; what is None or empty does not narrow.

    ``start`` .. ``end`` are civil days, both included. ``acts`` are act families or ids, ``weapons`` weapon families or ids, ``objects`` ids of
    what was hit. ``border_km``: no farther than so many km from a land border of the event's country, or with ``beyond_border`` farther.
    ``layer`` names areas of the user's, ``outside`` turns that round. ``radius`` is (latitude, longitude, km).
    """

    name: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    countries: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    border_km: float | None = None
    beyond_border: bool = False
    neighbours: tuple[str, ...] = ()
    layer: str | None = None
    outside: bool = False
    radius: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A pattern that can be held against counts.

    ``kind``: rate, trend, comparison, share, clustering. ``unit``: what is counted (vocabulary ``unit``). ``value`` is the stated figure: events per
    ``period`` for a rate, times as many in ``first`` as in ``second`` for a comparison, a share of 1, days in which the counts double for a trend.
    ``comparator``: eq, approx, ge, le. ``trend``: up, down, flat, exponential. ``stated_in`` is the series claim that says it, ``words`` its words.
    """

    identifier: str
    kind: str
    unit: str
    value: float | None = None
    comparator: str = "eq"
    period: str = "day"
    trend: str = "none"
    first: Selection = Selection()
    second: Selection | None = None
    words: str = ""
    stated_in: str | None = None
    reason: str = ""
    """Why it cannot be tested at all, found while it was put in this form."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval (95 %) and the probability of data as far off if there were nothing in it (two-sided)."""

    value: float
    low: float
    high: float
    p: float | None = None
    adjusted: float | None = None
    """``p`` after Holm's correction for all hypotheses of one run."""


@dataclass(frozen=True, slots=True)
class CountSeries:
    """Counts of ``unit`` in bins of ``days`` days from ``start`` on; ``fitted`` is what the model expects there."""

    unit: str
    start: dt.date
    days: int
    counts: tuple[int, ...]
    fitted: tuple[float, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PatternTest:
    """What became of a hypothesis.

    ``verdict``: supported, not_supported, not_testable. ``reason`` says why in one sentence, ``caveats`` what weakens it. ``dispersion`` is the
    variance of the counts beside that of a Poisson process (1 = equal). ``used`` events entered, ``left_out`` had no day or place that the test needs.
    ``changes`` are days on which the level of the counts seems to have changed.
    """

    hypothesis: Hypothesis
    verdict: str
    reason: str
    method: str = ""
    estimate: Estimate | None = None
    dispersion: float | None = None
    used: int = 0
    left_out: int = 0
    series: tuple[CountSeries, ...] = ()
    changes: tuple[dt.date, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Incidents that just these ``sources`` tell of."""

    sources: tuple[str, ...]
    incidents: int


@dataclass(frozen=True, slots=True)
class Undercount:
    """How many incidents the sources tell of, and how many there may be that none of them tells.

    ``estimate`` is the number of all incidents, those unseen included, when ``refusal`` is empty. ``assumptions`` have to hold for it.
    """

    seen: int
    overlaps: tuple[Overlap, ...]
    estimate: Estimate | None
    method: str
    assumptions: tuple[str, ...]
    refusal: str = ""
