"""Accounts of the people who share a desk: names, roles and password hashes (Argon2id), in a file of the case."""

from __future__ import annotations

import functools
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.archive import CaseFolder
from witnessmark.archive.files import write_atomic
from witnessmark.errors import IntegrityError, UsageError
from witnessmark.model.decisions import ROLES

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
"""Characters that a password needs (NIST SP 800-63B asks for 8 at least)."""

_NAME = re.compile(r"[\w.@-]{1,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """One person. ``role``: reader, reviewer, lead."""

    name: str
    role: str


class Accounts:
    """The accounts of one case.

    Raises (all methods):
        UsageError: WM701 when the library that hashes passwords is not installed.
        IntegrityError: WM310 when the file is damaged.
    """

    def __init__(self, folder: CaseFolder) -> None:
        self._folder = folder
        self._path: Path = folder.root / "accounts.json"

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        return tuple(Account(name, row["role"]) for name, row in sorted(self._read().items()))

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account, or give one a new role and password. The caller holds the case.

        Raises:
            UsageError: WM707 for a name, role or password that cannot be taken.
        """
        if not _NAME.fullmatch(name) or role not in ROLES or len(password) < SHORTEST:
            raise UsageError("WM707", origin=name)
        rows = self._read() | {name: {"role": role, "hash": _hasher().hash(password)}}
        write_atomic(
            self._path, (json.dumps(rows, sort_keys=True, indent=1) + "\n").encode(), aside=self._folder.aside, durable=self._folder.durable
        )
        os.chmod(self._path, 0o600)
        return Account(name, role)

    def check(self, name: str, password: str) -> Account:
        """The account with this name and password. It takes equally long whether the name or the password is wrong.

        Raises:
            UsageError: WM705 when there is none.
        """
        import argon2

        row = self._read().get(name)
        try:
            _hasher().verify(row["hash"] if row else _nobody(), password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError) as error:
            raise UsageError("WM705") from error
        if row is None:
            raise UsageError("WM705")
        return Account(name, row["role"])

    def _read(self) -> dict[str, dict[str, str]]:
        if not self._path.exists():
            return {}
        try:
            rows = json.loads(self._path.read_bytes())
            return {str(name): {"role": str(row["role"]), "hash": str(row["hash"])} for name, row in rows.items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IntegrityError("WM310", str(error), origin=self._path.name) from error


@functools.cache
def _hasher() -> PasswordHasher:
    """Argon2id with the library's defaults, the second choice of RFC 9106 section 4."""
    try:
        import argon2
    except ImportError as error:
        raise UsageError("WM701", "argon2-cffi") from error
    return argon2.PasswordHasher()


@functools.cache
def _nobody() -> str:
    """A hash that no password gives, for names that do not exist."""
    return _hasher().hash(os.urandom(32).hex())
