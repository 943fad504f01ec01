import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import witnessmark
from witnessmark import cli

_spec = importlib.util.spec_from_file_location("cli_conftest", Path(__file__).with_name("conftest.py"))
assert _spec is not None and _spec.loader is not None
_helpers = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _helpers
_spec.loader.exec_module(_helpers)
call, STRIKE = _helpers.call, _helpers.STRIKE


def record(case: str, table: str) -> Any:
    """The first record of a table."""
    with witnessmark.open_case(case) as opened:
        return opened.to_json()[table][0]  # type: ignore[index]


def test_read_prints_what_was_found_and_the_totals(reports: Path) -> None:
    outcome = call("read", str(reports))
    assert outcome.code == 0
    for words in ("Incidents", "Lozova", "missile strike", "Series", "exponentially", "Documents", "machine-read, not reviewed"):
        assert words in outcome.out
    assert "3 inputs = 2 read + 0 partial + 1 empty + 0 blocked + 0 failed" in outcome.out
    assert "[WM104]" in outcome.out
    assert "Nothing was kept" in outcome.out


def test_read_takes_standard_input_and_a_day_of_publication() -> None:
    outcome = call("read", "-", "--published", "2024-03-15", "--publisher", "Example Gazette", "--json", given=STRIKE)
    assert outcome.code == 0
    made = json.loads(outcome.out)
    assert made["documents"][0]["publisher"] == "Example Gazette"
    assert made["documents"][0]["published"]["value"]["earliest"] == "2024-03-15"
    assert made["incidents"]


def test_read_as_json_gives_every_value_with_its_words(reports: Path) -> None:
    made = json.loads(call("read", str(reports), "--json").out)
    texts = {d["id"]: d["text"] for d in made["documents"]}
    claim = made["claims"][0]
    for name in ("act", "place", "date", "killed"):
        value = claim[name]
        assert texts[value["document"]][value["start"] : value["end"]] == value["quote"]
    assert made["totals"] == {"inputs": 3, "read": 2, "partial": 0, "empty": 1, "blocked": 0, "failed": 0}


