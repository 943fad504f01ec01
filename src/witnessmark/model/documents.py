"""A document: the canonical text of a capture, its parts, and the way back to the bytes."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from witnessmark.model.mentions import Mention
from witnessmark.model.spans import Span
from witnessmark.model.values import DateValue

READABLE_PARTS = frozenset({"headline", "lede", "body", "caption"})
"""Parts that statements may be read from. Boilerplate and hidden text never are."""


@dataclass(frozen=True, slots=True)
class Part:
    """``kind``: headline, lede, body, caption, boilerplate, hidden. ``reason`` says why a part was set aside."""

    kind: str
    span: Span
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OffsetSegment:
    """A run of text that maps to a run of bytes.

    Code points ``text_start`` .. ``text_start + length`` came from bytes ``byte_start`` .. ``byte_end`` of the capture. Where ``width``
    is set, each code point takes that many bytes and the map is exact to the code point; else the run maps as a whole.
    """

    text_start: int
    length: int
    byte_start: int
    byte_end: int
    width: int | None = None


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Segments in text order. Text that has no segment was put in by us (a line break between two parts)."""

    segments: tuple[OffsetSegment, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(s.text_start for s in self.segments))

    def to_bytes(self, span: Span) -> tuple[tuple[int, int], ...]:
        """Byte ranges (half-open, in text order) that ``span`` came from; () when the words were put in by us."""
        out: list[tuple[int, int]] = []
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        for seg in self.segments[first:]:
            if seg.text_start >= span.end:
                break
            lo, hi = max(span.start, seg.text_start), min(span.end, seg.text_start + seg.length)
            if lo >= hi:
                continue
            if seg.width is None:
                piece = (seg.byte_start, seg.byte_end)
            else:
                base = seg.byte_start - seg.text_start * seg.width
                piece = (base + lo * seg.width, base + hi * seg.width)
            if out and out[-1][1] == piece[0]:
                out[-1] = (out[-1][0], piece[1])
            else:
                out.append(piece)
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with an input. ``code`` is in the catalogue of :mod:`witnessmark.errors`."""

    code: str
    message: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """Canonical text of one report.

    ``identifier`` is made from the capture's digest, the item inside it and the text version; ``text_version`` is the SHA-256 of
    the text. ``status``: read or partial (the other outcomes of an input have no document). ``encoding`` and ``encoding_basis``
    (bom, declared, detected, statistics) record how the bytes were decoded. ``published`` is the publication date with its basis in
    ``published_basis`` (user, metadata, dateline, url, feed, None).
    """

    identifier: str
    capture: str
    item: str
    text: str
    text_version: str
    parts: tuple[Part, ...]
    language: str
    status: str
    encoding: str
    encoding_basis: str
    origin: str
    publisher: str | None = None
    publisher_type: str | None = None
    published: Mention[DateValue] | None = None
    published_basis: str | None = None
    offsets: OffsetMap = OffsetMap()
    problems: tuple[Problem, ...] = ()

    @property
    def headline(self) -> Span | None:
        """The span of the headline, if there is one."""
        return next((p.span for p in self.parts if p.kind == "headline"), None)

    def readable(self) -> tuple[Part, ...]:
        """The parts that statements are read from, in text order."""
        return tuple(p for p in self.parts if p.kind in READABLE_PARTS)

    def in_headline(self, span: Span) -> bool:
        """True when ``span`` lies in the headline."""
        head = self.headline
        return head is not None and head.contains(span)
