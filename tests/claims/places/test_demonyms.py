"""Demonyms."""

from __future__ import annotations

import pytest

from witnessmark.claims.places.demonyms import countries, country_of_demonym, demonyms


@pytest.mark.parametrize(
    ("word", "iso", "name"),
    [
        ("Russian", "RU", "Russia"),
        ("syrians", "SY", "Syria"),
        ("Sri Lankan", "LK", "Sri Lanka"),
        ("Burkinabe", "BF", "Burkina Faso"),
        ("Saudi", "SA", "Saudi Arabia"),
    ],
)
def test_the_country_of_a_demonym(word: str, iso: str, name: str) -> None:
    found = country_of_demonym(word)
    assert found is not None
    assert (found.iso, found.name) == (iso, name)


def test_other_words_have_none() -> None:
    assert country_of_demonym("Kharkiv") is None


def test_no_demonym_belongs_to_two_countries() -> None:
    shared = {"congolese", "dominican"}
    seen: dict[str, str] = {}
    for country in countries():
        for word in {*country.adjectives, *country.people} - shared:
            assert seen.setdefault(word, country.iso) == country.iso, word


def test_every_entry_is_lower_case() -> None:
    assert all(w == w.lower() for w in demonyms())
