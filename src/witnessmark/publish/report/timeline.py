"""The timeline: intervals, not dots. Incidents without a date keep a lane of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.model import DateValue, Incident
from witnessmark.publish import consensus
from witnessmark.publish.report.incidents import IncidentView
from witnessmark.publish.view import CaseView
from witnessmark.publish.wording import MONTHS

WIDTH = 1000.0
LABELS = 230.0
"""Width of the drawing and of its label column, in SVG units."""

NAMED_ROWS = 60
"""Incidents up to which each gets a row with its name; with more, bars are packed into lanes."""

MAX_LANES_HEIGHT = 600.0

_TICKS_WANTED = 10


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the time axis at ``x``."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One interval. ``kind``: day, wide or report (only the day of the report is known). Arrows mark open ends."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    open_start: bool
    open_end: bool
    incident: IncidentView


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing, and the incidents that have no date. ``named`` tells whether rows carry names."""

    height: float
    plot_left: float
    plot_right: float
    axis: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    undated: tuple[IncidentView, ...]
    named: bool
    summary: str


def build(view: CaseView, incidents: Sequence[IncidentView]) -> Timeline:
    """The timeline of ``incidents``, which stand in the order of ``view.incidents``."""
    dated: list[tuple[DateValue, IncidentView]] = []
    undated: list[IncidentView] = []
    for record, shown in zip(view.incidents, incidents, strict=True):
        value = _date(view, record)
        if value is None:
            undated.append(shown)
        else:
            dated.append((value, shown))
    dated.sort(key=lambda pair: (pair[0].earliest, pair[0].latest, pair[1].number))
    named = len(dated) <= NAMED_ROWS
    left = LABELS if named else 20.0
    axis = _Axis.of([d for d, _ in dated], left, WIDTH - 24)
    bars, height = _rows(dated, axis) if named else _lanes(dated, axis)
    return Timeline(height + 40, left, WIDTH - 24, height + 10, axis.ticks(), tuple(bars), tuple(undated), named, _summary(dated, undated))


def _date(view: CaseView, incident: Incident) -> DateValue | None:
    chosen = consensus.field(view, incident, "date")
    return chosen[1].value if chosen else None


def _kind(value: DateValue) -> str:
    if value.precision == "TR":
        return "report"
    return "day" if value.earliest == value.latest else "wide"


@dataclass(frozen=True, slots=True)
class _Axis:
    """Maps days to x. ``first`` .. ``last`` are the days drawn, both included."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def of(cls, dates: Sequence[DateValue], left: float, right: float) -> _Axis:
        """An axis over all closed ends, with a little air on both sides. An open end does not stretch it."""
        ends = [d.earliest.toordinal() for d in dates if not d.open_start] + [d.latest.toordinal() for d in dates if not d.open_end]
        if not ends:
            ends = [d.earliest.toordinal() for d in dates] or [dt.date(2000, 1, 1).toordinal()]
        air = max(1, (max(ends) - min(ends)) // 25)
        return cls(max(1, min(ends) - air), min(dt.date.max.toordinal() - 1, max(ends) + air), left, right)

    def x(self, ordinal: int) -> float:
        """Position of the beginning of a day, kept inside the plot."""
        share = (ordinal - self.first) / (self.last + 1 - self.first)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)

    def span(self, value: DateValue) -> tuple[float, float]:
        """Left edge and width of an interval; open ends run to the edge of the plot."""
        low = self.left if value.open_start else self.x(value.earliest.toordinal())
        high = self.right if value.open_end else self.x(value.latest.toordinal() + 1)
        return low, max(5.0, round(high - low, 1))

    def ticks(self) -> tuple[Tick, ...]:
        """About ten ticks: days, months or years."""
        days = self.last - self.first + 1
        if days <= 60:
            step = max(1, -(-days // _TICKS_WANTED))
            stops = [dt.date.fromordinal(o) for o in range(self.first, self.last + 1, step)]
            return tuple(
                Tick(self.x(d.toordinal()), f"{d.day} {MONTHS[d.month - 1]} {d.year}" if i == 0 else f"{d.day} {MONTHS[d.month - 1]}")
                for i, d in enumerate(stops)
            )
        months = next((s for s in (1, 2, 3, 6, 12) if days / 30.4 / s <= _TICKS_WANTED), max(12, 12 * round(days / 365 / _TICKS_WANTED)))
        return tuple(Tick(self.x(d.toordinal()), _month(d, months)) for d in self._months(months))

    def _months(self, step: int) -> list[dt.date]:
        start = dt.date.fromordinal(self.first)
        index = start.year * 12 + start.month - 1
        index += -index % step
        out = []
        while index // 12 <= dt.date.max.year and dt.date(index // 12, index % 12 + 1, 1).toordinal() <= self.last:
            day = dt.date(index // 12, index % 12 + 1, 1)
            if day.toordinal() >= self.first:
                out.append(day)
            index += step
        return out


def _month(day: dt.date, step: int) -> str:
    return str(day.year) if step >= 12 else f"{MONTHS[day.month - 1]} {day.year}"


def _rows(dated: Sequence[tuple[DateValue, IncidentView]], axis: _Axis) -> tuple[list[Bar], float]:
    bars = []
    for row, (value, shown) in enumerate(dated):
        x, width = axis.span(value)
        bars.append(Bar(x, 8.0 + row * 26, width, 14.0, _kind(value), value.open_start, value.open_end, shown))
    return bars, 8.0 + len(dated) * 26


def _lanes(dated: Sequence[tuple[DateValue, IncidentView]], axis: _Axis) -> tuple[list[Bar], float]:
    """Bars packed greedily: each goes into the first lane that is free."""
    ends: list[float] = []
    placed: list[tuple[int, float, float, DateValue, IncidentView]] = []
    for value, shown in dated:
        x, width = axis.span(value)
        lane = next((i for i, end in enumerate(ends) if end + 1 <= x), len(ends))
        if lane == len(ends):
            ends.append(0.0)
        ends[lane] = x + width
        placed.append((lane, x, width, value, shown))
    pitch = round(min(10.0, max(1.5, MAX_LANES_HEIGHT / max(1, len(ends)))), 2)
    bars = [
        Bar(x, round(8 + lane * pitch, 1), w, round(pitch * 0.8, 2), _kind(v), v.open_start, v.open_end, s) for lane, x, w, v, s in placed
    ]
    return bars, round(8 + len(ends) * pitch, 1)


def _summary(dated: Sequence[tuple[DateValue, IncidentView]], undated: Sequence[IncidentView]) -> str:
    if not dated:
        return f"No incident has a date; {len(undated)} undated."
    first = min(d.earliest for d, _ in dated)
    last = max(d.earliest if d.open_end else d.latest for d, _ in dated)
    return f"{len(dated)} dated incidents from {first.isoformat()} to {last.isoformat()}; {len(undated)} undated."
