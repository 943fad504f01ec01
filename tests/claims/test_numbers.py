"""Counts in words and figures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.numbers import Amount, read_amount, word_number
from witnessmark.statements.language.tokens import tokenise

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _read(text: str) -> Amount | None:
    tokens = tokenise(text)
    return read_amount(tokens, 0, len(tokens))


def _spell(number: int) -> str:
    if number >= 1000:
        rest = number % 1000
        return f"{_spell(number // 1000)} thousand" + (f" {_spell(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{_spell(number // 100)} hundred" + (f" and {_spell(rest)}" if rest else "")
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
    return _UNITS[number]


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "comparator"),
    [
        ("14 people", 14, 14, "eq"),
        ("1,500 people", 1500, 1500, "eq"),
        ("at least 24 people", 24, None, "ge"),
        ("no fewer than 7", 7, None, "ge"),
        ("more than a dozen people", 12, None, "ge"),
        ("over two hundred men", 200, None, "ge"),
        ("10 or more", 10, None, "ge"),
        ("up to 30", None, 30, "le"),
        ("as many as forty", None, 40, "le"),
        ("fewer than ten", None, 9, "le"),
        ("about 300", 300, 300, "approx"),
        ("nearly fifty", 50, 50, "approx"),
        ("30 or so", 30, 30, "approx"),
        ("between four and six", 4, 6, "range"),
        ("4-6 people", 4, 6, "range"),
        ("two or three", 2, 3, "range"),
        ("20 to 25 people", 20, 25, "range"),
        ("half a dozen", 6, 6, "eq"),
        ("two dozen", 24, 24, "eq"),
        ("one and a half thousand men", 1500, 1500, "approx"),
        ("1.5 million people", 1_500_000, 1_500_000, "eq"),
        ("a hundred", 100, 100, "eq"),
        ("two hundred and four", 204, 204, "eq"),
        ("a couple of", 2, 2, "eq"),
    ],
)
def test_bounds_and_comparator(text: str, minimum: int | None, maximum: int | None, comparator: str) -> None:
    found = _read(text)
    assert found is not None
    assert (found.minimum, found.maximum, found.comparator) == (minimum, maximum, comparator)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("dozens of people", "dozens"),
        ("scores of people", "scores"),
        ("several people", "several"),
        ("a few men", "several"),
        ("a handful of men", "several"),
        ("several hundred", "hundreds"),
        ("hundreds of thousands of people", "thousands"),
        ("tens of thousands of people", "thousands"),
        ("many villagers", "many"),
        ("at least several", "several"),
    ],
)
def test_vague_words_keep_their_class_and_get_no_number(text: str, vague: str) -> None:
    found = _read(text)
    assert found is not None
    assert (found.minimum, found.maximum, found.vague) == (None, None, vague)


@pytest.mark.parametrize(
    "text",
    [
        "two-year-old",
        "9-storey",
        "155-millimetre shells",
        "12 percent",
        "5 km",
        "3 March",
        "14:30",
        "40 years",
        "the house",
        "how many",
        "12-05-2023",
        "2.5",
    ],
)
def test_ages_measures_dates_and_times_are_no_counts(text: str) -> None:
    assert _read(text) is None


@pytest.mark.parametrize("text", ["Grad-21 fell", "$40 bills", "March 3 fell", "aged 25 died"])
def test_parts_of_names_sums_and_ages_are_no_counts(text: str) -> None:
    tokens = tokenise(text)
    assert all(read_amount(tokens, at, len(tokens)) is None for at in range(len(tokens)))


@pytest.mark.parametrize("text", ["another 5", "the other two", "a further ten", "six others", "four more", "an additional 12"])
def test_further_counts_say_so(text: str) -> None:
    found = _read(text)
    assert found is not None and found.additional


def test_four_digits_may_be_a_year() -> None:
    found = _read("2022 soldiers")
    assert found is not None and found.yearlike
    assert not _read("2,022 soldiers").yearlike  # type: ignore[union-attr]


def test_word_number_knows_small_numbers_only() -> None:
    assert (word_number("nineteen"), word_number("forty"), word_number("12"), word_number("hundred")) == (19, 40, 12, None)


@settings(max_examples=150)
@given(st.integers(min_value=1, max_value=99_999))
def test_a_spelled_number_reads_back(number: int) -> None:
    found = _read(_spell(number) + " people")
    assert found is not None
    assert (found.minimum, found.maximum) == (number, number)


@settings(max_examples=100)
@given(st.integers(min_value=0, max_value=10**9))
def test_figures_read_back_with_and_without_commas(number: int) -> None:
    for text in (str(number), f"{number:,}"):
        found = _read(f"{text} people")
        assert found is not None
        assert found.minimum == number


@settings(max_examples=100)
@given(st.text(alphabet="abc 0123456789-–,.:%$'\n", max_size=40), st.integers(min_value=0, max_value=10))
def test_any_text_gives_an_amount_inside_it_or_none(text: str, at: int) -> None:
    tokens = tokenise(text)
    if at < len(tokens):
        found = read_amount(tokens, at, len(tokens))
        assert found is None or (found.first == at and at < found.last <= len(tokens))
