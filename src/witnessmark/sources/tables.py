"""CSV and TSV of texts: one item for each record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from witnessmark.sources.fields import find_fields, locator, record_hints
from witnessmark.sources.items import Intake, Outcome, Outcomes
from witnessmark.sources.lines import capped_lines

RECORD_TYPE = "text/csv"
_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t|"


@dataclass(slots=True)
class _Feed:
    """Gives lines to the CSV reader and keeps the bytes that the current record took.

    Bytes are shown to the reader as Latin-1, which keeps each byte and the marks of every code page that extends ASCII; the
    encoding itself is decided later, when the document is read.
    """

    lines: Iterator[tuple[int, bytes | None]]
    taken: list[bytes] = field(default_factory=list)
    too_long: bool = False

    def __iter__(self) -> Iterator[str]:
        for _, line in self.lines:
            self.taken.append(line or b"")
            self.too_long = self.too_long or line is None
            yield (line or b"").decode("latin-1")

    def record(self) -> bytes:
        """The bytes since the last call."""
        data = b"".join(self.taken)
        self.taken.clear()
        return data


def read_table(stream: BinaryIO, intake: Intake) -> Outcomes:
    """Items of all records; their data are the record's bytes without the line end, quotes and all.

    The first record must name the columns. Hints hold ``columns`` (joined with U+001F), ``delimiter`` and the fields found.
    """
    feed = _Feed(capped_lines(stream, intake.limits.item))
    csv.field_size_limit(intake.limits.item)
    lines = iter(feed)
    first = next(lines, "")
    header = feed.record().removeprefix(_BOM)
    delimiter = _delimiter(header.decode("latin-1"))
    columns = next(csv.reader([_text(header)], delimiter=delimiter), [])
    if not first.strip() or "text" not in find_fields(columns):
        yield intake.problem("WM110", "no text column", item="line 1")
        return
    yield from _records(csv.reader(lines, delimiter=delimiter), feed, columns, delimiter, intake)


def _records(reader: Iterator[list[str]], feed: _Feed, columns: list[str], delimiter: str, intake: Intake) -> Outcomes:
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            feed.record()
            yield intake.problem("WM109", str(error), item=f"record {number}")
            continue
        data = feed.record().rstrip(b"\r\n")
        if row is None:
            return
        if feed.too_long or len(data) > intake.limits.item:
            feed.too_long = False
            yield intake.problem("WM105", item=f"record {number}")
        elif data:
            yield _record(row, data, number, columns, delimiter, intake)


def _record(row: list[str], data: bytes, number: int, columns: list[str], delimiter: str, intake: Intake) -> Outcome:
    values = {name: _text(cell.encode("latin-1")) for name, cell in zip(columns, row, strict=False)}
    hints = record_hints(values)
    if hints is None:
        return intake.problem("WM110", item=f"record {number}")
    hints["columns"] = "\x1f".join(columns)
    hints["delimiter"] = delimiter
    return intake.item(data, RECORD_TYPE, item=locator("record", number, hints), hints=hints, method="csv")


def _delimiter(header: str) -> str:
    """The mark that parts the header's names: the commonest of the usual ones."""
    return max(_DELIMITERS, key=header.count)


def _text(data: bytes) -> str:
    """Cells of short fields as text; a code page other than UTF-8 is decided when the document is read."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")
