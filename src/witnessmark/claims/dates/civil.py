"""Civil calendar arithmetic on plain numbers: astronomical years (1 BC is 0), months, days, seasons, moveable feasts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping

from witnessmark.claims.dates.lunar import hanukkah, islamic, passover, rosh_hashanah

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the meteorological seasons of the northern hemisphere; winter runs into the next year."""


def days_in_month(year: int, month: int) -> int:
    """Days of a month in the Gregorian calendar."""
    return 29 if month == 2 and calendar.isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def day_exists(year: int, month: int, day: int) -> bool:
    """True when the date is in the calendar."""
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def add_months(year: int, month: int, by: int) -> tuple[int, int]:
    """The month ``by`` months on."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def add_days(day: dt.date, by: int) -> dt.date | None:
    """The day ``by`` days on; None beyond the years that ``datetime`` knows."""
    ordinal = day.toordinal() + by
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, days_in_month(year, month))


def season_span(year: int, season: str) -> tuple[dt.date, dt.date]:
    """First and last day of a season; the winter of a year begins in its December."""
    first, last = SEASON_MONTHS[season]
    end_year = year + 1 if last < first else year
    return dt.date(year, first, 1), dt.date(end_year, last, days_in_month(end_year, last))


def easter(year: int, *, julian: bool = False) -> dt.date:
    """Easter Sunday, western or (``julian``) Orthodox, as a Gregorian date.

    Source: the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8) and his Julian form. The Julian date is
    moved by the 13 days that hold from 1900 to 2099.
    """
    if julian:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return dt.date(year, month, day + 1) + dt.timedelta(days=13)
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The ``nth`` (from 1; -1 = last) ``weekday`` (Monday 0) of a month."""
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = dt.date(year, month, days_in_month(year, month))
    return last - dt.timedelta(days=(last.weekday() - weekday) % 7)


_JEWISH: Mapping[str, Callable[[int], dt.date]] = {"newyear": rosh_hashanah, "passover": passover, "hanukkah": hanukkah}


def feast(code: str, year: int) -> dt.date | None:
    """The day of a holiday in ``year``.

    ``code`` is ``MM-DD``, ``easter+N`` or ``orthodox+N`` (N days, may be negative), ``MM/weekday/nth``, ``islamic/MM/DD``, ``newyear+N``,
    ``passover+N`` or ``hanukkah+N`` of the Jewish calendar, or two codes of which the first holds up to a year: ``01-07<=2023|12-25``. None where
    it has no day.
    """
    if not 1583 <= year <= 9998:
        return None
    first, bar, second = code.partition("|")
    if bar:
        early, _, until = first.partition("<=")
        return feast(early if year <= int(until) else second, year)
    if code.startswith("islamic/"):
        return islamic(year, int(code[8:10]), int(code[11:]))
    name, plus, days = code.partition("+")
    if plus and name in _JEWISH:
        return _JEWISH[name](year) + dt.timedelta(days=int(days))
    if "/" in code:
        month, weekday, nth = (int(x) for x in code.split("/"))
        return nth_weekday(year, month, weekday, nth)
    if code.startswith(("easter", "orthodox")):
        name = "easter" if code.startswith("easter") else "orthodox"
        return easter(year, julian=name == "orthodox") + dt.timedelta(days=int(code[len(name) :] or 0))
    month, day = int(code[:2]), int(code[3:])
    return dt.date(year, month, day) if day_exists(year, month, day) else None
