"""The language files and the pattern compiler."""

from __future__ import annotations

import dataclasses

import pytest

from witnessmark.claims.dates.compose import expressions
from witnessmark.claims.dates.forms import Form
from witnessmark.claims.dates.grammar import GUARDS, grammar
from witnessmark.claims.dates.words import LANGUAGES, number_class, words
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.tokens import tokenise


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_months_weekdays_and_known_guards(language: str) -> None:
    lexis = words(language)
    classes = list(lexis.single.values())
    assert {v for name, v in classes if name == "MONTH"} == set(range(1, 13))
    assert {v for name, v in classes if name == "WEEKDAY"} == set(range(7))
    guards = {rule.guard for rules in grammar(language).rules.values() for rule in rules} - {None}
    assert guards <= set(GUARDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_only_set_fields_that_a_form_has(language: str) -> None:
    fields = {f.name for f in dataclasses.fields(Form)}
    for rules in grammar(language).rules.values():
        for rule in rules:
            assert set(rule.constants) <= fields, rule.name
            assert set(rule.pattern.groupindex) <= fields | {"form", "short_year"}, rule.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_fields_name_fields(language: str) -> None:
    fields = {f.name for f in dataclasses.fields(Form)}
    tables = [value for _, value in words(language).single.values() if isinstance(value, dict)]
    assert tables
    assert all(set(table) <= fields for table in tables)


def test_patterns_have_no_repetition() -> None:
    for language in LANGUAGES:
        for entry in lexicon(language, "dates").get("rule", []):
            assert not any(mark in pattern for pattern in entry["patterns"] for mark in "*+{"), entry["name"]


def test_an_unknown_language_is_read_as_english() -> None:
    assert words("xx").language == words("en").language or words("xx").single == words("en").single


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0", "ZERO"),
        ("12", "UPTO12"),
        ("24", "UPTO24"),
        ("31", "UPTO31"),
        ("59", "UPTO59"),
        ("480", "UPTO999"),
        ("1944", "YEAR"),
        ("3000", "BIG"),
    ],
)
def test_classes_of_numbers(text: str, name: str) -> None:
    assert number_class(text) == name


def forms(text: str, language: str = "en") -> list[tuple[str, str]]:
    tokens = tokenise(text)
    found = expressions(tokens, text, words(language), grammar(language))
    return [(text[tokens[e.first].start : tokens[e.last - 1].end], e.form.kind) for e in found]


def test_no_expression_crosses_a_paragraph() -> None:
    assert forms("They left on 3 February\n\n2022 was a hard year.") == [("3 February", "date"), ("2022", "date")]


def test_days_borrow_the_month_beside_them() -> None:
    assert forms("It fell on 1, 3 and 5 May.") == [("1", "date"), ("3", "date"), ("5 May", "date")]


def test_counts_before_a_date_are_left_alone() -> None:
    assert forms("They killed 3 and wounded 5 on 6 May.") == [("6 May", "date")]


def test_days_that_do_not_exist_are_no_dates() -> None:
    assert ("31 June", "date") not in forms("It fell on 31 June.")
