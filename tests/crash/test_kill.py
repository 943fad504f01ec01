"""Kill -9 a real run at many moments: what was acknowledged is there, and the next run gives the clean result.

``WITNESSMARK_KILLS=200 pytest tests/crash`` tries 200 moments instead of 20.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

import witnessmark
from witnessmark.archive import captures
from witnessmark.ledger import Ledger
from witnessmark.ledger.verify import verify

KILLS = int(os.environ.get("WITNESSMARK_KILLS", "20"))
CHILD = Path(__file__).with_name("child.py")
FILES = 24

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Clean:
    """A run that nobody disturbed."""

    snapshot: str
    totals: dict[str, int]
    operations: int
    seconds: float


def begin(case: Path, inputs: Path, kill_at: int) -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, str(CHILD), str(case), str(inputs), str(kill_at)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


def acknowledged(output: str) -> dict[str, int]:
    """The last complete number that each stage told."""
    lines = output.split("\n")[:-1]
    return {stage: int(number) for stage, number in (line.split("\t") for line in lines)}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("inputs")
    for i in range(FILES):
        text = f"Rockets hit Oldbridge for night {i}\n\nAt least {i + 2} people were killed and {i + 5} wounded when rockets hit a clinic"
        (root / f"{i:02}.txt").write_text(text + " in Oldbridge on 3 May 2021, the mayor said.\n", encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    return root


@pytest.fixture(scope="module")
def clean(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    case = tmp_path_factory.mktemp("clean") / "case"
    process = begin(case, inputs, 0)
    start = time.monotonic()
    output, _ = process.communicate()
    seconds = time.monotonic() - start
    assert process.returncode == 0
    with witnessmark.open_case(case) as read:
        assert read.verify().findings == []
        return Clean(read.snapshot, dict(read.totals), acknowledged(output)["operations"], seconds)


def check(case: Path, inputs: Path, clean: Clean, told: dict[str, int]) -> None:
    if case.exists() and (case / "ledger.sqlite").exists():
        left = {(f.code, f.file) for f in verify(case).findings}
        assert left <= {("WM309", "seal.json"), ("WM308", "manifest.json")}, left
    if told.get("taking in"):
        with Ledger(case / "ledger.sqlite", tool_version="test") as ledger:
            assert sum(1 for _ in captures(ledger)) == FILES
    if told.get("reading"):
        db = sqlite3.connect(case / "work.sqlite")
        assert db.execute("SELECT COUNT(*) FROM results").fetchone()[0] >= told["reading"]
        db.close()
    with witnessmark.read([str(inputs)], case=case, published="2021-05-04") as again:
        assert again.snapshot == clean.snapshot
        assert dict(again.totals) == clean.totals
        assert len(again.captures) == FILES
        assert again.verify().findings == []
    shutil.rmtree(case)


@pytest.mark.parametrize("part", range(KILLS - KILLS // 3))
def test_killed_before_an_operation_on_a_file(part: int, inputs: Path, clean: Clean, tmp_path: Path) -> None:
    kill_at = 1 + part * clean.operations // (KILLS - KILLS // 3)
    process = begin(tmp_path / "case", inputs, kill_at)
    output, _ = process.communicate()
    assert process.returncode == -9
    check(tmp_path / "case", inputs, clean, acknowledged(output))


@pytest.fixture(scope="module")
def half(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the first half of the files."""
    case = tmp_path_factory.mktemp("half") / "case"
    files = sorted(str(p) for p in inputs.glob("??.txt"))[: FILES // 2]
    witnessmark.read(files, case=case, published="2021-05-04").close()
    return case


@pytest.mark.parametrize("part", range(1 + KILLS // 3))
def test_killed_while_a_case_grows(part: int, half: Path, inputs: Path, clean: Clean, tmp_path: Path) -> None:
    shutil.copytree(half, tmp_path / "case")
    # Growing needs about as many operations as a first run of as many files; the last part is not killed.
    kill_at = 1 + part * clean.operations // (1 + KILLS // 3) if part < KILLS // 3 else 0
    process = begin(tmp_path / "case", inputs, kill_at)
    output, _ = process.communicate()
    check(tmp_path / "case", inputs, clean, acknowledged(output) if kill_at == 0 else {})


@pytest.mark.parametrize("seed", range(KILLS // 3))
def test_killed_at_a_random_moment(seed: int, inputs: Path, clean: Clean, tmp_path: Path) -> None:
    process = begin(tmp_path / "case", inputs, 0)
    time.sleep(random.Random(seed).uniform(0, clean.seconds))
    process.kill()
    output, _ = process.communicate()
    check(tmp_path / "case", inputs, clean, acknowledged(output))


def test_killed_again_and_again(inputs: Path, clean: Clean, tmp_path: Path) -> None:
    for share in (3, 4, 5):
        begin(tmp_path / "case", inputs, clean.operations // share).communicate()
    check(tmp_path / "case", inputs, clean, {})
