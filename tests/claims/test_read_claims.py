"""The way from a reading to claims: what is looked for in which document."""

from __future__ import annotations

import datetime as dt

from witnessmark.claims import read_claims
from witnessmark.claims.assemble import find_signs, may_tell
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements


def reading(text: str) -> Reading:
    return read_statements(text_document(text, published="2024-05-15", language="en"))


def test_news_without_an_event_claims_nothing_and_is_not_searched_further() -> None:
    read = reading("The museum of ships in Bergen opened again on Monday. Tickets cost twelve euros.")
    assert read_claims(read).incidents == ()
    assert not may_tell(read, find_signs(read))


def test_a_series_without_an_event_has_its_place_and_days() -> None:
    read = reading("Officials counted 300 violations of the truce in Donetsk region in March.")
    assert not may_tell(read, find_signs(read))
    (series,) = read_claims(read).series
    assert series.place is not None
    assert series.place.value.name == "Donetsk Oblast"
    assert series.date is not None
    assert series.date.value.earliest == dt.date(2024, 3, 1)


def test_an_event_is_searched_for_everything() -> None:
    read = reading("A missile hit a school in Kharkiv on Monday, killing two people.")
    (claim,) = read_claims(read).incidents
    assert claim.place is not None
    assert claim.date is not None
    assert claim.killed is not None
    assert claim.killed.value.point == 2
