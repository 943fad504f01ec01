"""Cached access to a pack: candidates of a name, best known first."""

from __future__ import annotations

import functools
import math
from typing import NamedTuple

from witnessmark.claims.places.normalise import key_of, skeleton_of
from witnessmark.claims.places.pack import Place, default_gazetteer

CAP = 30
"""Candidates kept of one name, by prominence; the most ambiguous names of the pack have some 200."""


class Entry(NamedTuple):
    """A place that a name may mean; ``kind`` is MAIN, ALTERNATE, BARE or FUZZY, ``sort`` its broad class (see :func:`class_of`)."""

    place: Place
    kind: int
    prominence: float
    sort: str


def class_of(feature: str) -> str:
    """The broad class of a GeoNames feature code: country, adm1, adm2, adm3, quarter, settlement or region."""
    if feature.startswith("PCL"):
        return "country"
    if feature in {"ADM1", "ADM2"}:
        return feature.lower()
    if feature == "PPLX":
        return "quarter"
    if feature.startswith("ADM"):
        return "adm3"
    return "settlement" if feature.startswith(("PPL", "STLMT")) else "region"


_BASE = {"PCL": 7.5, "CON": 8.0, "OCN": 7.0, "SEA": 6.0, "RGN": 5.5, "PEN": 5.5, "ISL": 5.0}


def prominence(place: Place) -> float:
    """How well known a place is: the decimal logarithm of its inhabitants, more for countries and named regions."""
    people = math.log10(place.population + 10)
    base = _BASE.get(place.feature[:3])
    if base is not None:
        return max(people, base) if place.feature != "PCLH" else 6.0
    if place.feature == "PPLC":
        return people + 1.0
    if place.feature == "ADM1":
        return max(people, 5.5)
    if not place.feature.startswith(("P", "A")):
        return 5.0
    return people


@functools.lru_cache(maxsize=1 << 15)
def entries(key: str) -> tuple[Entry, ...]:
    """What the gazetteer has under ``key``, by prominence; at most CAP."""
    gazetteer = default_gazetteer()
    found = []
    for row, kind in gazetteer.lookup(key):
        place = gazetteer.place(row)
        found.append(Entry(place, kind, prominence(place), class_of(place.feature)))
    found.sort(key=lambda e: (-e.prominence + e.kind * 0.5, e.place.index))
    return tuple(found[:CAP])


def fuzzy_entries(key: str) -> tuple[Entry, ...]:
    """Places one of whose names sounds like ``key``, by prominence."""
    skeleton = skeleton_of(key)
    return entries("~" + skeleton) if skeleton else ()


@functools.lru_cache(maxsize=1 << 15)
def key_of_lower(words: str) -> str:
    """:func:`key_of`, remembered."""
    return key_of(words)
