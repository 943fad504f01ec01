"""Whether two mentions can be of one event."""

from __future__ import annotations

import datetime as dt
import math
from typing import TypeAlias

from witnessmark.model.values import DateValue, PlaceValue, Quantity

# Two points this near, in km, are one settlement. 10 takes in a city's quarters; at 25 neighbouring front-line towns fall together
# (development reports, dev2).
SAME_PLACE_KM = 10.0
_COARSE = frozenset({"P5", "P6", "P7", "P8", "P9"})


Point: TypeAlias = tuple[float | None, float | None]
"""Latitude and longitude in degrees, None where a place has no point."""


def distance_km(a: PlaceValue, b: PlaceValue) -> float:
    """Great-circle distance in km; infinite when a place has no point."""
    return points_apart_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def points_apart_km(a: Point, b: Point) -> float:
    """Great-circle distance in km (haversine, mean radius 6371 km); infinite when a point is not known."""
    if a[0] is None or a[1] is None or b[0] is None or b[1] is None:
        return math.inf
    la1, lo1, la2, lo2 = map(math.radians, (a[0], a[1], b[0], b[1]))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def coarse(place: PlaceValue) -> bool:
    """True for a region, a country or something wider."""
    return place.precision in _COARSE


def place_relation(a: PlaceValue, b: PlaceValue) -> str:
    """same, contains (one is a region that may hold the other), or apart."""
    if not (a.resolved and b.resolved):
        return _relation_by_name(a, b)
    if a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id:
        return "same"
    if coarse(a) == coarse(b):
        near = distance_km(a, b) <= SAME_PLACE_KM
        return "same" if near else "contains" if coarse(a) and a.country == b.country and "P8" in (a.precision, b.precision) else "apart"
    wide, narrow = (a, b) if coarse(a) else (b, a)
    return "contains" if _holds(wide, narrow) else "apart"


def heads_region(place: PlaceValue, within: PlaceValue) -> bool:
    """True when ``place`` has the name of the first-order division that ``within`` lies in: "Air strikes in Sagaing" heads what happened in a village of
    Sagaing Region, whatever town is called so too."""
    return within.adm1 is not None and within.country == place.country and within.adm1.casefold().startswith(f"{place.name.casefold()} ")


def _relation_by_name(a: PlaceValue, b: PlaceValue) -> str:
    """Where a point is missing: the names decide, and the region or country that both are in."""
    if a.name.casefold() == b.name.casefold():
        return "same"
    wide, narrow = (a, b) if coarse(a) else (b, a)
    if not coarse(wide) or coarse(narrow) or wide.country is None or wide.country != narrow.country:
        return "apart"
    return "contains" if wide.precision == "P8" or (wide.adm1 is not None and wide.adm1 == narrow.adm1) else "apart"


def _holds(wide: PlaceValue, narrow: PlaceValue) -> bool:
    if wide.precision in ("P7", "P9"):
        return distance_km(wide, narrow) <= 300.0
    if wide.country != narrow.country:
        return False
    if wide.precision == "P8" or wide.adm1 is None or narrow.adm1 is None:
        return True
    return wide.adm1 == narrow.adm1


def days_apart(a: DateValue, b: DateValue) -> int:
    """Days between two intervals; 0 when they share one."""
    return max((a.earliest - b.latest).days, (b.earliest - a.latest).days, 0)


def days_long(value: DateValue) -> int:
    """Days in the interval."""
    return (value.latest - value.earliest + dt.timedelta(days=1)).days


def bounds_meet(a: Quantity, b: Quantity) -> bool:
    """True when both figures can hold at once ("at least 50" and 52). Figures without bounds meet everything."""
    if (a.minimum is None and a.maximum is None) or (b.minimum is None and b.maximum is None):
        return True
    low = max(a.minimum or 0, b.minimum or 0)
    high = min(a.maximum if a.maximum is not None else low, b.maximum if b.maximum is not None else low)
    return low <= high
