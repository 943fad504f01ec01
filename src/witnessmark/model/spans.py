"""Half-open spans of a named text version, counted in code points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points ``start`` (included) to ``end`` (excluded) of one document's canonical text.

    Raises:
        ValueError: when the span is empty, reversed or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span marks in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same span ``by`` code points further on."""
        return Span(self.start + by, self.end + by)

    def gap(self, other: Span) -> int:
        """Code points between the two spans; 0 when they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


def cover(spans: Iterable[Span]) -> Span:
    """The shortest span that holds all of ``spans`` (at least one)."""
    listed = list(spans)
    return Span(min(s.start for s in listed), max(s.end for s in listed))
