"""A document's text as lines of pieces: what each piece is part of, without saying how it looks."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from witnessmark.desk.pages import DocumentPage
from witnessmark.model import READABLE_PARTS, Contradiction, Part, Span

LONG = 4000
"""A line longer than this is cut into blocks, so that a page of one endless line stays fluid."""


class Piece(NamedTuple):
    """Words that stand in the same marks, from ``start`` on. ``anchor`` is True where a value or a side of a contradiction begins. ``statement`` is the number of the statement, ``opens`` is True where it begins; ``fields`` are the
    numbers of the values that were read from these words; ``clashes`` the numbers of contradictions."""

    text: str
    start: int
    anchor: bool
    statement: int | None
    opens: bool
    fields: tuple[int, ...]
    clashes: tuple[int, ...]


class Block(NamedTuple):
    """A line, or a piece of a long one. ``part`` is the kind of document part; ``reason`` says why a part that is not read was set aside."""

    start: int
    part: str
    reason: str
    pieces: tuple[Piece, ...]

    @property
    def readable(self) -> bool:
        """False for boilerplate and hidden text, which nothing is read from."""
        return self.part in READABLE_PARTS


_Mark: TypeAlias = tuple[int, int, int]
"""Start, end, number."""


def reading(page: DocumentPage) -> Iterator[Block]:
    """The blocks of the document, in text order; lines without words are left out."""
    text, parts = page.record.text, sorted(page.record.parts, key=lambda p: p.span.start)
    said: list[_Mark] = [(s.start, s.end, n) for n, s in enumerate(page.statements)]
    values = sorted(
        (f.mention.span.start, f.mention.span.end, f.number) for c in page.claims for f in c.fields if f.mention.span is not None
    )
    clashes = sorted(
        (s.start, s.end, n) for n, c in enumerate(page.contradictions) for d, s in _sides(c.record) if d == page.record.identifier
    )
    sweeps = [_Sweep(marks) for marks in (said, values, clashes)]
    starts = [p.span.start for p in parts]
    for line in _lines(text):
        part = _part_at(parts, starts, line)
        pieces = tuple(_pieces(text, line, [sweep.touching(line) for sweep in sweeps]))
        yield Block(line.start, part.kind if part else "body", (part.reason or "") if part else "", pieces)


def _sides(record: Contradiction) -> Iterator[tuple[str, Span]]:
    yield from zip(record.documents, record.spans, strict=True)


class _Sweep:
    """Marks sorted by start, given out line by line in one pass."""

    def __init__(self, marks: Sequence[_Mark]) -> None:
        self._marks = marks
        self._at = 0
        self._open: list[_Mark] = []

    def touching(self, line: Span) -> list[_Mark]:
        """The marks that touch ``line``; lines have to come in order."""
        self._open = [m for m in self._open if m[1] > line.start]
        while self._at < len(self._marks) and self._marks[self._at][0] < line.end:
            if self._marks[self._at][1] > line.start:
                self._open.append(self._marks[self._at])
            self._at += 1
        return list(self._open)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            for low in range(start, end, LONG):
                yield Span(low, min(end, low + LONG))
        start = end + 1


def _part_at(parts: Sequence[Part], starts: Sequence[int], line: Span) -> Part | None:
    at = bisect.bisect_right(starts, line.start) - 1
    if at >= 0 and parts[at].span.end > line.start:
        return parts[at]
    after = parts[at + 1] if at + 1 < len(parts) else None
    return after if after is not None and after.span.start < line.end else None


def _pieces(text: str, line: Span, marks: Sequence[Sequence[_Mark]]) -> Iterator[Piece]:
    said, values, clashes = marks
    points = {line.start, line.end}
    points.update(p for group in marks for mark in group for p in mark[:2] if line.start < p < line.end)
    for low, high in itertools.pairwise(sorted(points)):
        statement = next((m for m in said if m[0] <= low and m[1] >= high), None)
        held = [m for m in values if m[0] <= low and m[1] >= high]
        clash = [m for m in clashes if m[0] <= low and m[1] >= high] if clashes else held[:0]
        yield Piece(
            text[low:high],
            low,
            (bool(held) and any(m[0] == low for m in held)) or (bool(clash) and any(m[0] == low for m in clash)),
            statement[2] if statement else None,
            statement is not None and statement[0] == low,
            tuple([m[2] for m in held]),
            tuple([m[2] for m in clash]),
        )
