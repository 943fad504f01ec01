"""A sheet out, decisions back in: the values of incidents as a workbook, and what a filled one would decide, shown before anything is saved.

The workbook of a publication is taken back too: it has one line for each incident, and a line is turned into decisions on the claims
that the incident's value rests on. Where that is not clear, the line is refused with the reason; nobody's decision is guessed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from witnessmark.desk.overview import Filter
from witnessmark.desk.pages import ClaimView, FieldView, IncidentRow
from witnessmark.errors import DataError, UsageError, WitnessmarkError
from witnessmark.model import DecidedValue, Incident
from witnessmark.publish.formats.workbook import ANSWERS, SheetDecision, SheetDecisions, read_decisions
from witnessmark.publish.table_csv import guard
from witnessmark.publish.wording import value_words
from witnessmark.review.standing import VERDICTS, Standings
from witnessmark.review.values import FIELDS, decided_value
from witnessmark.vocabulary.telling import Told

if TYPE_CHECKING:
    from witnessmark.desk.edition import Edition
    from witnessmark.desk.session import Desk

LINES = 20_000
"""Lines of a sheet at most: what a person can look through, and a spreadsheet opens at once."""

BYTES, UNPACKED = 12_000_000, 100_000_000
"""A filled sheet may have so many bytes, and so many when unpacked; a bomb is refused before anything is unpacked."""

COLUMNS = ("incident", "description", "source", "claim", "at", "field", "read", "words", "review", "decision", "value", "comment")
_WIDTHS = (16, 40, 28, 16, 9, 12, 30, 40, 12, 14, 24, 40)
_KINDS = {"accept": "accept", "correct": "correct", "reject": "reject", "cannot tell": "cannot_tell", "flag": "flag"}


@dataclass(frozen=True, slots=True)
class Target:
    """One decision that a line would save: on a value of ``claim``, or on the claim as a whole where ``field`` is None."""

    claim: str
    field: str | None
    view: FieldView | None


@dataclass(frozen=True, slots=True)
class Line:
    """One filled line: what it would decide, or why it cannot. ``held`` is True when the reviewer decided just this before."""

    given: SheetDecision
    kind: str
    incident: IncidentRow | None
    targets: tuple[Target, ...] = ()
    value: DecidedValue | None = None
    fault: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a filled sheet would decide. ``same`` is False when it was made of other tables than the present ones."""

    lines: tuple[Line, ...]
    same: bool

    @property
    def ready(self) -> tuple[Line, ...]:
        """The lines that would be saved."""
        return tuple(line for line in self.lines if not line.fault and not line.held)


