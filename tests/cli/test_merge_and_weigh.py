"""``merge``, ``weigh`` and ``why`` with two records."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import witnessmark
from witnessmark.cli import EXIT_USAGE, run

TEXTS = (
    "Mortar shells hit the market of Kupiansk on 14 May 2024 and killed four people, the regional governor said. Nine were wounded. Traders had just opened their stalls.",
    "Four people were killed on 14 May 2024 when mortar shells hit the market of Kupiansk, the prosecutor said. Traders had just opened their stalls in the fish hall.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("weigh")
    for number, text in enumerate(TEXTS):
        (root / f"{number}.txt").write_text(text, encoding="utf-8")
    witnessmark.read([root / "0.txt", root / "1.txt"], case=root / "case", published="2024-05-15").close()
    return root / "case"


def test_merge_writes_one_line_for_each_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "t.csv"
    table.write_text("report_id,date,place\na,2024-05-03,Lysohirka\nb,2024-06-03,Lysohirka\n", encoding="utf-8")
    assert run(["merge", str(table)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["report_id"] for r in rows] == ["a", "b"] and rows[0]["incident"] != rows[1]["incident"]
    assert run(["merge", str(table), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"] == 2
    assert run(["merge", str(tmp_path / "none.csv")]) == EXIT_USAGE


def test_weigh_tells_speakers_grade_and_reasons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with witnessmark.open_case(folder) as case:
        (incident,) = case.incidents
    assert run(["weigh", incident.identifier, "--case", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "governor" in told and "prosecutor" in told and "2 independent original speakers" in told
    assert run(["weigh", incident.identifier, "--case", str(folder), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["credibility"] == 2 and [r["rule"] for r in held["reasons"]] == ["origins", "corroborated"]
    assert run(["weigh", incident.claims[0], "--case", str(folder)]) == EXIT_USAGE
    assert run(["weigh", incident.identifier, "--case", str(folder), "--reliability", "X=Q"]) == EXIT_USAGE


def test_why_two_claims_were_merged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with witnessmark.open_case(folder) as case:
        one, other = case.incidents[0].claims
    assert run(["why", one, other, "--case", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "sum" in told and "merged into" in told
    assert run(["why", one, one, "--case", str(folder)]) == EXIT_USAGE
