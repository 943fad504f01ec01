"""Persons told by name, in mixed case and in capitals. All names are invented."""

from __future__ import annotations

import pytest

from witnessmark.claims.harm import find_harm
from witnessmark.documents import text_document
from witnessmark.statements import read_statements


def _rows(text: str) -> list[tuple[str, str, str, int | None]]:
    found = find_harm(read_statements(text_document(text, title="Report")))
    return [(m.quote, m.value.harm, m.value.group, m.value.quantity.minimum) for m in found if m.value.part_of is None and m.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Roe was killed in the raid.", ("Jane Roe", "killed", "people", 1)),
        ("Jane Roe, 25, died at the scene.", ("Jane Roe, 25,", "killed", "people", 1)),
        ("A sniper killed Jane Roe, 25, and Mark Doe, 31.", ("Jane Roe, 25, and Mark Doe, 31", "killed", "people", 2)),
        ("A shell wounded Ann Roe, 9, at home.", ("Ann Roe, 9,", "injured", "children", 1)),
        ("INSPECTOR JOHN DOE DIED IN THE EXPLOSION.", ("INSPECTOR JOHN DOE", "killed", "police", 1)),
        ("They condemned the murder of Bishop John Doe.", ("Bishop John Doe", "killed", "clergy", 1)),
    ],
)
def test_one_person_a_name(text: str, expected: tuple[str, str, str, int]) -> None:
    assert expected in _rows(text)


@pytest.mark.parametrize("text", ["In North Hollow nobody died.", "Doe was here.", "The dead were buried in East Hollow."])
def test_places_and_lone_words_are_no_victims(text: str) -> None:
    assert [r for r in _rows(text) if r[3]] == []


def test_a_headline_without_articles() -> None:
    assert ("Man", "killed", "men", 1) in _rows("Man shot, killed in market.")
    assert ("2-year-old boy", "injured", "children", 1) in _rows("2-year-old boy wounded in blast.")
