"""Accounts of a case."""

import stat
from pathlib import Path

import pytest

from witnessmark.archive import CaseFolder
from witnessmark.desk.accounts import Account, Accounts
from witnessmark.errors import IntegrityError, UsageError

PASSWORD = "correct horse battery"


def test_an_account_opens_with_its_password_only(tmp_path: Path) -> None:
    held = Accounts(CaseFolder(tmp_path))
    assert held.all() == ()
    held.add("anna", "reviewer", PASSWORD)
    assert held.check("anna", PASSWORD) == Account("anna", "reviewer")
    for name, password in (("anna", PASSWORD + "!"), ("bohdan", PASSWORD), ("", "")):
        with pytest.raises(UsageError, match="WM705"):
            held.check(name, password)
    file = tmp_path / "accounts.json"
    assert PASSWORD not in file.read_text()
    assert "$argon2id$" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_time_changes_role_and_password(tmp_path: Path) -> None:
    held = Accounts(CaseFolder(tmp_path))
    held.add("anna", "reviewer", PASSWORD)
    held.add("anna", "lead", PASSWORD[::-1])
    assert held.check("anna", PASSWORD[::-1]).role == "lead"
    assert len(held.all()) == 1


@pytest.mark.parametrize("name, role, password", [("", "lead", PASSWORD), ("a b", "lead", PASSWORD), ("a" * 65, "lead", PASSWORD), ("../x", "lead", PASSWORD),
                                                  ("anna", "owner", PASSWORD), ("anna", "lead", "short")])  # fmt: skip
def test_what_is_no_account_is_refused(tmp_path: Path, name: str, role: str, password: str) -> None:
    with pytest.raises(UsageError, match="WM707"):
        Accounts(CaseFolder(tmp_path)).add(name, role, password)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text("[1]")
    with pytest.raises(IntegrityError, match="WM310"):
        Accounts(CaseFolder(tmp_path)).all()
