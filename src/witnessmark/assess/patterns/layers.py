"""What lies around a point: how far the nearest land border is, and which of the user's dated areas hold it."""

from __future__ import annotations

import datetime as dt
import functools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

from witnessmark.errors import DataError, UsageError

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees."""
Line: TypeAlias = tuple[Point, ...]

BORDER_ACCURACY_KM = 5.0
"""How far the built-in border lines may lie from the true ones: they are drawn for maps of 1:50 million."""
_KM_PER_DEGREE = 111.195
_MARGIN_DEGREES = 3.0


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon (rings of points; the first is the outline, others are holes) that is so named from ``start`` to ``end``, both included."""

    name: str
    rings: tuple[Line, ...]
    start: dt.date | None
    end: dt.date | None

    def holds(self, point: Point, day: dt.date | None) -> bool:
        """True when ``point`` lies in it on ``day``; a dated area does not hold events without a day."""
        if (self.start or self.end) and day is None:
            return False
        if day is not None and ((self.start and day < self.start) or (self.end and day > self.end)):
            return False
        return sum(_encloses(ring, point) for ring in self.rings) % 2 == 1


@dataclass(frozen=True, slots=True)
class Layers:
    """The areas that the user supplies. Several may share a name: the line of contact of each week, say."""

    areas: tuple[Area, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What areas there are."""
        return frozenset(a.name for a in self.areas)

    def holds(self, name: str, point: Point, day: dt.date | None) -> bool:
        """True when some area of that name holds the point on the day."""
        return any(a.holds(point, day) for a in self.areas if a.name == name)


def read_layers(path: str | Path) -> Layers:
    """The areas of a GeoJSON file: polygons and multipolygons with the properties ``name`` and, for dated ones, ``from`` and ``to`` (YYYY-MM-DD).

    Raises:
        UsageError: WM008 when the file cannot be read or is no such file.
    """
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        return Layers(tuple(area for feature in told["features"] for area in _areas(feature)))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError("WM008", f"{type(error).__name__}: {error}", origin=str(path)) from error


def _areas(feature: dict[str, Any]) -> Iterator[Area]:
    properties, geometry = feature["properties"], feature["geometry"]
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    start, end = (dt.date.fromisoformat(properties[key]) if properties.get(key) else None for key in ("from", "to"))
    for polygon in polygons:
        rings = tuple(tuple((float(y), float(x)) for x, y, *_ in ring) for ring in polygon)
        yield Area(str(properties["name"]), rings, start, end)


def _encloses(ring: Line, point: Point) -> bool:
    """Whether a ring goes round a point (crossings of a ray to the east; Shimrat 1962)."""
    y, x = point
    inside = False
    for (y1, x1), (y2, x2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


@dataclass(frozen=True, slots=True)
class _Border:
    between: frozenset[str]
    line: Line
    box: tuple[float, float, float, float]


@functools.cache
def _borders() -> tuple[_Border, ...]:
    try:
        told = json.loads(resources.files(__package__).joinpath("data", "borders.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError("WM401", str(error), origin="borders.json") from error
    return tuple(_border(b["between"], b["line"]) for b in told["borders"])


def _border(between: Sequence[str], line: Sequence[Sequence[float]]) -> _Border:
    points = tuple((y, x) for x, y in line)
    ys, xs = [p[0] for p in points], [p[1] for p in points]
    return _Border(frozenset(between), points, (min(ys), min(xs), max(ys), max(xs)))


def border_km(point: Point, country: str | None, *, neighbours: Sequence[str] = ()) -> float:
    """Kilometres from ``point`` to the nearest land border of ``country`` (ISO 3166-1 alpha-2; any border when None), or to that with one of
    ``neighbours``. Infinite when none is near. Right to within :data:`BORDER_ACCURACY_KM`.

    Raises:
        DataError: WM401 when the built-in lines are missing.
    """
    wanted = frozenset(neighbours)
    best = math.inf
    for border in _borders():
        if (country is not None and country not in border.between) or (wanted and not wanted & (border.between - {country})):
            continue
        if _box_km(point, border.box) < best:
            best = min(best, _line_km(point, border.line))
    return best


def _box_km(point: Point, box: tuple[float, float, float, float]) -> float:
    """A lower bound of the distance to anything in a box."""
    y, x = point
    south, west, north, east = box
    dy, dx = max(south - y, 0.0, y - north), max(west - x, 0.0, x - east)
    shrunk = math.cos(math.radians(min(89.0, max(abs(y), abs(south), abs(north)) + _MARGIN_DEGREES)))
    return _KM_PER_DEGREE * math.hypot(dy, dx * max(shrunk, 0.0))


def _line_km(point: Point, line: Line) -> float:
    """The least distance to the pieces of a line, on the plane that touches the globe at the point."""
    y, x = point
    shrunk = math.cos(math.radians(y))
    best = math.inf
    ay, ax = line[0][0] - y, (line[0][1] - x) * shrunk
    for next_y, next_x in line[1:]:
        by, bx = next_y - y, (next_x - x) * shrunk
        dy, dx = by - ay, bx - ax
        length = dy * dy + dx * dx
        at = 0.0 if length == 0 else min(1.0, max(0.0, -(ay * dy + ax * dx) / length))
        best = min(best, (ay + at * dy) ** 2 + (ax + at * dx) ** 2)
        ay, ax = by, bx
    return _KM_PER_DEGREE * math.sqrt(best)
