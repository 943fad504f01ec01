"""Values as people write them: one short form for each field, read strictly, so that what is saved is what was meant."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import Place, default_gazetteer
from witnessmark.claims.places.values import precision_of
from witnessmark.errors import UsageError
from witnessmark.model import (
    ActorValue,
    BreakdownValue,
    DateValue,
    DecidedValue,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    TermValue,
)
from witnessmark.vocabulary import identifiers

FIELDS = ("act", "perpetrator", "munitions", "objects", "place", "date", "killed", "injured", "breakdown", "aftermath", "speaker")
"""Fields that a person can set."""

PLACES = 20
"""Places of one name that are offered at most."""

_COUNT = re.compile(r"(?:(at least|up to|about|>=|<=|~)\s*)?(\d{1,7})(?:\s*[-–]\s*(\d{1,7})|(\+))?", re.IGNORECASE)
_COMPARATORS = {"at least": "ge", ">=": "ge", "up to": "le", "<=": "le", "about": "approx", "~": "approx"}
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_POINT = re.compile(r"(.+?)\s*@\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")


def decided_value(field: str, text: str) -> DecidedValue:
    """The value of ``field`` that ``text`` writes.

    Counts: ``3``, ``4-6``, ``at least 3``, ``up to 3``, ``about 3``, ``unknown``. Days: ``2024-02-03``, ``2024-02``, ``2024``, two of them
    with ``/`` between for an interval. Places: a name, ``Name#geonames:698740`` where
    several have it, or ``Name @ 48.28, 37.18``. Acts and
    aftermath: a term. Munitions and objects: ``weapon; effect`` and ``kind; damage``. Parties: ``name; kind``. Parts of a toll:
    ``harm; group; count``.

    Raises:
        UsageError: WM004 for an unknown field, WM703 for text that is no value of it; a name of several places lists them.
    """
    cleaned = " ".join(text.split())
    if field not in FIELDS:
        raise UsageError("WM004", field)
    if not cleaned or len(cleaned) > 300:
        raise UsageError("WM703", f"{field}: nothing, or more than 300 characters")
    if field in ("killed", "injured"):
        return quantity(cleaned)
    if field == "date":
        return date(cleaned)
    if field == "place":
        return place(cleaned)
    if field in ("act", "aftermath"):
        return TermValue(_term(field, cleaned))
    return _parts(field, [p.strip() for p in cleaned.split(";")])


def _parts(field: str, parts: list[str]) -> DecidedValue:
    first, second = parts[0], parts[1] if len(parts) > 1 else ""
    if field == "speaker":
        return TermValue("; ".join(parts))
    if field == "perpetrator":
        return ActorValue(first, _term("actor_kind", second) if second else "unknown")
    if field == "munitions":
        if not first and not second:
            raise UsageError("WM703", "munitions: weapon; effect")
        return MunitionValue(_term("weapon", first) if first else None, _term("effect", second) if second else None)
    if field == "objects":
        return ObjectValue(_term("object", first), second if second in ("none", "light", "partial", "destroyed") else "unknown")
    if len(parts) != 3:
        raise UsageError("WM703", "breakdown: harm; group; count")
    return BreakdownValue(_term("harm", first), _term("group", second), quantity(parts[2]))


def _term(name: str, identifier: str) -> str:
    if identifier not in identifiers(name):
        raise UsageError("WM703", f"{identifier!r} is no term of the list {name!r}")
    return identifier


def quantity(text: str) -> Quantity:
    """A count of people.

    Raises:
        UsageError: WM703 for text that is none.
    """
    if text.lower() == "unknown":
        return Quantity(None, None, "eq", text, unknown=True)
    found = _COUNT.fullmatch(text)
    if not found:
        raise UsageError("WM703", f"{text!r} is no count")
    prefix, low, high, plus = found.groups()
    comparator = "ge" if plus else _COMPARATORS.get((prefix or "").lower(), "eq")
    minimum = int(low)
    if high is not None:
        if prefix or int(high) < minimum:
            raise UsageError("WM703", f"{text!r} is no range")
        return Quantity(minimum, int(high), "range", text)
    if comparator == "le":
        return Quantity(None, minimum, "le", text)
    return Quantity(minimum, None if comparator == "ge" else minimum, comparator, text)


def date(text: str) -> DateValue:
    """A day, month, year or an interval of them.

    Raises:
        UsageError: WM703 for text that is none.
    """
    ends = [_days(part.strip()) for part in text.split("/")]
    first, last = ends[0][0], ends[-1][1]
    if len(ends) > 2 or last < first:
        raise UsageError("WM703", f"{text!r} is no interval of days")
    long = (last - first).days + 1
    precision = "T2" if long == 1 else "T3" if long < 7 else "T4" if long == 7 else "T5" if long <= 31 else "T6"
    return DateValue(first, last, precision, "stated")


def _days(text: str) -> tuple[dt.date, dt.date]:
    found = _DAY.fullmatch(text)
    if not found:
        raise UsageError("WM703", f"{text!r} is not YYYY-MM-DD")
    year, month, day = (int(v) if v else 0 for v in found.groups())
    try:
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return dt.date(year, month or 1, day or 1), dt.date(year, last_month, last_day)
    except ValueError as error:
        raise UsageError("WM703", f"{text!r}: {error}") from error


def place(text: str) -> PlaceValue:
    """A place of the gazetteer, or a point that the person gives.

    Raises:
        UsageError: WM703 when the gazetteer has no such place, or several: the message names their ids.
    """
    point = _POINT.fullmatch(text)
    if point:
        name, latitude, longitude = point[1], float(point[2]), float(point[3])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise UsageError("WM703", f"{text!r} is no point on the Earth")
        return PlaceValue(name, None, None, latitude, longitude, "P1")
    found = places_named(text)
    if not found:
        raise UsageError("WM703", f"the gazetteer has no {text!r}; a point can be given as: Name @ latitude, longitude")
    if len(found) > 1:
        several = "; ".join(f"{v.gazetteer_id} ({v.name}, {v.adm1 or '-'}, {v.country or '-'})" for v in found)
        raise UsageError("WM703", f"{text!r} names several places; write it with the id of one, as NAME#ID: {several}")
    return found[0]


def places_named(text: str) -> tuple[PlaceValue, ...]:
    """The places that ``text`` (a name, or name and id with ``#`` between) may mean, the most populous first."""
    name, _, identifier = text.partition("#")
    gazetteer = default_gazetteer()
    rows = {row for row, _ in gazetteer.lookup(key_of(name.strip()))}
    found = sorted((gazetteer.place(row) for row in rows), key=lambda p: (-p.population, p.identifier))
    return tuple(_value(p) for p in found if not identifier or p.identifier == identifier.strip())[:PLACES]


def _value(found: Place) -> PlaceValue:
    division = default_gazetteer().division(found.adm1)
    return PlaceValue(
        name=found.name,
        country=found.country or None,
        adm1=division.name if division else None,
        latitude=round(found.latitude, 5),
        longitude=round(found.longitude, 5),
        precision=precision_of(found, ""),
        gazetteer_id=found.identifier,
        feature=found.feature,
    )
