"""The engine of one machine: pyarrow to read tables, DuckDB to query them.

Every file is held against the manifest before its first use, and page checksums are verified while reading. DuckDB sees the tables as
Arrow data only: it may not touch files, the network or extensions, and its settings are locked before the first query.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from witnessmark.engines.manifest import Manifest
from witnessmark.engines.schema import RECORD, TABLES
from witnessmark.engines.writer import schema
from witnessmark.errors import CaseError, IntegrityError, UsageError

if TYPE_CHECKING:
    import duckdb

_SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "enable_external_access": "false",
    "threads": "2",
    "memory_limit": "1GB",
    "lock_configuration": "true",
}
"""Lockdown, in this order: without it a LOAD statement downloads code. Threads and memory keep a query from taking the machine."""

_ROWS = 1000
"""Rows decoded at a time when a whole table is read; bounds memory for large documents."""


class LocalEngine:
    """Tables of the snapshot that ``manifest`` names, in the case folder ``root``.

    Raises (all methods):
        IntegrityError: WM303 when a file differs from the manifest.
        CaseError: WM308 when one is missing.
        UsageError: WM004 for a table or column that does not exist, WM006 for a statement that cannot be run.
    """

    def __init__(self, root: Path, manifest: Manifest) -> None:
        self._root = root
        self._manifest = manifest
        self._checked: set[str] = set()

    def records(self, table: str, where: Mapping[str, object] | None = None) -> Iterator[dict[str, Any]]:
        """The records of ``table`` as plain data, segment by segment; only those whose columns equal ``where``."""
        paths = self._paths(table)
        _require(table, where or {})
        columns = [RECORD] if RECORD in TABLES[table] else list(TABLES[table])
        for row in self._rows(paths, columns, where or {}):
            yield json.loads(row[RECORD]) if RECORD in row else row

    def columns(self, table: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Some columns of ``table``, row by row."""
        paths = self._paths(table)
        _require(table, names)
        yield from self._rows(paths, names, {})

    def _rows(self, paths: Sequence[Path], columns: Sequence[str], where: Mapping[str, object]) -> Iterator[dict[str, Any]]:
        import pyarrow.parquet as pq

        wanted = [(column, "=", value) for column, value in where.items()]
        for path in paths:
            if wanted:
                yield from pq.read_table(path, columns=list(columns), filters=wanted, page_checksum_verification=True).to_pylist()
                continue
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                for batch in file.iter_batches(batch_size=_ROWS, columns=list(columns)):
                    yield from batch.to_pylist()

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a SELECT over the tables gives; values go in as ``parameters``."""
        import duckdb

        engine = self._duckdb
        try:
            return list(engine.execute(sql, list(parameters)).fetchall())
        except duckdb.Error as error:
            raise UsageError("WM006", str(error).splitlines()[0]) from error

    def close(self) -> None:
        """Let go of the query engine, if it was used."""
        engine = self.__dict__.pop("_duckdb", None)
        if engine is not None:
            engine.close()

    @cached_property
    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        import duckdb
        import pyarrow.dataset as ds

        scan = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        form = ds.ParquetFileFormat(default_fragment_scan_options=scan)
        engine = duckdb.connect(":memory:")
        for table, columns in TABLES.items():
            paths = [str(path) for path in self._paths(table)]
            engine.register(table, ds.dataset(paths, format=form, schema=schema(columns)) if paths else schema(columns).empty_table())
        for name, value in _SETTINGS.items():
            engine.execute(f"SET {name} = '{value}'")
        return engine

    def _paths(self, table: str) -> list[Path]:
        """The files of ``table``, each held against the manifest before its first use."""
        if table not in TABLES:
            raise UsageError("WM004", table)
        names = self._manifest.paths(table)
        for name in names if table not in self._checked else ():
            path = self._root / name
            if not path.is_file():
                raise CaseError("WM308", origin=name)
            with open(path, "rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if digest != self._manifest.files[name]:
                raise IntegrityError("WM303", origin=name)
        self._checked.add(table)
        return [self._root / name for name in names]


def _require(table: str, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in TABLES[table]:
            raise UsageError("WM004", f"{table}.{column}")
