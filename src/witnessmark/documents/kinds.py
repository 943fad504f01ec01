"""What kind of file bytes are, by their first bytes and, where those are silent, by the media type."""

from __future__ import annotations

import re

from witnessmark.documents.encodings import decode

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf",
    b"Rar!", b"RIFF", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"PAR1", b"\x00\x00\x00\x18ftyp", b"{\\rtf", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main)\b", re.IGNORECASE)
_HTML_INSIDE = re.compile(rb"<(?:html|body|p|div|article|meta|h1)[\s>]", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROL = 0.02


def sniff(data: bytes, media_type: str) -> str | None:
    """html, pdf, docx, or text; None when the bytes are no kind of text that is read."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") and (b"word/" in data or b"[Content_Types].xml" in head):
        return "docx" if b"word/document.xml" in data else None
    if head.startswith(_BINARY):
        return None
    if _is_html(head, media_type):
        return "html"
    return "text" if _is_text(data) else None


def _is_html(head: bytes, media_type: str) -> bool:
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _HTML_START.match(_without_prologue(plain)):
        return True
    if media_type in _HTML_TYPES:
        return b"<" in plain
    return media_type == "" and plain.lstrip().startswith(b"<") and _HTML_INSIDE.search(plain) is not None


def _without_prologue(head: bytes) -> bytes:
    """``head`` without an XML declaration and comments at its start."""
    rest = head.lstrip()
    for opening, closing in ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!--", b"-->")):
        if rest.startswith(opening) and (end := rest.find(closing)) >= 0:
            rest = rest[end + len(closing) :].lstrip()
    return rest


def _is_text(data: bytes) -> bool:
    sample = data[:16384] if len(data) > 16384 else data
    text = decode(sample[: len(sample) // 4 * 4] if len(sample) > 4 else sample).text
    return len(_CONTROL.findall(text)) <= max(1, _MOST_CONTROL * len(text))
