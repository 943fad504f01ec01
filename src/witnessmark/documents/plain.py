"""Plain text: its canonical text is what the bytes decode to, with nothing changed but a byte order mark left off."""

from __future__ import annotations

from witnessmark.documents.drafts import Draft
from witnessmark.documents.encodings import Decoded, decode, offset_map
from witnessmark.documents.outcomes import coded
from witnessmark.documents.parts import split_parts
from witnessmark.model import Problem

LONGEST_TEXT = 4_000_000
"""Code points that are read of one text; about a thousand articles. Longer files are collections and should be split."""


def read_plain(data: bytes, *, declared: str | None, origin: str, longest: int = LONGEST_TEXT) -> Draft:
    """The draft of a text file. Its map is exact to the code point wherever its encoding allows."""
    whole = decode(data, declared=declared)
    decoded = whole.cut(longest)
    return Draft(
        text=decoded.text,
        parts=split_parts(decoded.text),
        offsets=offset_map(decoded, data),
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        problems=decoding_problems(whole, cut=len(decoded.text) < len(whole.text), origin=origin),
    )


def decoding_problems(decoded: Decoded, *, cut: bool, origin: str) -> tuple[Problem, ...]:
    """WM207 for replaced characters, WM210 for a text that was cut."""
    out: list[Problem] = []
    if decoded.damaged:
        out.append(coded("WM207", f"{decoded.replaced} of {len(decoded.text)}", origin=origin))
    if cut:
        out.append(coded("WM210", origin=origin))
    return tuple(out)
