"""CSV that a spreadsheet opens as text, not as formulas.

The file is UTF-8 with a byte order mark (spreadsheets need it to read Cyrillic or Arabic), lines end in CR LF, every text cell is
quoted. A text cell that begins with one of ``= + - @``, TAB, CR, NUL, a full-width form of the four signs, or an apostrophe gets a
leading apostrophe; cells of numeric columns are never touched, so a longitude of -58.4 stays a number. :func:`restore` takes the
apostrophe off again, so no text is lost. An absent value is an empty unquoted cell; an empty text is ``""``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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


def lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the file, header first, each with its line end.

    Raises:
        ValueError: when a row has not as many cells as there are columns.
    """
    yield BOM + ",".join(c.name for c in columns) + "\r\n"
    writers = [_quoted if c.kind == "text" else _plain for c in columns]
    for row in rows:
        yield ",".join(["" if v is None else write(v) for write, v in zip(writers, row, strict=True)]) + "\r\n"


def encode(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """The file as bytes; a lone surrogate, which UTF-8 cannot hold, becomes ``?`` (the JSON lines keep it)."""
    return "".join(lines(columns, rows)).encode("utf-8", errors="replace")
