"""Web archives."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from witnessmark.model import Problem
from witnessmark.sources import RawItem, collect


def record(
    body: bytes, *, kind: str = "response", http: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-u", cut: int = 0
) -> bytes:
    """One WARC record."""
    block = http.encode() + b"\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/2024/05/06/a\r\nWARC-Date: 2024-05-07T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block[: len(block) - cut] + b"\r\n\r\n"


def outcomes(tmp_path: Path, data: bytes, **options: int) -> tuple[list[RawItem], list[str]]:
    """Items and codes of an archive."""
    (tmp_path / "a.warc").write_bytes(data)
    found = list(collect([str(tmp_path / "a.warc")], **options))
    return [o for o in found if isinstance(o, RawItem)], [o.code for o in found if isinstance(o, Problem)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_pages_are_cut_out(tmp_path: Path, pack: type) -> None:
    parts = [
        record(b"GET /", kind="request"),
        record(b"<p>one"),
        record(b"<p>two"),
        record(b"x", http="HTTP/1.1 404 No\r\nContent-Type: text/html"),
    ]
    items, codes = outcomes(tmp_path, b"".join(pack(p) for p in parts))
    assert [(i.data, i.item, i.method, i.media_type) for i in items] == [
        (b"<p>one", "record 2", "warc", "text/html"),
        (b"<p>two", "record 3", "warc", "text/html"),
    ]
    assert items[0].hints == {"url": "https://example.org/2024/05/06/a", "charset": "koi8-u"}
    assert ("warc-date", "2024-05-07T00:00:00Z") in items[0].headers
    assert codes == []


def test_transfer_and_content_coding_are_undone(tmp_path: Path) -> None:
    chunked = record(
        b"4\r\n<p>a\r\n3;x=y\r\nbcd\r\n0\r\n\r\n", http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked"
    )
    packed = record(gzip.compress(b"<p>gz"), http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip")
    unknown = record(b"<p>", http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: zz")
    items, codes = outcomes(tmp_path, chunked + packed + unknown)
    assert [i.data for i in items] == [b"<p>abcd", b"<p>gz"]
    assert codes == ["WM109"]


def test_content_coding_bomb(tmp_path: Path) -> None:
    bomb = record(zlib.compress(b"0" * 5_000_000), http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate")
    assert outcomes(tmp_path, bomb, max_bytes=1_000_000) == ([], ["WM105"])


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (record(b"<p>one") + record(b"<p>two", cut=9), 1),
        (record(b"<p>one") + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", 1),
        (record(b"<p>one") + b"rubbish", 1),
        (record(b"<p>one") + b"WARC/1.0\r\n" + b"A: b\r\n" * 1000, 1),
    ],
)
def test_damage_ends_the_archive_and_what_came_before_stands(tmp_path: Path, data: bytes, kept: int) -> None:
    items, codes = outcomes(tmp_path, data)
    assert (len(items), codes) == (kept, ["WM109"])


def test_archive_without_pages(tmp_path: Path) -> None:
    assert outcomes(tmp_path, record(b"x", kind="request")) == ([], ["WM104"])
