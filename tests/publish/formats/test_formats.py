"""GeoPackage, KML and workbook: what a reader of each finds, and that the bytes are the same each time."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from witnessmark.errors import UsageError
from witnessmark.publish.facts import Facts, facts_of
from witnessmark.publish.formats import geopackage, kml, workbook
from witnessmark.publish.formats.flat import INCIDENTS
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.view import CaseView


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted."""
    return facts_of(redact(view, load_policy(), as_of=dt.date(2026, 1, 1)))


def test_the_geopackage_has_what_the_standard_asks_for(facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "x.gpkg"
    file.write_bytes(geopackage.encode(facts))
    with sqlite3.connect(file) as db:
        assert (
            db.execute("PRAGMA application_id").fetchone()[0] == geopackage.APPLICATION
            and db.execute("PRAGMA user_version").fetchone()[0] == 10300
        )
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert db.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY 1").fetchall() == [
            ("incidents", "features"),
            ("sources", "attributes"),
        ]
        assert {r[0] for r in db.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {4326, 0, -1}
        shapes = db.execute("SELECT geom, longitude, latitude FROM incidents").fetchall()
    db.close()
    assert len(shapes) == len(facts.incidents)
    for blob, longitude, latitude in shapes:
        if blob is None:
            assert longitude is None
            continue
        magic, version, flags, srs, order, kind, x, y = struct.unpack("<2sBBiBIdd", blob)
        assert (magic, version, flags, srs, order, kind) == (b"GP", 0, 1, 4326, 1, 1) and (x, y) == (longitude, latitude)


def test_the_kml_has_a_placemark_for_each_placed_incident(facts: Facts) -> None:
    tree = ElementTree.fromstring(kml.encode(facts))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    marks = tree.findall(".//k:Placemark", space)
    assert len(marks) == sum(f.where is not None and f.where.resolved for f in facts.incidents)
    assert all(m.find("k:Point/k:coordinates", space) is not None for m in marks)
    assert "machine-read" in kml.encode(facts).decode()


@pytest.mark.parametrize("encode", [geopackage.encode, kml.encode, workbook.encode])
def test_the_same_facts_give_the_same_bytes(encode: object, facts: Facts) -> None:
    assert encode(facts) == encode(facts)  # type: ignore[operator]


def filled(facts: Facts, file: Path, cells: dict[tuple[int, str], str]) -> Path:
    """The workbook with cells of the sheet 'decisions' filled in."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.encode(facts)))
    sheet = book["decisions"]
    header = [c.value for c in sheet[1]]
    for (row, name), value in cells.items():
        sheet.cell(row, header.index(name) + 1, value)
    book.save(file)
    return file


def test_decisions_come_back_as_they_were_filled_in(facts: Facts, tmp_path: Path) -> None:
    cells = {(2, "decision"): "accept", (3, "decision"): "Correct", (3, "field"): "killed", (3, "value"): "'=7", (3, "comment"): "see 2"}
    found = workbook.read_decisions(filled(facts, tmp_path / "x.xlsx", cells))
    assert found.snapshot == facts.records.ledger.root
    assert [(d.record, d.answer, d.field, d.value, d.comment, d.row) for d in found.decisions] == [
        (facts.incidents[0].identifier, "accept", "", "", "", 2), (facts.incidents[1].identifier, "correct", "killed", "=7", "see 2", 3),
    ]  # fmt: skip


def test_all_wrong_lines_are_told_at_once_and_nothing_is_taken(facts: Facts, tmp_path: Path) -> None:
    cells = {(2, "decision"): "maybe", (3, "decision"): "correct", (3, "field"): "colour", (4, "comment"): "only this"}
    with pytest.raises(UsageError) as caught:
        workbook.read_decisions(filled(facts, tmp_path / "x.xlsx", cells))
    assert caught.value.code == "WM604" and all(f"row {n}" in str(caught.value) for n in (2, 3, 4))


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no")
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    for name in ("a.xlsx", "b.xlsx", "none.xlsx"):
        with pytest.raises(UsageError, match="WM603"):
            workbook.read_decisions(tmp_path / name)


def test_no_cell_is_a_formula(facts: Facts) -> None:
    bad = replace(facts, incidents=tuple(replace(f, act="=1+1", contradictions=("+x",)) for f in facts.incidents))
    book = openpyxl.load_workbook(io.BytesIO(workbook.encode(bad)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert cells and all(c.data_type != "f" for c in cells)
    at = [c.name for c in INCIDENTS].index("act") + 1
    assert book["incidents"].cell(2, at).value == "'=1+1"
