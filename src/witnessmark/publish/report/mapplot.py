"""The map: incident points in equirectangular plots with a graticule, and a circle for how far each place is uncertain.

Places far from each other get a panel each, so that a case on three wars is not a crowd of dots on a map of the world.

No base map, so nothing is fetched and no border is taken sides on. One degree of longitude is drawn as cos(mid-latitude) degrees of
latitude, which keeps distances true to a few per cent over the few degrees that a case usually covers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.model import PlaceValue
from witnessmark.publish import consensus
from witnessmark.publish.geojson import radius_km
from witnessmark.publish.report.incidents import IncidentView
from witnessmark.publish.view import CaseView
from witnessmark.publish.wording import plural

WIDE, NARROW = 1000.0, 490.0
"""Widths of a panel in units of the drawing: the first, and the others when there are several."""

TALL, FLAT, SMALL = 0.62, 0.34, 0.62
"""Greatest and least height of the wide panel as a share of its width; narrow panels are all equally high, so that rows align."""

LINK_KM = 1000.0
"""Places closer than this, directly or over others between them, share a panel: about the width of a large country. The distance grows
by half until the panels are few enough."""

MAX_PANELS = 7
"""One wide panel and three rows of two."""

KM_PER_DEGREE = 111.2
"""Kilometres of one degree of latitude (mean Earth radius 6371 km)."""

_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0)
_SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_CHAR = 7.0
"""Mean width of a label character at 13 units."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the graticule: ``at`` is its x (meridian) or y (parallel)."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """All incidents at one place. ``radius`` is the uncertainty in units of the drawing; ``anchor_end`` puts the label to the left."""

    x: float
    y: float
    radius: float
    coarse: bool
    label: str
    label_x: float
    label_y: float
    anchor_end: bool
    incidents: tuple[IncidentView, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the table that says the same as the map."""

    incident: IncidentView
    value: PlaceValue | None
    radius: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing, ``width`` by ``height`` units. ``name`` lists its countries."""

    name: str
    width: float
    height: float
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    points: tuple[Point, ...]
    scale_km: int
    scale_width: float


@dataclass(frozen=True, slots=True)
class MapPlot:
    """The drawings and the table that says the same; ``unplaced`` are the incidents without a point."""

    panels: tuple[Panel, ...]
    rows: tuple[Place, ...]
    unplaced: tuple[IncidentView, ...]
    summary: str


def build(view: CaseView, incidents: Sequence[IncidentView]) -> MapPlot:
    """The map of ``incidents``, which stand in the order of ``view.incidents``."""
    rows = []
    for record, shown in zip(view.incidents, incidents, strict=True):
        chosen = consensus.field(view, record, "place")
        value = chosen[1].value if chosen else None
        rows.append(Place(shown, value, radius_km(value) if value is not None and value.resolved else None))
    placed = [Spot(r.incident, r.value) for r in rows if r.value is not None and r.value.resolved]
    unplaced = tuple(r.incident for r in rows if r.radius is None)
    found = groups(placed)
    panels = tuple(_panel(g, WIDE if n == 0 else NARROW) for n, g in enumerate(found))
    places = sum(len(p.points) for p in panels)
    summary = f"{plural(len(placed), 'incident')} at {plural(places, 'place')}; {len(unplaced)} unplaced."
    return MapPlot(panels, tuple(rows), unplaced, summary)


@dataclass(frozen=True, slots=True)
class Spot:
    """A placed incident (any object that stands for it)."""

    incident: Any
    value: PlaceValue

    @property
    def at(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        assert self.value.latitude is not None and self.value.longitude is not None  # a spot is placed
        return self.value.latitude, self.value.longitude


def groups(placed: Sequence[Spot]) -> list[list[Spot]]:
    """Spots linked by distance, the largest group first."""
    by_place: dict[tuple[float, float], list[Spot]] = {}
    for spot in placed:
        by_place.setdefault(spot.at, []).append(spot)
    distance = LINK_KM
    linked = _linked(sorted(by_place), distance)
    while len(linked) > MAX_PANELS:
        distance *= 1.5
        linked = _linked(sorted(by_place), distance)
    spots = [[s for place in sorted(g) for s in by_place[place]] for g in linked]
    return sorted(spots, key=lambda g: (-len(g), g[0].at))


MANY_PLACES = 300
"""Places from which on cells of a degree are linked in their stead: linking looks at pairs."""


def _linked(places: Sequence[tuple[float, float]], distance: float) -> list[list[tuple[float, float]]]:
    """Single linkage: places nearer than ``distance`` to any member join a group."""
    groups: list[list[tuple[float, float]]] = []
    if len(places) > MANY_PLACES:
        cells: dict[tuple[float, float], list[tuple[float, float]]] = {}
        for place in places:
            cells.setdefault((float(round(place[0])), float(round(place[1]))), []).append(place)
        if len(cells) < len(places):
            return [[p for cell in g for p in cells[cell]] for g in _linked(sorted(cells), distance)]
    for place in places:
        near = [g for g in groups if any(_km(place, other) < distance for other in g)]
        groups = [g for g in groups if g not in near] + [[place, *(p for g in near for p in g)]]
    return groups


def _km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance by the haversine formula."""
    (a, b), (c, d) = ((math.radians(v) for v in p) for p in (first, second))
    chord = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * KM_PER_DEGREE * math.degrees(math.asin(min(1.0, math.sqrt(chord))))


def _panel(spots: Sequence[Spot], width: float) -> Panel:
    frame = Frame.of(spots, width)
    scale = frame.scale_km()
    countries = ", ".join(sorted({s.value.country for s in spots if s.value.country}))
    return Panel(
        name=countries or "no country stated",
        width=width,
        height=frame.height,
        meridians=frame.meridians(),
        parallels=frame.parallels(),
        points=_points(spots, frame),
        scale_km=scale,
        scale_width=round(frame.km(scale), 1),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn: degrees at its west and north edge, units of the drawing per degree of latitude."""

    west: float
    north: float
    unit: float
    squeeze: float
    width: float
    height: float

    @classmethod
    def of(cls, spots: Sequence[Spot], width: float, *, least: float = 0.5) -> Frame:
        """A frame around all points, wide enough for their circles and never narrower than ``least`` degrees (of latitude)."""
        edges = [(*s.at, min(radius_km(s.value), 120.0) / KM_PER_DEGREE) for s in spots]
        south, north = min(a - r for a, _, r in edges), max(a + r for a, _, r in edges)
        squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
        west, east = min(o - r / squeeze for _, o, r in edges), max(o + r / squeeze for _, o, r in edges)
        tall, wide = max(least, north - south) * 1.3, max(1.2 * least, (east - west) * squeeze) * (1.35 if width == WIDE else 1.7)
        height = min(TALL * width, max(FLAT * width, width * tall / wide)) if width == WIDE else SMALL * width
        unit = min(width / wide, height / tall)
        return cls(
            (west + east) / 2 - width / unit / squeeze / 2, (south + north) / 2 + height / unit / 2, unit, squeeze, width, round(height, 1)
        )

    def x(self, longitude: float) -> float:
        """Drawing units from the left edge."""
        return round((longitude - self.west) * self.squeeze * self.unit, 1)

    def y(self, latitude: float) -> float:
        """Drawing units from the top edge."""
        return round((self.north - latitude) * self.unit, 1)

    def km(self, distance: float) -> float:
        """Drawing units of a distance in kilometres."""
        return distance / KM_PER_DEGREE * self.unit

    def scale_km(self) -> int:
        """The longest round distance that takes at most a fifth of the width."""
        return max((s for s in _SCALES if self.km(s) <= self.width / 5), default=_SCALES[0])

    def meridians(self) -> tuple[Line, ...]:
        """Meridians at round degrees."""
        east = self.west + self.width / self.unit / self.squeeze
        return tuple(Line(self.x(d), _degrees(d, "E", "W")) for d in _round_degrees(self.west, east))

    def parallels(self) -> tuple[Line, ...]:
        """Parallels at round degrees."""
        return tuple(Line(self.y(d), _degrees(d, "N", "S")) for d in _round_degrees(self.north - self.height / self.unit, self.north))


def _round_degrees(low: float, high: float) -> list[float]:
    step = next((s for s in _STEPS if (high - low) / s <= 7), 45.0)
    return [round(i * step, 1) for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _degrees(value: float, positive: str, negative: str) -> str:
    text = f"{abs(value):g}°"
    return text if value == 0 else text + (positive if value > 0 else negative)


def _points(spots: Sequence[Spot], frame: Frame) -> tuple[Point, ...]:
    groups: dict[tuple[float, float], list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.at, []).append(spot)
    dots = [(frame.x(longitude), frame.y(latitude)) for latitude, longitude in groups]
    corners = [(frame.width * 0.75, 0.0, frame.width, 46.0), (0.0, 0.0, 150.0, 26.0)]  # the scale, and the names of the countries
    boxes = corners + [(x - 7, y - 7, x + 7, y + 7) for x, y in dots]
    ordered = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return tuple(_point(frame.x(longitude), frame.y(latitude), held, frame, boxes) for (latitude, longitude), held in ordered)


def _point(x: float, y: float, spots: Sequence[Spot], frame: Frame, boxes: list[tuple[float, float, float, float]]) -> Point:
    value = spots[0].value
    name = value.name if len(spots) == 1 else f"{value.name} × {len(spots)}"
    free = _free_spot(x, y, len(name) * _CHAR, frame, boxes)
    label_x, label_y, end = free or (x, y, False)
    return Point(
        x=x,
        y=y,
        radius=round(frame.km(max(radius_km(s.value) for s in spots)), 1),
        coarse=value.precision in {"P5", "P6", "P7", "P8", "P9"},
        label=name if free else "",
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        anchor_end=end,
        incidents=tuple(s.incident for s in spots),
    )


def _free_spot(
    x: float, y: float, width: float, frame: Frame, boxes: list[tuple[float, float, float, float]]
) -> tuple[float, float, bool] | None:
    """The first place beside a point where a label meets neither label nor dot; None when all are taken (the table names it all the same)."""
    choices = ((x + 11, y + 4.5, False), (x - 11, y + 4.5, True), (x + 7, y - 10, False), (x + 7, y + 19, False), (x - 7, y - 10, True),
               (x - 7, y + 19, True))  # fmt: skip
    for at, base, end in choices:
        left = at - width if end else at
        box = (left, base - 11, left + width, base + 3)
        inside = left > 4 and box[2] < frame.width - 4 and box[1] > 2 and box[3] < frame.height - 2
        if inside and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes):
            boxes.append(box)
            return at, base, end
    return None
