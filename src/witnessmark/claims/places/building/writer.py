"""Writes the pack that :mod:`witnessmark.claims.places.pack` reads, row by row and within little memory.

What is kept of a row is 28 bytes of columns and its name, of a name 16 bytes, in arrays: a dump of the whole world fits in far less than two
gigabytes. Sections go to the file as they are made.
"""

from __future__ import annotations

import array
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from witnessmark.claims.places.building.rows import Row
from witnessmark.claims.places.normalise import key_of, skeleton_of
from witnessmark.claims.places.pack import ALTERNATE, BARE, FUZZY, INDEX_BITS, MAGIC, MAIN, MANY, hash_of
from witnessmark.errors import DataError

_NONE = 0xFFFFFFFF
_PARTS = 16
"""The index is sorted in so many parts, by the first bits of the hash, so that only one is in memory twice."""
_CHUNK = 1 << 20


def write_pack(rows: Iterable[Row], path: Path, *, about: Mapping[str, Any], iso_3166_2: Mapping[str, str]) -> int:
    """Write ``rows`` to ``path``, stored in the order given; their number. ``about`` (version, sources, attribution) goes into the header.

    The same rows give the same bytes. Nothing is left at ``path`` when writing fails.

    Raises:
        DataError: WM404 when there are more rows than a pack can number.
    """
    writer = PackWriter()
    for row in rows:
        writer.add(row)
    return writer.finish(path, about=about, iso_3166_2=iso_3166_2)


