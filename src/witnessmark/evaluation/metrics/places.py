"""Toponym recognition and resolution.

Recognition counts exact spans. Resolution is over gold toponyms with coordinates: *end to end* a toponym that was not found lies at the
greatest distance there is; *found* counts only those found and placed. Distances in kilometres on a sphere of 6371.0088 km; within 161 km
(100 miles) counts as right, as is usual since Leidner (2007).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluation.metrics.tally import Tally

EARTH_RADIUS_KM = 6371.0088
FARTHEST_KM = 20039.0
NEAR_KM = 161.0

Toponym = Mapping[str, Any]
Spot = tuple[int, int]


def distance_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) pairs in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*here, *there))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class PlaceScore:
    """``recognition`` over exact spans; distances in km, one for each gold toponym with coordinates (``end_to_end``) or found (``found``)."""

    recognition: Tally
    end_to_end: tuple[float, ...]
    found: tuple[float, ...]


def near(distances: Sequence[float], limit: float = NEAR_KM) -> float | None:
    """Share of distances up to ``limit`` km; None when there are none."""
    return sum(d <= limit for d in distances) / len(distances) if distances else None


def score_places(gold: Mapping[str, Sequence[Toponym]], predicted: Mapping[str, Sequence[Toponym]]) -> PlaceScore:
    """Compare toponyms by document id; gold entries marked as no toponym are left out, and repeated spans count once."""
    recognition = Tally()
    every: list[float] = []
    found: list[float] = []
    for docid, rows in gold.items():
        wanted, ours = by_span(rows), by_span(predicted.get(docid, ()))
        recognition.add(len(wanted.keys() & ours.keys()), len(ours), len(wanted))
        for span, toponym in wanted.items():
            target = _point(toponym)
            if target is None:
                continue
            guess = _point(ours[span]) if span in ours else None
            if guess is None:
                every.append(FARTHEST_KM)
                continue
            found.append(distance_km(target, guess))
            every.append(found[-1])
    return PlaceScore(recognition, tuple(every), tuple(found))


def by_span(rows: Sequence[Toponym]) -> dict[Spot, Toponym]:
    """Toponyms by (start, end); of several with one span the first with coordinates."""
    out: dict[Spot, Toponym] = {}
    for row in rows:
        if row.get("toponym") is False:
            continue
        span = (int(row["start"]), int(row["end"]))
        if span not in out or (_point(out[span]) is None and _point(row) is not None):
            out[span] = row
    return out


def _point(row: Toponym) -> tuple[float, float] | None:
    if row.get("lat") is None or row.get("lon") is None:
        return None
    return float(row["lat"]), float(row["lon"])
