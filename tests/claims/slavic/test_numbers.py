"""Counts in Ukrainian and Russian words and figures."""

from __future__ import annotations

import pytest

from witnessmark.claims.slavic.numbers import read_amount
from witnessmark.statements.language.tokens import tokenise


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "comparator"),
    [
        ("uk", "щонайменше 1 500 людей", 1500, None, "ge"),
        ("uk", "двадцять три людини", 23, 23, "eq"),
        ("uk", "п'ятеро людей", 5, 5, "eq"),
        ("uk", "від чотирьох до шести осіб", 4, 6, "range"),
        ("uk", "до 45 осіб", None, 45, "le"),
        ("uk", "2-х людей", 2, 2, "eq"),
        ("uk", "понад дві тисячі будинків", 2000, None, "ge"),
        ("uk", "майже двома сотнями дронів", 200, 200, "approx"),
        ("uk", "близько 30 людей", 30, 30, "approx"),
        ("ru", "сто двадцать пять человек", 125, 125, "eq"),
        ("ru", "не менее двух десятков", 20, None, "ge"),
        ("ru", "5 тыс. домов", 5000, 5000, "eq"),
        ("ru", "два или три человека", 2, 3, "range"),
        ("ru", "трех человек", 3, 3, "eq"),
        ("ru", "4-6 человек", 4, 6, "range"),
        ("ru", "полсотни человек", 50, 50, "eq"),
    ],
)
def test_amounts(language: str, text: str, low: int | None, high: int | None, comparator: str) -> None:
    tokens = tokenise(text)
    found = read_amount(tokens, 0, len(tokens), language)
    assert found is not None
    assert (found.minimum, found.maximum, found.comparator) == (low, high, comparator)


@pytest.mark.parametrize(("language", "text"), [("uk", "десятки людей"), ("ru", "сотни домов")])
def test_vague_words_have_no_bounds(language: str, text: str) -> None:
    tokens = tokenise(text)
    found = read_amount(tokens, 0, len(tokens), language)
    assert found is not None and found.vague and found.minimum is None and found.maximum is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "23:10"),
        ("uk", "11-ї ранку"),
        ("uk", "38-річний"),
        ("uk", "45 років"),
        ("ru", "1 февраля"),
        ("ru", "9-этажный"),
        ("ru", "40 км"),
    ],
)
def test_times_ages_and_measures_are_no_counts(language: str, text: str) -> None:
    tokens = tokenise(text)
    assert read_amount(tokens, 0, len(tokens), language) is None


def test_a_toll_that_rose_to_a_figure_is_that_figure() -> None:
    tokens = tokenise("кількість загиблих зросла до 45")
    assert read_amount(tokens, 3, len(tokens), "uk") is None
    found = read_amount(tokens, 4, len(tokens), "uk")
    assert found is not None and (found.minimum, found.maximum) == (45, 45)
