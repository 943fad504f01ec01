"""Geometry and parts that neighbouring places share."""

from __future__ import annotations

import pytest

from witnessmark.claims.places import find_places
from witnessmark.claims.places.geometry import distance_km
from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.documents import text_document
from witnessmark.model import Mention, PlaceValue
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.reading import Reading
from witnessmark.statements.segment import sentences


def places(text: str, language: str = "en") -> dict[str, Mention[PlaceValue]]:
    document = text_document(text, language=language)
    tokens = tuple(tokenise(document.text))
    return {m.quote: m for m in find_places(Reading(document, tokens, sentences(document, tokens), ()))}


@pytest.mark.parametrize(
    ("text", "one", "other", "language"),
    [
        ("A rocket fell between Pokrovsk and Myrnohrad in Donetsk region.", "Pokrovsk", "Myrnohrad", "en"),
        ("A drone hit a bus on the road from Kherson to Beryslav.", "Kherson", "Beryslav", "en"),
        ("Між Покровськом і Мирноградом упала ракета.", "Покровськом", "Мирноградом", "uk"),
        ("Между Покровском и Мирноградом упала ракета.", "Покровском", "Мирноградом", "ru"),
    ],
)
def test_between_is_the_point_halfway(text: str, one: str, other: str, language: str) -> None:
    found = places(text, language)
    a, b = found[one].value, found[other].value
    assert (a.relation, b.relation, a.precision, b.precision) == ("between", "between", "P4", "P4")
    assert (a.latitude, a.longitude) == (b.latitude, b.longitude)
    assert a.radius_km is not None and a.radius_km > 5


@pytest.mark.parametrize(
    ("text", "name", "language", "north", "east"),
    [
        ("South of Krasnohorivka, Donetsk Oblast, a shell hit a house.", "Krasnohorivka", "en", -1, 0),
        ("Two kilometres west of Vuhledar a mine exploded.", "Vuhledar", "en", 0, -1),
        ("About 15 miles south-east of Izium, shells hit a farm.", "Izium", "en", -1, 1),
        ("Снаряд влучив у будинок південніше Красногорівки Донецької області.", "Красногорівки", "uk", -1, 0),
        ("На північний схід від Бахмута тривають бої.", "Бахмута", "uk", 1, 1),
        ("Снаряд попал в дом южнее Красногоровки Донецкой области.", "Красногоровки", "ru", -1, 0),
    ],
)
def test_a_direction_moves_the_point(text: str, name: str, language: str, north: int, east: int) -> None:
    value = places(text, language)[name].value
    town = default_gazetteer().find(value.gazetteer_id or "")
    assert town is not None and value.latitude is not None and value.longitude is not None
    assert (value.precision, value.relation) == ("P4", "direction")
    assert _sign(value.latitude - town.latitude) == north
    assert _sign(value.longitude - town.longitude) == east


def _sign(degrees: float) -> int:
    return (degrees > 0.005) - (degrees < -0.005)


def test_a_stated_distance_widens_the_radius_around_the_town() -> None:
    value = places("A shell hit a car 12 km from Kharkiv.")["Kharkiv"].value
    assert (value.precision, value.relation, value.radius_km) == ("P4", "distance", 17.0)
    far = places("Fighters attacked a camp 80 miles southeast of Maiduguri.")["Maiduguri"].value
    assert far.latitude is not None and far.longitude is not None and far.radius_km is not None
    assert distance_km(far.latitude, far.longitude, 11.85, 13.16) == pytest.approx(129, abs=6)
    assert far.radius_km == pytest.approx(5 + 0.4 * 80 * 1.609344)


def test_a_part_runs_on_over_and() -> None:
    found = places("Missiles fired from the Black Sea and from Belgorod struck Kharkiv.")
    assert {q: m.value.role for q, m in found.items()} == {"Black Sea": "origin", "Belgorod": "origin", "Kharkiv": "event"}
    homes = places("A woman from Lviv and two residents of Poltava died in the strike on Dnipro.")
    assert {q: m.value.role for q, m in homes.items()} == {"Lviv": "home", "Poltava": "home", "Dnipro": "event"}


def test_a_river_has_an_article_and_a_ship_is_no_town() -> None:
    found = places("The Moskva sank in the Black Sea. Shells came from the left bank of the Dnipro.")
    assert "Moskva" not in found
    assert found["Dnipro"].value.feature == "STM"
