from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from witnessmark.claims.fillers.files import built_from
from witnessmark.errors import DataError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    return tmp_path


def total(data: Any) -> int:
    return int(data["numbers"].sum())


def test_arrays_are_handed_to_the_builder(folder: Path) -> None:
    np.savez_compressed(folder / "own.npz", numbers=np.arange(4))
    assert built_from("own.npz", total) == 6


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    np.savez_compressed(folder / "other.npz", letters=np.arange(4))
    whole = (folder / "other.npz").read_bytes()
    (folder / "cut.npz").write_bytes(whole[: len(whole) // 2])
    (folder / "text.npz").write_text("no archive", encoding="utf-8")
    for name in ("missing.npz", "other.npz", "cut.npz", "text.npz"):
        with pytest.raises(DataError, match=name):
            built_from(name, total)
