"""The map: incident points in an equirectangular plot with a graticule, and a circle for how far each place is uncertain.

No base map, so nothing is fetched and no border is taken sides on. One degree of longitude is drawn as cos(mid-latitude) degrees of
latitude, which keeps distances true to a few per cent over the few degrees that a case usually covers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.model import PlaceValue
from witnessmark.publish import consensus
from witnessmark.publish.geojson import radius_km
from witnessmark.publish.report.incidents import IncidentView
from witnessmark.publish.view import CaseView

WIDTH = 1000.0
MIN_HEIGHT, MAX_HEIGHT = 340.0, 680.0
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
class MapPlot:
    """The drawing and its table; ``unplaced`` are the incidents without a point."""

    height: float
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    points: tuple[Point, ...]
    scale_km: int
    scale_width: float
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
    placed = [r for r in rows if r.radius is not None]
    unplaced = tuple(r.incident for r in rows if r.radius is None)
    frame = _Frame.of([r.value for r in placed if r.value is not None])
    points = _points(placed, frame)
    scale = frame.scale_km()
    summary = f"{len(placed)} incidents at {len(points)} places; {len(unplaced)} unplaced."
    return MapPlot(
        frame.height, frame.meridians(), frame.parallels(), points, scale, round(frame.km(scale), 1), tuple(rows), unplaced, summary
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the world that is drawn: degrees at its west and north edge, units of the drawing per degree of latitude."""

    west: float
    north: float
    unit: float
    squeeze: float
    height: float

    @classmethod
    def of(cls, values: Sequence[PlaceValue]) -> _Frame:
        """A frame around all points, wide enough for their circles and never narrower than about 60 km."""
        spots = [(v.latitude or 0.0, v.longitude or 0.0, min(radius_km(v), 120.0) / KM_PER_DEGREE) for v in values] or [(0.0, 0.0, 1.0)]
        south, north = min(a - r for a, _, r in spots), max(a + r for a, _, r in spots)
        squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
        west, east = min(o - r / squeeze for _, o, r in spots), max(o + r / squeeze for _, o, r in spots)
        tall, wide = max(0.5, north - south) * 1.25, max(0.6, (east - west) * squeeze) * 1.35
        height = min(MAX_HEIGHT, max(MIN_HEIGHT, WIDTH * tall / wide))
        unit = min(WIDTH / wide, height / tall)
        return cls((west + east) / 2 - WIDTH / unit / squeeze / 2, (south + north) / 2 + height / unit / 2, unit, squeeze, round(height, 1))

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
        return max((s for s in _SCALES if self.km(s) <= WIDTH / 5), default=_SCALES[0])

    def meridians(self) -> tuple[Line, ...]:
        """Meridians at round degrees."""
        east = self.west + WIDTH / self.unit / self.squeeze
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


def _points(placed: Sequence[Place], frame: _Frame) -> tuple[Point, ...]:
    groups: dict[tuple[float, float], list[Place]] = {}
    for row in placed:
        assert row.value is not None and row.value.latitude is not None and row.value.longitude is not None  # placed
        groups.setdefault((row.value.latitude, row.value.longitude), []).append(row)
    boxes: list[tuple[float, float, float, float]] = []
    out = []
    for (latitude, longitude), rows in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        out.append(_point(frame.x(longitude), frame.y(latitude), rows, frame, boxes))
    return tuple(out)


def _point(x: float, y: float, rows: Sequence[Place], frame: _Frame, boxes: list[tuple[float, float, float, float]]) -> Point:
    value = rows[0].value
    assert value is not None  # placed
    name = value.name if len(rows) == 1 else f"{value.name} × {len(rows)}"
    spot = _free_spot(x, y, len(name) * _CHAR, boxes)
    radius = max(r.radius or 0.0 for r in rows)
    label_x, label_y, end = spot or (x, y, False)
    return Point(
        x=x,
        y=y,
        radius=round(frame.km(radius), 1),
        coarse=value.precision in {"P5", "P6", "P7", "P8", "P9"},
        label=name if spot else "",
        label_x=round(label_x, 1),
        label_y=round(label_y, 1),
        anchor_end=end,
        incidents=tuple(r.incident for r in rows),
    )


def _free_spot(x: float, y: float, width: float, boxes: list[tuple[float, float, float, float]]) -> tuple[float, float, bool] | None:
    """The first place beside a point where a label meets no other; None when all are taken (the table names it all the same)."""
    choices = ((x + 11, y + 4.5, False), (x - 11, y + 4.5, True), (x + 7, y - 10, False), (x + 7, y + 19, False))
    for at, base, end in choices:
        left = at - width if end else at
        box = (left, base - 13, left + width, base + 4)
        inside = left > 4 and box[2] < WIDTH - 4
        if inside and not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes):
            boxes.append(box)
            return at, base, end
    return None
