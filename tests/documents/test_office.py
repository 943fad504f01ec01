"""PDF and DOCX."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from witnessmark.documents.agreement import agreement
from witnessmark.documents.docx import read_docx
from witnessmark.documents.pdf import read_pdf
from witnessmark.errors import DocumentError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(content: bytes, *, packed: bool = False) -> bytes:
    """A PDF of one page with this content stream."""
    stream = zlib.compress(content) if packed else content
    extra = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (extra, len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def lines(*texts: str) -> bytes:
    """A content stream that shows ``texts``, one under the other."""
    return b"BT /F1 10 Tf 72 720 Td 14 TL " + b" ".join(f"({t}) Tj T*".encode() for t in texts) + b" ET"


def docx(*paragraphs: str, members: dict[str, str] | None = None) -> bytes:
    """A Word file with these paragraphs, given as XML inside w:p."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = "".join(f"<w:p>{p}</w:p>" for p in paragraphs)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in (members or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_pdf_lines_are_joined_and_the_headline_found(read) -> None:  # type: ignore[no-untyped-def]
    long = "Rockets fell on the northern part of the town at night and two people"
    outcome = read(pdf(lines("Rockets hit the town", long, "were taken to hospital, the mayor said on Tuesday.")))
    document = outcome.document
    assert (outcome.status, document.headline.of(document.text)) == ("read", "Rockets hit the town")
    assert f"{long} were taken to hospital" in document.text


def test_pdf_whose_parsers_disagree_is_partial() -> None:
    hidden = b"BT /F1 10 Tf 72 720 Td (Seen by both parsers) Tj ET /X BMC BT /F1 10 Tf 900 9000 Td (only one of the two sees these words) Tj ET EMC"
    found = read_pdf(pdf(hidden), origin="x")
    assert [p.code for p in found.problems] == ["WM206"]


def test_pdf_without_text_and_damaged(read) -> None:  # type: ignore[no-untyped-def]
    assert read(pdf(b"0 0 m 10 10 l S")).status == "empty"
    outcome = read(pdf(lines("x"))[:150])
    assert (outcome.status, outcome.problems[0].code) == ("failed", "WM209")


def test_docx_parts(read) -> None:  # type: ignore[no-untyped-def]
    title = '<w:pPr><w:pStyle w:val="Title"/></w:pPr>' + run("Rockets hit the town")
    data = docx(
        title,
        run("Two people were ") + run("killed &amp; buried.") + "<w:del>" + run("deleted") + "</w:del>",
        run("Second paragraph.") + run("hidden words", "<w:vanish/>"),
        run("tiny", '<w:sz w:val="2"/>'),
        members={"word/header1.xml": f"<w:hdr {W}><w:p>{run('Page header')}</w:p></w:hdr>"},
    )
    outcome = read(data)
    found = [(p.kind, p.span.of(outcome.document.text)) for p in outcome.document.parts]
    assert found == [
        ("headline", "Rockets hit the town"),
        ("lede", "Two people were killed & buried."),
        ("body", "Second paragraph."),
        ("hidden", "hidden words"),
        ("hidden", "tiny"),
        ("boilerplate", "Page header"),
    ]


def test_docx_map_names_the_member(read) -> None:  # type: ignore[no-untyped-def]
    data = docx(run("One paragraph of words."))
    document = read(data).document
    (start, end), *_ = document.offsets.to_bytes(document.parts[0].span)
    assert data[start : start + 4] == b"PK\x03\x04"
    assert b"word/document.xml" in data[start:end]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "WM209"),
        ("<x>" * 100_000, "WM209"),
        (f"<w:document {W}>" + "<a>" * 5000 + "</a>" * 5000 + "</w:document>", "WM212"),
        ("not xml", "WM209"),
    ],
)
def test_hostile_docx_is_refused(xml: str, code: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(DocumentError) as caught:
        read_docx(out.getvalue(), origin="x")
    assert caught.value.code in {code, "WM212"}


def test_docx_bomb_is_refused_before_it_is_inflated() -> None:
    data = docx(run("x"), members={"word/media.bin": "0" * 60_000_000})
    with pytest.raises(DocumentError) as caught:
        read_docx(data, origin="x")
    assert caught.value.code == "WM208"


@pytest.mark.parametrize(("one", "two", "share"), [("", "", 1.0), ("a b", "ab", 1.0), ("a b c d", "a b", 0.5), ("x", "", 0.0)])
def test_agreement(one: str, two: str, share: float) -> None:
    assert agreement(one, two) == share
    assert agreement(two, one) == share
