"""DOCX: paragraphs of the main text, notes, headers and footers, by two XML parsers. Runs in the child process only."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from witnessmark.documents.agreement import ENOUGH, agreement
from witnessmark.documents.drafts import Draft
from witnessmark.documents.outcomes import coded
from witnessmark.documents.parts import boilerplate
from witnessmark.documents.plain import LONGEST_TEXT
from witnessmark.documents.textbuilder import TextBuilder
from witnessmark.errors import DocumentError, SourceError
from witnessmark.model import OffsetSegment, Part, Problem, Span
from witnessmark.sources.archives import open_zip, read_member
from witnessmark.sources.items import MEGABYTE, Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MEMBERS = (
    (re.compile(r"word/document\.xml"), "body"),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "body"),
    (re.compile(r"word/(?:header|footer)\d{0,4}\.xml"), "boilerplate"),
)
_MEMBER_LIMIT = 50 * MEGABYTE
_DEEPEST = 400
_HEADING_STYLES = re.compile(r"(?:title|heading\s?1|заголовок\s?1?|назва)", re.IGNORECASE)
_UNSEEN = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"})
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011", f"{_W}softHyphen": "\u00ad"}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    hidden: str
    style: str


def read_docx(data: bytes, *, origin: str) -> Draft:
    """The draft of a Word document. A paragraph in the style of a title, or a first line that looks like one, is the headline.

    The map leads each paragraph back to the compressed member that it stands in: words have no bytes of their own in a zip archive.

    Raises:
        DocumentError: WM208 a bomb, WM209 damaged, WM211 encrypted, WM212 nested too deeply.
    """
    try:
        with open_zip(data, Limits(), origin=origin) as archive:
            return _read(archive, origin)
    except SourceError as error:
        code = {"WM109": "WM209", "WM105": "WM208"}.get(error.code, error.code)
        raise DocumentError(code, error.detail, origin=origin) from error


def _read(archive: zipfile.ZipFile, origin: str) -> Draft:
    builder = TextBuilder()
    parts: list[Part] = []
    problems: tuple[Problem, ...] = ()
    for pattern, kind in _MEMBERS:
        for member in archive.infolist():
            if not pattern.fullmatch(member.filename):
                continue
            xml = read_member(archive, member, _MEMBER_LIMIT, origin=origin)
            paragraphs, other = _parse(xml, origin)
            share = agreement("".join(p.text + p.hidden for p in paragraphs), other)
            if share < ENOUGH:
                problems += (coded("WM206", f"{member.filename}: {share:.1%} agree", origin=origin),)
            bytes_of = (member.header_offset, member.header_offset + max(1, member.compress_size))
            _compose(builder, parts, paragraphs, kind, bytes_of)
    if builder.length > LONGEST_TEXT:
        raise DocumentError("WM208", "text too long", origin=origin)
    return Draft(text=builder.text(), parts=tuple(parts), offsets=builder.offsets(), encoding_basis="declared", problems=problems)


def _parse(xml: bytes, origin: str) -> tuple[list[_Paragraph], str]:
    """Paragraphs by lxml, and all their characters by the standard library's parser."""
    from lxml import etree

    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml[:64]:
        raise DocumentError("WM209", "the XML declares entities", origin=origin)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
        second = _second_text(xml)
    except (etree.XMLSyntaxError, ET.ParseError) as error:
        code = "WM212" if "depth" in str(error).lower() else "WM209"
        raise DocumentError(code, type(error).__name__, origin=origin) from error
    return [_paragraph(p) for p in root.iter(f"{_W}p")], second


def _second_text(xml: bytes) -> str:
    """Characters of all text elements, read with expat event by event, so that depth costs no stack."""
    out: list[str] = []
    depth = 0
    target = f"{_W}t"
    for event, element in ET.iterparse(_stream(xml), events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise ET.ParseError("depth")
        if event == "end" and element.tag == target:
            out.append(element.text or "")
    return "".join(out)


def _stream(xml: bytes) -> Any:
    import io

    return io.BytesIO(xml)


def _paragraph(element: Any) -> _Paragraph:
    """Words of one paragraph, those of paragraphs inside it (text boxes) left to them."""
    seen: list[str] = []
    hidden: list[str] = []
    for run, vanished in _runs(element):
        (hidden if vanished else seen).append(run)
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return _Paragraph("".join(seen), "".join(hidden), style.get(f"{_W}val", "") if style is not None else "")


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    for run in paragraph.iter(f"{_W}r"):
        owner = next(run.iterancestors(f"{_W}p"), None)
        if owner is not paragraph or any(a.tag in _UNSEEN for a in run.iterancestors()):
            continue
        vanished = _vanished(run.find(f"{_W}rPr"))
        for child in run:
            if child.tag == f"{_W}t":
                yield child.text or "", vanished
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag], vanished


def _vanished(properties: Any) -> bool:
    """True for text that is set hidden, in white, or in a font of one point and less."""
    if properties is None:
        return False
    vanish = properties.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val", "true") not in ("0", "false"):
        return True
    size, colour = properties.find(f"{_W}sz"), properties.find(f"{_W}color")
    shade = properties.find(f"{_W}shd")
    tiny = size is not None and size.get(f"{_W}val", "").isdigit() and int(size.get(f"{_W}val")) <= 4
    white = colour is not None and colour.get(f"{_W}val", "").lower() == "ffffff" and shade is None
    return tiny or white


def _compose(builder: TextBuilder, parts: list[Part], paragraphs: list[_Paragraph], kind: str, source: tuple[int, int]) -> None:
    for paragraph in paragraphs:
        for text, role in ((paragraph.text, _role(paragraph, parts, kind)), (paragraph.hidden, "hidden")):
            if not text.strip():
                continue
            if builder.length:
                builder.add("\n\n")
            span = builder.add(text, [OffsetSegment(0, len(text), *source)])
            if span is not None:
                _append(parts, role, span)


def _role(paragraph: _Paragraph, parts: list[Part], kind: str) -> str:
    if kind == "boilerplate":
        return kind
    kinds = {p.kind for p in parts}
    line = paragraph.text.strip()
    if not kinds & {"headline", "lede", "body"} and (_HEADING_STYLES.match(paragraph.style) or _looks_like_title(line)):
        return "headline"
    return boilerplate().reason(line) or ("body" if "lede" in kinds else "lede")


def _looks_like_title(line: str) -> bool:
    return 0 < len(line) <= 200 and not line.endswith((".", ":", ";", ",")) and line.count(" ") >= 2


def _append(parts: list[Part], kind: str, span: Span) -> None:
    last = parts[-1] if parts else None
    if last and last.kind == kind == "body":
        parts[-1] = Part(kind, Span(last.span.start, span.end))
    else:
        parts.append(Part(kind, span, "vanish" if kind == "hidden" else None))
