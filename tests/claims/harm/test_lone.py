"""One person told without a number, and what the same words must not be read as."""

from __future__ import annotations

import pytest

from witnessmark.claims.harm import find_harm
from witnessmark.documents import text_document
from witnessmark.statements import read_statements


def _told(text: str) -> list[tuple[str, str, str, int | None]]:
    reading = read_statements(text_document(text, language="en"))
    return [(m.value.harm, m.quote, m.rule, m.value.quantity.minimum) for m in find_harm(reading)]


@pytest.mark.parametrize(
    ("text", "harm", "quote"),
    [
        ("He was killed on the spot.", "killed", "He"),
        ("Okello died at the clinic.", "killed", "Okello"),
        ("Police regret the murder of Okello.", "killed", "Okello"),
        ("They mourn his friend's death.", "killed", "his friend"),
        ("A stray bullet hit the wall and another wounded him.", "injured", "him"),
    ],
)
def test_pronouns_and_surnames_are_one_person(text: str, harm: str, quote: str) -> None:
    assert (harm, quote, "harm.lone", 1) in _told(text)


def test_a_better_toll_of_the_same_harm_goes_before_lone_persons() -> None:
    told = _told("Three miners were killed. He was killed near the gate. She was wounded.")
    assert [(harm, quote) for harm, quote, _, _ in told] == [("killed", "Three miners"), ("injured", "She")]


@pytest.mark.parametrize(
    "text", ["He was not killed.", "He could have been killed.", "Monday was killed by rain.", "It was killed in committee."]
)
def test_what_did_not_befall_a_person_is_no_toll(text: str) -> None:
    assert _told(text) == []


def test_one_who_killed_himself_is_one_more() -> None:
    reading = read_statements(text_document("A man shot dead his wife and two sons and then killed himself.", language="en"))
    told = {m.rule: m.value for m in find_harm(reading)}
    assert told["harm.active"].quantity.minimum == 3
    assert told["harm.self"].quantity.minimum == 1
    assert told["harm.self"].additional


def test_names_with_ages_are_joined() -> None:
    told = _told("Amina Okello, 32, and Peter Okello, 26, were killed when a shell fell on the yard.")
    assert ("killed", "Amina Okello, 32, and Peter Okello, 26,", "harm.passive", 2) in told


def test_a_person_in_apposition_is_counted_once() -> None:
    told = _told("Amina Okello, a 32-year-old nurse, was killed.")
    assert [n for harm, _, _, n in told if harm == "killed"] == [1]


def test_ages_in_a_list_are_no_count() -> None:
    assert all(n != 22 for _, _, _, n in _told("Three men, ages 17, 18 and 22, were wounded."))


@pytest.mark.parametrize(
    ("text", "harm"), [("The shooting of a clerk shook the town.", "injured"), ("The fatal shooting of a clerk shook the town.", "killed")]
)
def test_a_fatal_shooting_killed(text: str, harm: str) -> None:
    assert [(h, q) for h, q, _, _ in _told(text)] == [(harm, "a clerk")]


def test_a_hospital_is_no_victim() -> None:
    assert all("Center" not in quote for _, quote, _, _ in _told("She was taken to Riverside Medical Center in critical condition."))
