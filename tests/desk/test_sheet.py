"""A sheet out, decisions back in."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import witnessmark
from witnessmark.desk import Desk, Filter
from witnessmark.desk.sheet import COLUMNS, LINES
from witnessmark.errors import UsageError
from witnessmark.ledger.verify import verify

Fill = Callable[[list[dict[str, Any]]], None]


def filled(data: bytes, fill: Fill) -> bytes:
    """The workbook with its lines as ``fill`` leaves them, as a spreadsheet would save it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["decisions"]
    header = [str(c.value) for c in sheet[1]]
    lines = [{name: cell.value for name, cell in zip(header, row, strict=False)} for row in sheet.iter_rows(min_row=2)]
    fill(lines)
    for number, line in enumerate(lines, 2):
        for column, name in enumerate(header, 1):
            sheet.cell(number, column).value = line[name]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_filled_in_is_shown_first_and_saved_after(desk: Desk) -> None:
    meant: list[str] = []

    def fill(lines: list[dict[str, Any]]) -> None:
        for line, answer in zip(
            [x for x in lines if x["field"] == "killed" and x["at"] != "-"], ("accept", "Correct", "reject", "flag"), strict=False
        ):
            line |= {"decision": answer, "comment": f"seen: {answer}"}
            meant.append(line["claim"])
            if answer == "Correct":
                line["value"] = "at least 7"

    key = desk.sheets.take(filled(desk.sheets.out(Filter()), fill))
    plan = desk.sheets.plan(key, reviewer="anna")
    assert plan.same and [line.kind for line in plan.ready] == ["accept", "correct", "reject", "flag"]
    assert desk.counts["decisions"] == 0, "nothing is saved by looking"
    assert desk.sheets.save(key, reviewer="anna") == 4
    assert [(d.kind, d.subjects[0], d.why) for d in desk.standings().all()] == [
        (kind.lower(), claim, f"seen: {kind}") for kind, claim in zip(("accept", "Correct", "reject", "flag"), meant, strict=True)
    ]
    assert desk.sheets.save(key, reviewer="anna") == 0, "given back twice decides once"
    assert all(line.held for line in desk.sheets.plan(key, reviewer="anna").lines)
    assert len(desk.sheets.plan(key, reviewer="bohdan").ready) == 4


def test_lines_that_cannot_be_used_are_told_and_change_nothing(desk: Desk) -> None:
    def fill(lines: list[dict[str, Any]]) -> None:
        lines[0] |= {"decision": "correct", "field": "killed", "value": "many"}
        lines[1] |= {"decision": "accept", "claim": "c-none"}
        lines[2] |= {"decision": "accept", "at": "99990-99999"}

    key = desk.sheets.take(filled(desk.sheets.out(Filter()), fill))
    plan = desk.sheets.plan(key, reviewer="anna")
    assert [line.fault[1:6] for line in plan.lines] == ["WM703", "WM001", "WM702"]
    assert desk.sheets.save(key, reviewer="anna") == 0

    def wrong(lines: list[dict[str, Any]]) -> None:
        lines[0]["decision"] = "perhaps"
        lines[3]["comment"] = "and no decision"

    with pytest.raises(UsageError, match=r"WM604.*row 2.*row 5"):
        desk.sheets.take(filled(desk.sheets.out(Filter()), wrong))
    with pytest.raises(UsageError, match="WM001"):
        desk.sheets.plan("none", reviewer="anna")


def test_the_filter_goes_for_the_sheet_and_formulas_stay_text(desk: Desk) -> None:
    everything = openpyxl.load_workbook(io.BytesIO(desk.sheets.out(Filter())))["decisions"]
    act = desk.listed(Filter())[0].act
    some = openpyxl.load_workbook(io.BytesIO(desk.sheets.out(Filter(acts=(act,)))))["decisions"]
    assert 1 < some.max_row < everything.max_row <= LINES
    assert tuple(c.value for c in everything[1]) == COLUMNS
    for row in everything.iter_rows(min_row=2):
        assert all(c.data_type != "f" and str(c.value or "x")[0] not in "=+@" for c in row)


def test_what_is_no_sheet_of_ours_is_refused(desk: Desk, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 150_000_000)
    foreign = io.BytesIO()
    openpyxl.Workbook().save(foreign)
    for data in (b"", b"not a workbook", bomb.getvalue(), foreign.getvalue()):
        with pytest.raises(UsageError, match="WM603"):
            desk.sheets.take(data)


def test_no_claim_of_a_large_incident_is_left_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.desk.edition.CLAIMS", 1)
    sheet = openpyxl.load_workbook(io.BytesIO(desk.sheets.out(Filter())))["decisions"]
    named = {cell.value for column in sheet.iter_cols() if column[0].value == "claim" for cell in column[1:]}
    shown = [desk.incident(r.identifier).record for r in desk.listed(Filter())]
    assert any(len(i.claims) > 1 for i in shown) and named == {c for i in shown for c in i.claims}


def test_a_case_is_published_while_the_desk_goes_on(desk: Desk, tmp_path: Path) -> None:
    row = next(r for r in desk.listed(Filter()) if r.claims == 1)
    for field in desk.incident(row.identifier).claims[0].fields:
        desk.decide("accept", [field.claim], reviewer="anna", field=field.field, mention=field.mention.span)
    with witnessmark.open_case(desk.path) as case:
        case.publish(tmp_path / "first", without=("pdf", "figures", "site", "report", "workbook"))
        desk.decide("comment", [row.identifier], reviewer="anna", why="meanwhile")
        case.publish(tmp_path / "second", without=("pdf", "figures", "site", "report", "workbook"))
    incidents = (tmp_path / "first/incidents.csv").read_text(encoding="utf-8")
    assert "reviewed by a person" in next(line for line in incidents.splitlines() if row.identifier in line)
    assert desk.decide("flag", [row.identifier], reviewer="anna").position is not None
    desk.close()
    assert verify(desk.path).ok


def published(desk: Desk, tmp_path: Path) -> bytes:
    """The workbook of a publication of the case."""
    with witnessmark.open_case(desk.path) as case:
        paths = case.publish(tmp_path / "out", without=("pdf", "figures", "site", "report", "maps", "schemes"))
    return next(p for p in paths if p.name == "incidents.xlsx").read_bytes()


def test_the_workbook_of_a_publication_is_taken_back(desk: Desk, tmp_path: Path) -> None:
    shown = {r.identifier: r for r in desk.listed(Filter())}

    def fill(lines: list[dict[str, Any]]) -> None:
        alone = [
            x for x in lines if x["incident"] in shown and shown[x["incident"]].killed[0] is not None and shown[x["incident"]].claims == 1
        ]
        alone[0] |= {"decision": "accept"}
        alone[1] |= {"decision": "correct", "field": "killed", "value": "7"}
        alone[2] |= {"decision": "reject"}
        several = next(x for x in lines if x["incident"] in shown and shown[x["incident"]].claims > 1)
        several |= {"decision": "correct", "field": "killed", "value": "7"}

    key = desk.sheets.take(filled(published(desk, tmp_path), fill))
    plan = desk.sheets.plan(key, reviewer="anna")
    kinds = {line.kind: line for line in plan.ready}
    assert set(kinds) == {"accept", "correct", "reject"}
    assert len(kinds["accept"].targets) > 2, "each value of the incident"
    assert kinds["reject"].targets[0].field is None
    (fault,) = [line.fault for line in plan.lines if line.fault]
    assert "correct each of them" in fault
    assert desk.sheets.save(key, reviewer="anna") == sum(len(line.targets) for line in plan.ready)
