"""Days of the Islamic and the Jewish calendar in Gregorian years.

Source: Dershowitz and Reingold, Calendrical Calculations (4th ed.), chapters 7 and 8. The Islamic dates are those of the tabular calendar; where
a community waits for the sight of the moon, its feast may begin a day earlier or later.
"""

from __future__ import annotations

import datetime as dt

_ISLAMIC_EPOCH = 227_014
"""The day before 1 Muharram of the year 1, as an ordinal of ``datetime``."""
_HEBREW_EPOCH = -1_373_427
"""1 Tishri of the year 1."""
_YEARS_BEFORE = 3761
"""The Jewish year that begins in the autumn of a Gregorian year is so many ahead."""
_PASSOVER_BEFORE = 163
"""Days from 15 Nisan to the next new year."""


def islamic(year: int, month: int, day: int) -> dt.date | None:
    """The first such day of the tabular Islamic calendar in a Gregorian ``year``; None when it has none."""
    about = (year - 622) * 33 // 32
    for hijri in range(about - 1, about + 3):
        ordinal = (hijri - 1) * 354 + (3 + 11 * hijri) // 30 + 29 * (month - 1) + month // 2 + day + _ISLAMIC_EPOCH
        if 1 <= ordinal and (found := dt.date.fromordinal(ordinal)).year == year:
            return found
    return None


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12_084 + 13_753 * months) // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _new_year(year: int) -> int:
    before, this, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    delay = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return _HEBREW_EPOCH + this + delay


def rosh_hashanah(year: int) -> dt.date:
    """The Jewish new year in the autumn of ``year``."""
    return dt.date.fromordinal(_new_year(year + _YEARS_BEFORE))


def passover(year: int) -> dt.date:
    """The first day of Passover in ``year``."""
    return dt.date.fromordinal(_new_year(year + _YEARS_BEFORE) - _PASSOVER_BEFORE)


def hanukkah(year: int) -> dt.date:
    """The first day of Hanukkah (25 Kislev) in ``year``."""
    first = _new_year(year + _YEARS_BEFORE)
    long_autumn = (_new_year(year + _YEARS_BEFORE + 1) - first) % 10 == 5
    return dt.date.fromordinal(first + 30 + (30 if long_autumn else 29) + 24)
