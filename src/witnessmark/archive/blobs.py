"""Content-addressed storage: bytes under the name of their SHA-256, written once, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from witnessmark.archive.files import write_atomic
from witnessmark.errors import CaseError, IntegrityError

_FLUSHES = 16
"""Files that are written to disk at the same time."""


class Blobs:
    """The folder ``blobs`` of a case. Files lie at ``ab/cdef...`` and may only be read (mode 0444)."""

    def __init__(self, root: Path, *, aside: Path, durable: bool = True) -> None:
        """``aside`` is a folder on the same file system for files that are not finished."""
        self.root = root
        self._aside = aside
        self._durable = durable

    def path(self, digest: str) -> Path:
        """Where the bytes with this SHA-256 (hex) lie or would lie."""
        return self.root / digest[:2] / digest[2:]

    def put(self, data: bytes) -> str:
        """Store ``data``, unless it is there, and give its SHA-256 (hex).

        Raises:
            IntegrityError: WM301 when other bytes lie under that name.
            CaseError: WM307 when it cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.exists():
            self.read(digest)
            return digest
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, data, aside=self._aside, mode=0o444, durable=self._durable)
        except OSError as error:
            raise CaseError("WM307", str(error), origin=str(path)) from error
        return digest

    def put_all(self, several: Sequence[bytes]) -> list[str]:
        """:meth:`put` for several at once: a disk flushes many small files together in little more than the time of one."""
        if not self._durable or len(several) < 2:
            return [self.put(data) for data in several]
        with ThreadPoolExecutor(min(_FLUSHES, len(several))) as pool:
            return list(pool.map(self.put, several))

    def read(self, digest: str) -> bytes:
        """The bytes with this SHA-256 (hex).

        Raises:
            CaseError: WM308 when they are not there.
            IntegrityError: WM301 when they are other bytes.
        """
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CaseError("WM308", str(error), origin=str(path)) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise IntegrityError("WM301", origin=str(path))
        return data
