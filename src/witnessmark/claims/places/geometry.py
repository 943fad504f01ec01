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


def moved(lat: float, lon: float, north: int, east: int, km: float) -> tuple[float, float]:
    """The point ``km`` kilometres from a point in the compass direction that ``north`` and ``east`` (-1, 0 or 1) make; the point itself for 0, 0."""
    if not north and not east:
        return lat, lon
    scale = km / (KM_PER_DEGREE * math.hypot(north, east))
    return lat + north * scale, lon + east * scale / max(0.01, math.cos(math.radians(lat)))


def midway(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float, float]:
    """The point halfway between two points, and the distance from it to either in kilometres (great circle)."""
    a, b, step = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    x, y = math.cos(b) * math.cos(step), math.cos(b) * math.sin(step)
    lat = math.atan2(math.sin(a) + math.sin(b), math.hypot(math.cos(a) + x, y))
    lon = math.radians(lon1) + math.atan2(y, math.cos(a) + x)
    middle = math.degrees(lat), (math.degrees(lon) + 180) % 360 - 180
    return *middle, distance_km(lat1, lon1, *middle)
