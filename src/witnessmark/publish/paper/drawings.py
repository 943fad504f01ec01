"""The map and the timeline of the report as static SVG, small for any number of incidents: points near each other are drawn as one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.publish import basemap, counting
from witnessmark.publish.facts import Facts
from witnessmark.publish.paper.labels import Labels
from witnessmark.publish.report.mapplot import NARROW, WIDE, Frame, Line, Spot, groups

CELL = 16.0
"""Side in units of the drawing of the square whose points become one."""

LARGE = 20
"""Incidents at one place from which on its point is drawn as large as any; fewer than that stay small, so that two do not look like many."""

NAMED = 30
"""Points of a panel that carry a name, the largest first, where there is room."""

_CHAR = 6.6


@dataclass(frozen=True, slots=True)
class Dot:
    """Incidents drawn as one point. ``name`` is empty where there is no room for it."""

    x: float
    y: float
    radius: float
    number: int
    name: str
    label_x: float
    end: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the map. ``land`` and ``borders`` are data of SVG paths."""

    width: float
    height: float
    countries: str
    land: str
    borders: str
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    dots: tuple[Dot, ...]
    scale_km: int
    scale_width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin of the timeline: heights in units of the drawing."""

    x: float
    width: float
    sure: float
    perhaps: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The timeline. ``top`` is the number at the upper edge; ``earlier`` and ``later`` incidents lie outside of it."""

    width: float
    height: float
    top: int
    bars: tuple[Bar, ...]
    unit: str
    earlier: int
    later: int


def panels(facts: Facts, t: Labels) -> tuple[Panel, ...]:
    """The map, a panel for each far-off group of places, with names in the language of ``t``."""
    spots = [Spot(f, f.where) for f in facts.incidents if f.where is not None and f.where.resolved]
    found = groups(spots)
    most = max((max(Counter(s.at for s in g).values()) for g in found), default=1)
    return tuple(_panel(g, WIDE if n == 0 else NARROW, most, t) for n, g in enumerate(found))


def _panel(spots: Sequence[Spot], width: float, most: int, t: Labels) -> Panel:
    frame = Frame.of(spots, width, least=LEAST)
    scale = frame.scale_km()
    countries = ", ".join(sorted({s.value.country for s in spots if s.value.country}))
    land, borders = _ground(frame)
    return Panel(
        width,
        frame.height,
        countries,
        land,
        borders,
        frame.meridians(),
        frame.parallels(),
        _dots(spots, frame, most, t),
        scale,
        round(frame.km(scale), 1),
    )


LEAST = 3.0
"""Degrees of latitude that a panel shows at least: fewer, and no coast or border tells where it is."""

STEP = 1.0
"""Units of the drawing that an outline's points are apart at least."""


def _ground(frame: Frame) -> tuple[str, str]:
    """Land and borders of what is drawn, and a little more, so that the cut edges do not show."""
    east, south = frame.west + frame.width / frame.unit / frame.squeeze, frame.north - frame.height / frame.unit
    found = basemap.outlines(basemap.Box(frame.west, max(-90.0, south), east, min(90.0, frame.north)).grown(0.02))

    def place(point: basemap.Point) -> basemap.Point:
        return (point[0] - frame.west) * frame.squeeze * frame.unit, (frame.north - point[1]) * frame.unit

    return basemap.path(found.land, place, step=STEP, closed=True), basemap.path(found.borders, place, step=STEP, closed=False)


def _dots(spots: Sequence[Spot], frame: Frame, most: int, t: Labels) -> tuple[Dot, ...]:
    cells: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        x, y = frame.x(spot.at[1]), frame.y(spot.at[0])
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append(spot)
    ordered = sorted(cells.values(), key=lambda c: (-len(c), c[0].at))
    boxes: list[tuple[float, float, float, float]] = []
    made = []
    for rank, held in enumerate(ordered):
        x = round(sum(frame.x(s.at[1]) for s in held) / len(held), 1)
        y = round(sum(frame.y(s.at[0]) for s in held) / len(held), 1)
        radius = round(min(4.0 + 12.0 * math.sqrt((len(held) - 1) / max(most - 1, LARGE)), 22.0), 1)
        names = sorted({t.settlement(s.value) for s in held})
        name = (names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}") + (f" ({len(held)})" if len(held) > 1 else "")
        made.append(_labelled(x, y, radius, len(held), name if rank < NAMED else "", frame, boxes))
    return tuple(reversed(made))


def _labelled(
    x: float, y: float, radius: float, number: int, name: str, frame: Frame, boxes: list[tuple[float, float, float, float]]
) -> Dot:
    width = len(name) * _CHAR
    end = x + radius + 5 + width > frame.width
    at = x - radius - 5 if end else x + radius + 5
    box = (at - width if end else at, y - 9, at if end else at + width, y + 6)
    free = name and box[0] > 0 and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes)
    boxes.append((x - radius, y - radius, x + radius, y + radius))
    if free:
        boxes.append(box)
    return Dot(x, y, radius, number, name if free else "", round(at, 1), end)


def columns(facts: Facts, *, width: float = 1000.0, height: float = 180.0) -> Columns:
    """The timeline as columns, one for each day, week, month or year."""
    timeline = counting.bins(facts)
    unit, found = timeline.unit, timeline.bins
    top = max((b.within + b.perhaps for b in found), default=0)
    step = width / max(len(found), 1)
    every = max(1, math.ceil(len(found) / 12))
    shape = {"day": "%d.%m.%y", "week": "%d.%m.%y", "month": "%m.%Y", "year": "%Y"}[unit]
    bars = tuple(
        Bar(
            round(i * step, 2), round(max(step * 0.86, 0.4), 2), round(b.within / top * height, 1), round(b.perhaps / top * height, 1),
            f"{b.start:{shape}}" if i % every == 0 else "", f"{b.start:{shape}}: {b.within} + {b.perhaps}",
        )
        for i, b in enumerate(found)
    )  # fmt: skip
    return Columns(width, height, top, bars, unit, timeline.earlier, timeline.later)
