"""Which places and days of a document can be those of an event."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark.claims import read_claims
from witnessmark.claims.acts import find_acts
from witnessmark.claims.assemble.when import event_dates
from witnessmark.claims.assemble.where import event_places
from witnessmark.claims.dates import find_dates
from witnessmark.claims.places import find_places
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements


def _reading(text: str) -> Reading:
    return read_statements(text_document(text, published=dt.date(2024, 3, 14)))


def _places(text: str) -> list[str]:
    reading = _reading(text)
    return [p.quote for p in event_places(reading, find_places(reading))]


def _dates(text: str) -> list[str]:
    reading = _reading(text)
    return [d.quote for d in event_dates(reading, find_dates(reading))]


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("KYIV, March 12 — A drone hit a school in Kharkiv.", "Kharkiv", "KYIV"),
        ("Shells hit Kherson, Kyiv said.", "Kherson", "Kyiv"),
        ("A shell hit a barge in Kherson, across the Dnipro.", "Kherson", "Dnipro"),
        ("Rockets fired from Belgorod hit Kharkiv.", "Kharkiv", "Belgorod"),
        ("The wounded of Kupiansk were taken to hospitals in Kharkiv after the strike in Izium.", "Izium", "Kharkiv"),
        ("A bomb killed a nurse, 31, of Odesa in Kherson.", "Kherson", "Odesa"),
    ],
)
def test_places_of_events(text: str, kept: str, left_out: str) -> None:
    found = _places(text)
    assert kept in found and left_out not in found


@pytest.mark.parametrize(
    "text", ["A mine went off in southern Kyiv.", "A bomb exploded in downtown Kyiv on Monday.", "Shells hit northern Kyiv, Moscow said."]
)
def test_part_of_a_capital_is_no_government(text: str) -> None:
    assert "Kyiv" in _places(text)
    assert "Moscow" not in _places(text)


def test_an_abbreviated_country_before_a_noun_is_an_adjective() -> None:
    assert "U.S." not in _places("A bomb exploded at the U.S. consulate in Karachi.")
    assert "U.S." in _places("The bomb exploded in the U.S. on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, March 13 (QRS) -- A bomb exploded at a bank today, killing a guard.",
        "SANTIAGO, 13 MAR 24 (QRS) -- [TEXT] A BOMB EXPLODED AT A BANK TODAY.",
    ],
)
def test_a_lede_without_a_place_has_that_of_its_dateline(text: str) -> None:
    claim = read_claims(_reading(text)).incidents[0]
    assert claim.place is not None
    assert claim.place.value.name.upper() == text.split(",")[0]


def test_a_capital_is_a_place_when_something_happened_in_it() -> None:
    assert "Kyiv" in _places("A missile hit a clinic in Kyiv on Monday.")


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("A bomb fell on Monday, the mayor said on Wednesday.", "Monday", "Wednesday"),
        ("A mine killed two on March 3; eleven were still in hospital on March 9.", "March 3", "March 9"),
        ("A shell killed two on March 3. The toll rose to three on March 9.", "March 3", "March 9"),
        ("Posted: March 9. A shell killed two on March 3.", "March 3", "March 9"),
        ("The two killed on March 3 were identified by an officer on March 9.", "March 3", "March 9"),
        ("A man was shot on March 3. On March 9, a judge ordered an inquest.", "March 3", "March 9"),
        ("A man in his 30s was shot on March 3 in the 1920 block of Oak Street.", "March 3", "1920"),
        ("A man in his 30s was shot on March 3.", "March 3", "30s"),
    ],
)
def test_days_of_events(text: str, kept: str, left_out: str) -> None:
    found = " ".join(_dates(text))
    assert kept in found and left_out not in found


def test_the_capital_is_the_one_that_the_document_names() -> None:
    text = "KYIV, March 12 — Shells hit a farm near Sumy on Monday and killed a man. In the capital a drone killed two women on Sunday."
    places = {c.place.value.name for c in read_claims(_reading(text)).incidents if c.place}
    assert "Kyiv" in places


def test_entries_of_a_live_blog_are_told_apart() -> None:
    text = (
        "18:10 Kharkiv. A missile hit a clinic and killed two people, the mayor says.\n\n"
        "17:20 Kharkiv. A bomb hit a bakery and killed four people, the mayor says."
    )
    tolls = sorted(c.killed.value.point or 0 for c in read_claims(_reading(text)).incidents if c.killed)
    assert tolls == [2, 4]


def test_a_village_known_only_elsewhere_stays_open() -> None:
    text = "A drone hit a bus near the village of Murom, in Russia's Belgorod region, on Tuesday and killed its driver."
    (claim,) = read_claims(_reading(text)).incidents
    assert claim.place is not None and claim.place.value.adm1 == "Belgorod Oblast" and not claim.place.value.resolved


def test_a_bare_name_of_a_district_is_its_town() -> None:
    reading = _reading("A strike on a school in Deir al-Balah killed two people. Shells fell in the Deir al-Balah governorate.")
    precisions = [p.value.precision for p in event_places(reading, find_places(reading)) if p.quote.startswith("Deir")]
    assert precisions == ["P3", "P5"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a funeral in Herat on March 9.",
        "Gunmen attacked a court in Quetta on March 9.",
        "On March 9, mourners gathered at a mosque when a bomb exploded.",
        "Soldiers arrested five villagers on March 9.",
    ],
)
def test_an_occasion_that_was_attacked_has_the_day_of_the_attack(text: str) -> None:
    reading = _reading(text)
    assert "March 9" in [d.quote for d in event_dates(reading, find_dates(reading), find_acts(reading))]


def test_what_a_report_tells_later_did_not_happen_where_it_was_filed() -> None:
    text = (
        "PORT SUDAN, 14 August -- Shells hit a market outside El Fasher on Wednesday and killed four people, rescuers said.\n\n"
        "Last month a drone strike on the main hospital killed two people."
    )
    quotes = [c.place.quote if c.place else "" for c in read_claims(_reading(text)).incidents]
    assert quotes == ["El Fasher", "El Fasher"]
