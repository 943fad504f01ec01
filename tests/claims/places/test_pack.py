"""The pack: written, read back, damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.building.writer import write_pack
from witnessmark.claims.places.normalise import key_of, skeleton_of
from witnessmark.claims.places.pack import ALTERNATE, BARE, FUZZY, MAIN, Gazetteer, default_gazetteer
from witnessmark.errors import DataError


def _rows() -> list[Row]:
    return [
        Row(100, "Ruritania", "RU", "", "", "PCLI", 5_000_000, 45.0, 20.0, {"Руританія"}),
        Row(0, "Hentzau Oblast", "RU", "RU.01", "", "ADM1", 90_000, 45.5, 20.5, set(), {"Hentzau"}),
        Row(7, "Hentzau", "RU", "RU.01", "RU.01.2", "PPLA", 80_000, 45.51, 20.51, {"Хентцау", "Hentsau"}, fuzzy=True),
        Row(8, "Hentzau", "US", "US.KY", "", "PPL", 900, 37.1, -84.5),
        Row(0, "Black Marsh", "", "", "", "RGN", 0, -10.0, 170.12345),
    ]


@pytest.fixture
def pack(tmp_path: Path) -> Gazetteer:
    path = tmp_path / "small.wmgaz"
    write_pack(_rows(), path, about={"radius_km": {"Black Marsh": 40.0}}, iso_3166_2={"RU.01": "RU-HEN"})
    return Gazetteer(path)


def test_every_name_leads_to_its_place(pack: Gazetteer) -> None:
    found = {pack.place(row).identifier: kind for row, kind in pack.lookup(key_of("Hentzau"))}
    assert found == {"adm1:RU.01": BARE, "geonames:7": MAIN, "geonames:8": MAIN}
    assert [(pack.place(r).name, k) for r, k in pack.lookup(key_of("Хентцау"))] == [("Hentzau", ALTERNATE)]
    assert [k for _, k in pack.lookup("~" + skeleton_of("hentsau"))] == [FUZZY]
    assert pack.lookup(key_of("Zenda")) == ()


def test_a_place_comes_back_whole(pack: Gazetteer) -> None:
    [(row, _)] = pack.lookup(key_of("Black Marsh"))
    place = pack.place(row)
    assert (place.identifier, place.country, place.feature) == ("region:black-marsh", "", "RGN")
    assert (place.latitude, place.longitude) == pytest.approx((-10.0, 170.12345))


def test_countries_and_divisions_are_found_by_code(pack: Gazetteer) -> None:
    country, division = pack.country("RU"), pack.division("RU.01")
    assert country is not None and country.name == "Ruritania"
    assert division is not None and division.name == "Hentzau Oblast"
    assert pack.division("RU.99") is None
    assert pack.country("XX") is None
    assert [d.name for d in pack.divisions_of("RU")] == ["Hentzau Oblast"]
    assert pack.iso_of_division("RU.01") == "RU-HEN"


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_pack(_rows(), tmp_path / name, about={"radius_km": {}}, iso_3166_2={})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_flipped_byte_is_found(pack: Gazetteer, tmp_path: Path) -> None:
    data = bytearray(pack.path.read_bytes())
    pack.verify()
    data[pack.header["payload"] + 11] ^= 1
    broken = tmp_path / "broken.wmgaz"
    broken.write_bytes(data)
    with pytest.raises(DataError) as caught:
        Gazetteer(broken).verify()
    assert caught.value.code == "WM402"


@pytest.mark.parametrize("data", [b"", b"not a pack", b"WMGAZ1\n00000002\n{}"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.wmgaz"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        Gazetteer(path)
    assert caught.value.code == "WM402"


def test_a_cut_pack_is_refused(pack: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "cut.wmgaz"
    path.write_bytes(pack.path.read_bytes()[:-9])
    with pytest.raises(DataError, match="WM402"):
        Gazetteer(path)


def test_a_missing_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="WM401"):
        Gazetteer(tmp_path / "none.wmgaz")


def test_the_shipped_pack_is_whole_and_attributed() -> None:
    pack = default_gazetteer()
    pack.verify()
    assert pack.path.stat().st_size <= 20 * 2**20
    assert "GeoNames" in pack.header["attribution"] and "CC BY 4.0" in pack.header["attribution"]


def test_disputed_territory_follows_iso_3166_2() -> None:
    pack = default_gazetteer()
    for code, iso in (("UA.11", "UA-43"), ("UA.20", "UA-40"), ("UA.05", "UA-14"), ("PS.GZ", "PS-GZ")):
        assert pack.iso_of_division(code) == iso
        division = pack.division(code)
        assert division is not None and division.country == iso[:2]


@pytest.mark.parametrize(
    "names", [("Kharkiv", "Kharkov", "Харків", "Харьков"), ("Bakhmut", "Artemivsk", "Бахмут"), ("Kyiv", "Kiev", "Київ")]
)
def test_old_and_new_names_lead_to_one_row(names: tuple[str, ...]) -> None:
    pack = default_gazetteer()
    rows = [
        {r for r, _ in pack.lookup(key_of(n)) if pack.place(r).country == "UA" and pack.place(r).feature.startswith("PPL")} for n in names
    ]
    assert set.intersection(*rows)
