"""The gazetteer pack: a read-only, memory-mapped file of places and the names that lead to them.

Layout: the magic line ``WMGAZ1\\n``, the length of the header (8 digits and a line feed), a JSON header, padding to eight bytes, then the
sections that the header lists (name, type code, offset, length). All numbers are little-endian. The names themselves are not stored as
keys: a name is the upper 16 and next 32 bits of the BLAKE2b hash of its key, so that two names of the pack (or a foreign word and a
name) are confused with a chance of about one in 2**48 per stored name; the writer refuses a pack in which two of its own names collide.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import json
import mmap
import os
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from witnessmark.errors import DataError

MAGIC = b"WMGAZ1\n"
MAIN, ALTERNATE, BARE, FUZZY = 0, 1, 2, 3
"""How a name belongs to a place: its main name, another name, the name of a division without its type word ("Donetsk"), or only by its
skeleton (see :func:`witnessmark.claims.places.normalise.skeleton_of`; stored with ``~`` before it)."""
KATOTTG_BASE = 4_000_000_000
"""Numbers from here on are not GeoNames ids but numbers of Ukrainian units (see :mod:`witnessmark.claims.places.building.katottg`)."""
_BELOW_COMMUNITY = 10**10
"""The codifier's number of a unit without its last ten digits (settlement, city district, serial number) is that of its community."""
INDEX_BITS = 24
"""Bits of a stored value that number the row; above them stands the kind of name, and :data:`MANY` marks a place in the list of postings."""
_INDEX_MASK = (1 << INDEX_BITS) - 1
MANY = 1 << 31
_NONE = 0xFFFFFFFF
MOST = 100
"""Places given for one name; no name of the shipped pack has more than 250, and what comes after so many is never the one meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer. ``index`` numbers the rows of one pack; ``identifier`` is stable (``geonames:698740``, ``adm1:UA.05``).

    ``adm1`` and ``adm2`` are codes (``UA.05``, ``UA.05.11``); ``feature`` a GeoNames feature code; coordinates in degrees.
    """

    index: int
    identifier: str
    name: str
    country: str
    adm1: str
    adm2: str
    feature: str
    population: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a place had from ``since`` until ``until`` (years; None where not known)."""

    name: str
    since: int | None
    until: int | None


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a place. ``iso_3166_2`` is that of its first-order division; ``katottg`` that of the Ukrainian codifier; ``pcode`` the code
    of the humanitarian boundary sets for the unit (Ukraine only). None where there is none.

    A P-code of Ukraine is the codifier's code as far as the level goes: UA and two digits for an oblast, four for a raion, seven for a hromada,
    ten for a settlement. The first two levels were checked against lists that carry them; the deeper ones follow the pattern.
    """

    iso_3166_2: str | None
    katottg: str | None
    pcode: str | None


def pcode_of(katottg: str) -> str:
    """The P-code of a unit of the codifier: its code without the levels below it and without the serial number."""
    digits = katottg[2:14]
    for length, rest in ((2, digits[2:]), (4, digits[4:]), (7, digits[7:])):
        if not rest.strip("0"):
            return "UA" + digits[:length]
    return "UA" + digits[:10]


def hash_of(key: str) -> tuple[int, int]:
    """Bucket (16 bits) and fingerprint (32 bits) of a key."""
    digest = hashlib.blake2b(key.encode(), digest_size=6).digest()
    return int.from_bytes(digest[:2], "big"), int.from_bytes(digest[2:], "big")


