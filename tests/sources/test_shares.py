"""Shares of the inputs: together they are everything, and no item is in two."""

import io
import json
import zipfile
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from witnessmark.errors import UsageError
from witnessmark.model import Problem
from witnessmark.sources import RawItem, Share, collect


@given(st.text(), st.integers(1, 40))
def test_every_key_is_in_exactly_one_share(key: str, of: int) -> None:
    assert sum(Share(n, of).takes(key) for n in range(1, of + 1)) == 1


def test_a_share_is_written_as_number_and_count() -> None:
    assert Share.parse("3/16") == Share(3, 16) and str(Share(3, 16)) == "3/16"
    for wrong in ("0/4", "5/4", "3", "", "1/0", "-1/2", "1/2/3", "1 / 2"):
        with pytest.raises(UsageError, match="WM036"):
            Share.parse(wrong)


def _name(found: RawItem | Problem, root: Path) -> tuple[str, str]:
    where, what = (found.origin, found.item) if isinstance(found, RawItem) else (found.origin, found.code)
    return where.removeprefix(str(root)), what


def _fill(root: Path) -> Path:
    (root / "below").mkdir(parents=True)
    for n in range(12):
        (root / ("below" if n % 2 else "") / f"{n}.txt").write_text(f"text {n}")
    (root / "rows.jsonl").write_text("".join(json.dumps({"id": n, "text": f"row {n}"}) + "\n" for n in range(12)) + "broken\n")
    (root / "rows.csv").write_text("id,text\n" + "".join(f"{n},cell {n}\n" for n in range(12)))
    (root / "pages.urls").write_text("".join(f"https://example.org/{n}\n" for n in range(12)))
    with zipfile.ZipFile(root / "more.zip", "w") as archive:
        for n in range(6):
            archive.writestr(f"{n}.txt", f"member {n}")
    (root / "empty.txt").write_bytes(b"")
    (root / ".hidden").write_bytes(b"x")
    return root


def test_the_shares_of_all_kinds_of_containers_are_together_everything(tmp_path: Path) -> None:
    root = _fill(tmp_path / "a")
    inputs = [str(root), str(tmp_path / "missing.txt"), "https://example.org/alone", "-"]

    def found(share: Share) -> list[tuple[str, str]]:
        stdin = io.BytesIO(b'{"id":"s1","text":"one"}\n{"id":"s2","text":"two"}\n')
        return [_name(f, tmp_path) for f in collect(inputs, stdin=stdin, share=share)]

    whole = found(Share())
    parts = [found(Share(n, 4)) for n in range(1, 5)]
    assert sorted(chain.from_iterable(parts)) == sorted(whole)
    assert len(whole) > 60 and all(parts)


def test_the_division_does_not_hang_on_where_the_folder_lies(tmp_path: Path) -> None:
    one, other = _fill(tmp_path / "a"), _fill(tmp_path / "elsewhere" / "b")
    for n in range(1, 4):
        here = [_name(f, one) for f in collect([str(one)], share=Share(n, 3))]
        assert [_name(f, other) for f in collect([str(other)], share=Share(n, 3))] == here
