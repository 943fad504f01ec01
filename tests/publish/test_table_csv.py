import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.publish import table_csv
from witnessmark.publish.columns import Column
from witnessmark.publish.tables import TABLES
from witnessmark.publish.view import CaseView

COLUMNS = (Column("words", "text", ""), Column("count", "integer", ""), Column("longitude", "number", ""))


def parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\0=1", "'quoted", "＝1+1", '=HYPERLINK("http://x","y")'])
def test_cells_that_a_spreadsheet_would_run_are_guarded(cell: str) -> None:
    written = parsed(table_csv.encode(COLUMNS, [(cell, 1, 1.0)]))[1][0]
    assert written == "'" + cell
    assert table_csv.restore(written) == cell


def test_numbers_are_never_touched() -> None:
    assert table_csv.encode(COLUMNS, [("a", -3, -58.4)]).endswith(b'"a",-3,-58.4\r\n')


def test_no_value_and_no_text_differ() -> None:
    assert table_csv.encode(COLUMNS, [(None, None, None), ("", 0, 0.0)]).endswith(b'\r\n,,\r\n"",0,0.0\r\n')


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_text_comes_back(text: str) -> None:
    assert table_csv.restore(table_csv.guard(text)) == text
    assert not table_csv.guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    if not {"\r", "\n", "\0"} & set(text):  # the standard reader evens out line ends
        rows = parsed(table_csv.encode(COLUMNS, [(text, 1, 2.0)]))
        assert table_csv.restore(rows[1][0]) == text


def test_every_table_has_rows_as_wide_as_its_columns(view: CaseView) -> None:
    for table in TABLES:
        rows = list(table.rows(view))
        assert rows, table.name
        assert {len(r) for r in rows} == {len(table.columns)}, table.name
        assert parsed(table_csv.encode(table.columns, rows))[0] == [c.name for c in table.columns]


def test_a_lone_surrogate_does_not_stop_the_export() -> None:
    assert b"?" in table_csv.encode(COLUMNS, [("\ud800", 1, 1.0)])
