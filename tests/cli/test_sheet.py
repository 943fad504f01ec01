"""``witnessmark sheet``: out, filled, shown, saved."""

from pathlib import Path

import openpyxl
import pytest

import witnessmark
from witnessmark.cli import run


def test_a_sheet_goes_out_and_its_decisions_come_back(case_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sheet.xlsx"
    assert run(["sheet", str(case_folder), "--to", str(file)]) == 0
    book = openpyxl.load_workbook(file)
    sheet = book["decisions"]
    column = {str(cell.value): n for n, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, column["decision"]).value = "accept"
    sheet.cell(3, column["decision"]).value = "flag"
    book.save(file)
    assert run(["sheet", str(case_folder), "--take", str(file)]) == 0
    assert "2 lines to save" in capsys.readouterr().out
    with witnessmark.Desk(case_folder) as desk:
        assert desk.counts["decisions"] == 0, "showing saves nothing"
    assert run(["sheet", str(case_folder), "--take", str(file), "--save", "--as", "anna"]) == 0
    assert "2 decisions saved as anna" in capsys.readouterr().out
    sheet.cell(4, column["decision"]).value = "correct"
    sheet.cell(4, column["value"]).value = "no value at all, whatever the field"
    book.save(file)
    assert run(["sheet", str(case_folder), "--take", str(file), "--as", "anna"]) == 1
    told = capsys.readouterr()
    assert "2 saved already, 1 that cannot be used" in told.out and "line 4" in told.err


def test_one_of_the_two_is_asked_for(case_folder: Path) -> None:
    assert run(["sheet", str(case_folder)]) == 2
