import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.engines import writer
from witnessmark.engines.writer import NO_ROWS, SegmentWriter, TableWriter, snapshot_name

COLUMNS = {"name": "text", "count": "int", "share": "float", "good": "flag"}
ROWS = st.fixed_dictionaries(
    {
        "name": st.none() | st.text(st.characters(exclude_categories=[]), max_size=20),
        "count": st.none() | st.integers(-(2**62), 2**62),
        "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "good": st.none() | st.booleans(),
    }
)


def write(path: Path, rows: list[dict[str, Any]]) -> bytes:
    table = TableWriter(path, COLUMNS)
    digest = table.extend([[row[name] for name in COLUMNS] for row in rows])
    table.close()
    assert table.rows == len(rows)
    return digest


@settings(max_examples=30, deadline=None)
@given(st.lists(ROWS, max_size=12))
def test_rows_come_back_and_equal_rows_are_equal_bytes(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> None:
    root = tmp_path_factory.mktemp("t")
    assert write(root / "a", rows) == write(root / "b", rows)
    assert (root / "a").read_bytes() == (root / "b").read_bytes()
    found = pq.read_table(root / "a", page_checksum_verification=True).to_pylist()
    for row, back in zip(rows, found, strict=True):
        name = row["name"]
        assert back == row | {"name": name and name.encode("utf-8", "backslashreplace").decode()}


def test_any_difference_changes_the_digest(tmp_path: Path) -> None:
    row = {"name": "a", "count": 1, "share": None, "good": True}
    digests = [write(tmp_path / "x", [row]), write(tmp_path / "x", [row, row]), write(tmp_path / "x", [row | {"count": None}])]
    digests += [write(tmp_path / "x", [row | {"name": "\ud800"}]), write(tmp_path / "x", [row | {"name": "\\ud800"}])]
    assert len(set(digests)) == 5


def test_a_flipped_byte_in_a_page_is_refused(tmp_path: Path) -> None:
    rows = [{"name": hashlib.sha256(bytes([i])).hexdigest(), "count": i, "share": 0.5, "good": True} for i in range(200)]
    path = tmp_path / "t"
    write(path, rows)
    whole = path.read_bytes()
    meta = pq.ParquetFile(path).metadata.row_group(0).column(0)
    at = meta.dictionary_page_offset + meta.total_compressed_size // 4
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
    with pytest.raises(OSError, match="CRC"):
        pq.read_table(path, page_checksum_verification=True)


def test_groups_end_by_size_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GROUP_CHARACTERS", 500)
    rows = [{"name": str(i), "count": i, "share": None, "good": None} for i in range(100)]
    table = TableWriter(tmp_path / "t", COLUMNS)
    for row in rows:
        table.extend([[row[name] for name in COLUMNS]])
    table.close()
    assert pq.ParquetFile(tmp_path / "t").num_row_groups > 3
    assert pq.read_table(tmp_path / "t").column("count").to_pylist() == list(range(100))


def test_a_segment_is_named_by_its_rows_and_has_the_tables_that_have_some(tmp_path: Path) -> None:
    found = []
    for folder, kind in (("a", "body"), ("b", "body"), ("c", "lede")):
        writer = SegmentWriter(tmp_path / folder / "draft")
        assert writer.extend("documents", []) == NO_ROWS != writer.extend("parts", [["d", kind, 0, 1, None]])
        found.append(writer.close())
        assert [p.relative_to(tmp_path / folder).as_posix() for p in (tmp_path / folder).rglob("*.parquet")] == [
            f"{found[-1].name}/parts.parquet"
        ]
    assert found[0] == found[1] != found[2]
    assert found[0].files["parts"][1] == 1


def test_a_snapshot_is_named_by_the_digests_of_its_tables() -> None:
    one, other = ({"parts": {"rows": 1, "digest": digest}} for digest in ("a", "b"))
    assert snapshot_name(one) == snapshot_name({"parts": {"rows": 2, "digest": "a"}}) != snapshot_name(other)
