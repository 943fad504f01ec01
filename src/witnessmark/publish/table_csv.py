"""CSV that a spreadsheet opens as text, not as formulas.

The file is UTF-8 with a byte order mark (spreadsheets need it to read Cyrillic or Arabic), lines end in CR LF, every text cell is
quoted. A text cell that begins with one of ``= + - @``, TAB, CR, NUL, a full-width form of the four signs, or an apostrophe gets a
leading apostrophe; cells of numeric columns are never touched, so a longitude of -58.4 stays a number. :func:`restore` takes the
apostrophe off again, so no text is lost. An absent value is an empty unquoted cell; an empty text is ``""``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from witnessmark.publish.columns import Column
from witnessmark.publish.tables import Cell, Row

GUARDED = frozenset("=+-@\t\r\0'\uff1d\uff0b\uff0d\uff20")
"""First characters that get an apostrophe. The apostrophe itself is among them so that the rule can be undone."""

BOM = "\ufeff"


def guard(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in GUARDED and text else text


def restore(cell: str) -> str:
    """The text that :func:`guard` was given."""
    return cell.removeprefix("'")


def _quoted(value: Cell) -> str:
    text = guard(value if isinstance(value, str) else str(value))
    return '"' + (text.replace('"', '""') if '"' in text else text) + '"'


def _plain(value: Cell) -> str:
    return repr(value) if isinstance(value, float) else str(value)


KEPT = 50_000
"""Cells of one text column that are kept as they are written: the same ids, terms and names stand in row after row."""


def _quoter() -> Callable[[Cell], str]:
    known: dict[Cell, str] = {}

    def quote(value: Cell) -> str:
        found = known.get(value)
        if found is None:
            found = _quoted(value)
            if len(known) < KEPT:
                known[value] = found
        return found

    return quote


def header(columns: Sequence[Column]) -> bytes:
    """The first line of the file."""
    return (BOM + ",".join(c.name for c in columns) + "\r\n").encode()


def writer(columns: Sequence[Column]) -> Callable[[Iterable[Row]], bytes]:
    """Makes bytes of rows; a lone surrogate, which UTF-8 cannot hold, becomes ``?`` (the JSON lines keep it).

    Raises (the function that is given):
        ValueError: when a row has not as many cells as there are columns.
    """
    writers = [_quoter() if c.kind == "text" else _plain for c in columns]

    def write(rows: Iterable[Row]) -> bytes:
        lines = [",".join(["" if v is None else put(v) for put, v in zip(writers, row, strict=True)]) for row in rows]
        return "".join([line + "\r\n" for line in lines]).encode("utf-8", errors="replace")

    return write


def encode(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """The whole file as bytes.

    Raises:
        ValueError: when a row has not as many cells as there are columns.
    """
    return header(columns) + writer(columns)(rows)
