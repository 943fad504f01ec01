"""Shards read apart and gathered give the case of one run, also when each of the runs is killed (SIGKILL) and done again.

``WITNESSMARK_KILLS=100 pytest tests/crash`` tries five times as many moments.
"""

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import witnessmark
from witnessmark.archive import CaseFolder
from witnessmark.errors import CaseError, UsageError
from witnessmark.ledger import Ledger
from witnessmark.ledger.verify import verify
from witnessmark.model import Decision
from witnessmark.review.log import write_decision

KILLS = int(os.environ.get("WITNESSMARK_KILLS", "20")) // 4
CHILD = Path(__file__).with_name("gather_child.py")
SHARDS = ("1/3", "2/3", "3/3")

pytestmark = pytest.mark.slow


def run(*arguments: object) -> tuple[int, int]:
    """Exit code and number of operations."""
    done = subprocess.run([sys.executable, str(CHILD), *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("begin\n"), done.stderr
    told = done.stdout.partition("operations\t")[2]
    return done.returncode, int(told or 0)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("inputs")
    (root / "more").mkdir()
    rows = []
    for i in range(16):
        text = f"Rockets hit Oldbridge for night {i}\n\nAt least {i + 2} people were killed and {i + 5} wounded when rockets hit a clinic"
        text += f" in {('Oldbridge', 'Millport')[i % 2]} on {3 + i // 4} May 2021, the mayor said.\n"
        if i < 8:
            (root / ("more" if i % 3 else "") / f"{i:02}.txt").write_text(text, encoding="utf-8")
        else:
            rows.append(json.dumps({"id": f"r{i}", "text": text}) + "\n")
    (root / "copy.txt").write_bytes((root / "00.txt").read_bytes())
    (root / "rows.jsonl").write_text("".join(rows) + "no json\n", encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    (root / ".hidden").write_text("x")
    return root


@pytest.fixture(scope="module")
def whole(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What one run over all inputs gives."""
    with witnessmark.read([inputs], case=tmp_path_factory.mktemp("whole") / "case", published="2021-05-04") as case:
        assert case.totals["inputs"] == 20
        return {"snapshot": case.snapshot, "totals": dict(case.totals), "captures": len(case.captures)}


@pytest.fixture(scope="module")
def shards(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The shards, each killed on its way and done again."""
    root = tmp_path_factory.mktemp("shards")
    _, operations = run("read", root / "tried", 0, inputs, SHARDS[0])
    for number, share in enumerate(SHARDS):
        assert run("read", root / str(number), operations * (number + 1) // 4, inputs, share)[0] == -9
        assert run("read", root / str(number), 0, inputs, share)[0] == 0
    return [root / str(number) for number in range(len(SHARDS))]


def same(case: witnessmark.Case, whole: dict[str, object]) -> None:
    assert {"snapshot": case.snapshot, "totals": dict(case.totals), "captures": len(case.captures)} == whole
    assert case.verify().findings == []


def test_every_input_is_in_exactly_one_shard(shards: list[Path], whole: dict[str, object]) -> None:
    totals: list[int] = []
    origins: list[tuple[str, str]] = []
    for folder in shards:
        with witnessmark.open_case(folder) as case:
            totals.append(case.totals["inputs"])
            origins += [(i.origin, i.item) for i in case.inputs]
            assert case.verify().findings == []
    assert min(totals) > 0
    assert len(origins) == len(set(origins)) == sum(totals) == 20


def test_gathered_in_any_order_and_again_it_is_the_case_of_one_run(shards: list[Path], whole: dict[str, object], tmp_path: Path) -> None:
    gathered = witnessmark.gather(tmp_path / "case", shards[:2])
    assert gathered.missing == ("3/3",)
    gathered.case.close()
    gathered = witnessmark.gather(tmp_path / "case", shards[::-1])
    assert gathered.missing == ()
    with gathered.case as case:
        same(case, whole)
        events = case.manifest.ledger
    with witnessmark.gather(tmp_path / "case", shards).case as again:
        assert again.manifest.ledger == events
    assert all(verify(folder).ok for folder in shards)


@pytest.fixture(scope="module")
def operations(shards: list[Path], tmp_path_factory: pytest.TempPathFactory) -> int:
    """Operations on files of an undisturbed gathering."""
    return run("gather", tmp_path_factory.mktemp("tried") / "case", 0, *shards)[1]


@pytest.mark.parametrize("part", range(KILLS))
def test_gathering_that_was_killed_is_done_again(
    part: int, operations: int, shards: list[Path], whole: dict[str, object], tmp_path: Path
) -> None:
    code, _ = run("gather", tmp_path / "case", 1 + part * operations // KILLS, *shards)
    assert code == -9
    with witnessmark.gather(tmp_path / "case", shards).case as case:
        same(case, whole)


def test_what_no_shard_of_this_version_has_read_is_read_when_it_is_gathered(
    shards: list[Path], whole: dict[str, object], tmp_path: Path
) -> None:
    stale = Path(shutil.copytree(shards[0], tmp_path / "stale"))
    db = sqlite3.connect(stale / "work.sqlite")
    db.execute("UPDATE results SET producer = 'an older reader'")
    db.commit()
    db.close()
    (stale / "seal.json").unlink()
    with pytest.raises(CaseError, match="WM309"):
        witnessmark.gather(tmp_path / "case", [stale, *shards[1:]])
    CaseFolder(stale).make_seal()
    with witnessmark.gather(tmp_path / "case", [stale, *shards[1:]]).case as case:
        same(case, whole)


def test_what_cannot_be_gathered_is_refused(inputs: Path, shards: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"WM036.*shard 1/3"):
        witnessmark.read([inputs], case=shards[0], shard="2/3")
    for wrong in ("0/3", "4/3", "3", "1/0", "a/b"):
        with pytest.raises(UsageError, match="WM036"):
            witnessmark.read([inputs], case=tmp_path / "new", shard=wrong)
    with pytest.raises(CaseError, match="WM005"):
        witnessmark.gather(tmp_path / "new", [tmp_path])
    with pytest.raises(UsageError, match="WM002"):
        witnessmark.gather(tmp_path / "new", [])


def test_decisions_of_people_are_not_left_behind(shards: list[Path], tmp_path: Path) -> None:
    decided = CaseFolder(Path(shutil.copytree(shards[1], tmp_path / "decided")))
    with witnessmark.open_case(decided.root) as case:
        subject = case.claims[0].identifier
    made = Decision("accept", (subject,), "lead", "reviewer", dt.datetime(2024, 1, 1, tzinfo=dt.UTC), field="act")
    with decided.appending(), Ledger(decided.ledger, tool_version="test") as ledger:
        write_decision(ledger, made)
    with pytest.raises(CaseError, match="WM313"):
        witnessmark.gather(tmp_path / "new", [decided.root])
