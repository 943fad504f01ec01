"""The base map of reports and sites: land and land borders, cut out of outlines that come with the package, so that nothing is fetched.

Land is Natural Earth 1:50 million (public domain), the file that the desk draws. Borders are those that patterns measure distances to: Natural Earth in
the view of the United Nations, which agrees with ISO 3166-2 and so with the gazetteer; lines beside areas that have no country there are not
drawn. Both are general: right to within some kilometres, for the eye and for nothing else.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, TypeAlias

from witnessmark.errors import DataError

Point: TypeAlias = tuple[float, float]
"""Longitude and latitude in degrees, or x and y of a drawing."""
Line: TypeAlias = tuple[Point, ...]
_HALF, _WORLD = 180.0, 360.0


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world in degrees; ``west`` may lie beyond -180 and ``east`` beyond 180."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, line: Line) -> bool:
        """False for a line that lies wholly beside, above or below the box."""
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        return max(xs) >= self.west and min(xs) <= self.east and max(ys) >= self.south and min(ys) <= self.north

    def grown(self, share: float) -> Box:
        """The box with a margin of ``share`` of its size on every side."""
        x, y = (self.east - self.west) * share, (self.north - self.south) * share
        return Box(self.west - x, self.south - y, self.east + x, self.north + y)


@dataclass(frozen=True, slots=True)
class Outlines:
    """``land``: closed rings, filled by the even-odd rule; ``borders``: open lines."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]


def outlines(box: Box, *, fine: bool = True) -> Outlines:
    """Land and borders inside ``box``, cut at its edges. Without ``fine``, land at 1:110 million.

    Raises:
        DataError: WM401 when a file of the package is missing or damaged.
    """
    shifts = (0.0, *((_WORLD,) if box.east > _HALF else ()), *((-_WORLD,) if box.west < -_HALF else ()))
    land = (_moved(ring, by) for ring in _land("50" if fine else "110") for by in (-_WORLD, 0.0, _WORLD))
    rings = (_cut(ring, box) for ring in land if box.meets(ring))
    lines = (_moved(line, by) for line in _borders() for by in shifts)
    return Outlines(tuple(r for r in rings if len(r) > 2), tuple(part for line in lines if box.meets(line) for part in _inside(line, box)))


def path(lines: Sequence[Line], place: Callable[[Point], Point], *, step: float, closed: bool) -> str:
    """``lines`` as data of an SVG path. ``place`` gives the units of the drawing; points nearer than ``step`` units to the last one are left out."""
    parts = []
    for line in lines:
        kept = thinned([place(p) for p in line], step)
        if len(kept) > (2 if closed else 1):
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + ("Z" if closed else ""))
    return "".join(parts)


def thinned(points: Sequence[Point], step: float) -> list[Point]:
    """``points`` without those nearer than ``step`` to the last one that was kept; the first and the last stay."""
    out = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - out[-1][0]) + abs(point[1] - out[-1][1]) >= step:
            out.append(point)
    return [*out, points[-1]]


def _moved(line: Line, by: float) -> Line:
    return tuple((x + by, y) for x, y in line) if by else line


def _cut(ring: Line, box: Box) -> Line:
    """``ring`` cut to ``box``, one edge after the other (Sutherland and Hodgman 1974)."""
    points: list[Point] = list(ring)
    for axis, limit, sign in ((0, box.west, 1.0), (0, box.east, -1.0), (1, box.south, 1.0), (1, box.north, -1.0)):
        points = list(_half(points, axis, limit, sign))
    return tuple(points)


def _half(points: Sequence[Point], axis: int, limit: float, sign: float) -> Iterator[Point]:
    """What lies on the right side of one edge, with the points where the ring crosses it."""
    for last, point in zip([*points[-1:], *points[:-1]], points, strict=True):
        was, now = (last[axis] - limit) * sign >= 0, (point[axis] - limit) * sign >= 0
        if was != now:
            share = (limit - last[axis]) / (point[axis] - last[axis])
            yield last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])
        if now:
            yield point


def _inside(line: Line, box: Box) -> Iterator[Line]:
    """The stretches of ``line`` that lie in ``box``, each with the point before and after."""
    part: list[Point] = []
    for n, point in enumerate(line):
        if box.west <= point[0] <= box.east and box.south <= point[1] <= box.north:
            part = part or list(line[max(0, n - 1) : n])
            part.append(point)
        elif part:
            yield (*part, point)
            part = []
    if len(part) > 1:
        yield tuple(part)


@functools.cache
def _land(scale: str) -> tuple[Line, ...]:
    """The rings of all land, in degrees; one that crosses the 180th meridian goes on beyond it, one around a pole is closed there."""
    data = _read("witnessmark", f"web/static/world-{scale}.json")
    (kx, ky), (dx, dy) = data["scale"], data["translate"]
    arcs = [_arc(flat, kx, ky, dx, dy) for flat in data["arcs"]]
    return tuple(_unrolled([p for n in ring for p in (arcs[n] if n >= 0 else arcs[~n][::-1])]) for ring in data["land"])


def _arc(flat: Sequence[int], kx: float, ky: float, dx: float, dy: float) -> list[Point]:
    out, x, y = [], 0, 0
    for i in range(0, len(flat), 2):
        x, y = x + flat[i], y + flat[i + 1]
        out.append((x * kx + dx, y * ky + dy))
    return out


def _unrolled(ring: Sequence[Point]) -> Line:
    shift, last = 0.0, ring[0][0]
    out = []
    for x, y in ring:
        shift += -_WORLD if x - last > _HALF else _WORLD if last - x > _HALF else 0.0
        last = x
        out.append((x + shift, y))
    if shift:
        pole = -90.0 if ring[0][1] < 0 else 90.0
        out += [(out[-1][0], pole), (out[0][0], pole)]
    return tuple(out)


@functools.cache
def _borders() -> tuple[Line, ...]:
    data = _read("witnessmark.assess.patterns", "data/borders.json")
    return tuple(tuple((float(x), float(y)) for x, y in border["line"]) for border in data["borders"])


def _read(package: str, name: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(resources.files(package).joinpath(*name.split("/")).read_text(encoding="utf-8"))
        return data
    except (OSError, ValueError) as error:
        raise DataError("WM401", str(error), origin=name) from error
