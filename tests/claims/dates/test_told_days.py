"""Days that the text itself has to give: days of wars, counts from a date that follows, lengths, zones, national days."""

from __future__ import annotations

import pytest

from witnessmark.claims.dates import find_dates
from witnessmark.documents import text_document
from witnessmark.model import DateValue
from witnessmark.statements import read_statements


def found(text: str, language: str = "en", published: str | None = "2023-02-06") -> list[DateValue]:
    return [m.value for m in find_dates(read_statements(text_document(text, language=language, published=published)))]


def days(values: list[DateValue]) -> list[str]:
    return [f"{v.earliest}/{v.latest}" if v.earliest != v.latest else str(v.earliest) for v in values]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On the 343rd day of the war a shell hit a school.", "en"),
        ("На 343-й день війни снаряд влучив у школу.", "uk"),
        ("На 343-й день войны снаряд попал в школу.", "ru"),
    ],
)
def test_a_day_of_a_war_that_only_one_fits(text: str, language: str) -> None:
    assert days(found(text, language)) == ["2023-02-01"]
    assert found(text, language, published="2031-02-06") == []


def test_a_war_whose_first_day_the_text_gives() -> None:
    values = found("The war in Freedonia began on 3 May 2019. On the 20th day of the war a shell hit a school.")
    assert days(values) == ["2019-05-03", "2019-05-22"]


def test_the_day_of_a_siege_needs_its_first_day() -> None:
    assert found("On the tenth day of the siege a shell hit the market in Ukraine.") == []
    assert days(found("The siege began on 3 January. On the tenth day of the siege a shell hit the market."))[-1] == "2023-01-12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three days before the ceasefire of 10 January, a rocket hit.", "2023-01-07"),
        ("The attack came a day after the 3 February strike on Pokrovsk.", "2023-02-04"),
    ],
)
def test_a_count_leans_on_the_date_after_it(text: str, expected: str) -> None:
    assert days(found(text))[0] == expected


def test_a_length_from_a_day_is_an_interval() -> None:
    assert days(found("For three days from 1 February the town was shelled.")) == ["2023-02-01/2023-02-03"]
    assert days(found("Протягом трьох днів з 1 лютого місто обстрілювали.", "uk")) == ["2023-02-01/2023-02-03"]


@pytest.mark.parametrize(
    ("text", "language", "zone", "clock"),
    [
        ("At 03:20 Kyiv time on 5 February a missile hit the school.", "en", "Europe/Kyiv", "03:20"),
        ("At 23:30 GMT on 4 February a missile hit the school.", "en", "UTC", "23:30"),
        ("It happened at 1:15 a.m. local time on Sunday.", "en", "local", "01:15"),
        ("5 лютого о 03:20 за київським часом ракета влучила в школу.", "uk", "Europe/Kyiv", "03:20"),
        ("5 февраля в 03:20 по московскому времени ракета попала в школу.", "ru", "Europe/Moscow", "03:20"),
        ("At 03:20 on 5 February a missile hit the school.", "en", None, "03:20"),
    ],
)
def test_the_zone_of_a_clock_time_is_kept(text: str, language: str, zone: str | None, clock: str) -> None:
    [value] = found(text, language)
    assert (value.zone, value.clock) == (zone, clock)


def test_a_national_day_is_that_of_the_country_told_of() -> None:
    assert days(found("On Independence Day a rocket hit a train station in Ukraine.")) == ["2022-08-24"]
    assert days(found("On Independence Day a bomb hit a bus in Pakistan.")) == ["2022-08-14"]
    assert found("On Independence Day a rocket hit a train station.") == []


def test_a_feast_that_waits_for_the_moon_is_three_days() -> None:
    [value] = found("Last Eid al-Adha a strike hit the market.")
    assert (days([value]), value.precision) == (["2022-07-09/2022-07-11"], "T3")


def test_what_follows_nothing_is_left_open() -> None:
    assert found("Two days later a third rocket struck.") == []
    assert found("Три дня спустя село опять обстреляли.", "ru") == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("On the last Sunday of January it was hit.", "en", "2023-01-29"),
        ("On the second Friday in March 2022 it was hit.", "en", "2022-03-11"),
        ("В останню неділю січня обстріляли село.", "uk", "2023-01-29"),
        ("In Q3 2022 there were forty strikes.", "en", "2022-07-01/2022-09-30"),
        ("Протягом першої декади лютого тривали обстріли.", "uk", "2023-02-01/2023-02-10"),
        ("Shells hit the town in May 2022 and again in June.", "en", "2022-06-01/2022-06-30"),
        ("The market was hit on Easter Sunday.", "en", "2022-04-17"),
        ("На Різдво ракета влучила в церкву.", "uk", "2023-01-07"),
    ],
)
def test_other_ways_of_naming_a_day(text: str, language: str, expected: str) -> None:
    assert days(found(text, language))[-1] == expected
