"""Web archives (WARC 1.x, also gzipped): one item for each captured page.

The reader is our own: the format is a line-based header, a length and that many bytes, and the library at hand (fastwarc 2.0.1) ends the
process with a panic on streams that cannot seek.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from typing import BinaryIO, NoReturn

from witnessmark.errors import SourceError
from witnessmark.sources.items import Intake, Outcome, Outcomes

_READ = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/json"})
_KEPT_HEADERS = frozenset({"content-type", "date", "last-modified", "content-language"})
_WANTED = frozenset({"response", "resource"})
_HEADER_LINE = 16384
_HEADER_LINES = 256
_HEAD_ROOM = 65536
"""Bytes that a block may have beyond the largest item, for its HTTP header."""
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Record:
    """Headers by lower-case name; ``block`` is None when it was longer than allowed."""

    headers: dict[str, str]
    block: bytes | None


def read_warc(stream: BinaryIO, intake: Intake) -> Outcomes:
    """Items of the response and resource records that hold HTML, text, PDF or JSON and were answered with success.

    Other records are passed over: requests, pictures, scripts, redirects. ``hints`` hold the record's URL and character set. A damaged record
    ends the archive with WM109; what came before it stands.
    """
    number = wanted = 0
    try:
        while (record := _next_record(stream, intake.limits.item + _HEAD_ROOM)) is not None:
            number += 1
            if record.headers.get("warc-type", "").lower() not in _WANTED:
                continue
            wanted += 1
            outcome = _outcome(record, f"record {number}", intake)
            if outcome is not None:
                yield outcome
    except SourceError as error:
        yield intake.problem(error.code, error.detail, item=f"record {number + 1}")
    except OSError as error:
        yield intake.problem("WM101", error.strerror or "", item=f"record {number + 1}")
    if wanted == 0:
        yield intake.problem("WM104", "no response records")


def _next_record(stream: BinaryIO, limit: int) -> _Record | None:
    line = stream.readline(_HEADER_LINE)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_HEADER_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise SourceError("WM109", "no record begins where one should")
    headers = _headers(stream)
    raw_length = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", raw_length):
        raise SourceError("WM109", "a record has no length")
    length = int(raw_length)
    if headers.get("warc-type", "").lower() not in _WANTED or length > limit:
        _skip(stream, length)
        return _Record(headers, None)
    block = stream.read(length)
    if len(block) < length:
        raise SourceError("WM109", "the last record is cut")
    return _Record(headers, block)


def _headers(stream: BinaryIO) -> dict[str, str]:
    """Header lines up to the blank one."""
    out: dict[str, str] = {}
    for _ in range(_HEADER_LINES):
        line = stream.readline(_HEADER_LINE)
        if line in (b"\r\n", b"\n"):
            return out
        if not line.endswith(b"\n"):
            break
        name, _, value = line.decode("utf-8", "replace").partition(":")
        out.setdefault(name.strip().lower(), value.strip())
    raise SourceError("WM109", "a record's header does not end")


def _skip(stream: BinaryIO, length: int) -> None:
    left = length
    while left:
        piece = stream.read(min(left, 1 << 20))
        if not piece:
            raise SourceError("WM109", "the last record is cut")
        left -= len(piece)


def _outcome(record: _Record, where: str, intake: Intake) -> Outcome | None:
    if record.block is None:
        return intake.problem("WM105", item=where)
    headers, body = record.headers, record.block
    is_http = "application/http" in headers.get("content-type", "").lower()
    if is_http:
        status = _STATUS.match(body)
        head, _, body = body.partition(b"\r\n\r\n")
        if status is None or not status[1].startswith(b"2"):
            return None
        headers = _http_headers(head)
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type not in _READ:
        return None
    try:
        data = _decoded(_unchunked(body, headers), headers, intake.limits.item) if is_http else body
    except SourceError as error:
        return intake.problem(error.code, error.detail, item=where)
    return _item(record, data, media_type, headers, where, intake) if data else intake.problem("WM104", item=where)


def _http_headers(head: bytes) -> dict[str, str]:
    out: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:_HEADER_LINES]:
        name, _, value = line.partition(":")
        out.setdefault(name.strip().lower(), value.strip())
    return out


def _item(record: _Record, data: bytes, media_type: str, headers: dict[str, str], where: str, intake: Intake) -> Outcome:
    hints = {}
    if url := record.headers.get("warc-target-uri"):
        hints["url"] = url.strip("<>")
    if match := _CHARSET.search(headers.get("content-type", "")):
        hints["charset"] = match[1]
    kept = {k: v for k, v in headers.items() if k in _KEPT_HEADERS}
    if date := record.headers.get("warc-date"):
        kept["warc-date"] = date
    here = replace(intake, headers=tuple(sorted(kept.items())))
    return here.item(data, media_type, item=where, hints=hints, method="warc")


def _unchunked(body: bytes, headers: dict[str, str]) -> bytes:
    """``body`` without chunked transfer coding; archives often keep the header and not the coding, so a body without it stays."""
    if "chunked" not in headers.get("transfer-encoding", "").lower() or not re.match(rb"[0-9A-Fa-f]{1,8}\s*(?:;[^\r\n]{0,200})?\r\n", body):
        return body
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            raise SourceError("WM109", "transfer coding")
        length = int(size, 16)
        if length == 0:
            return b"".join(out)
        out.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _decoded(data: bytes, headers: dict[str, str], limit: int) -> bytes:
    """``data`` without its HTTP content coding.

    Raises:
        SourceError: WM109 when the coding is unknown or broken, WM105 when it unpacks to more than ``limit``.
    """
    name = headers.get("content-encoding", "").strip().lower()
    if name in ("", "identity") or (name in ("gzip", "x-gzip") and not data.startswith(b"\x1f\x8b")):
        return data if len(data) <= limit else _too_large(limit)
    if name not in ("gzip", "x-gzip", "deflate"):
        raise SourceError("WM109", f"content coding {name[:20]}")
    try:
        out = zlib.decompressobj(wbits=47).decompress(data, limit + 1)
    except zlib.error as error:
        raise SourceError("WM109", "content coding") from error
    return out if len(out) <= limit else _too_large(limit)


def _too_large(limit: int) -> NoReturn:
    raise SourceError("WM105", f"limit {limit} bytes")
