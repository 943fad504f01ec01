"""The Ukrainian codifier: codes, official names, communities, districts of cities."""

from __future__ import annotations

import pytest

from witnessmark.claims.places.building.codifier import Unit, codify, former_district
from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.pack import KATOTTG_BASE, pcode_of

OBLAST, RAION, HROMADA = "UA59000000000057109", "UA59040000000045652", "UA59040030000060142"
TOWN, VILLAGE, TWIN = "UA59040030010011111", "UA59040030020022222", "UA59040030030033333"
QUARTER = "UA59040030010144444"


def _units() -> list[Unit]:
    inside = (OBLAST, RAION, HROMADA)
    return [
        Unit((OBLAST,), "O", "Сумська"), Unit((OBLAST, RAION), "P", "Охтирський"), Unit(inside, "H", "Великописарівська"),
        Unit((*inside, TOWN), "X", "Велика Писарівка"), Unit((*inside, VILLAGE), "C", "Нова Сторона"), Unit((*inside, TWIN), "C", "Стара Сторона"),
        Unit((*inside, TOWN, QUARTER), "B", "Північний"),
    ]  # fmt: skip


def _known() -> tuple[list[Row], list[Row], list[Row]]:
    cities = [
        Row(1, "Velyka Pysarivka", "UA", "UA.21", "UA.21.5904", "PPLA3", 4000, 50.42, 35.48, {"Велика Писарівка", "Стара Сторона"}),
        Row(2, "Nova Storona", "UA", "UA.21", "UA.21.5906", "PPL", 700, 51.9, 33.0, {"Нова Сторона"}),
    ]
    first = [Row(0, "Sumy Oblast", "UA", "UA.21", "", "ADM1", 9, 51.0, 34.0, {"Сумська область"}, {"Сумська"})]
    second = [Row(0, "Okhtyrka Raion", "UA", "UA.21", "UA.21.5904", "ADM2", 9, 50.4, 35.4)]
    return cities, first, second


def test_units_are_tied_by_raion_and_sound() -> None:
    cities, first, second = _known()
    found = codify(_units(), cities, first, second)
    assert cities[0].unit == int(TOWN[2:])  # not the neighbour whose name the row has among its others
    assert cities[1].unit == int(VILLAGE[2:])  # one of the name in the oblast, though its raion differs
    assert [r.name for r in found.settlements] == ["Stara Storona"]
    assert (first[0].unit, second[0].unit) == (int(OBLAST[2:]), int(RAION[2:]))
    assert "Охтирський район" in second[0].names


def test_a_settlement_without_a_point_stands_in_the_middle_of_its_community() -> None:
    cities, first, second = _known()
    [row] = codify(_units(), cities, first, second).settlements
    assert (row.latitude, row.longitude) == pytest.approx(((50.42 + 51.9) / 2, (35.48 + 33.0) / 2))
    assert row.adm2 == "UA.21.5904" and row.number == KATOTTG_BASE + 33333


def test_a_community_also_has_the_name_of_the_former_district_of_its_seat() -> None:
    cities, first, second = _known()
    [community] = codify(_units(), cities, first, second).communities
    assert community.feature == "ADM3"
    assert {"Великописарівська", "Великописарівський", "Velykopysarivskyi"} <= community.bare
    assert former_district("Нова Боровська") == ("Нова Боровський", "Nova Borovskyi")
    assert former_district("Зорянське") == ()


def test_a_district_of_a_city_stands_at_its_city() -> None:
    cities, first, second = _known()
    [quarter] = codify(_units(), cities, first, second).quarters
    assert (quarter.feature, quarter.name, quarter.latitude) == ("PPLX", "Pivnichnyi District", 50.42)


@pytest.mark.parametrize(
    ("code", "expected"), [(OBLAST, "UA59"), (RAION, "UA5904"), (HROMADA, "UA5904003"), (TOWN, "UA5904003001"), (QUARTER, "UA5904003001")]
)
def test_pcodes_are_the_codes_as_far_as_their_level(code: str, expected: str) -> None:
    assert pcode_of(code) == expected


def test_a_former_name_that_is_the_official_name_of_another_town_goes_to_that_town() -> None:
    cities, first, second = _known()
    cities[0].names.add("Нова Сторона")
    cities[1].population = 100_000
    codify(_units(), cities, first, second)
    assert "Нова Сторона" in cities[1].names and "Нова Сторона" not in cities[0].names
