"""Unresolved time expressions: what the words say, before any anchor is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """What one expression says.

    ``kind``: date (calendar fields), weekday, shift (an amount of units from an anchor), unit (the unit that holds an anchor, moved
    by ``direction``), duration, set, vague, time (clock or part of a day alone), war_day, weekend.
    ``base`` is the anchor of shifts and directions: now (publication) or text (the last date mentioned). ``amount`` None with a unit
    means "some". ``fuzzy``: START, MID, END. ``year_direction`` and ``year_base`` are "last year", "that year" beside a day or month.
    ``hour`` and ``minute`` are civil time as written, ``meridiem`` am or pm. ``part``: night, morning, midday, afternoon, evening,
    dawn, overnight; ``zone`` the time zone of a clock time, an IANA name or "local". ``third`` is a third of a month (1 to 3); ``nth`` numbers the
    weekday within the month, from 1, or -1 for the last. ``war``: "told" for
    the day of a siege or the like, whose first day only the text can give. ``modifier`` is a TIMEX3 mod. ``literal`` is the TIMEX value of a vague expression.
    """

    kind: str = "date"
    year: int | None = None
    era: int = 1
    month: int | None = None
    day: int | None = None
    season: str | None = None
    half: int | None = None
    third: int | None = None
    quarter: int | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    weekday: int | None = None
    nth: int | None = None
    unit: str | None = None
    amount: float | None = None
    sign: int = 0
    direction: int | None = None
    base: str = "now"
    fuzzy: str | None = None
    year_direction: int | None = None
    year_base: str = "now"
    hour: int | None = None
    minute: int | None = None
    meridiem: str | None = None
    part: str | None = None
    night_end: bool = False
    modifier: str | None = None
    literal: str | None = None
    war: str | None = None
    zone: str | None = None

    @property
    def has_time(self) -> bool:
        """True when a clock time or a part of a day is said."""
        return self.hour is not None or self.part is not None


@dataclass(frozen=True, slots=True)
class Expression:
    """A form at tokens ``first`` .. ``last`` (excluded) of the text, read by ``rule``."""

    first: int
    last: int
    form: Form
    rule: str
