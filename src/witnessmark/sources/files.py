"""Files and folders: opened without following surprises, read with a cap."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from witnessmark.errors import SourceError
from witnessmark.model import Problem
from witnessmark.sources.items import problem, shown

_CODES = {errno.EACCES: "WM102", errno.EPERM: "WM102", errno.ENXIO: "WM103", errno.EISDIR: "WM103", errno.ELOOP: "WM103"}
PEEK = 65536
"""Bytes that are looked at to tell what a file holds."""


def open_regular(path: str | os.PathLike[str]) -> io.BufferedReader:
    """``path`` opened for reading.

    The kind is checked on the opened file, so that it cannot be swapped in between; opening does not wait for the other end of a pipe.

    Raises:
        SourceError: WM101 missing, WM102 not allowed, WM103 not a regular file.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except ValueError as error:  # a NUL in the name
        raise SourceError("WM101", str(error), origin=shown(path.__str__().replace("\0", "\\0"))) from error
    except OSError as error:
        raise os_error(error, path) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SourceError("WM103", origin=shown(path))
    return io.BufferedReader(io.FileIO(handle, "rb"), buffer_size=PEEK)


def os_error(error: OSError, path: str | os.PathLike[str]) -> SourceError:
    """The coded form of ``error``."""
    return SourceError(_CODES.get(error.errno or 0, "WM101"), error.strerror or type(error).__name__, origin=shown(path))


def read_capped(stream: BinaryIO, limit: int, *, origin: str) -> bytes:
    """All bytes of ``stream``.

    Raises:
        SourceError: WM104 when there are none, WM105 when there are more than ``limit``, WM101 when reading fails.
    """
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        raise SourceError("WM101", error.strerror or "", origin=origin) from error
    if not data:
        raise SourceError("WM104", origin=origin)
    if len(data) > limit:
        raise SourceError("WM105", f"limit {limit} bytes", origin=origin)
    return data


@dataclass(slots=True)
class _Walk:
    root: Path
    hidden: int = 0
    links: int = 0


def walk_folder(root: str | os.PathLike[str]) -> Iterator[Path | Problem]:
    """Files under ``root`` in the order of their names, folder by folder.

    Hidden files and folders are passed over and counted (WM112), as are links whose target lies inside and is met anyway; links that lead out
    are refused one by one (WM111).
    """
    walk = _Walk(Path(os.path.realpath(root)))
    found = False
    for entry in _walk(Path(root), walk):
        found = True
        yield entry
    if walk.hidden or walk.links:
        yield problem("WM112", f"{walk.hidden} hidden, {walk.links} inner links", origin=shown(root))
    if not found:
        yield problem("WM002", origin=shown(root))


def _walk(folder: Path, walk: _Walk) -> Iterator[Path | Problem]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda e: e.name)
        except OSError as error:
            yield problem(_CODES.get(error.errno or 0, "WM101"), error.strerror or "", origin=shown(current))
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                walk.hidden += 1
            elif entry.is_symlink():
                yield from _link(entry, walk)
            elif entry.is_dir(follow_symlinks=False):
                below.append(Path(entry.path))
            else:
                yield Path(entry.path)
        pending.extend(reversed(below))


def _link(entry: os.DirEntry[str], walk: _Walk) -> Iterator[Problem]:
    target = Path(os.path.realpath(entry.path))
    if target.is_relative_to(walk.root):
        walk.links += 1
    else:
        yield problem("WM111", origin=shown(entry.path))
