"""First days of wars that news counts by day ("on the 343rd day of the war"); only where outlets of all sides count from the same day."""

from __future__ import annotations

import datetime as dt

FIRST_DAYS = {
    "ukraine_2022": dt.date(2022, 2, 24),
    "gaza_2023": dt.date(2023, 10, 7),
    "sudan_2023": dt.date(2023, 4, 15),
    "karabakh_2020": dt.date(2020, 9, 27),
    "tigray_2020": dt.date(2020, 11, 4),
    "iraq_2003": dt.date(2003, 3, 20),
}
"""Day 1 of each war."""


def war_day(name: str | None, number: int) -> dt.date | None:
    """Day ``number`` (from 1) of a war of :data:`FIRST_DAYS`; None when the war is not in it."""
    first = FIRST_DAYS.get(name or "")
    return None if first is None or number < 1 or number > 20000 else first + dt.timedelta(days=number - 1)
