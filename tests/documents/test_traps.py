"""The traps that parsers are known to fall into, through the whole reading path."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from witnessmark.documents import read_item
from witnessmark.documents.isolation.limits import ParserLimits
from witnessmark.documents.isolation.worker import ParserWorker
from witnessmark.errors import DocumentError
from witnessmark.model import Capture, Problem, Span
from witnessmark.sources import RawItem, collect

SENTENCE = "Two people were killed in the northern part of the town on Monday, the mayor said."


def codes(outcome: object) -> list[str]:
    """Codes of an outcome's problems."""
    return [p.code for p in outcome.problems]  # type: ignore[attr-defined]


@pytest.mark.parametrize("depth", [200, 255, 256, 300, 1500])
def test_m1_deep_pages_lose_no_text(read, depth: int) -> None:  # type: ignore[no-untyped-def]
    page = "<html><body>" + "<div>" * depth + f"<p>{SENTENCE}</p>" * 9 + "</div>" * depth
    outcome = read(page.encode(), "text/html")
    assert outcome.document.text.count(SENTENCE) == 9
    # libxml2 gives up at depth 256 without a word; the reader must not.
    assert (outcome.status, codes(outcome)) == (("partial", ["WM206"]) if depth > 255 else ("read", [])) or depth == 255


def test_m1_nesting_beyond_reason_is_refused(read) -> None:  # type: ignore[no-untyped-def]
    outcome = read(b"<html><body>" + b"<div>" * 100_000 + SENTENCE.encode(), "text/html")
    assert (outcome.status, codes(outcome)) == ("blocked", ["WM212"])


def test_m2_one_large_text_node_is_not_lost(read) -> None:  # type: ignore[no-untyped-def]
    page = b"<html><body><p>" + b"word " * 2_200_000 + b"</p>"
    outcome = read(page, "text/html")
    assert outcome.status == "partial"
    assert set(codes(outcome)) == {"WM206", "WM210"}
    assert len(outcome.document.text) > 3_900_000


def test_m3_many_elements_are_read_and_too_many_refused(read) -> None:  # type: ignore[no-untyped-def]
    outcome = read(b"<html><body>" + b"<p>One of many short lines</p>" * 10_000, "text/html")
    assert outcome.document.text.count("One of many short lines") == 10_000
    assert codes(read(b"<html><body>" + b"<p>x</p>" * 300_000, "text/html")) == ["WM214"]


def test_m3_many_attributes_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    attributes = " ".join(f"a{i}=1" for i in range(40_000))
    outcome = read(f"<html><body><p {attributes}>{SENTENCE}</p>".encode(), "text/html")
    assert (outcome.status, codes(outcome)) == ("blocked", ["WM214"])


def test_m3_long_quoted_values_are_no_attributes(read) -> None:  # type: ignore[no-untyped-def]
    picture = "A a=1 " * 20_000
    outcome = read(f'<html><body><img src="{picture}"><p>{SENTENCE}</p></body></html>'.encode(), "text/html")
    assert SENTENCE in outcome.document.text


@pytest.mark.parametrize(
    "page",
    [b"<html></html>", b"<html><body><img src=x></body>", b"<html><body><p hidden>x</p>", b"<p></p><div> \n </div>", b"<!doctype html>"],
)
def test_m4_silence_has_a_code(read, page: bytes) -> None:  # type: ignore[no-untyped-def]
    outcome = read(page, "text/html")
    assert (outcome.status, codes(outcome)) == ("empty", ["WM205"])


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("cp1251", "utf-8"),
        ("koi8-u", "utf-8"),
        ("koi8-u", "windows-1251"),
        ("utf-16-le", "utf-8"),
        ("utf-16-be", ""),
        ("mac-cyrillic", "koi8-r"),
    ],
)
def test_m5_mislabelled_encodings(read, encoding: str, label: str) -> None:  # type: ignore[no-untyped-def]
    words = "Уранці над містом збили дрон, уламки впали на дах школи, є двоє поранених, їх забрали до лікарні, повідомив мер у вівторок."
    outcome = read(f'<html><head><meta charset="{label}"></head><body><p>{words}</p><p>{words}</p>'.encode(encoding), "text/html")
    assert outcome.status == "read"
    assert outcome.document.text.count(words) == 2
    assert outcome.document.encoding == encoding


