"""Putting a text together out of pieces that stand in different places of a capture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from witnessmark.model import OffsetMap, OffsetSegment, Span


@dataclass(slots=True)
class TextBuilder:
    """Pieces in text order with their segments; segments are given with positions relative to their piece."""

    pieces: list[str] = field(default_factory=list)
    segments: list[OffsetSegment] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, segments: Iterable[OffsetSegment] = ()) -> Span | None:
        """Appends ``text``; its span in the whole, or None when it is empty. Text without segments was put in by us."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        for s in segments:
            self.segments.append(OffsetSegment(s.text_start + start, s.length, s.byte_start, s.byte_end, s.width))
        return Span(start, self.length) if text else None

    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def offsets(self) -> OffsetMap:
        """The map of the text so far."""
        return OffsetMap(tuple(self.segments))
