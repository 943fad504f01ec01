"""Places, made as coarse as the policy asks: always a point that the gazetteer gives a whole settlement or division, never the point as found.

Nothing is jittered: noise can be averaged out, a snapped point cannot.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.claims.places.pack import Place, default_gazetteer
from witnessmark.model import PlaceValue

NEAREST_KM = 25.0
"""A point farther from any settlement than this is published as its first-order division."""

_KM_PER_DEGREE = 111.2
_SETTLEMENTS = ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPLC", "PPLF", "PPLG", "PPLL", "PPLS", "STLMT")
_RADII = {"P3": 5.0, "P4": 15.0, "P5": 30.0, "P6": 100.0}


def snapped(value: PlaceValue, *, level: str) -> PlaceValue | None:
    """``value`` no finer than ``level``: ``settlement``, ``adm3`` or ``adm1``; None when the gazetteer knows nothing of it.

    ``adm3`` means the third-order division where the words name one or the gazetteer says in which one the settlement lies (in Ukraine, its
    community), else the second-order division, else the first.
    """
    if not value.resolved:
        return None
    if value.precision >= "P6":
        return _division_of(value) if value.precision == "P6" else _whole(value)
    home = _settlement(value)
    if level == "settlement" and home is not None and value.precision < "P5":
        return _at(value, home, max(value.precision, "P3"))
    division = _division(value, home)
    if level != "adm1" and division is not None:
        return _at(value, division, "P4" if division.feature == "ADM3" else "P5")
    return _division_of(value, home)


def _at(value: PlaceValue, place: Place, precision: str) -> PlaceValue:
    return replace(
        value, name=place.name, country=place.country or None, adm1=_adm1_name(place), latitude=place.latitude, longitude=place.longitude,
        precision=precision, gazetteer_id=place.identifier, feature=place.feature, relation=value.relation if precision < "P5" else "in",
        radius_km=_RADII.get(precision, 100.0),
    )  # fmt: skip


def _adm1_name(place: Place) -> str | None:
    division = default_gazetteer().division(place.adm1) if place.adm1 else None
    return division.name if division else None


def _whole(value: PlaceValue) -> PlaceValue | None:
    """A region, country or sea as the gazetteer has it."""
    place = _row(value.gazetteer_id)
    return _at(value, place, value.precision) if place is not None else _division_of(value)


def _division_of(value: PlaceValue, home: Place | None = None) -> PlaceValue | None:
    gazetteer = default_gazetteer()
    place = home or _row(value.gazetteer_id)
    if place is None and value.resolved:
        place = _nearest(value)
    division = gazetteer.division(place.adm1) if place is not None and place.adm1 else None
    if division is not None:
        return _at(value, division, "P6")
    country = gazetteer.country(place.country if place is not None else value.country or "")
    return _at(value, country, "P8") if country is not None else None


def _settlement(value: PlaceValue) -> Place | None:
    """The settlement of ``value``: its own row when that is one, else the nearest."""
    own = _row(value.gazetteer_id)
    if own is not None and (own.feature in _SETTLEMENTS or own.feature == "PPLX"):
        return own if own.feature != "PPLX" else _nearest(value)
    if own is not None and own.feature in ("ADM1", "ADM2", "ADM3", "PCLI"):
        return None
    return _nearest(value)


def _division(value: PlaceValue, home: Place | None) -> Place | None:
    """The division of ``value``: its own row when that is one of the second or third order, else the finest of these that its settlement is known
    to lie in."""
    own = _row(value.gazetteer_id)
    if own is not None and own.feature in ("ADM2", "ADM3"):
        return own
    place, gazetteer = home or own, default_gazetteer()
    if place is None:
        return None
    return gazetteer.community(place) or (gazetteer.district(place.adm2) if place.adm2 else None)


@functools.lru_cache(maxsize=200_000)
def _row(identifier: str | None) -> Place | None:
    """The row of the gazetteer with this id."""
    return default_gazetteer().find(identifier) if identifier else None


def is_row(identifier: str | None) -> bool:
    """Does the gazetteer have a row with this id?"""
    return _row(identifier) is not None


@functools.cache
def _index() -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Rows of settlements by latitude, with their latitudes and longitudes."""
    gazetteer = default_gazetteer()
    kinds = np.asarray(gazetteer._columns["feature"])
    wanted = [i for i, name in enumerate(gazetteer._features) if name in _SETTLEMENTS]
    rows = np.nonzero(np.isin(kinds, wanted))[0]
    latitudes = np.asarray(gazetteer._columns["latitude"])[rows] / 1e5
    longitudes = np.asarray(gazetteer._columns["longitude"])[rows] / 1e5
    order = np.argsort(latitudes, kind="stable")
    return rows[order], latitudes[order], longitudes[order]


def _nearest(value: PlaceValue) -> Place | None:
    assert value.latitude is not None and value.longitude is not None  # asked for placed values only
    row = _nearest_row(round(value.latitude, 5), round(value.longitude, 5))
    return default_gazetteer().place(row) if row >= 0 else None


@functools.lru_cache(maxsize=200_000)
def _nearest_row(latitude: float, longitude: float) -> int:
    rows, latitudes, longitudes = _index()
    reach = NEAREST_KM / _KM_PER_DEGREE
    low, high = np.searchsorted(latitudes, [latitude - reach, latitude + reach])
    if low >= high:
        return -1
    squeeze = max(0.01, math.cos(math.radians(latitude)))
    east: Any = np.abs(longitudes[low:high] - longitude)
    away = np.hypot(latitudes[low:high] - latitude, np.minimum(east, 360.0 - east) * squeeze) * _KM_PER_DEGREE
    best = int(np.argmin(away))
    return int(rows[low + best]) if away[best] <= NEAREST_KM else -1


@dataclass(frozen=True, slots=True)
class Divisions:
    """The divisions that a row of the gazetteer lies in, as far as it knows them. Codes are P-codes (Ukraine); ``code_1`` is ISO 3166-2 elsewhere."""

    code_1: str | None = None
    name_2: str | None = None
    code_2: str | None = None
    name_3: str | None = None
    code_3: str | None = None


@functools.lru_cache(maxsize=200_000)
def divisions_of(identifier: str | None) -> Divisions:
    """The divisions of the row ``identifier``; empty for None and for what the gazetteer does not know."""
    place, gazetteer = _row(identifier), default_gazetteer()
    if place is None:
        return Divisions()
    first = gazetteer.division(place.adm1) if place.adm1 else None
    second = gazetteer.district(place.adm2) if place.adm2 and place.feature != "ADM1" else None
    third = gazetteer.community(place) if place.feature not in ("ADM1", "ADM2") else None
    found = [gazetteer.codes(p) if p is not None else None for p in (first, second, third)]
    return Divisions(
        (found[0].pcode or found[0].iso_3166_2) if found[0] else None, second.name if second else None, found[1].pcode if found[1] else None,
        third.name if third else None, found[2].pcode if found[2] else None,
    )  # fmt: skip