def test_m5_replaced_characters_make_it_partial(read) -> None:  # type: ignore[no-untyped-def]
    outcome = read("Слова звіту про обстріл міста. ".encode() * 5 + b"\xff", "text/plain")
    assert (outcome.status, codes(outcome)) == ("partial", ["WM207"])


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_m6_invisible_characters_stay_with_their_offsets(read, media_type: str) -> None:  # type: ignore[no-untyped-def]
    odd = "Killed \u202e41\u202c people; zero\u200bwidth, soft\u00adhyphen, no\u00a0break, “quote”, \ufb01re and Kr\u0430matorsk."
    data = (odd if media_type == "text/plain" else f"<html><body><p>{odd}</p></body></html>").encode()
    document = read(data, media_type).document
    assert odd in document.text
    for character in "\u202e\u200b\u00ad\u00a0\ufb01\u0430":
        at = document.text.index(character)
        assert [data[a:b].decode() for a, b in document.offsets.to_bytes(Span(at, at + 1))] == [character]


def packed_pdf(content: bytes) -> bytes:
    """A PDF whose page's content is ``content``, compressed."""
    stream = zlib.compress(content, 9)
    return (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n"
        b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%%%EOF"
        % (len(stream), stream)
    )


def test_m17_pdf_bomb_ends_with_a_code() -> None:
    worker = ParserWorker(ParserLimits(memory=600_000_000, cpu=5, wall=30))
    bomb = packed_pdf(b"q " * 60_000_000)
    assert len(bomb) < 200_000
    try:
        draft = worker.parse("pdf", bomb, {}, origin="x")
    except DocumentError as error:
        assert error.code in {"WM202", "WM203", "WM204", "WM209"}
    else:
        assert draft.text == ""
    # The next document is not touched by it.
    assert SENTENCE in worker.parse("html", f"<p>{SENTENCE}</p>".encode(), {}, origin="y").text
    worker.close()


def taken(path: Path, **options: int) -> tuple[list[RawItem], list[str]]:
    """Items and codes of one input."""
    found = list(collect([str(path)], **options))
    return [o for o in found if isinstance(o, RawItem)], [o.code for o in found if isinstance(o, Problem)]


def test_m18_zip_bombs(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ratio.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 30_000_000)
    with zipfile.ZipFile(tmp_path / "members.zip", "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", b"")
    (tmp_path / "stream.txt.gz").write_bytes(gzip.compress(b"\0" * 40_000_000))
    for name in ("ratio.zip", "members.zip", "stream.txt.gz"):
        assert taken(tmp_path / name, max_bytes=100_000_000) == ([], ["WM208"])


def test_m18_archives_inside_one_another(tmp_path: Path) -> None:
    data, name = b"words", "a.txt"
    for depth in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), f"{depth}.zip"
    (tmp_path / "nested.zip").write_bytes(data)
    assert taken(tmp_path / "nested.zip") == ([], ["WM208"])


def test_m18_figures_of_a_zip_that_lie(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 50_000_000)
    data = out.getvalue().replace((50_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    (tmp_path / "lies.zip").write_bytes(data)
    items, found = taken(tmp_path / "lies.zip", max_bytes=10_000_000)
    assert found == ["WM109"]
    assert items == []


def test_encrypted_member(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "words")
    data = bytearray(out.getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "e.zip").write_bytes(bytes(data))
    assert taken(tmp_path / "e.zip") == ([], ["WM211"])


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    with open(tmp_path / "line.txt", "wb") as stream:
        stream.writelines(b"word " * 200_000 for _ in range(50))
    assert taken(tmp_path / "line.txt") == ([], ["WM105"])
    (tmp_path / "line.jsonl").write_bytes(b'{"text": "' + b"x" * 2_000_000 + b'"}\n{"text": "fine"}\n')
    items, found = taken(tmp_path / "line.jsonl", max_bytes=1_000_000)
    assert ([i.item for i in items], found) == (["line 2"], ["WM105"])


def test_long_line_within_the_limit_is_cut_and_said(read) -> None:  # type: ignore[no-untyped-def]
    outcome = read(b"word " * 900_000, "text/plain")
    assert (outcome.status, codes(outcome)) == ("partial", ["WM210"])
    assert len(outcome.document.text) == 4_000_000


def test_totals_add_up(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.html").write_text("<html><body></body></html>")
    (tmp_path / "d.html").write_text("<html><body>" + "<div>" * 300 + f"<p>{SENTENCE}</p>")
    (tmp_path / "e.bin").write_bytes(b"\x7fELF" + b"\0" * 99)
    (tmp_path / "f").symlink_to("/etc")
    counted: dict[str, int] = {}
    for outcome in collect([str(tmp_path)]):
        if isinstance(outcome, Problem):
            status = {"WM104": "empty", "WM111": "blocked"}[outcome.code]
        else:
            digest = hashlib.sha256(outcome.data).hexdigest()
            received = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
            capture = Capture(digest, 1, outcome.origin, outcome.method, received, "test", len(outcome.data), outcome.media_type)
            status = read_item(outcome, capture).status
        counted[status] = counted.get(status, 0) + 1
    assert counted == {"read": 1, "empty": 2, "partial": 1, "failed": 1, "blocked": 1}
