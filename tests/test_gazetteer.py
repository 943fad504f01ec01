"""Gazetteer packs through the façade and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import witnessmark
from witnessmark.cli import run

_DUMP = (
    "1\tRuritania\tRuritania\t\t45.0\t20.0\tA\tPCLI\tRO\t\t00\t\t\t\t5000000\t\t0\tX\t2024-01-01\n"
    "2\tHentzau\tHentzau\t\t45.5\t20.5\tP\tPPL\tRO\t\t01\t\t\t\t8000\t\t0\tX\t2024-01-01\n"
)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.txt"
    path.write_text(_DUMP, encoding="utf-8")
    return path


def test_the_pack_in_use_is_described() -> None:
    info = witnessmark.gazetteer_info(check=True)
    assert info.rows == sum(info.places.values()) > 280_000
    assert info.places["country"] > 200 and info.countries > 200
    assert set(map(len, info.sources.values())) == {64}
    assert info.shared_hashes == 0


def test_a_place_has_its_codes_and_former_names() -> None:
    town = witnessmark.find_place("Bakhmut")[0]
    assert town.identifier == "adm2:UA.05.1402"
    [town] = witnessmark.find_place("geonames:713174")
    assert (town.name, town.district, town.division, town.country) == ("Bakhmut", "Bakhmut Raion", "Donetsk Oblast", "UA")
    assert (town.iso_3166_2, town.pcode) == ("UA-14", "UA1402001001")
    assert town.katottg is not None and town.katottg.startswith("UA14020010010")
    assert ("Artemivsk", 1924, 2016) in town.former_names


@pytest.mark.parametrize(
    ("name", "identifier"), [("Великописарівський", "katottg:60142"), ("Шебекинский", ""), ("region:donbas", "region:donbas")]
)
def test_districts_of_before_2020_lead_to_the_community_of_their_seat(name: str, identifier: str) -> None:
    assert [p.identifier for p in witnessmark.find_place(name)][:1] == ([identifier] if identifier else [])


def test_the_command_line_builds_and_describes(dump: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "own.wmgaz"
    assert run(["gazetteer", "build", "--dump", str(dump), "--to", str(pack), "--json"]) == 0
    built = json.loads(capsys.readouterr().out)
    assert built["rows"] > 100 and built["places"]["settlement"] == 1  # the named regions come with every pack
    assert run(["gazetteer", "info", str(pack), "--check"]) == 0
    assert "dump.txt" in capsys.readouterr().out
    assert run(["gazetteer", "find", "Hentzau", "--pack", str(pack)]) == 0
    assert "geonames:2" in capsys.readouterr().out
    assert run(["gazetteer", "find", "Zenda", "--pack", str(pack)]) == 1
    capsys.readouterr()


def test_a_call_without_sources_says_what_to_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["gazetteer", "build", "--to", str(tmp_path / "x.wmgaz")]) == 2
    assert "--sources" in capsys.readouterr().err
    assert run(["gazetteer", "build", "--sources", str(tmp_path), "--to", str(tmp_path / "x.wmgaz")]) == 1
    assert "WM404" in capsys.readouterr().err


def test_a_damaged_pack_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.wmgaz"
    broken.write_bytes(b"no pack")
    assert run(["gazetteer", "info", str(broken)]) == 1
    assert "WM402" in capsys.readouterr().err
