"""Writing a snapshot: rows into Parquet files with page checksums, in bounded memory, the same bytes for the same rows.

A snapshot is a list of segments, folders that never change. What is added to a case is added as segments, so that the others stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from witnessmark.engines.schema import TABLES, Line
from witnessmark.model.serialise import canonical, compact, storable

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

GROUP_CHARACTERS = 4_000_000
"""A row group ends after this many characters of JSON. It bounds memory: at 1, 4 and 16 million the files differ by less than 3 %."""


def schema(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow types of a table's ``columns`` (:data:`witnessmark.engines.schema.TABLES`)."""
    import pyarrow as pa

    kinds = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "flag": pa.bool_()}
    return pa.schema([(name, kinds[kind]) for name, kind in columns.items()])


def parquet(path: Path, columns: pa.Schema, *, level: int = 3) -> pq.ParquetWriter:
    """A Parquet file to be written, as all tables are; ``level`` is that of zstd."""
    import pyarrow.parquet as pq

    return pq.ParquetWriter(path, columns, compression="zstd", compression_level=level, write_page_checksum=True, version="2.6")


class TableWriter:
    """One Parquet file."""

    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        self._schema = schema(columns)
        self._file = parquet(path, self._schema)
        self._columns: list[list[Any]] = [[] for _ in columns]
        self._size = 0
        self.rows = 0

    def extend(self, lines: Sequence[Line]) -> bytes:
        """Write rows, each with its values in the order of the columns. Gives the SHA-256 over them, each as a JSON list followed by a comma: it covers the
        rows, not the file, and does not depend on the version of the Parquet library."""
        if not lines:
            return NO_ROWS
        text = compact(lines)
        lines = without_surrogates(lines, text)
        for values, column in zip(self._columns, zip(*lines, strict=True), strict=True):
            values.extend(column)
        self.rows += len(lines)
        self._size += len(text)
        if self._size >= GROUP_CHARACTERS:
            self._flush()
        return hashlib.sha256(text[1:-1].encode("ascii") + b",").digest()

    def close(self) -> None:
        """Write what is left and the footer."""
        if self._size:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        import pyarrow as pa

        arrays = [pa.array(values, field.type) for values, field in zip(self._columns, self._schema, strict=True)]
        self._file.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        for values in self._columns:
            values.clear()
        self._size = 0


def without_surrogates(lines: Sequence[Line], text: str) -> Sequence[Line]:
    """``lines``, whose JSON is ``text``, as Parquet takes them."""
    return [[storable(v) if isinstance(v, str) else v for v in line] for line in lines] if "\\ud" in text else lines


class SegmentWriter:
    """The rows of some inputs, or of what follows from all of them: one Parquet file for each table that has rows, in a new folder."""

    def __init__(self, folder: Path) -> None:
        """``folder`` must be empty; it is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._tables: dict[str, TableWriter] = {}

    def extend(self, table: str, lines: Sequence[Line]) -> bytes:
        """Write ``lines`` to ``table`` and give the SHA-256 over them, each as a JSON list followed by a comma."""
        if lines and table not in self._tables:
            self._tables[table] = TableWriter(self.folder / f"{table}.parquet", TABLES[table])
        return self._tables[table].extend(lines) if lines else NO_ROWS

    def close(self) -> Segment:
        """Finish the files and move the folder to its name beside it."""
        for table in self._tables.values():
            table.close()
        return finished(self.folder, {name: table.rows for name, table in self._tables.items()})


def finished(folder: Path, tables: Mapping[str, int]) -> Segment:
    """Move the ``folder`` with the files of ``tables``, which have so many rows, to its name beside it."""
    files = {name: (_sha256(folder / f"{name}.parquet"), rows) for name, rows in sorted(tables.items())}
    segment = Segment(segment_name({name: digest for name, (digest, _) in files.items()}), files)
    target = folder.with_name(segment.name)
    if not target.exists():  # else the same rows were written before
        folder.rename(target)
    return segment


NO_ROWS = bytes(32)
"""Stands for the SHA-256 over the rows that an input adds to a table, where it adds none."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A folder of tables that is never changed, named by its contents. ``files`` gives SHA-256 and number of rows by table."""

    name: str
    files: Mapping[str, tuple[str, int]]

    @property
    def paths(self) -> dict[str, str]:
        """The paths of its files inside the case, with their SHA-256."""
        return {f"tables/{self.name}/{table}.parquet": digest for table, (digest, _) in self.files.items()}


def segment_name(files: Mapping[str, str]) -> str:
    """Name of the segment with these files (table to SHA-256): 32 hexadecimal digits."""
    return hashlib.sha256(canonical(dict(files))).hexdigest()[:32]


def _sha256(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def snapshot_name(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """Name of the snapshot with these tables: 32 hexadecimal digits of the SHA-256 over the digests of all of them."""
    return hashlib.sha256(canonical({name: table["digest"] for name, table in tables.items()})).hexdigest()[:32]
