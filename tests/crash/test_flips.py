"""Flip single bytes of a case and of an export at random: each flip is found and the file is named.

``WITNESSMARK_FLIPS=10000 pytest tests/crash/test_flips.py`` flips 10,000 bytes instead of 1,500.
"""

import os
import random
from pathlib import Path

import pytest

import witnessmark
from witnessmark.ledger.verify import verify

FLIPS = int(os.environ.get("WITNESSMARK_FLIPS", "1500"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("flips")
    for i in range(2):
        text = f"Shells hit Eastfield market {i}\n\nShelling killed {i + 3} people at a market in Eastfield on 2 June 2020, doctors said.\n"
        (root / f"{i}.txt").write_text(text, encoding="utf-8")
    witnessmark.read([str(root / "0.txt"), str(root / "1.txt"), str(root / "missing.txt")], case=root / "case").close()
    return root / "case"


@pytest.fixture(scope="module")
def export(case: Path) -> Path:
    with witnessmark.open_case(case) as opened:
        opened.export(case.parent / "export")
    return case.parent / "export"


def flip(path: Path, rng: random.Random) -> tuple[int, bytes]:
    """Change one byte of ``path`` in place; gives where and what it was."""
    at = rng.randrange(path.stat().st_size)
    mode = path.stat().st_mode
    path.chmod(0o644)
    with open(path, "r+b") as stream:
        stream.seek(at)
        old = stream.read(1)
        stream.seek(at)
        stream.write(bytes([old[0] ^ (1 << rng.randrange(8))]))
    path.chmod(mode)
    return at, old


def restore(path: Path, at: int, old: bytes) -> None:
    path.chmod(0o644)
    with open(path, "r+b") as stream:
        stream.seek(at)
        stream.write(old)


def files(root: Path) -> list[Path]:
    return sorted(p for p in root.rglob("*") if p.is_file() and p.stat().st_size)


def missed(root: Path, count: int, seed: int) -> list[str]:
    """The flips that were not found in the file where they were made. Half go by file, half by byte: small files are hit as well."""
    rng = random.Random(seed)
    listed = files(root)
    sizes = [p.stat().st_size for p in listed]
    out = []
    for n in range(count):
        path = rng.choice(listed) if n % 2 else rng.choices(listed, sizes)[0]
        at, old = flip(path, rng)
        named = {f.file for f in verify(root).findings}
        restore(path, at, old)
        if path.relative_to(root).as_posix() not in named:
            out.append(f"{path.relative_to(root)} at {at}: {named}")
    return out


def test_every_flip_in_a_case_is_found_and_named(case: Path) -> None:
    assert verify(case).findings == []
    assert missed(case, FLIPS, seed=1) == []
    assert verify(case).findings == []


def test_every_flip_in_an_export_is_found_and_named(case: Path, export: Path) -> None:
    assert verify(export).findings == []
    assert verify(case).findings == []
    assert missed(export, FLIPS // 5, seed=2) == []
    assert verify(export).findings == []


def test_every_byte_of_the_seal_counts(case: Path) -> None:
    seal = case / "seal.json"
    whole = seal.read_bytes()
    for at in range(0, len(whole), 7):
        seal.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
        assert "seal.json" in {f.file for f in verify(case).findings}, at
    seal.write_bytes(whole)
    assert verify(case).ok
