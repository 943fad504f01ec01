"""A segment that is written from copied and from new rows is the one that is written from new rows alone."""

import random
from pathlib import Path

import pytest

from witnessmark.engines import merging
from witnessmark.engines.merging import Before, MergedWriter
from witnessmark.engines.schema import TABLES


def _line(n: int) -> list[object]:
    kinds = {"text": f"value {n}", "int": n, "float": n / 2, "flag": n % 2 == 0}
    return [None if n % 5 == 0 and name != "identifier" else kinds[kind] for name, kind in TABLES["incidents"].items()]


def _made(folder: Path, numbers: list[int]) -> Path:
    writer = MergedWriter(folder / "draft")
    writer.extend("incidents", [_line(n) for n in numbers])
    return folder / writer.close().name / "incidents.parquet"


@pytest.mark.parametrize("seed", range(20))
def test_copied_rows_make_the_same_file(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "GROUP_ROWS", 7)
    rng = random.Random(seed)
    held = sorted(rng.sample(range(100), rng.randint(1, 60)))
    before = _made(tmp_path / "before", held)
    writer = MergedWriter(tmp_path / "after" / "draft")
    kept = []
    with Before(before) as rows:
        for n in range(100):
            if n in held and rng.random() < 0.7:
                writer.copy("incidents", rows.take(1))
            elif n in held:
                rows.skip(1)
                continue
            elif rng.random() < 0.2:
                writer.extend("incidents", [_line(n)])
            else:
                continue
            kept.append(n)
    segment = writer.close()
    if not kept:
        assert segment.files == {}
        return
    assert segment.files["incidents"][1] == len(kept)
    anew = _made(tmp_path / "anew", kept)
    assert (tmp_path / "after" / segment.name / "incidents.parquet").read_bytes() == anew.read_bytes()
    assert segment.name == anew.parent.name


def test_more_rows_than_there_are_cannot_be_taken() -> None:
    with Before(None) as before, pytest.raises(EOFError):
        before.take(1)


def test_without_a_file_there_is_nothing_before() -> None:
    with Before(None) as rows:
        assert rows.take(0) == []
