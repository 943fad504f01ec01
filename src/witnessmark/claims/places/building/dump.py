"""A GeoNames dump read twice: first for countries, divisions and what needs to be known of all rows, then row by row for the places.

Only divisions, some fifty thousand rows, and the rows that the caller asks to keep are in memory at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building.divisions import bare, english
from witnessmark.claims.places.building.geonames import COLUMNS, dump_row, is_place, useful_names
from witnessmark.claims.places.building.natural_earth import Division
from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.demonyms import countries as named_countries

_COUNTRIES = frozenset({"PCL", "PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "TERR"})
_ANY_POPULATION = 1_000_000
"""A country keeps its names in every script."""


@dataclass(slots=True)
class Territory:
    """What the first reading of a dump finds: rows of countries, by code, and of the first two orders of division, by code; rows that were to be
    kept; and the number of lines read."""

    countries: dict[str, Row] = field(default_factory=dict)
    first: dict[str, Row] = field(default_factory=dict)
    second: dict[str, Row] = field(default_factory=dict)
    kept: list[Row] = field(default_factory=list)
    lines: int = 0


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a dump."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        yield from stream


def first_reading(lines: Iterable[str], *, keep: Callable[[list[str]], bool]) -> Territory:
    """Read countries and divisions, and the places for whose cells ``keep`` is true."""
    found = Territory()
    for line in lines:
        found.lines += 1
        cell = line.rstrip("\n").split("\t")
        if len(cell) < COLUMNS:
            continue
        if cell[6] == "A":
            _note_division(found, cell)
        if is_place(cell) and keep(cell):
            found.kept.append(dump_row(cell))
    return found


def _note_division(found: Territory, cell: list[str]) -> None:
    feature, country = cell[7], cell[8]
    if feature in _COUNTRIES and country:
        _put(found.countries, country, cell, "PCLI")
    elif feature == "ADM1" and cell[10]:
        _put(found.first, f"{country}.{cell[10]}", cell, feature)
    elif feature == "ADM2" and cell[10] and cell[11]:
        _put(found.second, f"{country}.{cell[10]}.{cell[11]}", cell, feature)


def _put(table: dict[str, Row], code: str, cell: list[str], feature: str) -> None:
    """Keep the row of the code, the most populous where there are several."""
    row = dump_row(cell)
    row.feature = feature
    row.names |= useful_names({cell[2], *cell[3].split(",")} - {row.name}, row.country, _ANY_POPULATION)
    known = table.get(code)
    if known is None or row.population > known.population:
        table[code] = row


def country_rows(found: Territory, own: Mapping[str, Any]) -> list[Row]:
    """The countries, named as in the demonym table."""
    table = {c.iso: c for c in named_countries()}
    rows = []
    for iso, row in sorted(found.countries.items()):
        named = table.get(iso)
        if named is not None:
            row.names |= {row.name, *named.names}
            row.name = named.name
        row.names |= set(own.get("country_names", {}).get(iso, ()))
        row.adm1 = row.adm2 = ""
        if iso in own.get("country_points", {}):
            row.latitude, row.longitude = own["country_points"][iso]
        rows.append(row)
    return rows


def first_order(found: Territory, shapes: Iterable[Division], own: Mapping[str, Any]) -> tuple[list[Row], dict[str, str]]:
    """The first-order divisions, and their ISO 3166-2 codes as far as ``shapes`` and the own table have them."""
    iso = {d.code: d.iso for d in shapes if d.iso} | dict(own.get("division_iso", {}))
    rows = []
    for code, row in sorted(found.first.items()):
        listed = row.name
        row.number, row.adm2 = 0, ""
        row.name = own.get("division_names", {}).get(code) or english(code, row.country, listed)
        row.names |= {listed, *own.get("division_aliases", {}).get(code, ())}
        if code in own.get("division_points", {}):
            row.latitude, row.longitude = own["division_points"][code]
        _bare(row)
        rows.append(row)
    return rows, {code: value for code, value in iso.items() if code in found.first}


def second_order(found: Territory, own: Mapping[str, Any]) -> list[Row]:
    """The second-order divisions."""
    rows = []
    for code, row in sorted(found.second.items()):
        row.number = 0
        row.name = own.get("second_order_names", {}).get(code, row.name)
        _bare(row)
        rows.append(row)
    return rows


def _bare(row: Row) -> None:
    row.names.discard(row.name)
    row.bare = {bare(n) for n in (*row.names, row.name)} - {"", row.name} - row.names
