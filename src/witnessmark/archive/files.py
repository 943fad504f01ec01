"""Writing files so that a reader sees the old bytes or the new ones, never a part, whatever happens to the process."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomic(path: Path, data: bytes, *, aside: Path, mode: int = 0o644, durable: bool = True) -> None:
    """Write ``data`` to a new file in the folder ``aside`` (same file system), flush it, then rename it to ``path``.

    With ``durable`` the bytes and the name are on disk when this returns.

    Raises:
        OSError: when the disk is full or the folder may not be written; ``path`` is then as it was.
    """
    aside.mkdir(parents=True, exist_ok=True)
    draft = aside / secrets.token_hex(8)
    try:
        with open(draft, "xb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        draft.chmod(mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush the names in ``folder``; nothing to do on systems where a folder cannot be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Flush the bytes of ``path``."""
    with open(path, "rb") as stream:
        os.fsync(stream.fileno())
