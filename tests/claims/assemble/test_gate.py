"""The gate spares work and decides nothing: every document that can give an incident passes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims import Claims, read_claims
from witnessmark.claims.assemble import assemble, find_all, find_signs, may_tell
from witnessmark.claims.series import find_series
from witnessmark.corpus import inputs
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements

SENTENCES = (
    "A missile hit a school in Kharkiv on Monday, killing two people.",
    "Officials counted 300 violations of the truce in Donetsk region in March.",
    "The striker fired twice and the home side won.",
    "Attacks will go on, analysts fear.",
    "Nobody was hurt when shells fell on Nikopol.",
    "He died of old age in Lviv.",
    "They stormed the village, and its houses burned for three days.",
    "Gunmen opened fire on a bus near Quetta.",
    "The army denied that it had bombed the market.",
    "Three soldiers were wounded during an exercise near Graz.",
    "Drones must never again strike Odesa, the mayor said.",
    "The bakery opens at nine.",
)


def reading(text: str, title: str | None = None) -> Reading:
    return read_statements(text_document(text, title=title, published="2024-05-15", language="en"))


def ungated(read: Reading) -> Claims:
    found = find_all(read)
    series = find_series(read, found.dates, found.places)
    return Claims(assemble(read, found, series), series)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from((None, *SENTENCES)))
def test_the_gate_changes_no_claim(chosen: list[str], title: str | None) -> None:
    read = reading(" ".join(chosen), title)
    assert read_claims(read) == ungated(read)


@pytest.mark.parametrize("report", [r for r in inputs() if r["lang"] == "en"][::3], ids=lambda r: r["id"])
def test_the_gate_changes_no_claim_of_a_bundled_report(report: dict[str, str]) -> None:
    read = reading(report["text"], report["title"])
    assert read_claims(read) == ungated(read)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("A missile hit a school in Kharkiv on Monday.", True),
        ("The museum of ships in Bergen opened again on Monday.", False),
        ("Attacks will go on, analysts fear.", False),
        ("Two people were killed in a road accident near Graz.", False),
    ],
)
def test_only_documents_that_may_tell_of_an_incident_pass(text: str, passes: bool) -> None:
    read = reading(text)
    assert may_tell(read, find_signs(read)) is passes


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Town bombed in final minutes", "The home side were shot down in Leeds on Saturday when two late strikes killed the contest."),
        (
            "The general's memoirs",
            "The author recalls in these memoirs how his battalion was ambushed in the hills in 1983, losing nine men.",
        ),
        ("Поліція затримала водія у Львові", "Увечері 4 березня автомобіль збив трьох пішоходів, двоє загинули. Водій був напідпитку."),
        ("Задержан водитель", "Вечером 4 марта в Туле автомобиль сбил трёх пешеходов, двое погибли."),
    ],
)
def test_a_match_a_book_and_a_crash_are_no_attacks(title: str, text: str) -> None:
    reading = read_statements(text_document(text, title=title))
    assert read_claims(reading).incidents == ()
