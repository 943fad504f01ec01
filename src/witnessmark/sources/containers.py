"""What a stream holds, and the adapter for it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import BinaryIO

from witnessmark.errors import SourceError
from witnessmark.sources.archives import inflated, open_zip, read_member
from witnessmark.sources.files import PEEK, read_capped
from witnessmark.sources.items import Intake, Outcomes, RawItem, problem
from witnessmark.sources.jsonlines import read_json_array, read_json_lines, record_item
from witnessmark.sources.jsonranges import located
from witnessmark.sources.messenger import looks_like_export, read_export
from witnessmark.sources.network import Fetcher
from witnessmark.sources.tables import read_table
from witnessmark.sources.urls import looks_like_url_list, read_url_list
from witnessmark.sources.warcs import read_warc

_MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".text": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
}


def read_stream(stream: io.BufferedReader, intake: Intake, web: Fetcher) -> Outcomes:
    """Items of whatever ``stream`` holds.

    Raises:
        SourceError: the stream as a whole cannot be read.
    """
    head = stream.peek(PEEK)
    name = intake.name
    if head.startswith(b"WARC/"):
        yield from read_warc(stream, intake)
    elif head.startswith(b"\x1f\x8b"):
        yield from _gzip(stream, intake, web)
    elif head.startswith(b"PK\x03\x04") and not _is_docx(head, name):
        yield from _zip(stream, intake, web)
    elif name.endswith((".jsonl", ".ndjson")) or _looks_like_json_lines(head):
        yield from read_json_lines(stream, intake)
    elif name.endswith((".csv", ".tsv")):
        yield from read_table(_utf8_stream(stream, head, intake), intake)
    elif name.endswith(".urls") or looks_like_url_list(_whole_lines(head)):
        yield from read_url_list(stream, intake, web)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        yield from _json(stream, intake)
    else:
        yield _single(read_capped(stream, intake.limits.item, origin=intake.origin), intake)


def _single(data: bytes, intake: Intake) -> RawItem:
    suffix = intake.name[intake.name.rfind(".") :] if "." in intake.name else ""
    return intake.item(data, _MEDIA_TYPES.get(suffix, ""))


def _whole_lines(head: bytes) -> bytes:
    """``head`` without a last line that may go on beyond it."""
    return head[: head.rfind(b"\n") + 1] if len(head) >= PEEK else head


def _looks_like_json_lines(head: bytes) -> bool:
    """True when at least two lines are there and both look like whole JSON objects."""
    lines = [line.strip() for line in _whole_lines(head).lstrip(b"\xef\xbb\xbf").split(b"\n", 3)[:3] if line.strip()]
    return len(lines) > 1 and all(line.startswith(b"{") and line.endswith(b"}") for line in lines[:2])


def _is_docx(head: bytes, name: str) -> bool:
    return name.endswith(".docx") or b"word/" in head[:4096] or b"[Content_Types].xml" in head[:200]


def _gzip(stream: BinaryIO, intake: Intake, web: Fetcher) -> Outcomes:
    if intake.depth >= intake.limits.depth:
        yield intake.problem("WM208", f"nested more than {intake.limits.depth} deep")
        return
    here = replace(intake, depth=intake.depth + 1, name=intake.name.removesuffix(".gz"))
    try:
        yield from read_stream(inflated(stream, intake.limits, origin=intake.origin), here, web)
    except SourceError as error:
        yield problem(error.code, error.detail, origin=intake.origin)


def _zip(stream: BinaryIO, intake: Intake, web: Fetcher) -> Outcomes:
    if intake.depth >= intake.limits.depth:
        yield intake.problem("WM208", f"nested more than {intake.limits.depth} deep")
        return
    data = read_capped(stream, intake.limits.total, origin=intake.origin)
    with open_zip(data, intake.limits, origin=intake.origin) as archive:
        for number, member in enumerate(archive.infolist(), 1):
            if member.is_dir():
                continue
            shown_name = member.filename.encode("utf-8", "backslashreplace").decode()
            here = replace(intake, origin=f"{intake.origin}!{number}:{shown_name}", name=member.filename.lower(), depth=intake.depth + 1)
            try:
                content = read_member(archive, member, intake.limits.item, origin=here.origin)
                yield from read_stream(io.BufferedReader(io.BytesIO(content), buffer_size=PEEK), here, web)
            except SourceError as error:
                yield problem(error.code, error.detail, origin=here.origin)


def _json(stream: BinaryIO, intake: Intake) -> Outcomes:
    """A JSON text: a messenger export, an array of records, one record, or JSON of another kind that is left to the reader."""
    data = read_capped(stream, intake.limits.total, origin=intake.origin)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield from _whole(data, intake)
        return
    if looks_like_export(text[:PEEK]) and text.lstrip().startswith("{"):
        yield from read_export(text, intake)
    elif text.lstrip().startswith("["):
        yield from read_json_array(text, intake)
    else:
        yield from _json_object(text, data, intake)


def _json_object(text: str, data: bytes, intake: Intake) -> Outcomes:
    try:
        found = located(text)
    except RecursionError:
        yield intake.problem("WM212")
        return
    except ValueError:
        yield from _whole(data, intake)
        return
    if text[found.end :].strip():
        yield from _whole(data, intake)
        return
    outcome = record_item(found.value, text[found.start : found.end].encode(), "record", 1, intake)
    if len(data) > intake.limits.item:
        outcome = intake.problem("WM105")
    yield outcome


def _whole(data: bytes, intake: Intake) -> Outcomes:
    if len(data) > intake.limits.item:
        yield intake.problem("WM105")
    else:
        yield _single(data, replace(intake, name=intake.name.removesuffix(".json")))


def _utf8_stream(stream: BinaryIO, head: bytes, intake: Intake) -> BinaryIO:
    """A table in UTF-16 (as spreadsheets write "Unicode text") turned into UTF-8; any other as it is."""
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return stream
    data = read_capped(stream, intake.limits.item, origin=intake.origin)
    return io.BytesIO(data.decode("utf-16", "replace").encode())
