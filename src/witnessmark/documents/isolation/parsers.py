"""The parsers that run in the child, by kind of file."""

from __future__ import annotations

from collections.abc import Mapping

from witnessmark.documents.drafts import Draft
from witnessmark.errors import DocumentError


def parse(kind: str, data: bytes, hints: Mapping[str, str], origin: str) -> Draft:
    """The draft of ``data``.

    Raises:
        DocumentError: with the code that tells why there is none.
    """
    if kind == "html":
        from witnessmark.documents.html.page import read_html

        return read_html(data, declared=hints.get("charset"), origin=origin)
    if kind == "pdf":
        from witnessmark.documents.pdf import read_pdf

        return read_pdf(data, origin=origin)
    if kind == "docx":
        from witnessmark.documents.docx import read_docx

        return read_docx(data, origin=origin)
    raise DocumentError("WM201", kind, origin=origin)