def write(edition: Edition, wanted: Filter, *, tell: Callable[[object, str], str] | None = None) -> bytes:
    """The values of the incidents that ``wanted`` lets pass as a workbook, one line each; ``tell`` says a value in words.

    Raises:
        DataError: WM611 when openpyxl is not installed.
    """
    try:
        import openpyxl
        from openpyxl.worksheet.datavalidation import DataValidation
    except ImportError as error:
        raise DataError("WM611", "openpyxl") from error
    said = tell or (lambda value, field: value_words(value, field).text)
    book = openpyxl.Workbook(write_only=True)
    _about(book, edition.snapshot)
    sheet = book.create_sheet("decisions")
    sheet.freeze_panes = "B2"
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(65 + number)].width = width
    column = chr(65 + COLUMNS.index("decision"))
    rule = DataValidation(type="list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True)
    rule.add(f"{column}2:{column}{LINES + 1}")
    sheet.data_validations.append(rule)
    sheet.append(list(COLUMNS))
    for row in _rows(edition, wanted, said):
        sheet.append([guard(str(c))[:32_000] for c in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _about(book: Any, snapshot: str) -> None:
    sheet = book.create_sheet("about")
    for line in (
        ("snapshot", snapshot),
        ("audience", "internal: words of documents may hold names of private persons"),
        ("how to decide", f"In the sheet 'decisions' fill decision ({', '.join(ANSWERS)}), value for a correction, and comment."),
        ("values", "counts: 3, 4-6, at least 3, unknown; days: 2024-02-03, 2024-02, or two with / between; places: a name, or Name @ latitude, longitude"),
    ):  # fmt: skip
        sheet.append(line)


def _rows(edition: Edition, wanted: Filter, said: Callable[[object, str], str]) -> Iterator[Sequence[object]]:
    number, page = 0, 0
    while incidents := edition.listed(wanted, page=page):
        page += 1
        for row in incidents:
            title = ", ".join(str(p) for p in (row.act, row.place or "-", row.earliest or "-"))
            for claim in edition.claims_of(row.identifier):
                for f in claim.fields:
                    if f.alternative or f.field not in FIELDS:
                        continue
                    at = f"{f.mention.span.start}-{f.mention.span.end}" if f.mention.span else "-"
                    source = claim.document.publisher or claim.document.origin
                    yield (
                        row.identifier, title, source, f.claim, at, f.field, said(f.mention.value, f.field), f.mention.quote, f.standing.state,
                        "", "", "",
                    )  # fmt: skip
                    number += 1
                    if number >= LINES:
                        return


def take(data: bytes) -> SheetDecisions:
    """The filled lines of a workbook.

    Raises:
        UsageError: WM603 when it is no workbook of ours or too large, WM604 with every line that cannot be used.
        DataError: WM611 when openpyxl is not installed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UsageError("WM603", str(error)) from error
    if len(data) > BYTES or size > UNPACKED:
        raise UsageError("WM603", f"it has {max(len(data), size)} bytes; up to {UNPACKED} are taken")
    return read_decisions(io.BytesIO(data))


def plan(desk: Desk, sheet: SheetDecisions, *, reviewer: str) -> Plan:
    """What ``sheet`` would decide in the name of ``reviewer``. Nothing is saved."""
    known = {desk.snapshot, desk.root}
    return Plan(tuple(_line(desk, given, reviewer) for given in sheet.decisions), sheet.snapshot in known)


def save(desk: Desk, made: Plan, *, reviewer: str, role: str) -> int:
    """Save what ``made`` shows, line by line, and give the number of decisions."""
    number = 0
    for line in made.ready:
        for t in line.targets:
            mention = t.view.mention.span if t.view else None
            desk.decide(
                line.kind, [t.claim], reviewer=reviewer, role=role, field=t.field, value=line.value, mention=mention, why=line.given.comment
            )
            number += 1
    return number


def _line(desk: Desk, given: SheetDecision, reviewer: str) -> Line:
    line = Line(given, _KINDS[given.answer], None)
    try:
        line = replace(line, incident=_incident(desk, given))
        if line.kind == "correct":
            line = replace(line, value=decided_value(given.field, given.value))
        targets = tuple(_named(desk, given) if given.claim else _meant(desk, given, line.kind))
        held = bool(targets) and all(_held(desk.standings(), t, line, reviewer) for t in targets)
        return replace(line, targets=targets, held=held)
    except WitnessmarkError as error:
        return replace(line, fault=str(error))


def _incident(desk: Desk, given: SheetDecision) -> IncidentRow:
    found = desk.incident_of(given.claim) if given.claim else desk.incident(given.record).row
    if found is None:
        raise UsageError("WM001", origin=given.claim)
    return found


def _named(desk: Desk, given: SheetDecision) -> Iterator[Target]:
    """The value that a line of our own sheet names."""
    for f in desk.claim(given.claim).fields:
        at = f"{f.mention.span.start}-{f.mention.span.end}" if f.mention.span else "-"
        if f.field == given.field and at == given.at and not f.alternative:
            yield Target(f.claim, f.field, f)
            return
    raise UsageError("WM702", Told("the value of this line is no longer read from these words"))


def _meant(desk: Desk, given: SheetDecision, kind: str) -> Iterator[Target]:
    """The values that a line on a whole incident means."""
    record = desk.incident(given.record).record
    if given.field:
        yield from _field(desk, record, given.field, kind)
    elif kind == "accept":
        claims = (desk.claim(c) for c in record.claims)
        yield from (Target(f.claim, f.field, f) for c in claims for f in c.fields if not f.alternative and f.field in FIELDS)
    else:
        yield from (Target(c, None, None) for c in (record.claims[:1] if kind == "flag" else record.claims))


def _field(desk: Desk, record: Incident, field: str, kind: str) -> Iterator[Target]:
    source = None if field in ("killed", "injured") else dict(record.sources).get(field)  # tolls are a range over all sources
    found = [f for c in ([source] if source else record.claims) for f in _values(desk.claim(c), field)]
    if not found:
        raise UsageError("WM702", Told("no source states {field}", field=field))
    if kind == "correct" and len(found) > 1:
        raise UsageError(
            "WM702", Told("{number} values of {field} are read from the sources; correct each of them", number=len(found), field=field)
        )
    yield from (Target(f.claim, f.field, f) for f in found)


def _values(claim: ClaimView, field: str) -> list[FieldView]:
    return [f for f in claim.fields if f.field == field and not f.alternative]


def _held(standings: Standings, target: Target, line: Line, reviewer: str) -> bool:
    """True when ``reviewer``'s decision in force says the same, so that a sheet given back twice decides once."""
    standing = standings.at(target.view.key if target.view else (target.claim, "", None))
    if line.kind == "flag":
        return reviewer in standing.flaggers
    own = [d for d in standing.decisions if d.reviewer == reviewer and d.kind in VERDICTS]
    return bool(own) and own[-1].kind == line.kind and (line.kind != "correct" or own[-1].value == line.value)
