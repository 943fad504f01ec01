"""Places in text that is all in capitals, where only the words beside a name tell that it is one; and named sites."""

from __future__ import annotations

import pytest

from witnessmark.claims import read_claims
from witnessmark.claims.places import find_places
from witnessmark.claims.places.sites import find_sites
from witnessmark.documents import text_document
from witnessmark.model import Mention, PlaceValue
from witnessmark.statements import read_statements


def _places(text: str) -> dict[str, Mention[PlaceValue]]:
    return {m.quote: m for m in find_places(read_statements(text_document(text, published="1990-03-05", language="en")))}


def _place(text: str) -> Mention[PlaceValue] | None:
    (claim,) = read_claims(read_statements(text_document(text, published="1990-03-05", language="en"))).incidents
    return claim.place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GUNMEN SHOT A LAWYER IN THE EXCLUSIVE VALDORIA NEIGHBORHOOD OF CALI ON MONDAY.", "VALDORIA"),
        ("REBELS INVADED CALLUPACHA VILLAGE AT DAWN AND BURNED THE TOWN HALL.", "CALLUPACHA"),
        ("THE GUERRILLAS KILLED THE MAYOR OF THE SMALL TOWN OF HOSTERAL, THE PRESS REPORTED.", "HOSTERAL"),
    ],
)
def test_a_type_word_makes_an_unknown_name_a_place(text: str, name: str) -> None:
    assert name in _places(text)


@pytest.mark.parametrize(
    "text",
    [
        "SOLDIERS SEARCHED A REMOTE VILLAGE NEAR THE BORDER.",
        "THE BANK STANDS IN THE FINANCIAL DISTRICT OF THE CAPITAL.",
        "POLICE PATROLLED THE POOR NEIGHBORHOODS AT NIGHT.",
    ],
)
def test_words_that_describe_make_none(text: str) -> None:
    assert not _places(text)


def test_a_quarter_lies_in_the_town_that_the_text_names() -> None:
    found = _places("A MAN WAS SHOT AT HIS HOME IN THE SAN FRANCISCO NEIGHBORHOOD IN SOUTHWEST SAN SALVADOR.")["SAN FRANCISCO"]
    assert (found.value.name, found.value.precision) == ("San Salvador", "P2")


def test_a_suburb_of_a_city_is_not_a_quarter_called_so() -> None:
    assert _places("HE WAS KILLED AT A RALLY IN A BOGOTA SUBURB ON FRIDAY.")["BOGOTA"].value.precision == "P3"


def test_the_second_of_two_datelines_is_one() -> None:
    found = _places("BOGOTA, 5 MAR 90 (AGENCY) -- [TEXT] CALI -- FOUR MEN ATTACKED A COURT.")
    assert found["CALI"].value.role == "dateline"


def test_a_municipality_goes_before_the_department_it_is_in() -> None:
    place = _place(
        "BOGOTA, 5 MAR 90 -- AN ARMED GROUP KILLED FIVE PEASANTS TODAY IN THE RURAL AREA OF EL PENON MUNICIPALITY, CUNDINAMARCA DEPARTMENT."
    )
    assert place is not None and place.quote == "EL PENON"


def test_a_street_is_in_the_town_whatever_town_it_is_called_after() -> None:
    place = _place("SANTIAGO, 5 MAR 90 -- A BOMB WENT OFF TODAY AT A COLLEGE BETWEEN SAN DIEGO AND ARTURO PRAT STREETS.")
    assert place is not None and (place.value.name, place.value.country) == ("Santiago", "CL")


def test_a_town_north_of_the_capital_is_not_in_it() -> None:
    place = _place("TEGUCIGALPA, 5 MAR 90 -- A BOMB EXPLODED TODAY IN AN OFFICE IN SAN PEDRO SULA, 190 KM NORTH OF THIS CAPITAL.")
    assert place is not None and place.value.name == "San Pedro Sula"


def test_a_place_in_the_name_of_an_armed_body_is_none_of_the_event() -> None:
    place = _place("LA PAZ, 5 MAR 90 -- TWO PRIESTS WERE SHOT DEAD LAST NIGHT BY MEN OF THE ZARATE LIBERATION FRONT.")
    assert place is not None and place.value.name == "La Paz"


@pytest.mark.parametrize(
    ("text", "site", "town"),
    [
        ("Two students were killed when a bomb exploded at Halden University in Kabul on Monday.", "Halden University", "Kabul"),
        (
            "Shells hit the runway of Khartoum International Airport on Friday, killing two soldiers.",
            "Khartoum International Airport",
            "Khartoum",
        ),
        (
            "BOGOTA, 5 MAR 90 -- A SENATOR WAS SHOT DEAD TODAY AT THE EL DORADO INTERNATIONAL AIRPORT.",
            "EL DORADO INTERNATIONAL AIRPORT",
            "Bogotá",
        ),
    ],
)
def test_a_named_site_is_in_the_town_of_the_text(text: str, site: str, town: str) -> None:
    place = _place(text)
    assert place is not None
    assert (place.quote, place.value.name, place.value.precision) == (site, town, "P1")


@pytest.mark.parametrize(
    "text",
    ["The rector of the University of Kabul spoke.", "A talk at Halden University's hospital drew crowds.", "He flew to the airport."],
)
def test_people_and_parts_of_a_site_are_no_site(text: str) -> None:
    assert find_sites(read_statements(text_document(text, language="en"))) == ()
