"""``witnessmark patterns``."""

import json
from pathlib import Path

import pytest

import witnessmark
from witnessmark.cli import run

HYPOTHESES = '[[hypothesis]]\nname = "two a day"\nkind = "rate"\nunit = "incident"\nvalue = 2\n'


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("patterns")
    (root / "a.txt").write_text(
        "Shelling killed two people in Nikopol on 3 May 2024. Attacks on the town are growing exponentially.\n", encoding="utf-8"
    )
    witnessmark.read([root / "a.txt"], case=root / "case").close()
    return root / "case"


def test_series_of_a_case_get_a_verdict(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "--case", str(case), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [t["verdict"] for t in told["tests"]] == ["not_testable"]
    assert told["undercount"]["refusal"]


def test_a_table_is_tested_and_drawn(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"2024-01-{day:02}\n" * (2 + (day % 3 == 0) - (day % 4 == 0)) for day in range(1, 31))
    (tmp_path / "t.csv").write_text("date\n" + rows, encoding="utf-8")
    (tmp_path / "h.toml").write_text(HYPOTHESES, encoding="utf-8")
    arguments = [
        "--hypotheses",
        str(tmp_path / "h.toml"),
        "--table",
        str(tmp_path / "t.csv"),
        "--complete",
        "--to",
        str(tmp_path / "charts"),
    ]
    assert run(["patterns", "--case", str(case), *arguments]) == 0
    assert "1 supported" in capsys.readouterr().out
    assert [p.suffix for p in (tmp_path / "charts").iterdir()] == [".svg"]


def test_a_missing_table_is_told_by_its_code(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["patterns", "--case", str(case), "--table", "nowhere.csv"]) == 2
    assert "WM008" in capsys.readouterr().err
