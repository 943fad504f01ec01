"""Noun phrases for people."""

from __future__ import annotations

import pytest

from witnessmark import vocabulary
from witnessmark.claims.people import People, head_of, not_people, read_people
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.tokens import tokenise


def _read(text: str) -> tuple[str, People] | None:
    tokens = tokenise(text)
    found = read_people(tokens, 0, len(tokens))
    return None if found is None else (text[tokens[found.first].start : tokens[found.last - 1].end], found)


@pytest.mark.parametrize(
    ("text", "words", "number", "group"),
    [
        ("at least 24 people and", "at least 24 people", 24, "people"),
        ("two three-year-old girls among", "two three-year-old girls", 2, "children"),
        ("a 60-year-old woman was", "a 60-year-old woman", 1, "women"),
        ("a boy of 12 was", "a boy of 12", 1, "children"),
        ("a 19-year-old girl was", "a 19-year-old girl", 1, "women"),
        ("their 14-year-old daughter was", "their 14-year-old daughter", 1, "children"),
        ("two police officers were", "two police officers", 2, "police"),
        ("three government soldiers were", "three government soldiers", 3, "military"),
        ("six farm workers were", "six farm workers", 6, "people"),
        ("a first-aid worker was", "a first-aid worker", 1, "medics"),
        ("two elderly residents were", "two elderly residents", 2, "elderly"),
        ("her two sons were", "her two sons", 2, "people"),
        ("a married couple was", "a married couple", 2, "people"),
        ("both women were", "both women", 2, "women"),
    ],
)
def test_counted_and_single_phrases(text: str, words: str, number: int, group: str) -> None:
    found = _read(text)
    assert found is not None
    assert (found[0], found[1].minimum, found[1].group) == (words, number, group)


@pytest.mark.parametrize(
    ("text", "source", "last"),
    [
        ("four of them were", "them", 3),
        ("five of the victims were", "them", 4),
        ("12 of the 30 wounded died", "injured", 5),
        ("two of whom died", "them", 3),
    ],
)
def test_parts_of_a_group_name_their_source(text: str, source: str, last: int) -> None:
    found = _read(text)
    assert found is not None
    assert (found[1].partitive, found[1].last) == (source, last)


def test_a_plural_without_count_has_no_number() -> None:
    found = _read("civilians were")
    assert found is not None
    assert (found[1].form, found[1].minimum, found[1].maximum, found[1].vague) == ("plural", None, None, "many")


def test_a_condition_inside_the_phrase_is_kept() -> None:
    found = _read("three badly wounded men")
    assert found is not None
    assert (found[1].condition, found[1].group) == ("injured", "men")


@pytest.mark.parametrize(
    "text", ["12 cows were", "40 houses were", "three buses with", "the village was", "two-year-old project", "7 rockets at"]
)
def test_things_and_animals_are_not_people(text: str) -> None:
    assert _read(text) is None


def test_an_age_between_commas_is_no_count() -> None:
    tokens = tokenise("the driver, 25, died")
    assert read_people(tokens, 3, len(tokens)) is None


def test_a_verb_ends_the_phrase() -> None:
    assert _read("The strike left six people") is None


def test_head_of_gives_end_and_group() -> None:
    tokens = tokenise("young women")
    assert head_of(tokens, 0, len(tokens)) == (2, "women")


def test_every_group_of_the_lexicon_is_in_the_vocabulary() -> None:
    raw = lexicon("en", "people")
    assert set(raw["groups"]) | set(raw["modifiers"]) <= vocabulary.identifiers("group")


def test_no_noun_is_both_a_person_and_a_thing() -> None:
    people = {noun for group in lexicon("en", "people")["groups"].values() for noun in group["nouns"]}
    assert not people & not_people()


@pytest.mark.parametrize(
    ("text", "group"), [("a 17-year-old was", "children"), ("The two-year-old.", "children"), ("a 44-year-old died", "people")]
)
def test_an_age_may_stand_for_a_person(text: str, group: str) -> None:
    found = _read(text)
    assert found is not None
    assert (found[1].minimum, found[1].maximum, found[1].group) == (1, 1, group)
