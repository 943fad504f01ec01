"""Zip archives and gzip streams, with caps that are checked before and while inflating."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from witnessmark.errors import SourceError
from witnessmark.sources.items import MEGABYTE, Limits

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def check_zip(archive: zipfile.ZipFile, limits: Limits, *, origin: str) -> None:
    """Refuses an archive by its directory alone, before a byte is inflated.

    Raises:
        SourceError: WM208 when it has too many members, or says that it unpacks to too much or by too great a ratio.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        raise SourceError("WM208", f"{len(members)} members", origin=origin)
    total = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if total > limits.total:
        raise SourceError("WM208", f"{total} bytes", origin=origin)
    if total > MEGABYTE and total > limits.ratio * max(1, packed):
        raise SourceError("WM208", f"ratio {total // max(1, packed)}", origin=origin)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int, *, origin: str) -> bytes:
    """The bytes of one member; the archive's own figures are not trusted.

    Raises:
        SourceError: WM211 encrypted, WM105 longer than ``limit``, WM109 broken.
    """
    if member.flag_bits & 1:
        raise SourceError("WM211", origin=origin)
    if member.file_size > limit:
        raise SourceError("WM105", f"limit {limit} bytes", origin=origin)
    try:
        with archive.open(member) as stream:
            data = stream.read(limit + 1)
    except _BROKEN as error:
        raise SourceError("WM109", type(error).__name__, origin=origin) from error
    if len(data) > limit:
        raise SourceError("WM105", f"limit {limit} bytes", origin=origin)
    return data


def open_zip(data: bytes, limits: Limits, *, origin: str) -> zipfile.ZipFile:
    """The archive in ``data``, checked.

    Raises:
        SourceError: WM109 when it is no zip, WM208 as :func:`check_zip`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise SourceError("WM109", type(error).__name__, origin=origin) from error
    check_zip(archive, limits, origin=origin)
    return archive


class InflatedStream(io.RawIOBase):
    """The contents of a gzip stream of any number of members.

    Reading raises :class:`SourceError` WM208 once more than ``limits.ratio`` times the bytes taken in have come out, WM109 when the
    stream is damaged. Nothing is held beyond one chunk.
    """

    def __init__(self, source: BinaryIO, limits: Limits, *, origin: str) -> None:
        self._source = source
        self._limits = limits
        self._origin = origin
        self._taken = 0
        self._given = 0
        self._chunks = self._inflate()
        self._rest = b""

    def readable(self) -> bool:
        """Always true."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; all that is left when negative; nothing at the end."""
        if size < 0:
            return self._rest + b"".join(self._chunks)
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        out, self._rest = self._rest[:size], self._rest[size:]
        return out

    def readinto(self, buffer: object) -> int:
        """Fills ``buffer``; the number of bytes put there."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def _inflate(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(wbits=31)
        pending = b""
        while True:
            if not pending:
                pending = self._source.read(65536)
                self._taken += len(pending)
                if not pending:
                    break
            try:
                out = inflater.decompress(pending, 1 << 20)
            except zlib.error as error:
                raise SourceError("WM109", "gzip", origin=self._origin) from error
            pending = inflater.unconsumed_tail
            if inflater.eof:
                pending = inflater.unused_data.lstrip(b"\0")
                inflater = zlib.decompressobj(wbits=31)
            if out:
                self._count(len(out))
                yield out

    def _count(self, length: int) -> None:
        self._given += length
        if self._given > 10 * MEGABYTE and self._given > self._limits.ratio * self._taken:
            raise SourceError("WM208", f"ratio above {self._limits.ratio}", origin=self._origin)


def inflated(source: BinaryIO, limits: Limits, *, origin: str) -> io.BufferedReader:
    """A buffered reader over :class:`InflatedStream`."""
    return io.BufferedReader(InflatedStream(source, limits, origin=origin), buffer_size=65536)