class Gazetteer:
    """A gazetteer pack, opened read-only.

    Raises:
        DataError: WM401 when the file is missing, WM402 when it is damaged or of another kind.
    """

    def __init__(self, path: Path) -> None:
        if sys.byteorder != "little":
            raise DataError("WM402", "the pack needs a little-endian machine", origin=path.name)
        try:
            with path.open("rb") as stream:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise DataError("WM401", origin=path.name) from error
        except (OSError, ValueError) as error:
            raise DataError("WM402", str(error), origin=path.name) from error
        self.path = path
        self.header = _read_header(self._map, path)
        self._columns = {n: self._section(n) for n in self.header["sections"] if self.header["sections"][n]["type"] != "s"}
        self._blob_at = self.header["sections"]["names"]["offset"]
        self._features: list[str] = self.header["features"]
        self._renamed: dict[str, list[list[Any]]] = self.header.get("renamed", {})
        self._countries: list[str] = self.header["countries"]
        self._adm1: list[str] = self._lines("adm1_codes")
        self._adm2: list[str] = self._lines("adm2_codes")
        self._adm1_rows: dict[str, int] = dict(zip(self._adm1, self._columns["adm1_rows"], strict=True))
        self._adm2_rows: dict[str, int] | None = None
        self._communities: dict[int, int] | None = None
        self._country_rows: dict[str, int] = dict(zip(self._countries, self._columns["country_rows"], strict=True))

    def _section(self, name: str) -> memoryview[Any]:
        entry = self.header["sections"][name]
        view = memoryview(self._map)[entry["offset"] : entry["offset"] + entry["length"]]
        return view.cast(entry["type"])

    def _lines(self, name: str) -> list[str]:
        entry = self.header["sections"][name]
        return self._map[entry["offset"] : entry["offset"] + entry["length"]].decode().split("\n")

    def __len__(self) -> int:
        return int(self.header["rows"])

    def features(self) -> dict[str, int]:
        """How many rows each feature code has."""
        counts = np.bincount(np.frombuffer(self._columns["feature"], dtype=np.uint8), minlength=len(self._features))
        return {code: int(count) for code, count in zip(self._features, counts, strict=True)}

    def verify(self) -> None:
        """Hash the whole payload and compare.

        Raises:
            DataError: WM402 when it differs from the header.
        """
        start = self.header["payload"]
        if hashlib.sha256(memoryview(self._map)[start:]).hexdigest() != self.header["sha256"]:
            raise DataError("WM402", origin=self.path.name)

    def lookup(self, key: str, *, most: int = MOST) -> tuple[tuple[int, int], ...]:
        """(row, kind of name) of the places that ``key`` (see :func:`key_of`) may name, divisions and regions first, then by inhabitants.

        () when there is none. Names of a world-wide pack may have thousands of places: at most ``most`` are given.
        """
        bucket, mark = hash_of(key)
        columns = self._columns
        buckets, marks = columns["buckets"], columns["marks"]
        lo, hi = buckets[bucket], buckets[bucket + 1]
        at = bisect.bisect_left(marks, mark, lo, hi)
        if at >= hi or marks[at] != mark:
            return ()
        value = columns["values"][at]
        if not value & MANY:
            return ((value & _INDEX_MASK, value >> INDEX_BITS),)
        first = value & ~MANY
        postings = columns["postings"]
        count = min(postings[first], most)
        return tuple((v & _INDEX_MASK, v >> INDEX_BITS) for v in postings[first + 1 : first + 1 + count])

    def place(self, row: int) -> Place:
        """The place in ``row`` (0 .. len - 1)."""
        c = self._columns
        return Place(
            index=row,
            identifier=self._identifier(row),
            name=self.name_of(row),
            country=self._countries[c["country"][row]],
            adm1=self._adm1[c["adm1"][row]],
            adm2=self._adm2[c["adm2"][row]],
            feature=self._features[c["feature"][row]],
            population=c["population"][row],
            latitude=c["latitude"][row] / 1e5,
            longitude=c["longitude"][row] / 1e5,
        )

    def _identifier(self, row: int) -> str:
        c = self._columns
        number = c["number"][row]
        if number:
            return f"geonames:{number}" if number < KATOTTG_BASE else f"katottg:{number - KATOTTG_BASE:05d}"
        feature = self._features[c["feature"][row]]
        if feature == "ADM1":
            return f"adm1:{self._adm1[c['adm1'][row]]}"
        if feature == "ADM2":
            return f"adm2:{self._adm2[c['adm2'][row]]}"
        return "region:" + self.name_of(row).lower().replace(" ", "-")

    def name_of(self, row: int) -> str:
        """The English name of the place in ``row``."""
        offsets = self._columns["name_at"]
        return self._map[self._blob_at + offsets[row] : self._blob_at + offsets[row + 1]].decode()

    def division(self, code: str) -> Place | None:
        """The first-order division with the code ``UA.05``."""
        row = self._adm1_rows.get(code, _NONE)
        return None if row == _NONE else self.place(row)

    def country(self, iso: str) -> Place | None:
        """The country with the ISO 3166-1 alpha-2 code ``iso``."""
        row = self._country_rows.get(iso, _NONE)
        return None if row == _NONE else self.place(row)

    def divisions_of(self, country: str) -> list[Place]:
        """The first-order divisions of ``country``."""
        start = country + "."
        return [self.place(row) for code, row in self._adm1_rows.items() if code.startswith(start) and row != _NONE]

    def district(self, code: str) -> Place | None:
        """The second-order division with the code ``UA.05.1416``."""
        if self._adm2_rows is None:
            self._adm2_rows = dict(zip(self._adm2, self._columns["adm2_rows"], strict=True))
        row = self._adm2_rows.get(code, _NONE)
        return None if row == _NONE else self.place(row)

    def community(self, place: Place) -> Place | None:
        """The third-order division that ``place`` lies in. Only for Ukraine (its hromada), where the codifier's code of a settlement says so; None
        for a place without such a code, and outside Ukraine."""
        if self._communities is None:
            codes = zip(self._columns["unit_rows"], self._columns["unit_codes"], strict=True)
            wanted = self._features.index("ADM3") if "ADM3" in self._features else -1
            self._communities = {code // _BELOW_COMMUNITY: row for row, code in codes if self._columns["feature"][row] == wanted}
        units = self._columns["unit_rows"]
        at = bisect.bisect_left(units, place.index)
        if at >= len(units) or units[at] != place.index:
            return None
        row = self._communities.get(self._columns["unit_codes"][at] // _BELOW_COMMUNITY)
        return None if row is None else self.place(row)

    def find(self, identifier: str) -> Place | None:
        """The place with a stable identifier, as claims carry it; a look through one column."""
        scheme, _, value = identifier.partition(":")
        if scheme in {"adm1", "adm2"}:
            return self.division(value) if scheme == "adm1" else self.district(value)
        if scheme in {"geonames", "katottg"} and value.isdigit():
            number = int(value) + (KATOTTG_BASE if scheme == "katottg" else 0)
            rows = np.flatnonzero(np.frombuffer(self._columns["number"], dtype=np.uint32) == number)
            return self.place(int(rows[0])) if number and len(rows) else None
        rows = np.flatnonzero(np.frombuffer(self._columns["number"], dtype=np.uint32) == 0)
        return next((p for row in rows if (p := self.place(int(row))).identifier == identifier), None)

    def codes(self, place: Place) -> Codes:
        """The codes of ``place``, a row of this pack."""
        units = self._columns["unit_rows"]
        at = bisect.bisect_left(units, place.index)
        katottg = f"UA{self._columns['unit_codes'][at]:017d}" if at < len(units) and units[at] == place.index else None
        return Codes(self.iso_of_division(place.adm1), katottg, pcode_of(katottg) if katottg else None)

    def former_names(self, place: Place) -> tuple[FormerName, ...]:
        """The names that ``place`` had in other years, as far as the table of the pack has them."""
        listed = self._renamed.get(place.identifier.removeprefix("geonames:"), ())
        return tuple(FormerName(name, since or None, until or None) for names, since, until in listed for name in names)

    def iso_of_division(self, code: str) -> str | None:
        """ISO 3166-2 of a first-order division ("UA-14"), where known."""
        found: str | None = self.header["iso_3166_2"].get(code)
        return found


def _read_header(data: mmap.mmap | bytes, path: Path) -> dict[str, Any]:
    if data[: len(MAGIC)] != MAGIC:
        raise DataError("WM402", "not a gazetteer pack", origin=path.name)
    try:
        size = int(data[len(MAGIC) : len(MAGIC) + 9])
        header: dict[str, Any] = json.loads(data[len(MAGIC) + 9 : len(MAGIC) + 9 + size])
        end = max(s["offset"] + s["length"] for s in header["sections"].values())
    except (ValueError, KeyError, TypeError) as error:
        raise DataError("WM402", str(error), origin=path.name) from error
    if "unit_rows" not in header["sections"]:
        raise DataError("WM402", "the pack is of an older version; build it again", origin=path.name)
    if end != len(data):
        raise DataError("WM402", "the file was cut short", origin=path.name)
    return header


PACK_VARIABLE = "WITNESSMARK_GAZETTEER"
"""The environment variable that names another pack."""


@functools.cache
def default_gazetteer() -> Gazetteer:
    """The pack named by WITNESSMARK_GAZETTEER, else the one that is shipped with the package.

    Raises:
        DataError: WM401 when it is missing, WM402 when it is damaged.
    """
    named = os.environ.get(PACK_VARIABLE)
    return Gazetteer(Path(named) if named else shipped_pack())


def shipped_pack() -> Path:
    """The file of the pack that is shipped with the package."""
    return Path(str(resources.files("witnessmark.claims.places").joinpath("data/gazetteer.wmgaz")))
