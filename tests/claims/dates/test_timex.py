"""TIMEX spans, types and values."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.dates import tag, to_timex

DCT = "1998-08-20T10:00:00"
"""A Thursday."""


def values(
    text: str, language: str = "en", dct: str | None = DCT, convention: str = "timex3"
) -> list[tuple[str, str | int | None, str | int | None]]:
    return [
        (text[int(t["start"] or 0) : int(t["end"] or 0)], t["type"], t["value"])
        for t in to_timex(text, dct, language, convention=convention)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Friday.", [("Friday", "DATE", "1998-08-14")]),
        ("They met on Aug. 7, 1998.", [("Aug. 7, 1998", "DATE", "1998-08-07")]),
        ("They met Friday night.", [("Friday night", "TIME", "1998-08-14TNI")]),
        ("It fell at 10:35 a.m. on Tuesday.", [("10:35 a.m. on Tuesday", "TIME", "1998-08-18T10:35")]),
        ("They met last week.", [("last week", "DATE", "1998-W33")]),
        ("They met last month.", [("last month", "DATE", "1998-07")]),
        ("They met last fall.", [("last fall", "DATE", "1997-FA")]),
        ("It took three days.", [("three days", "DURATION", "P3D")]),
        ("It took a 16-hour flight.", [("16-hour", "DURATION", "PT16H")]),
        ("It took several weeks.", [("several weeks", "DURATION", "PXW")]),
        ("It is printed daily.", [("daily", "SET", "P1D")]),
        ("Shells fell at a rate of 30 a day.", [("a day", "SET", "P1D")]),
        ("It is over now.", [("now", "DATE", "PRESENT_REF")]),
        ("It stood in the 1980s.", [("the 1980s", "DATE", "198")]),
        ("It stood in the 19th century.", [("the 19th century", "DATE", "18")]),
        ("It fell in the summer of 1995.", [("the summer of 1995", "DATE", "1995-SU")]),
        ("It fell in late November 1997.", [("late November 1997", "DATE", "1997-11")]),
        ("It fell in 480 BC.", [("480 BC", "DATE", "BC0480")]),
        ("It fell in 1915-17.", [("1915", "DATE", "1915"), ("17", "DATE", "1917")]),
        ("It fell on 6-7 January 1916.", [("6", "DATE", "1916-01-06"), ("7 January 1916", "DATE", "1916-01-07")]),
        ("They came between March 5-9, 1918.", [("March 5", "DATE", "1918-03-05"), ("9, 1918", "DATE", "1918-03-09")]),
        ("They held it in August and September 1914.", [("August", "DATE", "1914-08"), ("September 1914", "DATE", "1914-09")]),
    ],
)
def test_english_values(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бій тривав три дні.", [("три дні", "DURATION", "P3D")]),
        ("Місто впало 3 травня 1942 року.", [("3 травня 1942", "DATE", "1942-05-03")]),
        ("Місто впало наприкінці 1942 року.", [("наприкінці 1942", "DATE", "1942")]),
        ("Місто впало навесні 1942 року.", [("навесні 1942", "DATE", "1942-SP")]),
        ("Битва сталася 490 року до н. е.", [("490 року до н. е.", "DATE", "BC0490")]),
        ("Після 6-денної облоги.", [("6-денної", "DURATION", "P6D")]),
        ("Снаряди падають щодня.", [("щодня", "SET", "P1D")]),
        ("У XX столітті.", [("XX столітті", "DATE", "19")]),
    ],
)
def test_ukrainian_values(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert values(text, language="uk") == expected


def test_the_older_convention_marks_recurrence_and_ages() -> None:
    assert values("A daily flight for boys who were 18 years old.", convention="timex2") == [
        ("daily", "SET", "XXXX-XX-XX"),
        ("18 years old", "DURATION", "P18Y"),
    ]
    assert values("A flight for boys who were 18 years old.") == []


def test_a_narrative_moves_on_from_month_to_month() -> None:
    text = "In October 1941 they came. In November they dug in. On December 5 they fell back. In January the front held."
    text += " In 1935 he was born. In March it moved."
    assert [v for _, _, v in values(text, dct=None)] == ["1941-10", "1941-11", "1941-12-05", "1942-01", "1935", "1942-03"]


def test_a_document_time_that_is_no_date_is_an_error() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        to_timex("On Friday.", "yesterday")


FORMATS = ("{d} {month} {y}", "{month} {d}, {y}", "the {d} of {month} {y}", "{y}-{m:02d}-{d:02d}", "{d:02d}.{m:02d}.{y}")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMATS))
@settings(max_examples=120)
def test_any_full_date_is_read_back(day: dt.date, form: str) -> None:
    if day.day < 13 and day.month < 13 and form == FORMATS[4]:
        day = day.replace(month=day.day)
    words = form.format(d=day.day, m=day.month, y=day.year, month=MONTHS[day.month - 1])
    assert [v for _, _, v in values(f"It fell on {words} near the town.")] == [day.isoformat()]


@given(
    st.text(alphabet=st.sampled_from("0123456789 .,:-–/()\nthMayof24 лютогороку19a.m.night"), max_size=80),
    st.sampled_from(["en", "uk", "ru"]),
)
@settings(max_examples=150)
def test_no_text_breaks_it_and_spans_are_in_order(text: str, language: str) -> None:
    found = tag(text, language=language, published=dt.date(2023, 2, 6))
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize("unit", ["from 1 to 2 May, ", "that Friday ", "day 5 of the war ", "now ", "5 and ", "in 2014 ", "of the "])
def test_a_long_run_of_time_words_is_read_to_its_end(unit: str) -> None:
    text = unit * 3000
    found = tag(text, published=dt.date(2023, 2, 6))
    spans = [(t.start, t.end) for t in found]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    if unit.strip() not in ("5 and", "of the"):
        assert len(found) >= 3000
