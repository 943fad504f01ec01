"""How bytes become characters: the decision, what it rests on, and the map back."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from witnessmark.documents.codepages import best_code_page
from witnessmark.documents.offsets import encoded_segments, whole_map
from witnessmark.model import OffsetMap, OffsetSegment

REPLACED_SHARE = 0.001
"""Share of U+FFFD above which a text counts as partly read (reliability anchor M5)."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = re.compile(r"(?:cp(?!932|936|949|950)\d+|iso8859-\d+|koi8-[rut]|mac-\w+|latin-1|ascii|kz1048)")
_MOST_ERRORS = 5_000
"""Damaged places that are mapped one by one; a text with more is mapped as a whole."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without a byte order mark; ``basis`` is bom, declared, detected or statistics; ``start`` the first byte of the text.

    ``replaced`` counts the U+FFFD that stand for bytes that could not be decoded.
    """

    text: str
    encoding: str
    basis: str
    start: int = 0
    replaced: int = 0

    @property
    def damaged(self) -> bool:
        """True when more than :data:`REPLACED_SHARE` of the characters were replaced."""
        return self.replaced > REPLACED_SHARE * len(self.text)

    def cut(self, length: int) -> Decoded:
        """The same with at most ``length`` code points."""
        if len(self.text) <= length:
            return self
        return Decoded(self.text[:length], self.encoding, self.basis, self.start, self.replaced)


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """``data`` as text. ``declared`` is the character set that a header or the page itself names.

    In this order: byte order mark; UTF-16 without one, told by where its zero bytes stand; well-formed UTF-8, whatever is declared, since no
    other code page gives it by chance; UTF-8 with damage in few places; then the code page whose letters look most like words, with
    what is declared taken when nothing speaks clearly against it.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data, encoding, "bom", len(mark))
    wide = _wide_encoding(data)
    if wide is not None:
        return _lossy(data, wide, "detected", 0)
    name = codec_name(declared)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Decoded(text, "utf-8", "declared" if name == "utf-8" else "detected")
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return Decoded(damaged, "utf-8", "declared" if name == "utf-8" else "detected", 0, damaged.count("\ufffd"))
    encoding, basis = best_code_page(data, name if name != "utf-8" else None)
    return _lossy(data, encoding, basis, 0)


def codec_name(declared: str | None) -> str | None:
    """Python's name for a declared character set, or None when it is unknown or no text encoding."""
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip().strip("\"'")[:40])
    except (LookupError, ValueError):
        return None
    if found.name in ("iso8859-1", "ascii"):
        return "cp1252"  # as browsers do
    return found.name if getattr(found, "_is_text_encoding", True) and found.name != "undefined" else None


def offset_map(decoded: Decoded, data: bytes) -> OffsetMap:
    """The map from ``decoded.text`` to ``data``: exact for UTF-8, UTF-16 and single-byte code pages."""
    text, encoding = decoded.text, decoded.encoding
    if encoding == "utf-8" and decoded.replaced:
        return _damaged_map(data, len(text), decoded.start)
    if encoding == "utf-8" or (encoding.startswith("utf-16") and not decoded.replaced) or _SINGLE_BYTE.fullmatch(encoding):
        return OffsetMap(tuple(encoded_segments(text, encoding, byte_start=decoded.start)))
    return whole_map(len(text), decoded.start, len(data))


def _lossy(data: bytes, encoding: str, basis: str, start: int) -> Decoded:
    text = data[start:].decode(encoding, "replace")
    return Decoded(text, encoding, basis, start, text.count("\ufffd"))


def _wide_encoding(data: bytes) -> str | None:
    """utf-16-le or utf-16-be when every other byte is the high byte of Latin or Cyrillic text."""
    sample = data[:4096]
    if len(data) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    even_high = sum(map(even.count, (0, 4))) / len(even)
    odd_high = sum(map(odd.count, (0, 4, 0x20))) / len(odd)
    if odd_high > 0.85 and even_high < 0.3:
        return "utf-16-le"
    even_high += even.count(0x20) / len(even)
    if even_high > 0.85 and sum(map(odd.count, (0, 4))) / len(odd) < 0.3:
        return "utf-16-be"
    return None


def _damaged_utf8(data: bytes) -> str | None:
    """``data`` as UTF-8 with replacements, when at least five times as many characters beyond ASCII came out whole."""
    text = data.decode("utf-8", "replace")
    replaced = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - replaced
    return text if whole >= 5 * replaced else None


def _damaged_map(data: bytes, length: int, start: int) -> OffsetMap:
    """The map of a UTF-8 text some bytes of which were replaced: each replacement leads to the bytes it stands for."""
    segments: list[OffsetSegment] = []
    at, done, errors = start, 0, 0
    while at < len(data) and done < length:
        window = data[at : at + 65536]
        try:
            good, bad = window.decode("utf-8"), None
        except UnicodeDecodeError as error:
            cut_only = error.end == len(window) and at + len(window) < len(data)
            good, bad = window[: error.start].decode("utf-8"), None if cut_only and error.start else error
        segments += encoded_segments(good, "utf-8", text_start=done, byte_start=at)
        done += len(good)
        at += len(good.encode())
        if bad is not None:
            width = bad.end - bad.start
            segments.append(OffsetSegment(done, 1, at, at + width))
            done, at, errors = done + 1, at + width, errors + 1
        if errors > _MOST_ERRORS:
            return whole_map(length, start, len(data))
    return _trimmed(segments, length)


def _trimmed(segments: list[OffsetSegment], length: int) -> OffsetMap:
    """``segments`` up to code point ``length``."""
    out: list[OffsetSegment] = []
    for s in segments:
        if s.text_start + s.length <= length:
            out.append(s)
        elif s.text_start < length and s.width:
            kept = length - s.text_start
            out.append(OffsetSegment(s.text_start, kept, s.byte_start, s.byte_start + kept * s.width, s.width))
    return OffsetMap(tuple(out))
