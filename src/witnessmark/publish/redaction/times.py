"""The embargo: for some days after an incident nobody learns its precise place and time from a publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from witnessmark.model import DateValue


def last_day(date: DateValue | None, published: dt.date | None, captured: dt.date | None) -> dt.date | None:
    """The last day on which an incident can have happened: what is told cannot be later than the telling."""
    told = [d for d in (published, captured) if d is not None]
    if date is not None and not date.open_end:
        told.append(date.latest)
    return min(told) if told else None


def under_embargo(last: dt.date | None, as_of: dt.date, days: int) -> bool:
    """True until ``days`` days have passed since ``last``; an incident of which no day is known counts as fresh."""
    if days == 0:
        return False
    return last is None or (as_of - last).days < days


def coarsened(value: DateValue) -> DateValue:
    """``value`` as ISO weeks, without clock, part of day or anchor."""
    first = value.earliest - dt.timedelta(days=value.earliest.weekday())
    last = value.latest + dt.timedelta(days=6 - value.latest.weekday())
    precision = max(value.precision, "T4") if value.precision != "TR" else "TR"
    return replace(value, earliest=first, latest=last, precision=precision, anchor=None, clock=None, part_of_day=None)
