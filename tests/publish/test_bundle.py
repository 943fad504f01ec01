import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from witnessmark.errors import CaseError, IntegrityError
from witnessmark.publish import export
from witnessmark.publish.tables import TABLES
from witnessmark.publish.view import REVIEW_LABEL, CaseView


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_view_gives_the_same_bytes(view: CaseView, tmp_path: Path) -> None:
    export(view, tmp_path / "one")
    export(view, tmp_path / "two")
    export(view, tmp_path / "one")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_every_file_is_listed_with_its_hash(view: CaseView, tmp_path: Path) -> None:
    paths = export(view, tmp_path, attachments=[("blobs/ab/cd", b"bytes")])
    files = contents(tmp_path)
    assert {str(p.relative_to(tmp_path)) for p in paths} == set(files)
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines() if not line.startswith("#"))
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["files"]) == set(files) - {"SHA256SUMS", "manifest.json"}
    assert manifest["files"]["report.html"]["size"] == len(files["report.html"])


def test_the_stand_alone_verifier_accepts_the_export_and_finds_a_changed_byte(view: CaseView, tmp_path: Path) -> None:
    export(dataclasses.replace(view, ledger=dataclasses.replace(view.ledger, size=0)), tmp_path)

    def verify() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", str(tmp_path / "verify.py"), str(tmp_path)], capture_output=True, text=True, check=False
        )

    sound = verify()
    assert sound.returncode == 0, sound.stdout
    claims = (tmp_path / "claims.jsonl").read_bytes()
    (tmp_path / "claims.jsonl").write_bytes(claims.replace(b"At least 5 people", b"At least 6 people"))
    broken = verify()
    assert broken.returncode == 1
    assert "claims.jsonl" in broken.stdout


def test_every_format_says_that_nobody_reviewed_it(view: CaseView, tmp_path: Path) -> None:
    export(view, tmp_path)
    for name, data in contents(tmp_path).items():
        if name.endswith((".html", ".geojson", "README.md", "manifest.json", "claims.jsonl", "incidents.csv", "incidents.parquet")):
            assert REVIEW_LABEL.encode() in data, name
    assert b'"audience": "internal"' in (tmp_path / "manifest.json").read_bytes()


def test_the_readme_explains_every_column(view: CaseView, tmp_path: Path) -> None:
    export(view, tmp_path)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"### {table.name}" in readme
        for column in table.columns:
            assert f"| `{column.name}` | {column.kind} | {column.meaning} |" in readme
            assert column.meaning


def test_json_lines_hold_one_record_a_line(view: CaseView, tmp_path: Path) -> None:
    export(view, tmp_path)
    for name, number in (("documents", 3), ("statements", 16), ("claims", 5), ("incidents", 3), ("series", 2), ("contradictions", 2)):
        lines = (tmp_path / f"{name}.jsonl").read_bytes().split(b"\n")
        assert lines.pop() == b""
        assert len([json.loads(line) for line in lines]) == number


def test_nothing_is_written_when_a_quote_is_wrong(view: CaseView, tmp_path: Path) -> None:
    broken = dataclasses.replace(view.claims[0], act=dataclasses.replace(view.claims[0].act, quote="x"))
    with pytest.raises(IntegrityError, match="WM304"):
        export(dataclasses.replace(view, claims=(broken, *view.claims[1:])), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_a_coded_error(view: CaseView, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CaseError, match="WM307"):
        export(view, tmp_path / "file" / "below")


def test_an_empty_case_can_be_exported(tmp_path: Path) -> None:
    export(CaseView(), tmp_path)
    assert (tmp_path / "claims.jsonl").read_bytes() == b""
    assert b"No incident was found" in (tmp_path / "report.html").read_bytes()


def test_no_path_of_the_machine_gets_into_the_files(view: CaseView, tmp_path: Path) -> None:
    export(view, tmp_path)
    for name, data in contents(tmp_path).items():
        assert os.fsencode(tmp_path) not in data, name
