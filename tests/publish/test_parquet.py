import io

import pyarrow.parquet as pq
import pytest

from witnessmark.publish import parquet
from witnessmark.publish.tables import TABLES
from witnessmark.publish.view import CaseView


def test_the_rows_come_back_exactly(view: CaseView) -> None:
    for table in TABLES:
        rows = list(table.rows(view))
        read = pq.read_table(io.BytesIO(parquet.encode(table.columns, rows, meaning=table.meaning)))
        assert [tuple(r[c.name] for c in table.columns) for r in read.to_pylist()] == rows
        assert read.schema.metadata[b"meaning"].decode() == table.meaning
        assert all(read.schema.field(c.name).metadata[b"meaning"].decode() == c.meaning for c in table.columns)


def test_a_flipped_byte_of_a_page_is_found(view: CaseView) -> None:
    table = next(t for t in TABLES if t.name == "values")
    rows = list(table.rows(view))
    data = parquet.encode(table.columns, rows, meaning="")
    chunk = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(0).column(9)
    end = (chunk.dictionary_page_offset or chunk.data_page_offset) + chunk.total_compressed_size
    broken = bytearray(data)
    broken[end - 2] ^= 0x10
    with pytest.raises(OSError):
        pq.read_table(io.BytesIO(bytes(broken)), page_checksum_verification=True)
