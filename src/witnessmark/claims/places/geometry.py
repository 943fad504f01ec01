"""Distances on the sphere."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
KM_PER_DEGREE = 111.195
"""A degree of latitude on that sphere."""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees, in kilometres (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def moved(lat: float, lon: float, direction: str, km: float) -> tuple[float, float]:
    """The point ``km`` kilometres from a point in a compass direction ("north", "south-west"); the point itself for another word."""
    word = direction.lower().replace("-", "")
    north = ("north" in word) - ("south" in word)
    east = ("east" in word) - ("west" in word)
    if not north and not east:
        return lat, lon
    scale = km / (KM_PER_DEGREE * math.hypot(north, east))
    return lat + north * scale, lon + east * scale / max(0.01, math.cos(math.radians(lat)))
