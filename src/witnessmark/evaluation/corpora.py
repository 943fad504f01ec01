"""Gold files: JSON lines, plain or gzipped, found in a folder by what their rows look like."""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.errors import DataError, UsageError

Row = dict[str, Any]

SUFFIXES = (".jsonl", ".jsonl.gz")


@dataclass(frozen=True)
class GoldFile:
    """One file of rows. ``given`` are the rows of a file that is not on disk: the bundled corpus."""

    path: Path
    given: tuple[Row, ...] | None = None

    @property
    def part(self) -> str:
        """The file name without its suffix."""
        return self.path.name.removesuffix(".gz").removesuffix(".jsonl")

    @functools.cached_property
    def rows(self) -> tuple[Row, ...]:
        """All rows.

        Raises:
            DataError: WM503 when a line is not a JSON object.
        """
        return tuple(_rows(self.path)) if self.given is None else self.given

    @functools.cached_property
    def first(self) -> Row:
        """The first row; an empty one when there is none."""
        return next(_rows(self.path) if self.given is None else iter(self.given), {})

    @functools.cached_property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the unpacked bytes: the same plain and gzipped."""
        content = _unpacked(self.path) if self.given is None else json.dumps(self.given, sort_keys=True).encode()
        return hashlib.sha256(content).hexdigest()[:16]

    def siblings(self) -> tuple[GoldFile, ...]:
        """The other files of the folder."""
        if self.given is not None:
            return ()
        return tuple(f for f in gold_files(self.path.parent) if f.path != self.path)


def bundled() -> GoldFile:
    """The reports that come with the package, with their gold."""
    from witnessmark.corpus import reports

    return GoldFile(Path("bundled.jsonl"), reports())


def gold_files(folder: Path) -> tuple[GoldFile, ...]:
    """The JSON-lines files that lie in ``folder`` itself, by name."""
    return tuple(GoldFile(p) for p in sorted(folder.iterdir()) if p.is_file() and p.name.endswith(SUFFIXES))


def walk(folder: Path) -> Iterator[GoldFile]:
    """The files in ``folder`` and in its direct sub-folders.

    Raises:
        UsageError: WM501 when there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError("WM501", origin=str(folder))
    yield from gold_files(folder)
    for inner in sorted(p for p in folder.iterdir() if p.is_dir()):
        yield from gold_files(inner)


def write_rows(path: Path, rows: list[Row]) -> None:
    """Write ``rows`` as JSON lines, making the folder when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _unpacked(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.name.endswith(".gz") else raw


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(path, number, line)


def _row(path: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError("WM503", f"line {number}: {error}", origin=str(path)) from error
    if not isinstance(row, dict):
        raise DataError("WM503", f"line {number}: not an object", origin=str(path))
    return row
