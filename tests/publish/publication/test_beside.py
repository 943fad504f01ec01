"""Two processes write what one would have written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from witnessmark.errors import DataError
from witnessmark.publish.publication import PARTS, beside, publish
from witnessmark.publish.redaction import PublicView, RestrictedView, load_policy, redact
from witnessmark.publish.view import CaseView

WITHOUT = ["pdf", "figures", "report"]


@pytest.fixture
def shared(view: CaseView) -> PublicView | RestrictedView:
    """The hand-made case, redacted."""
    return redact(view, load_policy(), as_of=dt.date(2026, 1, 1))


def test_the_files_are_the_same(shared: PublicView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(shared, tmp_path / "one", without=WITHOUT)
    monkeypatch.setattr(beside, "worth_it", lambda incidents: True)
    publish(shared, tmp_path / "two", without=WITHOUT)
    one, two = (
        {p.relative_to(tmp_path / n).as_posix(): p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()} for n in ("one", "two")
    )
    assert one == two


def test_what_the_other_process_cannot_do_is_told(shared: PublicView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(facts: object, account: object) -> object:
        raise DataError("WM611", "openpyxl")

    monkeypatch.setattr(beside, "worth_it", lambda incidents: True)
    monkeypatch.setitem(PARTS, "workbook", missing)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="WM611"):
        publish(shared, tmp_path / "out", without=WITHOUT)
    assert not (tmp_path / "out").exists()
