"""Moments: what an expression turned out to mean, as calendar fields with a grain, before precision and wording."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from witnessmark.claims.dates.civil import add_days, add_months, days_in_month, month_span, season_span


@dataclass(frozen=True, slots=True)
class Moment:
    """``grain``, one of century, decade, year, half, season, quarter, month, week, weekend, midweek, day, says which fields count.

    ``year`` is astronomical (1 BC is 0); a week is its Monday, a weekend its Saturday; ``half`` is the number of a half or quarter.
    """

    grain: str
    year: int
    month: int | None = None
    day: int | None = None
    season: str | None = None
    half: int | None = None

    @property
    def civil(self) -> dt.date | None:
        """The day, where there is one that ``datetime`` can hold."""
        if self.day is None or self.month is None or not 1 <= self.year <= 9999:
            return None
        return dt.date(self.year, self.month, min(self.day, days_in_month(self.year, self.month)))

    def value(self) -> str:
        """The TIMEX3 value without time of day."""
        head = f"{self.year:04d}" if self.year > 0 else f"BC{1 - self.year:04d}"
        if self.grain == "century":
            return head[:-2] if self.year > 0 else f"BC{-self.year // 100:02d}"
        if self.grain == "decade":
            return head[:-1]
        if self.grain in ("week", "weekend") and (day := self.civil) is not None:
            iso = day.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if self.grain == "weekend" else "")
        if self.grain == "season":
            return f"{head}-{self.season}"
        if self.grain in ("half", "quarter"):
            return f"{head}-{'H' if self.grain == 'half' else 'Q'}{self.half}"
        if self.month is None:
            return head
        return f"{head}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")

    def span(self) -> tuple[dt.date, dt.date] | None:
        """First and last day; None outside the years 1 to 9998."""
        if not 1 <= self.year <= 9998:
            return None
        if (day := self.civil) is not None:
            length = {"week": 6, "weekend": 1}.get(self.grain, 0)
            last = add_days(day, length)
            return None if last is None else (day, last)
        if self.month is not None:
            return month_span(self.year, self.month)
        return self._long_span()

    def _long_span(self) -> tuple[dt.date, dt.date]:
        if self.grain == "season" and self.season is not None:
            return season_span(self.year, self.season)
        if self.grain in ("half", "quarter") and self.half is not None:
            months = 6 if self.grain == "half" else 3
            first = (self.half - 1) * months + 1
            return dt.date(self.year, first, 1), month_span(self.year, first + months - 1)[1]
        years = {"decade": 10, "century": 100}.get(self.grain, 1)
        return dt.date(self.year, 1, 1), dt.date(min(self.year + years - 1, 9999), 12, 31)


DAY_UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "hour": 0, "minute": 0, "second": 0}
"""Units that are counted in days, and how many; hours later is taken to be the same day."""


def on(day: dt.date, grain: str = "day") -> Moment:
    """The day, or the week, month, year ... that holds it."""
    if grain == "week":
        monday = add_days(day, -day.weekday()) or day
        return Moment("week", monday.year, monday.month, monday.day)
    if grain == "month":
        return Moment("month", day.year, day.month)
    if grain == "quarter":
        return Moment("quarter", day.year, half=(day.month - 1) // 3 + 1)
    if grain == "year":
        return Moment("year", day.year)
    if grain == "decade":
        return Moment("decade", day.year // 10 * 10)
    if grain == "century":
        return Moment("century", day.year // 100 * 100)
    return Moment("day", day.year, day.month, day.day)


def shifted(moment: Moment, unit: str, amount: float) -> Moment | None:
    """``moment`` moved by ``amount`` units, as fine as both unit and moment allow; None where days are needed and not known."""
    whole = round(amount)
    if unit in DAY_UNITS:
        day = moment.civil
        if day is None:
            return None
        days = DAY_UNITS[unit] * amount
        moved = add_days(day, round(days))
        return None if moved is None else on(moved)
    if unit in ("month", "quarter"):
        if moment.month is None:
            return None
        year, month = add_months(moment.year, moment.month, whole * (3 if unit == "quarter" else 1))
        return Moment("month", year, month)
    years = {"decade": 10, "century": 100}.get(unit, 1) * amount
    if unit == "year" and amount != whole and moment.month is not None:
        year, month = add_months(moment.year, moment.month, round(years * 12))
        return Moment("month", year, month)
    moved_year = moment.year + round(years)
    return Moment("decade", moved_year // 10 * 10) if unit == "decade" and moment.grain == "decade" else Moment("year", moved_year)


def unit_of(moment: Moment, unit: str, direction: int) -> Moment | None:
    """The ``unit`` that holds ``moment``, moved by ``direction`` units."""
    if unit in ("day", "night", "week", "fortnight", "weekend"):
        day = moment.civil
        if day is None:
            return None
        step = 1 if unit in ("day", "night") else 7
        moved = add_days(day, step * direction)
        return None if moved is None else on(moved, "day" if step == 1 else "week")
    if unit == "month":
        if moment.month is None:
            return None
        year, month = add_months(moment.year, moment.month, direction)
        return Moment("month", year, month)
    if unit == "quarter":
        if moment.month is None:
            return None
        year, month = add_months(moment.year, moment.month, 3 * direction)
        return Moment("quarter", year, half=(month - 1) // 3 + 1)
    if unit == "decade":
        return Moment("decade", (moment.year // 10 + direction) * 10)
    if unit == "century":
        return Moment("century", (moment.year // 100 + direction) * 100)
    return Moment("year", moment.year + direction)
