"""The timeline: intervals, not dots. Incidents without a date keep a lane of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.model import DateValue, Incident
from witnessmark.publish import consensus
from witnessmark.publish.report.axis import Axis, Fold, Tick, axis
from witnessmark.publish.report.incidents import IncidentView
from witnessmark.publish.view import CaseView

WIDTH = 1000.0
LABELS = 230.0
"""Width of the drawing and of its label column, in SVG units."""

NAMED_ROWS = 60
"""Incidents up to which each gets a row with its name; with more, bars are packed into lanes."""

MAX_LANES_HEIGHT = 600.0


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
    folds: tuple[Fold, ...]
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
    scale = axis([d for d, _ in dated], left, WIDTH - 24)
    bars, height = _rows(dated, scale) if named else _lanes(dated, scale)
    return Timeline(
        height + 50,
        left,
        WIDTH - 24,
        height + 10,
        scale.ticks(),
        scale.folds(),
        tuple(bars),
        tuple(undated),
        named,
        _summary(dated, undated),
    )


def _date(view: CaseView, incident: Incident) -> DateValue | None:
    chosen = consensus.field(view, incident, "date")
    return chosen[1].value if chosen else None


def _kind(value: DateValue) -> str:
    if value.precision == "TR":
        return "report"
    return "day" if value.earliest == value.latest else "wide"


def _rows(dated: Sequence[tuple[DateValue, IncidentView]], scale: Axis) -> tuple[list[Bar], float]:
    bars = []
    for row, (value, shown) in enumerate(dated):
        x, width = scale.span(value)
        bars.append(Bar(x, 8.0 + row * 26, width, 14.0, _kind(value), value.open_start, value.open_end, shown))
    return bars, 8.0 + len(dated) * 26


def _lanes(dated: Sequence[tuple[DateValue, IncidentView]], scale: Axis) -> tuple[list[Bar], float]:
    """Bars packed greedily: each goes into the first lane that is free."""
    ends: list[float] = []
    placed: list[tuple[int, float, float, DateValue, IncidentView]] = []
    for value, shown in dated:
        x, width = scale.span(value)
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
