"""Dates of whole reports: intervals, precision, basis, anchors."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from witnessmark.claims.dates import find_dates
from witnessmark.documents import text_document
from witnessmark.model import DateValue, Mention
from witnessmark.statements import read_statements

PUBLISHED = "2023-02-06"
"""A Monday."""


def dates(text: str, published: str | None = PUBLISHED, language: str = "en") -> tuple[Mention[DateValue], ...]:
    document = text_document(text, title="Report from the region", published=published, language=language)
    return find_dates(read_statements(document))


def only(text: str, published: str | None = PUBLISHED, language: str = "en") -> Mention[DateValue]:
    found = dates(text, published, language)
    assert len(found) == 1, [m.quote for m in found]
    return found[0]


def interval(mention: Mention[DateValue]) -> str:
    value = mention.value
    return value.earliest.isoformat() + ("" if value.latest == value.earliest else "/" + value.latest.isoformat())


STATED = [
    ("On February 3 a shell hit the bakery.", "2023-02-03", "T2"),
    ("On Feb. 3 a shell hit the bakery.", "2023-02-03", "T2"),
    ("On the 3rd of February a shell hit the bakery.", "2023-02-03", "T2"),
    ("On 3 February 2023 a shell hit the bakery.", "2023-02-03", "T2"),
    ("On Friday, 3 February, a shell hit the bakery.", "2023-02-03", "T2"),
    ("On 03.02.2023 a shell hit the bakery.", "2023-02-03", "T2"),
    ("On 2023-02-03 a shell hit the bakery.", "2023-02-03", "T2"),
    ("On 14/01 a shell hit the bakery.", "2023-01-14", "T2"),
    ("On December 30 a shell hit the bakery.", "2022-12-30", "T2"),
    ("In November 2022 the town was shelled.", "2022-11-01/2022-11-30", "T5"),
    ("In 2014 the town was shelled.", "2014-01-01/2014-12-31", "T6"),
    ("In the summer of 2022 the town was shelled.", "2022-06-01/2022-08-31", "T6"),
    ("In the second half of 2022 the town was shelled.", "2022-07-01/2022-12-31", "T6"),
    ("From March 3 to March 30, 2022 they held the village.", "2022-03-03/2022-03-30", "T5"),
    ("They held the village from 28 December to 3 January 2023.", "2022-12-28/2023-01-03", "T4"),
    ("Between 1 and 5 February ten people died.", "2023-02-01/2023-02-05", "T3"),
    ("The siege lasted 31 October – 3 November.", "2022-10-31/2022-11-03", "T3"),
    ("The siege lasted February 1-3.", "2023-02-01/2023-02-03", "T3"),
    ("It happened on the night of 13 to 14 January.", "2023-01-13/2023-01-14", "T3"),
    ("It happened on the night of 28 January.", "2023-01-28/2023-01-29", "T3"),
    ("In the early hours of 3 October 2015 a jet bombed the clinic.", "2015-10-03", "T1"),
    ("At 10:28 on 8 April 2022 a missile hit the station.", "2022-04-08", "T0"),
    ("At ten past three on Saturday, 4 February, a bomb went off.", "2023-02-04", "T0"),
    ("On Christmas Eve a rocket hit the market.", "2022-12-24", "T2"),
    ("On Easter Sunday 2022 a rocket hit the market.", "2022-04-17", "T2"),
    ("On Orthodox Easter 2022 a rocket hit the market.", "2022-04-24", "T2"),
]

RELATIVE = [
    ("On Friday a shell hit the bakery.", "2023-02-03", "T2"),
    ("On Monday a shell hit the bakery.", "2023-02-06", "T2"),
    ("Last Monday a shell hit the bakery.", "2023-01-30", "T2"),
    ("A shell hit the bakery yesterday.", "2023-02-05", "T2"),
    ("A shell hit the bakery two days ago.", "2023-02-04", "T2"),
    ("A shell hit the bakery a fortnight ago.", "2023-01-23", "T2"),
    ("A shell hit the bakery last night.", "2023-02-05/2023-02-06", "T3"),
    ("A shell hit the bakery overnight.", "2023-02-05/2023-02-06", "T3"),
    ("The drones came overnight into Sunday.", "2023-02-04/2023-02-05", "T3"),
    ("The drones came in the night from Friday to Saturday.", "2023-02-03/2023-02-04", "T3"),
    ("A shell hit the bakery early on Saturday.", "2023-02-04", "T1"),
    ("A shell hit the bakery on Saturday night.", "2023-02-04", "T1"),
    ("A shell hit the bakery before dawn on Saturday.", "2023-02-04", "T1"),
    ("A shell hit the bakery at about 3 a.m. on Saturday.", "2023-02-04", "T0"),
    ("A shell hit the bakery this morning.", "2023-02-06", "T1"),
    ("A shell hit the bakery at the weekend.", "2023-02-04/2023-02-05", "T3"),
    ("A shell hit the bakery in mid-week.", "2023-01-31/2023-02-02", "T3"),
    ("Last week a shell hit the bakery.", "2023-01-30/2023-02-05", "T4"),
    ("Last month a shell hit the bakery.", "2023-01-01/2023-01-31", "T5"),
    ("Last November a shell hit the bakery.", "2022-11-01/2022-11-30", "T5"),
    ("In early January the road was cut.", "2023-01-01/2023-01-07", "T4"),
    ("In mid-January the road was cut.", "2023-01-11/2023-01-20", "T5"),
    ("At the end of January the road was cut.", "2023-01-25/2023-01-31", "T4"),
    ("On June 2 last year a shell hit the bakery.", "2022-06-02", "T2"),
    ("A shell hit the bakery in January of last year.", "2022-01-01/2022-01-31", "T5"),
    ("Twelve people were killed in the past 24 hours.", "2023-02-05/2023-02-06", "T3"),
    ("On the 343rd day of the war in Ukraine a shell hit the bakery.", "2023-02-01", "T2"),
]


@pytest.mark.parametrize(("text", "expected", "precision"), STATED)
def test_dates_whose_words_give_the_day_are_stated(text: str, expected: str, precision: str) -> None:
    mention = only(text)
    assert (interval(mention), mention.value.precision, mention.value.basis) == (expected, precision, "stated")


@pytest.mark.parametrize(("text", "expected", "precision"), RELATIVE)
def test_dates_counted_from_an_anchor_are_relative(text: str, expected: str, precision: str) -> None:
    mention = only(text)
    assert (interval(mention), mention.value.precision, mention.value.basis) == (expected, precision, "relative")


@pytest.mark.parametrize(
    "text",
    [
        "The army will march on the capital.",
        "They may attack again, and may not stop.",
        "More than 120 strikes were counted, and 2,014 shells.",
        "A 44-year-old woman was hurt.",
        "Reforms will take three years.",
        "Missiles fall daily on the border.",
        "Resolution 1701 was cited by both sides.",
        "They killed 1939 soldiers and 30 civilians.",
        "The sun rose over the sat phone.",
        "The former mayor now lives abroad.",
    ],
)
def test_words_that_only_look_like_dates_give_none(text: str) -> None:
    assert dates(text) == ()


def test_a_day_earlier_counts_from_the_last_date_mentioned_not_from_publication() -> None:
    found = dates("On February 3 they attacked the city. A day earlier a strike hit a house.")
    assert [interval(m) for m in found] == ["2023-02-03", "2023-02-02"]
    assert found[1].value.anchor == dt.date(2023, 2, 3)
    assert [c.label for c in found[1].candidates] == ["2023-02-02/2023-02-02", "2023-02-05/2023-02-05"]


def test_the_day_of_a_statement_is_no_anchor() -> None:
    found = dates("On February 3 they attacked the city, the mayor said on Sunday. The next morning rescuers came.")
    assert [interval(m) for m in found] == ["2023-02-03", "2023-02-05", "2023-02-04"]
    assert [m.rule.endswith(".reporting") for m in found] == [False, True, False]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The next day", "2022-03-04"),
        ("The same day", "2022-03-03"),
        ("The previous day", "2022-03-02"),
        ("Two weeks later", "2022-03-17"),
        ("An hour later", "2022-03-03"),
        ("The following month", "2022-04-01/2022-04-30"),
        ("In June of that year", "2022-06-01/2022-06-30"),
        ("On 7 March", "2022-03-07"),
    ],
)
def test_a_story_of_another_year_carries_its_year(words: str, expected: str) -> None:
    found = dates(f"The first shell fell on 3 March 2022. {words} another fell.")
    assert interval(found[-1]) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Throughout January and the beginning of February", "2023-01-01/2023-02-07"),
        ("In late December and January", "2022-12-25/2023-01-31"),
        ("In November and December 2022", "2022-11-01/2022-12-31"),
    ],
)
def test_periods_that_go_on_from_one_another_are_one(words: str, expected: str) -> None:
    assert [interval(m) for m in dates(f"{words} the army shelled the towns.")] == [expected]


def test_periods_with_a_gap_stay_two() -> None:
    found = dates("In November and the beginning of January the army shelled the towns.")
    assert [interval(m) for m in found] == ["2022-11-01/2022-11-30", "2023-01-01/2023-01-07"]


def test_since_runs_on_to_publication_and_after_is_open() -> None:
    since = only("Gunmen have roamed the area since Thursday.").value
    assert (since.earliest, since.latest, since.precision, since.open_end) == (dt.date(2023, 2, 2), dt.date(2023, 2, 6), "T3", True)
    after = only("After they were forced to retreat in November 2022, they began to shell the city.").value
    assert after.open_end and after.latest == dt.date(2022, 11, 30)
    until = only("They shelled the city until 3 February.").value
    assert until.open_start


def test_the_worst_since_names_the_earlier_event() -> None:
    value = only("It was the deadliest strike since June, when a missile hit the market.").value
    assert (value.earliest, value.latest) == (dt.date(2022, 6, 1), dt.date(2022, 6, 30))


def test_clock_times_of_a_live_page_belong_to_its_day() -> None:
    found = dates("Live updates: 4 February\n\n08:15 A shell hit the market.\n\nAt 21.40 two people died.")
    assert [(interval(m), m.value.clock, m.value.precision) for m in found[1:]] == [
        ("2023-02-04", "08:15", "T0"),
        ("2023-02-04", "21:40", "T0"),
    ]


def test_a_clause_that_looks_ahead_takes_the_coming_day() -> None:
    assert interval(only("The court will rule on Thursday.")) == "2023-02-09"
    assert interval(only("A summit is planned for 20 March.")) == "2023-03-20"


def test_without_publication_the_year_comes_from_the_text_or_stays_open() -> None:
    found = dates("On 5 March a shell hit the school. Two days later, on 7 March 2022, another hit the hall.", published=None)
    assert [interval(m) for m in found] == ["2022-03-05", "2022-03-07", "2022-03-07"]
    assert [m.value.basis for m in found] == ["relative", "relative", "stated"]
    assert dates("On Friday a shell hit the school. On March 5 another hit the hall.", published=None) == ()


def test_an_ambiguous_year_keeps_its_runner_up() -> None:
    mention = only("On November 3 a shell hit the bakery.")
    assert mention.candidates[0].label == "2022-11-03/2022-11-03"
    assert "2023-11-03/2023-11-03" in [c.label for c in mention.candidates]
    assert mention.candidates[0].score > mention.candidates[1].score


UKRAINIAN = [
    ("У ніч на 3 лютого снаряд влучив у будинок.", "2023-02-02/2023-02-03", "T3", "stated"),
    ("У ніч із 13 на 14 січня снаряд влучив у будинок.", "2023-01-13/2023-01-14", "T3", "stated"),
    ("24 січня близько 18:40 снаряд влучив у будинок.", "2023-01-24", "T0", "stated"),
    ("У листопаді 2022 року місто обстріляли.", "2022-11-01/2022-11-30", "T5", "stated"),
    ("На початку лютого місто обстріляли.", "2023-02-01/2023-02-07", "T4", "relative"),
    ("Минулого тижня місто обстріляли.", "2023-01-30/2023-02-05", "T4", "relative"),
    ("Учора ввечері місто обстріляли.", "2023-02-05", "T1", "relative"),
    ("Два дні тому місто обстріляли.", "2023-02-04", "T2", "relative"),
    ("У п'ятницю місто обстріляли.", "2023-02-03", "T2", "relative"),
    ("О 5-й ранку в неділю місто обстріляли.", "2023-02-05", "T0", "relative"),
    ("О третій годині дня в суботу місто обстріляли.", "2023-02-04", "T0", "relative"),
    ("Вночі на неділю місто обстріляли.", "2023-02-04/2023-02-05", "T3", "relative"),
    ("Уночі 2 лютого місто обстріляли.", "2023-02-02", "T1", "stated"),
    ("За добу загинули двоє людей.", "2023-02-05/2023-02-06", "T3", "relative"),
    ("З 24 лютого по 30 березня 2022 року тривала облога.", "2022-02-24/2022-03-30", "T6", "stated"),
]
RUSSIAN = [
    ("В ночь на 3 февраля снаряд попал в дом.", "2023-02-02/2023-02-03", "T3", "stated"),
    ("В ноябре прошлого года город обстреляли.", "2022-11-01/2022-11-30", "T5", "relative"),
    ("Вчера утром город обстреляли.", "2023-02-05", "T1", "relative"),
    ("Два дня назад город обстреляли.", "2023-02-04", "T2", "relative"),
    ("На прошлой неделе город обстреляли.", "2023-01-30/2023-02-05", "T4", "relative"),
    ("В воскресенье в 5 утра город обстреляли.", "2023-02-05", "T0", "relative"),
]


@pytest.mark.parametrize(
    ("language", "text", "expected", "precision", "basis"), [("uk", *row) for row in UKRAINIAN] + [("ru", *row) for row in RUSSIAN]
)
def test_ukrainian_and_russian(language: str, text: str, expected: str, precision: str, basis: str) -> None:
    mention = only(text, language=language)
    assert (interval(mention), mention.value.precision, mention.value.basis) == (expected, precision, basis)


def test_the_eve_counts_from_the_last_date_in_ukrainian() -> None:
    found = dates("3 лютого місто обстріляли. Напередодні загинули двоє.", language="uk")
    assert [interval(m) for m in found] == ["2023-02-03", "2023-02-02"]


def test_quotes_equal_the_text_and_mentions_do_not_overlap() -> None:
    text = "On Friday at 10:30 a.m. and in early January, from 3 to 5 February 2022 and last week, they fired.\n\nThe same day, two died."
    document = text_document(text, published=PUBLISHED, language="en")
    found = find_dates(read_statements(document))
    assert len(found) == 5
    assert all(m.span is not None and m.quote == m.span.of(document.text) for m in found)
    spans = [m.span for m in found if m.span is not None]
    assert spans == sorted(spans)
    assert not any(a.overlaps(b) for a, b in itertools.pairwise(spans))
