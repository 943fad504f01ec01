"""Every closed list is complete: labels in three languages, a definition, crosswalks to known schemes only."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from witnessmark.errors import DataError
from witnessmark.vocabulary import LISTS, identifiers, label, terms

SCHEMES = {"acled", "airwars", "aoav", "bellingcat", "plover", "ucdp", "viina"}
CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)


@pytest.mark.parametrize("name", LISTS)
def test_every_term_has_labels_and_a_definition(name: str) -> None:
    for term in terms(name):
        assert set(term.labels) == {"en", "uk", "ru"}, term.identifier
        assert not CYRILLIC.search(term.labels["en"]), term.identifier
        assert CYRILLIC.search(term.labels["uk"]), term.identifier
        assert CYRILLIC.search(term.labels["ru"]), term.identifier
        assert term.definition.endswith("."), term.identifier
        assert len(term.definition) > 8, term.identifier


@pytest.mark.parametrize("name", LISTS)
def test_ids_and_labels_are_each_used_once_in_a_list(name: str) -> None:
    listed = terms(name)
    assert len({t.identifier for t in listed}) == len(listed)
    for language in ("en", "uk", "ru"):
        assert len({t.label(language) for t in listed}) == len(listed), language


@pytest.mark.parametrize("name", LISTS)
def test_crosswalks_name_known_schemes(name: str) -> None:
    for term in terms(name):
        assert set(term.crosswalk) <= SCHEMES, term.identifier
        assert all(term.crosswalk.values()), term.identifier


def test_letters_of_one_language_do_not_stand_in_the_other() -> None:
    for name in LISTS:
        for term in terms(name):
            assert not re.search(r"[ыэъё]", term.labels["uk"]), term.identifier
            assert not re.search(r"[іїєґ]", term.labels["ru"]), term.identifier


def test_every_file_is_listed() -> None:
    files = {f.name.removesuffix(".toml") for f in resources.files("witnessmark.vocabulary").iterdir() if f.name.endswith(".toml")}
    assert files == set(LISTS)


def test_labels_are_looked_up_by_language_with_english_and_then_the_id_to_fall_back_on() -> None:
    assert label("harm", "injured", "uk") == "поранені"
    assert label("harm", "injured", "fr") == "injured"
    assert label("harm", "no-such-harm") == "no-such-harm"


def test_munition_effects_are_not_weapons() -> None:
    assert "cluster" in identifiers("effect")
    assert "cluster" not in identifiers("weapon")


def test_a_missing_list_is_a_coded_error() -> None:
    with pytest.raises(DataError, match="WM403"):
        terms("no-such-list")