class _Codes:
    """Numbers for codes in order of first use, and at the end in alphabetical order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.used = array.array("I")

    def add(self, code: str) -> None:
        """Note the code of the next row."""
        self.used.append(self._numbers.setdefault(code, len(self._numbers)))

    def sorted(self) -> tuple[list[str], Any]:
        """The codes in alphabetical order, and for each row the place of its code among them."""
        codes = sorted(self._numbers)
        ranks = np.zeros(len(codes), dtype=np.uint32)
        for rank, code in enumerate(codes):
            ranks[self._numbers[code]] = rank
        return codes, ranks[np.frombuffer(self.used, dtype=np.uint32)] if self.used else np.zeros(0, dtype=np.uint32)


class PackWriter:
    """Takes rows one at a time, then writes the pack."""

    def __init__(self) -> None:
        self._number, self._population = array.array("I"), array.array("I")
        self._latitude, self._longitude = array.array("i"), array.array("i")
        self._country, self._feature, self._adm1, self._adm2 = _Codes(), _Codes(), _Codes(), _Codes()
        self._names, self._name_at = bytearray(), array.array("I", [0])
        self._units: list[tuple[int, int]] = []
        self._hashes = [array.array("Q") for _ in range(_PARTS)]
        self._checks = [array.array("I") for _ in range(_PARTS)]
        self._values = [array.array("I") for _ in range(_PARTS)]
        self._rows_of: dict[str, dict[str, int]] = {"PCL": {}, "ADM1": {}, "ADM2": {}}

    def __len__(self) -> int:
        return len(self._number)

    def add(self, row: Row) -> None:
        """Take one row."""
        at = len(self._number)
        if at >= 1 << INDEX_BITS:
            raise DataError("WM404", f"more than {1 << INDEX_BITS:,} places")
        self._number.append(row.number)
        self._population.append(min(row.population, _NONE))
        self._latitude.append(round(row.latitude * 1e5))
        self._longitude.append(round(row.longitude * 1e5))
        for codes, code in ((self._country, row.country), (self._feature, row.feature), (self._adm1, row.adm1), (self._adm2, row.adm2)):
            codes.add(code)
        self._names += row.name.encode()
        self._name_at.append(len(self._names))
        if row.unit:
            self._units.append((at, row.unit))
        for feature, code in (("PCL", row.country), ("ADM1", row.adm1), ("ADM2", row.adm2)):
            if row.feature.startswith(feature):
                self._rows_of[feature].setdefault(code, at)
        for key, kind in _keys(row):
            self._add_name(key, at | kind << INDEX_BITS)

    def _add_name(self, key: str, value: int) -> None:
        bucket, mark = hash_of(key)
        part = bucket * _PARTS >> 16
        self._hashes[part].append(bucket << 32 | mark)
        self._checks[part].append(zlib.crc32(key.encode()))
        self._values[part].append(value)

    def finish(self, path: Path, *, about: Mapping[str, Any], iso_3166_2: Mapping[str, str]) -> int:
        """Write the pack to ``path``; the number of rows."""
        countries, country = self._country.sorted()
        features, feature = self._feature.sorted()
        adm1, first = self._adm1.sorted()
        adm2, second = self._adm2.sorted()
        body = path.with_name(path.name + ".body")
        try:
            with body.open("w+b") as stream:
                sections = _Sections(stream)
                for name, column in (("number", self._number), ("latitude", self._latitude), ("longitude", self._longitude), ("population", self._population)):  # fmt: skip
                    sections.add(name, column.typecode, memoryview(column))
                sections.add("adm1", "H", first.astype(np.uint16))
                sections.add("adm2", "I" if len(adm2) > 0xFFFF else "H", second.astype(np.uint32 if len(adm2) > 0xFFFF else np.uint16))
                sections.add("country", "B", country.astype(np.uint8))
                sections.add("feature", "B", feature.astype(np.uint8))
                sections.add("name_at", "I", memoryview(self._name_at))
                sections.add("names", "s", memoryview(self._names))
                shared = self._index(sections, np.array([f[:1] == "P" and f[:3] != "PCL" for f in features], dtype=bool)[feature])
                for name, codes, kind in (("adm1", adm1, "ADM1"), ("adm2", adm2, "ADM2")):
                    sections.add(f"{name}_codes", "s", "\n".join(codes).encode())
                    sections.add(f"{name}_rows", "I", self._rows_by(codes, kind))
                sections.add("country_rows", "I", self._rows_by(countries, "PCL"))
                sections.add("unit_rows", "I", array.array("I", [at for at, _ in self._units]))
                sections.add("unit_codes", "Q", array.array("Q", [code for _, code in self._units]))
                header = {
                    **about, "rows": len(self), "countries": countries, "features": features, "shared_hashes": shared,
                    "iso_3166_2": dict(sorted(iso_3166_2.items())), "sha256": sections.digest(),
                }  # fmt: skip
                _assemble(header, sections, path)
        finally:
            body.unlink(missing_ok=True)
        return len(self)

    def _rows_by(self, codes: Iterable[str], kind: str) -> array.array[int]:
        """For each code the row of the division or country itself."""
        return array.array("I", [self._rows_of[kind].get(c, _NONE) for c in codes])

    def _index(self, sections: _Sections, settled: Any) -> int:
        """Write the index; the number of hashes that two different names share, whose places are then found under both."""
        marks, values, postings = array.array("I"), array.array("I"), array.array("I")
        counts = np.zeros(1 << 16, dtype=np.int64)
        population = np.frombuffer(self._population, dtype=np.uint32) if self._population else np.zeros(0, dtype=np.uint32)
        shared = 0
        for part in range(_PARTS):
            shared += _index_part(
                self._hashes[part], self._checks[part], self._values[part], population, settled, counts, (marks, values, postings)
            )
            self._hashes[part], self._checks[part], self._values[part] = array.array("Q"), array.array("I"), array.array("I")
        sections.add("buckets", "I", np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32))
        for name, column in (("marks", marks), ("values", values), ("postings", postings)):
            sections.add(name, "I", memoryview(column))
        return shared


def _keys(row: Row) -> Iterator[tuple[str, int]]:
    """The keys under which a row is found, each with how it belongs to the place."""
    found: dict[str, int] = {}
    for kind, names in ((MAIN, (row.name, *row.main)), (ALTERNATE, row.names), (BARE, row.bare)):
        for name in names:
            key = key_of(name)
            if key:
                found.setdefault(key, kind)
    if row.fuzzy:
        for name in (row.name, *row.main, *row.names):
            skeleton = skeleton_of(key_of(name))
            if skeleton:
                found.setdefault("~" + skeleton, FUZZY)
    yield from found.items()


def _index_part(
    hashes: array.array[int],
    checks: array.array[int],
    values: array.array[int],
    population: Any,
    settled: Any,
    counts: Any,
    out: tuple[array.array[int], array.array[int], array.array[int]],
) -> int:
    """Sort one part of the index onto ``out`` (marks, values, postings): by hash, divisions and regions first, then by inhabitants, then by row."""
    if not hashes:
        return 0
    marks, single, postings = out
    h, c, v = np.frombuffer(hashes, dtype=np.uint64), np.frombuffer(checks, dtype=np.uint32), np.frombuffer(values, dtype=np.uint32)
    row = v & np.uint32((1 << INDEX_BITS) - 1)
    order = np.lexsort((row, -population[row].astype(np.int64), settled[row], h))
    h, c, v = h[order], c[order], v[order]
    first = np.flatnonzero(np.concatenate([[True], h[1:] != h[:-1]]))
    lengths = np.diff(np.append(first, len(h)))
    marks.frombytes((h[first] & np.uint64(0xFFFFFFFF)).astype(np.uint32).tobytes())
    counts += np.bincount((h[first] >> np.uint64(32)).astype(np.int64), minlength=1 << 16)
    lists = lengths > 1
    starts = len(postings) + np.concatenate([[0], np.cumsum(np.where(lists, lengths + 1, 0))])[:-1]
    single.frombytes(np.where(lists, starts | MANY, v[first]).astype(np.uint32).tobytes())
    many = np.repeat(lists, lengths)
    postings.frombytes(np.insert(v[many], _list_starts(lengths[lists]), lengths[lists]).astype(np.uint32).tobytes())
    return int(np.count_nonzero((h[1:] == h[:-1]) & (c[1:] != c[:-1])))


def _list_starts(lengths: Any) -> Any:
    """Where the lists of these lengths begin when they stand one after another."""
    return np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int64)


class _Sections:
    """The payload on its way to a file: sections at multiples of eight bytes, and their hash."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.listed: dict[str, tuple[str, int, int]] = {}
        self._hash = hashlib.sha256()
        self._length = 0

    def add(self, name: str, code: str, data: Any) -> None:
        """Append one section of items of type ``code``."""
        self._write(b"\0" * (-self._length % 8))
        view = memoryview(data).cast("B") if len(data) else memoryview(b"")
        self.listed[name] = (code, self._length, view.nbytes)
        for at in range(0, view.nbytes, _CHUNK):
            self._write(view[at : at + _CHUNK])

    def _write(self, piece: bytes | memoryview) -> None:
        self.stream.write(piece)
        self._hash.update(piece)
        self._length += len(piece)

    def digest(self) -> str:
        """SHA-256 of the payload so far."""
        return self._hash.hexdigest()


def _assemble(header: dict[str, Any], sections: _Sections, path: Path) -> None:
    """Write header and payload; the file appears under its name when it is whole."""
    front = _front(header, sections.listed)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            out.write(front)
            sections.stream.seek(0)
            while piece := sections.stream.read(_CHUNK):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _front(header: dict[str, Any], listed: Mapping[str, tuple[str, int, int]]) -> bytes:
    base = 0
    while True:  # the offsets stand in the header, whose length they change: settle in two or three rounds
        header["payload"] = base
        header["sections"] = {n: {"type": c, "offset": base + o, "length": size} for n, (c, o, size) in listed.items()}
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        front = MAGIC + b"%08d\n" % len(text) + text
        front += b" " * (-len(front) % 8)
        if len(front) == base:
            return front
        base = len(front)
