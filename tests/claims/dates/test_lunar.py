"""Days of the Islamic and the Jewish calendar, against dates from public almanacs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.claims.dates.civil import feast
from witnessmark.claims.dates.lunar import hanukkah, islamic, passover, rosh_hashanah


@pytest.mark.parametrize(("year", "expected"), [(2023, "2023-09-16"), (2024, "2024-10-03"), (2000, "2000-09-30")])
def test_the_jewish_new_year(year: int, expected: str) -> None:
    assert rosh_hashanah(year).isoformat() == expected


@pytest.mark.parametrize(("year", "expected"), [(2023, "2023-04-06"), (2024, "2024-04-23"), (2002, "2002-03-28")])
def test_passover(year: int, expected: str) -> None:
    assert passover(year).isoformat() == expected


@pytest.mark.parametrize(("year", "expected"), [(2023, "2023-12-08"), (2024, "2024-12-26"), (2021, "2021-11-29")])
def test_hanukkah(year: int, expected: str) -> None:
    assert hanukkah(year).isoformat() == expected


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"), [(2023, 10, 1, "2023-04-21"), (2024, 12, 10, "2024-06-16"), (2022, 1, 10, "2022-08-08")]
)
def test_islamic_days_are_within_one_of_the_observed(year: int, month: int, day: int, expected: str) -> None:
    found = islamic(year, month, day)
    assert found is not None and abs((found - dt.date.fromisoformat(expected)).days) <= 1


@given(st.integers(1700, 2300), st.integers(1, 12))
def test_an_islamic_day_lies_in_its_year(year: int, month: int) -> None:
    found = islamic(year, month, 1)
    assert found is None or found.year == year


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("newyear+9", 2023, "2023-09-25"),
        ("01-07<=2023|12-25", 2023, "2023-01-07"),
        ("01-07<=2023|12-25", 2024, "2024-12-25"),
        ("passover+50", 2023, "2023-05-26"),
    ],
)
def test_codes_of_feasts(code: str, year: int, expected: str) -> None:
    assert feast(code, year) == dt.date.fromisoformat(expected)
