"""Parquet with page checksums: a flipped bit is reported by the reader instead of read as a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from witnessmark.publish.columns import Column
from witnessmark.publish.tables import Cell, Row


class Writer:
    """One table as Parquet: Zstandard, page checksums, exact text, no time stamp. Each batch of rows is packed when it comes."""

    def __init__(self, columns: Sequence[Column], *, meaning: str) -> None:
        """``meaning`` goes into the metadata."""
        import pyarrow as pa  # takes 0.1 s to import
        import pyarrow.parquet as pq

        kinds: dict[str, Any] = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}
        self._columns = columns
        self._schema = pa.schema(
            [pa.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning}) for c in columns], metadata={"meaning": meaning}
        )
        self._sink = pa.BufferOutputStream()
        self._writer = pq.ParquetWriter(
            self._sink, self._schema, compression="zstd", write_page_checksum=True, store_schema=True, version="2.6"
        )

    def write(self, rows: Sequence[Row]) -> None:
        """Add ``rows``."""
        import pyarrow as pa

        columns = zip(*rows, strict=True) if rows else ([] for _ in self._columns)
        arrays = [_array(values, column, field.type) for values, column, field in zip(columns, self._columns, self._schema, strict=True)]
        self._writer.write_table(pa.table(arrays, schema=self._schema))

    def finish(self) -> Iterable[bytes]:
        """The file, when it is asked for, in one piece."""
        self._writer.close()
        yield bytes(self._sink.getvalue().to_pybytes())


def encode(columns: Sequence[Column], rows: Iterable[Row], *, meaning: str) -> bytes:
    """One table as Parquet bytes."""
    made = Writer(columns, meaning=meaning)
    made.write(list(rows))
    return b"".join(made.finish())


def _array(values: Iterable[Cell], column: Column, kind: Any) -> Any:
    import pyarrow as pa

    listed = list(values)
    if column.kind == "number":
        return pa.array([float(v) if v is not None else None for v in listed], type=kind)
    if column.kind == "integer":
        return pa.array(listed, type=kind)
    try:
        return pa.array(listed, type=kind)
    except (UnicodeEncodeError, TypeError, pa.ArrowInvalid, pa.ArrowTypeError):  # a lone surrogate, or a number in a text column
        return pa.array([str(v).encode("utf-8", errors="replace").decode("utf-8") if v is not None else None for v in listed], type=kind)
