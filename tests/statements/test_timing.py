"""Signs of older days."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.timing import newest_day, time_signs

DAY = dt.date(2023, 2, 10)


def signs(text: str, published: dt.date | None = DAY) -> set[str]:
    tokens = tokenise(text)
    return set(time_signs(tokens, 0, len(tokens), published))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2014", {"year.past"}),
        ("in 2023", {"year.same"}),
        ("by 2030", {"year.future"}),
        ("on 8 February", {"date.recent"}),
        ("on January 3", {"date.old"}),
        ("on 20 February", {"date.future"}),
        ("on 12 December", {"date.old"}),
        ("on 3 October 2015", {"date.old", "year.past"}),
        ("on February 30", set()),
        ("in March", {"month.stated"}),
        ("two years ago", {"back.years"}),
        ("a fortnight earlier", {"back.weeks"}),
        ("3 лютого", {"date.recent"}),
        ("пять лет назад", {"back.years"}),
        ("they may stay", set()),
        ("about 2000 men in the 1200 block", set()),
    ],
)
def test_signs(text: str, expected: set[str]) -> None:
    assert signs(text) == expected


def test_without_a_publication_day_nothing_is_old() -> None:
    assert signs("on 3 October 2015", None) == {"month.stated", "year.stated"}


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        ("They left in November 2022. On February 3 the town was shelled.", dt.date(2023, 2, 3)),
        ("On 3 May 2021 and again on 5 May the town was shelled.", dt.date(2021, 5, 5)),
        ("On February 3 the town was shelled.", None),
        ("In 2014 the town was shelled.", None),
    ],
)
def test_an_undated_text_goes_by_its_newest_day(text: str, newest: dt.date | None) -> None:
    assert newest_day(tokenise(text)) == newest
