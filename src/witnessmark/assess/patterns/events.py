"""Events as counting sees them: a day, a point, and what they can be selected by."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from witnessmark.errors import UsageError
from witnessmark.model import DateValue, Incident, IncidentClaim, PlaceValue

DAY_PRECISIONS = frozenset({"T0", "T1", "T2"})
"""Precisions at which an event has one day."""
POINT_PRECISIONS = frozenset({"P0", "P1", "P2", "P3", "P4"})
"""Precisions at which an event has a point that distances can be measured from."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing counted, or ``number`` of them. ``day`` and ``point`` (latitude, longitude) are None when not known finely enough; ``division`` is the
    first-order division."""

    identifier: str
    day: dt.date | None
    point: tuple[float, float] | None
    country: str | None = None
    division: str | None = None
    act: str = "unknown"
    weapons: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    number: int = 1


def events_of(incidents: Sequence[Incident], claims: Mapping[str, IncidentClaim], sources: Mapping[str, str]) -> tuple[Event, ...]:
    """The incidents of a case, each counted once. ``claims`` by id; ``sources`` says who publishes a document, by its id."""
    return tuple(_event(incident, [claims[c] for c in incident.claims], sources) for incident in incidents)


def _event(incident: Incident, told: Sequence[IncidentClaim], sources: Mapping[str, str]) -> Event:
    chosen = {field: claim for field, claim in incident.sources}
    by_id = {claim.identifier: claim for claim in told}
    place, date = _value(by_id.get(chosen.get("place", "")), "place"), _value(by_id.get(chosen.get("date", "")), "date")
    assert place is None or isinstance(place, PlaceValue)
    assert date is None or isinstance(date, DateValue)
    return Event(
        identifier=incident.identifier,
        day=date.earliest if date is not None and date.precision in DAY_PRECISIONS else None,
        point=_point(place),
        country=place.country if place is not None else None,
        division=place.adm1 if place is not None else None,
        act=incident.act,
        weapons=frozenset(m.value.weapon for c in told for m in c.munitions if m.value.weapon),
        objects=frozenset(o.value.kind for c in told for o in c.objects),
        sources=frozenset(sources.get(c.document, c.document) for c in told),
    )


def _value(claim: IncidentClaim | None, field: str) -> object:
    mention = getattr(claim, field) if claim is not None else None
    return mention.value if mention is not None else None


def _point(place: PlaceValue | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None or place.precision not in POINT_PRECISIONS:
        return None
    return place.latitude, place.longitude


def read_table(path: str | Path) -> tuple[Event, ...]:
    """The events of a CSV table with a column ``date`` (YYYY-MM-DD) and, as far as there are any, ``latitude``, ``longitude``, ``country``,
    ``division``, ``act``, ``weapon``, ``object``, ``source`` and ``count`` (1 when left out). An empty cell says that it is not known.

    Raises:
        UsageError: WM008 when the file cannot be read, or a cell is not what its column says; the line is named.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            return tuple(_rows(csv.DictReader(stream), str(path)))
    except (OSError, UnicodeError, csv.Error) as error:
        raise UsageError("WM008", str(error), origin=str(path)) from error


def _rows(rows: Iterable[dict[str | None, str | None]], origin: str) -> Iterator[Event]:
    for line, row in enumerate(rows, 2):
        cells = {str(name).strip().lower(): (value or "").strip() for name, value in row.items() if isinstance(value, str) or value is None}
        if "date" not in cells:
            raise UsageError("WM008", "there is no column 'date'", origin=origin)
        try:
            yield _of_row(cells, line)
        except ValueError as error:
            raise UsageError("WM008", f"line {line}: {error}", origin=origin) from error


def _of_row(cells: Mapping[str, str], line: int) -> Event:
    number = int(cells.get("count") or 1)
    if number < 0:
        raise ValueError("a count is negative")
    return Event(
        identifier=cells.get("id") or f"line {line}",
        day=dt.date.fromisoformat(cells["date"]) if cells["date"] else None,
        point=_stated_point(cells.get("latitude", ""), cells.get("longitude", "")),
        country=cells.get("country") or None,
        division=cells.get("division") or None,
        act=cells.get("act") or "unknown",
        weapons=frozenset(filter(None, [cells.get("weapon")])),
        objects=frozenset(filter(None, [cells.get("object")])),
        sources=frozenset(filter(None, [cells.get("source")])),
        number=number,
    )


def _stated_point(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not latitude and not longitude:
        return None
    point = float(latitude), float(longitude)
    if not (all(map(math.isfinite, point)) and abs(point[0]) <= 90 and abs(point[1]) <= 180):
        raise ValueError("latitude or longitude is no degree")
    return point