def test_a_second_read_goes_on_with_the_case(reports: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "case")
    assert call("read", str(reports / "quiet.txt"), "--case", folder).code == 0
    outcome = call("read", str(reports / "strike.txt"), "--case", folder)
    assert "2 inputs = 2 read" in outcome.out
    again = call("read", "--case", folder)
    assert again.code == 0
    assert "2 inputs = 2 read" in again.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["read"], 2),
        (["read", "x.txt", "--published", "yesterday"], 2),
        (["read", "--no-such-option"], 2),
        (["nonsense"], 2),
        (["export"], 2),
        (["show", "--case", "not-there"], 1),
        (["verify", "--case", "not-there"], 1),
        (["read", "not-there.txt"], 1),
        (["eval"], 2),
    ],
)
def test_exit_codes_tell_wrong_calls_from_problems(
    arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WITNESSMARK_GOLD", raising=False)
    outcome = call(*arguments)
    assert outcome.code == code, outcome
    assert "Traceback" not in outcome.err
    assert outcome.err or outcome.out


def test_show_lists_everything_without_an_id(case: str) -> None:
    outcome = call("show", "--case", case)
    assert outcome.code == 0
    assert record(case, "incidents")["id"] in outcome.out


@pytest.mark.parametrize("table", ["incidents", "claims", "series", "documents"])
def test_show_marks_the_words_of_any_record(case: str, table: str) -> None:
    found = record(case, table)["id"]
    outcome = call("show", found, "--case", case)
    assert outcome.code == 0, outcome.err
    assert found in outcome.out
    assert "⟦" in outcome.out or table == "documents"
    row = json.loads(call("show", found, "--case", case, "--json").out)
    assert row["id"] == found


def test_show_takes_a_shortened_id(case: str) -> None:
    found = record(case, "incidents")["id"]
    assert found in call("show", found[:8], "--case", case).out


def test_show_names_an_unknown_id(case: str) -> None:
    outcome = call("show", "no-such-id", "--case", case)
    assert outcome.code == 2
    assert "[WM001]" in outcome.err


def test_why_says_words_rule_and_value(case: str) -> None:
    found = record(case, "claims")
    outcome = call("why", found["id"], "place", "--case", case)
    assert outcome.code == 0
    assert found["place"]["quote"] in outcome.out
    assert found["place"]["rule"] in outcome.out
    assert f"{found['place']['start']}..{found['place']['end']}" in outcome.out
    assert "Candidates" in outcome.out
    missing = call("why", found["id"], "no_such_field", "--case", case)
    assert (missing.code, "[WM004]" in missing.err) == (2, True)


def test_why_of_an_incident_names_its_claim(case: str) -> None:
    incident = record(case, "incidents")
    outcome = call("why", incident["id"], "killed", "--case", case, "--json")
    assert outcome.code == 0
    assert incident["claims"][0] in outcome.out


def test_the_case_can_be_named_by_the_environment(case: str) -> None:
    assert call("show", env={"WITNESSMARK_CASE": case}).code == 0


def test_verify_finds_a_changed_byte_and_says_where(reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    call("read", str(reports / "strike.txt"), "--case", str(folder))
    sound = call("verify", "--case", str(folder))
    assert sound.code == 0, sound.out
    assert sound.out.splitlines()[-1].startswith("OK")
    blob = next(p for p in (folder / "blobs").rglob("*") if p.is_file())
    data = bytearray(blob.read_bytes())
    data[10] ^= 1
    blob.chmod(0o644)
    blob.write_bytes(bytes(data))
    broken = call("verify", "--case", str(folder), "--json")
    assert broken.code == 1
    report = json.loads(broken.out)
    assert not report["ok"]
    assert any("WM301" in f for f in report["findings"])


def test_export_writes_every_format_and_can_be_checked_alone(case: str, tmp_path: Path) -> None:
    outcome = call("export", "--case", case, "--to", str(tmp_path / "out"))
    assert outcome.code == 0, outcome.err
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert {"report.html", "claims.jsonl", "incidents.csv", "incidents.parquet", "incidents.geojson", "SHA256SUMS", "verify.py"} <= names
    assert "report.html" in outcome.out
    checked = subprocess.run([sys.executable, "-I", "out/verify.py", "out"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_publish_redacts_writes_and_tells_what_changed(case: str, tmp_path: Path) -> None:
    fast = ["--without", "pdf", "--without", "figures"]
    outcome = call("publish", case, "--to", str(tmp_path / "a"), *fast)
    assert outcome.code == 0, outcome.err
    assert "report.en.html" in outcome.out
    assert "LOSSES.md" in outcome.out
    checked = subprocess.run([sys.executable, "-I", "a/verify.py", "a"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    again = call("publish", case, "--to", str(tmp_path / "b"), "--as-of", "2100-01-01", "--json", *fast)
    assert "incidents.gpkg" in json.loads(again.out)["files"]
    changed = call("diff", str(tmp_path / "a"), str(tmp_path / "b"))
    assert changed.code == 0
    assert "0 added, 0 removed" in changed.out
    assert {"totals", "changes"} == set(json.loads(call("diff", str(tmp_path / "a"), str(tmp_path / "b"), "--json").out))


def test_publish_refuses_what_is_wrong(case: str, tmp_path: Path) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text('[names]\nprivate = "keep"\n', encoding="utf-8")
    outcome = call("publish", case, "--to", str(tmp_path / "a"), "--policy", str(policy))
    assert outcome.code == 2
    assert "WM602" in outcome.err
    assert call("publish", case).code == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x.txt").write_text("keep", encoding="utf-8")
    assert "WM605" in call("publish", case, "--to", str(tmp_path / "mine")).err
    assert "audience" in call("publish", "--show-policy").out


def test_a_stopped_run_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(witnessmark, "read", stop, raising=False)
    outcome = call("read", "x.txt", "--case", str(tmp_path / "a case"))
    assert outcome.code == cli.EXIT_STOPPED
    assert "witnessmark read --case" in outcome.err
    assert "a case'" in outcome.err
    assert "nothing was kept" in call("read", "x.txt").err


def test_help_loads_nothing_heavy() -> None:
    heavy = "numpy duckdb pyarrow lxml splink rich jinja2 pandas resiliparse selectolax pypdf tomllib"
    code = (
        f"import sys, witnessmark.cli as c; code = c.run(['--help']); sys.exit([m for m in {heavy.split()!r} if m in sys.modules] or code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in ("read", "show", "why", "verify", "export", "publish", "diff", "demo", "eval"):
        assert name in done.stdout


@pytest.mark.parametrize("name", ["read", "show", "why", "verify", "export", "publish", "diff", "demo", "eval"])
def test_every_command_explains_itself(name: str) -> None:
    outcome = call(name, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"Usage: witnessmark {name}")


def test_the_console_script_works_and_a_closed_pipe_is_no_error(case: str) -> None:
    script = f"{sys.executable} -c 'from witnessmark.cli import main; main()' show --case {case} | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "incident" in done.stdout


def test_the_demo_leaves_other_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    outcome = call("demo", "--to", str(tmp_path))
    assert outcome.code == 2
    assert os.listdir(tmp_path) == ["mine.txt"]


@pytest.mark.slow
def test_the_demo_builds_a_case_and_says_where_the_report_is(tmp_path: Path) -> None:
    outcome = call("demo", "--to", str(tmp_path / "demo"))
    assert outcome.code == 0, outcome.err
    assert (tmp_path / "demo" / "export" / "report.html").is_file()
    assert "report.html" in outcome.out
    assert "witnessmark show" in outcome.out
    assert call("verify", "--case", str(tmp_path / "demo" / "case")).code == 0
    assert call("demo", "--to", str(tmp_path / "demo")).code == 0
