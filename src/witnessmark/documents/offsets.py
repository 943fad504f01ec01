"""Maps from code points of a text back to the bytes that they were decoded from.

A map is a list of runs in which every code point takes the same number of bytes, so it is exact to the code point and stays
small: an English text is a handful of runs, a Cyrillic one about two for each word.
"""

from __future__ import annotations

import re

from witnessmark.model import OffsetMap, OffsetSegment

_WIDTHS = {
    "utf-8": re.compile("([\x00-\x7f]+)|([\x80-\u07ff]+)|([\u0800-\uffff]+)|([\U00010000-\U0010ffff]+)"),
    "utf-16": re.compile("(?!)()|([\x00-\uffff]+)|(?!)()|([\U00010000-\U0010ffff]+)"),
}


def encoded_map(text: str, encoding: str = "utf-8", *, text_start: int = 0, byte_start: int = 0) -> OffsetMap:
    """The map of ``text`` that stands at ``byte_start`` of the capture in ``encoding`` without loss.

    ``encoding`` is utf-8, utf-16-le, utf-16-be or a single-byte code page. The map is exact to the code point only when encoding
    ``text`` again gives the bytes it came from; a text with replaced characters needs :func:`whole_map`.
    """
    return OffsetMap(tuple(encoded_segments(text, encoding, text_start=text_start, byte_start=byte_start)))


def encoded_segments(text: str, encoding: str, *, text_start: int = 0, byte_start: int = 0) -> list[OffsetSegment]:
    """The segments of :func:`encoded_map`."""
    if not text:
        return []
    if encoding == "utf-8" and text.isascii():
        return [OffsetSegment(text_start, len(text), byte_start, byte_start + len(text), 1)]
    pattern = _WIDTHS.get("utf-16" if encoding.startswith("utf-16") else encoding)
    if pattern is None:
        return [OffsetSegment(text_start, len(text), byte_start, byte_start + len(text), 1)]
    out: list[OffsetSegment] = []
    at = byte_start
    for match in pattern.finditer(text):
        width = match.lastindex or 1
        length = match.end() - match.start()
        out.append(OffsetSegment(text_start + match.start(), length, at, at + length * width, width))
        at += length * width
    return out


def whole_map(length: int, byte_start: int, byte_end: int) -> OffsetMap:
    """One segment: ``length`` code points came from these bytes as a whole. Empty for an empty text."""
    return OffsetMap((OffsetSegment(0, length, byte_start, byte_end),) if length else ())
