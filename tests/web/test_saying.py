"""Sentences of records and errors in the reader's language."""

import pytest

from witnessmark.errors import CATALOGUE, UsageError
from witnessmark.vocabulary.telling import tell
from witnessmark.vocabulary.texts import translations
from witnessmark.web import saying


def test_causes_and_advice_are_those_of_the_catalogue() -> None:
    for code, (cause, advice) in saying._faults(translations("en").gettext).items():
        assert (cause, advice) == (CATALOGUE[code].cause, CATALOGUE[code].advice)


def test_errors_are_said_in_the_readers_language() -> None:
    error = UsageError("WM702", tell("no source states {field}", field="killed"), origin="i-1")
    assert saying.fault(error, "en") == str(error)
    assert saying.fault(error, "uk").startswith("[WM702] i-1: таке рішення неможливе (жодне джерело не називає поля killed).")
    assert saying.said("WM404", "x", "uk") == saying.said("WM404", "x", "en"), "a code that no page tells stays as it is"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North is accused and denies", "North: звинувачено, заперечує"),
        ("a bomb in the headline, a mine in the body", "у заголовку «a bomb», у тексті «a mine»"),
        ("a school hit, against a depot", "уражено «a school», проти «a depot»"),
        ("4 against 6", "«4» проти «6»"),
        ("something else", "something else"),
    ],
)
def test_notes_of_contradictions_keep_their_words(text: str, expected: str) -> None:
    assert saying.note(text, "uk") == expected
    assert saying.note(text, "en") == text


def test_reasons_for_a_place_are_said_and_rules_stay() -> None:
    assert saying.reason("within 300 km", "uk") == "інше місце з тексту не далі 300 км"
    assert saying.reason("best support 2", "en") == "best supported"
    assert saying.reason("harm.verb", "uk") == "harm.verb"
