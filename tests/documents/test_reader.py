"""Items of each kind become documents."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents import read_item, record_id, text_document
from witnessmark.documents.records import read_csv_record, read_json_record
from witnessmark.model import Document, Span
from witnessmark.sources import RawItem

MESSAGE = "application/vnd.witnessmark.message+json"


def parts(document: Document | None) -> list[tuple[str, str]]:
    """Kind and words of each part."""
    assert document is not None
    return [(p.kind, p.span.of(document.text)) for p in document.parts]


def test_plain_text_is_kept_to_the_letter(read) -> None:  # type: ignore[no-untyped-def]
    text = "Headline with \u202eRLO and\u00a0space\r\n\r\nFirst zero\u200bwidth para\u00adgraph.  Two  spaces.\r\n\r\nSecond.\r\n"
    outcome = read(text.encode())
    assert outcome.status == "read"
    assert outcome.document.text == text
    assert [k for k, _ in parts(outcome.document)] == ["headline", "lede", "body"]


def test_record_with_title(read) -> None:  # type: ignore[no-untyped-def]
    record = {
        "id": "r7",
        "title": 'T "q" \u2014 x',
        "text": "Line \u00e9\n\nand \U0001f4a5 more.",
        "publisher": "Paper",
        "published": "2024-05-06T07:00:00Z",
    }
    data = json.dumps(record).encode()
    outcome = read(
        data,
        "application/json",
        item="line 3 id=r7",
        text_field="text",
        title_field="title",
        publisher="Paper",
        published=record["published"],
    )
    document = outcome.document
    assert document.text == record["title"] + "\n\n" + record["text"]
    assert (document.publisher, document.published.value.earliest, document.published_basis) == ("Paper", dt.date(2024, 5, 6), "metadata")
    assert record_id(document.item) == "r7"
    assert document.headline == Span(0, len(record["title"]))
    at = document.text.index("\U0001f4a5")
    assert [data[a:b] for a, b in document.offsets.to_bytes(Span(at, at + 1))] == [b"\\ud83d\\udca5"]


def test_csv_record(read) -> None:  # type: ignore[no-untyped-def]
    data = '4,"Say ""x""","It says ""no"", слово.\nNext"'.encode()
    outcome = read(
        data,
        "text/csv",
        method="csv",
        item="record 1 id=4",
        columns="id\x1ftitle\x1ftext",
        delimiter=",",
        text_field="text",
        title_field="title",
    )
    document = outcome.document
    assert document.text == 'Say "x"\n\nIt says "no", слово.\nNext'
    at = document.text.index("слово")
    assert b"".join(data[a:b] for a, b in document.offsets.to_bytes(Span(at, at + 5))).decode() == "слово"
    at = document.text.index('"no')
    assert [data[a:b] for a, b in document.offsets.to_bytes(Span(at, at + 1))] == [b'""']


def test_message_of_pieces(read) -> None:  # type: ignore[no-untyped-def]
    data = json.dumps(
        {"id": 5, "text": ["Вибухи в місті.\n", {"type": "bold", "text": "Двоє поранених."}, {"type": "x"}]}, ensure_ascii=False
    ).encode()
    document = read(data, MESSAGE, method="messenger", item="message 5", publisher="Channel").document
    assert document.text == "Вибухи в місті.\nДвоє поранених."
    assert document.language == "uk"
    at = document.text.index("Двоє")
    assert b"".join(data[a:b] for a, b in document.offsets.to_bytes(Span(at, at + 4))).decode() == "Двоє"


@pytest.mark.parametrize(
    ("data", "media_type", "status", "code"),
    [
        (b"", "", "empty", "WM104"),
        (b" \n\t", "", "empty", "WM104"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "", "failed", "WM201"),
        (b"MZ\x90\0" * 40, "text/plain", "failed", "WM201"),
        (bytes(range(1, 32)) * 30, "", "failed", "WM201"),
        (b"PK\x03\x04" + b"\0" * 60, "", "failed", "WM201"),
        ("слово ".encode() * 40 + b"\xff" * 3, "", "partial", "WM207"),
    ],
)
def test_outcomes_are_coded(read, data: bytes, media_type: str, status: str, code: str) -> None:  # type: ignore[no-untyped-def]
    outcome = read(data, media_type)
    assert (outcome.status, [p.code for p in outcome.problems]) == (status, [code])
    assert (outcome.document is None) == (status not in {"read", "partial"})


@pytest.mark.parametrize("data", [b'{"text": "x"', b'{"other": 1}', b"[]", b'"text"', b'{"text": ' + b"[" * 100_000])
def test_broken_records(read, data: bytes) -> None:  # type: ignore[no-untyped-def]
    outcome = read(data, "application/json", text_field="text")
    assert outcome.status in {"failed", "blocked"}
    assert outcome.problems[0].code in {"WM209", "WM212"}


def test_basis_of_the_publication_date(read) -> None:  # type: ignore[no-untyped-def]
    text = b"KYIV, Feb. 3, 2023 (Agency) - Two people were killed.\n\nMore to come."
    url = "https://example.org/2023/02/05/story"
    assert read(text, published="2023-02-04", url=url, user_published=dt.date(2023, 2, 1)).document.published_basis == "user"
    assert read(text, published="2023-02-04", url=url).document.published.value.earliest == dt.date(2023, 2, 4)
    document = read(text, url=url).document
    assert (document.published.quote, document.published.value.earliest, document.published_basis) == (
        "Feb. 3, 2023",
        dt.date(2023, 2, 3),
        "dateline",
    )
    document = read(b"Two people were killed on Friday.", url=url).document
    assert (document.published.span, document.published.value.earliest, document.published_basis) == (None, dt.date(2023, 2, 5), "url")
    assert read(b"Two people were killed on Friday.").document.published is None


def test_same_bytes_give_the_same_document(read) -> None:  # type: ignore[no-untyped-def]
    assert read(b"Some words.").document == read(b"Some words.").document


@settings(max_examples=80)
@given(st.text(max_size=40), st.text(min_size=1, max_size=80), st.booleans())
def test_json_text_comes_back_and_leads_to_its_bytes(title: str, text: str, ascii_only: bool) -> None:
    record = {"title": title, "n": [1, {"text": "not this"}], "text": text}
    data = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "replace")
    expected = json.loads(data)
    draft = read_json_record(data, {"text_field": "text", "title_field": "title"}, origin="x")
    body = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in expected["text"])
    assert draft.text.endswith(body)
    start = len(draft.text) - len(body)
    for at, character in enumerate(body):
        ((lo, hi),) = draft.offsets.to_bytes(Span(start + at, start + at + 1))
        raw = data[lo:hi].decode()
        assert raw == character or raw.startswith("\\")


@settings(max_examples=60)
@given(st.lists(st.text(alphabet='ab",\n іж', max_size=12), min_size=3, max_size=3))
def test_csv_fields_come_back(cells: list[str]) -> None:
    data = ",".join('"' + c.replace('"', '""') + '"' for c in cells).encode()
    hints = {"columns": "a\x1ftext\x1fb", "delimiter": ",", "text_field": "text"}
    draft = read_csv_record(data, hints, declared=None, origin="x")
    assert draft.text == cells[1]


def test_text_document_and_file_have_the_same_text_version(read) -> None:  # type: ignore[no-untyped-def]
    text = "A headline\n\nA paragraph of the report."
    assert read(text.encode()).document.text_version == text_document(text).text_version


def test_read_item_is_the_public_name() -> None:
    assert read_item.__module__.startswith("witnessmark.documents")
    assert RawItem.__module__.startswith("witnessmark.sources")
