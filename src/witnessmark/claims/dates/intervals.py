"""From what an expression means to a closed interval of days with its precision and basis."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from witnessmark.claims.dates.civil import add_days, month_span
from witnessmark.claims.dates.discourse import Resolved
from witnessmark.claims.dates.forms import Form
from witnessmark.claims.dates.moments import Moment
from witnessmark.claims.dates.timex import hour24
from witnessmark.model import DateValue

EDGE_DAYS = 7
"""The beginning or end of a month is its first or last seven days, and of a longer period this share of it:"""
EDGE_SHARE = 3
"""... a third. Early and late in a month are taken alike: the reports that were annotated use a week for both."""

_MOON = 1
"""Days by which an Islamic feast may begin before or after the tabular calendar's day."""

_PART_NAMES = {
    "dawn": "morning", "morning": "morning", "midday": "midday", "afternoon": "afternoon", "evening": "evening", "night": "night",
    "nighttime": "night",
    "overnight": "night", "midnight": "night", "daytime": "afternoon",
}  # fmt: skip


def precision_of(days: int) -> str:
    """The precision class of an interval of so many days: T2, T3 (2-6), T4 (7), T5 (8-31), T6."""
    return "T2" if days <= 1 else "T3" if days <= 6 else "T4" if days == 7 else "T5" if days <= 31 else "T6"


def date_value(one: Resolved) -> DateValue | None:
    """The interval of a resolved expression; None when it has no anchor or lies outside the civil calendar."""
    moment, form = one.moment, one.form
    if moment is None:
        return None
    span = _midweek(moment) if moment.grain == "midweek" else moment.span()
    if span is None:
        return None
    earliest, latest = (
        _part_of(span, form) if (form.half or form.third) and moment.grain == "month" else _narrowed(span, moment, form.fuzzy)
    )
    earliest, latest = _approximate(one, earliest, latest)
    value = DateValue(
        earliest=earliest,
        latest=latest,
        precision=precision_of((latest - earliest).days + 1),
        basis="relative" if one.relative else "stated",
        anchor=one.anchor if one.relative else None,
    )
    return _timed(value, one) if moment.grain == "day" else value


def _midweek(moment: Moment) -> tuple[dt.date, dt.date] | None:
    day = moment.civil
    last = None if day is None else add_days(day, 2)
    return None if day is None or last is None else (day, last)


def _narrowed(span: tuple[dt.date, dt.date], moment: Moment, fuzzy: str | None) -> tuple[dt.date, dt.date]:
    """ "early March", "the end of 2022": a part of the interval."""
    first, last = span
    length = (last - first).days + 1
    if fuzzy is None or length < 3:
        return span
    if moment.grain == "month":
        middle = (dt.date(first.year, first.month, 11), dt.date(first.year, first.month, 20))
        edge = EDGE_DAYS
    else:
        edge = max(1, length // EDGE_SHARE)
        middle = (first + dt.timedelta(days=edge), last - dt.timedelta(days=edge))
        if moment.grain == "year":
            return _narrowed_year(moment.year, fuzzy)
    if fuzzy == "START":
        return first, first + dt.timedelta(days=edge - 1)
    return middle if fuzzy == "MID" else (last - dt.timedelta(days=edge - 1), last)


def _part_of(span: tuple[dt.date, dt.date], form: Form) -> tuple[dt.date, dt.date]:
    """ "the first half of June" runs to the 15th, "перша декада червня" to the 10th."""
    first, last = span
    if form.third is not None:
        begin = first.replace(day=1 + 10 * (form.third - 1))
        return (begin, last) if form.third == 3 else (begin, begin.replace(day=10 * form.third))
    return (first, first.replace(day=15)) if form.half == 1 else (first.replace(day=16), last)


def _narrowed_year(year: int, fuzzy: str) -> tuple[dt.date, dt.date]:
    months = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}[fuzzy]
    return month_span(year, months[0])[0], month_span(year, months[1])[1]


def _approximate(one: Resolved, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Three or more weeks ago is no exact day: three days to either side. A feast that waits for the moon may shift by one."""
    form = one.form
    around = (
        3
        if form.kind == "shift" and form.unit == "week" and (form.amount or 0) >= 3
        else _MOON
        if (form.holiday or "").startswith("islamic")
        else 0
    )
    return add_days(first, -around) or first, add_days(last, around) or last


def _timed(value: DateValue, one: Resolved) -> DateValue:
    """Clock time or part of the day; a night that may cross midnight takes two days."""
    form = one.form
    if form.hour is not None:
        hour = hour24(form)
        clock = f"{hour % 24:02d}:{form.minute or 0:02d}"
        part = _PART_NAMES.get(form.part or "")
        return replace(value, precision="T0", clock=clock, part_of_day=part, zone=form.zone)
    if form.kind == "shift" and form.unit in ("hour", "minute"):
        return replace(value, precision="T0")
    if form.part is None:
        return value
    if form.part == "overnight" or form.night_end:
        return _night_before(value, form.night_end)
    if form.part == "night" and form.kind in ("date", "unit") and form.direction in (None, 0):
        return _night_after(value)
    return replace(value, precision="T1", part_of_day=_PART_NAMES.get(form.part))


def _night_before(value: DateValue, last_night: bool) -> DateValue:
    """ "overnight" ends on its day; "last night" begins on its day."""
    if last_night:
        return _night_after(value)
    first = add_days(value.earliest, -1) or value.earliest
    return replace(value, earliest=first, precision="T3", part_of_day="night")


def _night_after(value: DateValue) -> DateValue:
    last = add_days(value.latest, 1) or value.latest
    return replace(value, latest=last, precision="T3", part_of_day="night")
