"""Calendar arithmetic."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.dates.civil import add_days, add_months, days_in_month, easter, feast, month_span, season_span


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2019, "2019-04-21", "2019-04-28"),
        (2022, "2022-04-17", "2022-04-24"),
        (2024, "2024-03-31", "2024-05-05"),
        (2025, "2025-04-20", "2025-04-20"),
    ],
)
def test_easter_of_both_calendars(year: int, western: str, orthodox: str) -> None:
    assert easter(year).isoformat() == western
    assert easter(year, julian=True).isoformat() == orthodox


@given(st.integers(1583, 4099))
@settings(max_examples=60)
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("12-24", 2022, "2022-12-24"),
        ("easter-2", 2022, "2022-04-15"),
        ("orthodox+0", 2022, "2022-04-24"),
        ("11/3/4", 1999, "1999-11-25"),
        ("5/0/-1", 2023, "2023-05-29"),
    ],
)
def test_feasts(code: str, year: int, expected: str) -> None:
    day = feast(code, year)
    assert day is not None and day.isoformat() == expected


def test_a_feast_without_a_day_or_a_calendar_is_none() -> None:
    assert feast("02-30", 2022) is None
    assert feast("12-25", 1066) is None


@given(st.integers(1, 9000), st.integers(1, 12), st.integers(-500, 500))
@settings(max_examples=80)
def test_months_added_and_taken_away_cancel(year: int, month: int, by: int) -> None:
    assert add_months(*add_months(year, month, by), -by) == (year, month)


def test_days_beyond_the_calendar_are_none() -> None:
    assert add_days(dt.date.max, 1) is None
    assert add_days(dt.date.min, -1) is None


@given(st.integers(1, 9998), st.integers(1, 12))
@settings(max_examples=80)
def test_a_month_span_is_a_whole_month(year: int, month: int) -> None:
    first, last = month_span(year, month)
    assert (last - first).days + 1 == days_in_month(year, month)
    assert (last + dt.timedelta(days=1)).day == 1


def test_winter_runs_into_the_next_year() -> None:
    assert season_span(2022, "WI") == (dt.date(2022, 12, 1), dt.date(2023, 2, 28))
