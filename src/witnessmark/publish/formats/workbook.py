"""A workbook for people who review in a spreadsheet: the record out, their decisions back in.

The sheet ``decisions`` has one line for each incident, with empty cells to fill: an answer from the list, a field and a value where something
is corrected, a comment. :func:`read_decisions` gives the filled lines as data; what becomes of them is for the review to say. The workbook
names the snapshot that it was made of, so that an answer to an older state is told from one to the present.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from witnessmark.errors import DataError, UsageError
from witnessmark.publish.columns import Column
from witnessmark.publish.facts import Facts
from witnessmark.publish.formats.flat import INCIDENTS, SOURCES, incident_row, source_rows
from witnessmark.publish.table_csv import guard, restore
from witnessmark.publish.tables import Cell, Row

ANSWERS = ("accept", "correct", "reject", "cannot tell", "flag")
"""What may stand in the column ``decision``."""

FIELDS = ("act", "date", "place", "killed", "injured", "perpetrator", "munitions", "objects", "breakdown", "aftermath")
"""What may stand in the column ``field``; empty means the whole incident."""

FILLED = ("decision", "field", "value", "comment")
SHOWN = ("incident", "description", "review")
LONGEST_CELL = 32_000
"""Characters of a cell that every spreadsheet takes; longer text is cut there, and the full text is in the CSV."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SheetDecision:
    """One filled line. ``record`` is the incident's id, ``field`` empty for the whole; ``value`` as it was typed; ``row`` from 1.

    Sheets of the desk have a line for each value: ``claim`` names the claim, ``at`` the words (``12-30``, ``-`` for none).
    """

    record: str
    answer: str
    field: str
    value: str
    comment: str
    row: int
    claim: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class SheetDecisions:
    """The filled lines of a workbook, and the snapshot (ledger root) that the workbook was made of."""

    snapshot: str
    decisions: tuple[SheetDecision, ...]


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise DataError("WM611", "openpyxl") from error
    return openpyxl


def encode(facts: Facts) -> bytes:
    """The workbook of ``facts``: about, decisions, incidents, sources.

    Raises:
        DataError: WM611 when openpyxl is not installed.
    """
    book = _library().Workbook(write_only=True)
    rows = [incident_row(f, facts) for f in facts.incidents]
    _about(book, facts)
    _decisions(book, rows)
    _sheet(book, "incidents", INCIDENTS, rows)
    _sheet(book, "sources", SOURCES, source_rows(facts))
    made = io.BytesIO()
    book.save(made)
    return _timeless(made.getvalue())


def _about(book: Any, facts: Facts) -> None:
    sheet = book.create_sheet("about")
    policy = facts.view.policy
    for line in (
        ("review", facts.records.review_summary),
        ("audience", policy.audience),
        ("policy", f"{policy.identifier} {policy.digest}"),
        ("embargo counted from", facts.view.as_of.isoformat()),
        ("snapshot", facts.records.ledger.root),
        (
            "how to decide",
            f"In the sheet 'decisions' fill {', '.join(FILLED)}. decision: {', '.join(ANSWERS)}. field: empty, or {', '.join(FIELDS)}.",
        ),
        ("text cells", "a leading apostrophe keeps a cell from being taken for a formula; take one off to get the text back"),
    ):
        sheet.append([_cell(c) for c in line])


def _decisions(book: Any, rows: Sequence[Row]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet("decisions")
    sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEFG", (18, 70, 28, 14, 14, 24, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for letter, allowed in (("D", ANSWERS), ("E", FIELDS)):
        rule = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
        rule.add(f"{letter}2:{letter}{max(2, len(rows) + 1)}")
        sheet.data_validations.append(rule)
    sheet.append([*SHOWN, *FILLED])
    names = [c.name for c in INCIDENTS]
    at = [names.index(n) for n in SHOWN]
    for row in rows:
        sheet.append([_cell(row[i]) for i in at])


def _sheet(book: Any, name: str, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    sheet.append([c.name for c in columns])
    for row in rows:
        sheet.append([_cell(v) for v in row])


def _cell(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    return guard(_CONTROL.sub("\ufffd", value)[:LONGEST_CELL])


def _timeless(data: bytes) -> bytes:
    """The archive with all times set to a fixed one, so that the same workbook is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", content)
                content = content.replace(b"openpyxl", b"witnessmark")
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return out.getvalue()


def read_decisions(path: Path | str | BinaryIO) -> SheetDecisions:
    """The decisions that were filled into a workbook.

    Raises:
        UsageError: WM603 when the file is no workbook of ours, WM604 with every line that cannot be used.
        DataError: WM611 when openpyxl is not installed.
    """
    lines, snapshot = _read(path)
    found, faults = [], []
    for row, line in lines:
        fault = _fault(line)
        if fault:
            faults.append(f"row {row}: {fault}")
        elif line["decision"]:
            answer = line["decision"].lower()
            told = SheetDecision(line["incident"], answer, line["field"], line["value"], line["comment"], row, line["claim"], line["at"])
            found.append(told)
    if faults:
        raise UsageError(
            "WM604", "; ".join(faults[:20]) + (f"; and {len(faults) - 20} more" if len(faults) > 20 else ""), origin=_name(path)
        )
    return SheetDecisions(snapshot, tuple(found))


def _name(path: Path | str | BinaryIO) -> str:
    return str(path) if isinstance(path, Path | str) else ""


def _read(path: Path | str | BinaryIO) -> tuple[list[tuple[int, dict[str, str]]], str]:
    library = _library()
    try:
        book = library.load_workbook(path, read_only=True, data_only=True)
        about = {str(r[0]): str(r[1]) for r in book["about"].iter_rows(values_only=True) if len(r) > 1}
        return list(_lines(book["decisions"].iter_rows(values_only=True))), about.get("snapshot", "")
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile, library.utils.exceptions.InvalidFileException) as error:
        raise UsageError("WM603", str(error)[:120], origin=_name(path)) from error


def _lines(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[int, dict[str, str]]]:
    header = [str(c) for c in next(rows)]
    if missing := [n for n in ("incident", *FILLED) if n not in header]:
        raise ValueError(f"no column {', '.join(missing)}")
    for row, cells in enumerate(rows, 2):
        line = {n: restore("" if c is None else str(c)).strip() for n, c in zip(header, cells, strict=False)}
        line = {n: line.get(n, "") for n in ("incident", *FILLED, "claim", "at")}
        if any(line[n] for n in FILLED if n != "field" or not line["claim"]):  # a line on one value says its field already
            yield row, line


def _fault(line: dict[str, str]) -> str:
    if line["decision"].lower() not in ANSWERS:
        return f"decision {line['decision']!r} is none of {', '.join(ANSWERS)}"
    if not line["incident"]:
        return "no incident"
    if line["field"] and line["field"] not in FIELDS:
        return f"field {line['field']!r} is none of {', '.join(FIELDS)}"
    if line["decision"].lower() == "correct" and not (line["field"] and line["value"]):
        return "a correction needs a field and a value"
    return ""
