"""PDF: text page by page, by two libraries. Runs in the child process only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from witnessmark.documents.agreement import ENOUGH, agreement
from witnessmark.documents.drafts import Draft
from witnessmark.documents.outcomes import coded
from witnessmark.documents.parts import split_parts
from witnessmark.documents.plain import LONGEST_TEXT
from witnessmark.documents.textbuilder import TextBuilder
from witnessmark.errors import DocumentError
from witnessmark.model import OffsetSegment, Problem

MOST_PAGES = 1_000
CHECKED_PAGES = 20
"""Pages that both libraries read; the second is some fifty times as slow as the first."""

_HYPHEN = re.compile(r"(?<=[^\W\d_])[\u00ad\ufffe\x02]\s*\n\s*(?=[^\W\d_])")
_WIDE = 0.75
"""Share of the widest line of a page from which on a line is held to be broken by the page's edge and not by the writer."""


def read_pdf(data: bytes, *, origin: str) -> Draft:
    """The draft of a PDF. PDFium reads it; pypdf is the second opinion on the first pages.

    Lines that the page's edge breaks are joined by a space. The map leads each page's text back to the file as a whole: a PDF keeps its
    words compressed and out of order, so no finer bytes exist to point at.

    Raises:
        DocumentError: WM209 damaged, WM211 encrypted.
    """
    pages, problems = _pages(data, origin)
    builder = TextBuilder()
    for text in pages:
        if builder.length:
            builder.add("\n\n")
        builder.add(text, [OffsetSegment(0, len(text), 0, len(data))])
    whole = builder.text()
    other = _second_texts(data, len(pages)) if whole.strip() else None
    if other is not None:
        share = agreement(_letters("".join(pages[:CHECKED_PAGES])), _letters(other))
        if share < ENOUGH:
            problems += (coded("WM206", f"{share:.1%} agree", origin=origin),)
    elif whole.strip():
        problems += (coded("WM206", "the second parser broke", origin=origin),)
    return Draft(text=whole, parts=split_parts(whole), offsets=builder.offsets(), encoding_basis="detected", problems=problems)


def _pages(data: bytes, origin: str) -> tuple[list[str], tuple[Problem, ...]]:
    """Texts of the pages that have any."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "WM211" if "password" in str(error).lower() else "WM209"
        raise DocumentError(code, str(error)[:80], origin=origin) from error
    count = len(document)
    texts: list[str] = []
    length = 0
    for index in range(min(count, MOST_PAGES)):
        texts.append(_page_text(document, index))
        length += len(texts[-1])
        if length > LONGEST_TEXT:
            break
    document.close()
    cut = count > MOST_PAGES or length > LONGEST_TEXT
    return [t for t in texts if t], (coded("WM210", f"{count} pages", origin=origin),) if cut else ()


def _page_text(document: Any, index: int) -> str:
    page = document[index]
    text_page = page.get_textpage()
    raw = str(text_page.get_text_bounded()).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    text_page.close()
    page.close()
    return _unwrapped(_HYPHEN.sub("", raw))


def _unwrapped(text: str) -> str:
    """``text`` with the lines that the page's edge broke joined, and a blank line between paragraphs."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    widest = max(map(len, lines), default=0)
    out: list[str] = []
    previous = ""
    for line in lines:
        if out and (line[0].islower() or len(previous) >= _WIDE * widest and len(lines) > 1):
            out[-1] += f" {line}"
        else:
            out.append(line)
        previous = line
    return "\n\n".join(out)


def _second_texts(data: bytes, pages: int) -> str | None:
    """pypdf's text of the first pages with text; None when it breaks."""
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(_first_texts(PdfReader(io.BytesIO(data)), min(pages, CHECKED_PAGES)))
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
        OSError,
        NotImplementedError,
        RecursionError,
    ):
        return None


def _first_texts(reader: Any, wanted: int) -> Iterator[str]:
    """Texts of the first ``wanted`` pages that have any."""
    found = 0
    for page in reader.pages:
        if found >= wanted:
            return
        text = str(page.extract_text()).strip()
        if text:
            found += 1
            yield text


def _letters(text: str) -> str:
    """Letters and digits of ``text``, each as a word: the two libraries part words differently, and order differs in columns."""
    return " ".join(c for c in text if c.isalnum())
