"""Writing a segment from rows of another one and from new rows: what stays as it is, is copied and not made again.

Row groups end after a number of rows and nothing else, so that the file is the same whichever of its rows were copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from witnessmark.engines.schema import TABLES, Line
from witnessmark.engines.writer import Segment, finished, parquet, schema

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 8192
"""Rows of a row group: some 5 MB of contradictions in memory."""

LEVEL = 1
"""Level of zstd: 354,000 contradictions take a quarter less time than at 3, and 4 % less room."""


class Before:
    """The rows of a table as they were, read from the first to the last. Without a ``path`` there are none."""

    def __init__(self, path: Path | None) -> None:
        import pyarrow.parquet as pq

        self._file = None if path is None else pq.ParquetFile(path)
        self._batches = iter(()) if self._file is None else self._file.iter_batches(GROUP_ROWS)
        self._rest: pa.RecordBatch | None = None
        # One batch ahead: reading holds no lock of the interpreter, and goes on while others are written.
        self._reader = ThreadPoolExecutor(1)
        self._next = self._reader.submit(next, self._batches, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._reader.shutdown()
        if self._file is not None:
            self._file.close()

    def take(self, rows: int) -> list[pa.RecordBatch]:
        """The next ``rows`` rows."""
        taken: list[pa.RecordBatch] = []
        while rows > 0:
            batch = self._rest if self._rest is not None else self._read()
            taken.append(batch.slice(0, rows))
            self._rest = batch.slice(rows) if batch.num_rows > rows else None
            rows -= taken[-1].num_rows
        return taken

    def _read(self) -> pa.RecordBatch:
        batch = self._next.result()
        if batch is None:
            raise EOFError("the segment holds fewer rows than were noted")
        self._next = self._reader.submit(next, self._batches, None)
        return batch

    def skip(self, rows: int) -> None:
        """Leave out the next ``rows`` rows."""
        self.take(rows)


class MergedWriter:
    """One Parquet file for each table that has rows, in a new folder."""

    def __init__(self, folder: Path) -> None:
        """``folder`` must be empty; it is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._tables: dict[str, _Table] = {}

    def copy(self, table: str, batches: Iterable[pa.RecordBatch]) -> None:
        """Write rows that were read from another file of ``table``."""
        for batch in batches:
            self._table(table).copy(batch)

    def extend(self, table: str, lines: Sequence[Line]) -> None:
        """Write rows, each with its values in the order of the columns (:func:`witnessmark.engines.writer.without_surrogates`)."""
        if lines:
            self._table(table).extend(lines)

    def close(self) -> Segment:
        """Finish the files and move the folder to its name beside it."""
        for table in self._tables.values():
            table.close()
        return finished(self.folder, {name: table.rows for name, table in self._tables.items()})

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            self._tables[name] = _Table(self.folder / f"{name}.parquet", schema(TABLES[name]))
        return self._tables[name]


class _Table:
    def __init__(self, path: Path, columns: pa.Schema) -> None:
        self._schema = columns
        self._file = parquet(path, columns, level=LEVEL)
        self._lines: list[Line] = []
        self._waiting: list[pa.RecordBatch] = []
        self._size = 0
        self.rows = 0

    def extend(self, lines: Sequence[Line]) -> None:
        self._lines += lines
        if len(self._lines) >= GROUP_ROWS:
            self._settle()

    def copy(self, batch: pa.RecordBatch) -> None:
        self._settle()
        self._wait(batch)

    def close(self) -> None:
        self._settle()
        self._flush(self._size)
        self._file.close()

    def _settle(self) -> None:
        """Make columns of the lines that wait."""
        import pyarrow as pa

        if self._lines:
            arrays = [pa.array(values, f.type) for values, f in zip(zip(*self._lines, strict=True), self._schema, strict=True)]
            self._lines = []
            self._wait(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def _wait(self, batch: pa.RecordBatch) -> None:
        self._waiting.append(batch)
        self._size += batch.num_rows
        self.rows += batch.num_rows
        if self._size >= GROUP_ROWS:
            self._flush(self._size - self._size % GROUP_ROWS)

    def _flush(self, rows: int) -> None:
        """Write the first ``rows`` rows that wait."""
        import pyarrow as pa

        if rows:
            table = pa.Table.from_batches(self._waiting, self._schema).combine_chunks()
            for begin in range(0, rows, GROUP_ROWS):
                self._file.write_table(table.slice(begin, min(GROUP_ROWS, rows - begin)), row_group_size=GROUP_ROWS)
            self._size -= rows
            self._waiting = table.slice(rows).to_batches()
