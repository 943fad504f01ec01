"""A document's text as lines of pieces: what each piece is part of, without saying how it looks; long texts in sections."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from witnessmark.desk.pages import DocumentPage, Section
from witnessmark.model import READABLE_PARTS, Contradiction, Part, Span

LONG = 4000
"""A line longer than this is cut into blocks, so that a page of one endless line stays fluid."""

SECTION = 40_000
"""Characters of a long text that are shown at once: some minutes of reading, 20 kB on the way to the browser. A text of up to half as much again is
not cut."""

FINDS = 200
"""Places at which words that are looked for in a document are shown, at most."""


class Piece(NamedTuple):
    """Words that stand in the same marks, from ``start`` on. ``anchor`` is True where a value, a side of a contradiction or words that were
    looked for begin. ``statement`` is the number of the statement, ``opens`` is True where it begins; ``fields`` name the values that were read
    from these words; ``clashes`` are the numbers of contradictions; ``found`` is True in words that were looked for."""

    text: str
    start: int
    anchor: bool
    statement: int | None
    opens: bool
    fields: tuple[str, ...]
    clashes: tuple[int, ...]
    found: bool


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


_Mark: TypeAlias = tuple[int, int, Any]
"""Start, end, number or name."""


def cuts(text: str) -> list[int]:
    """Where the sections begin that ``text`` is shown in: at lines, except in a line that is longer than a section."""
    found = [0]
    while len(text) - found[-1] > SECTION * 3 // 2:
        line = text.find("\n", found[-1] + SECTION, found[-1] + SECTION * 3 // 2)
        found.append(line + 1 if line >= 0 else found[-1] + SECTION)
    return found


def section_at(text: str, at: int) -> Section:
    """The section of ``text`` that holds the character ``at``; the last one for what lies behind the end."""
    found = cuts(text)
    number = max(0, bisect.bisect_right(found, at) - 1)
    return Section(number, len(found), found[number], found[number + 1] if number + 1 < len(found) else len(text))


def finds(text: str, words: str) -> list[Span]:
    """Where ``words`` stand in ``text``, at most FINDS times and one; case and kind of white space do not count."""
    wanted = words.split()
    pattern = r"\s+".join(map(re.escape, wanted))
    return [Span(*m.span()) for m in itertools.islice(re.finditer(pattern, text, re.IGNORECASE), FINDS + 1)] if wanted else []


def around(text: str, span: Span, width: int) -> tuple[str, str, str]:
    """The words before, at and after ``span``, at most ``width`` characters on each side, cut at line ends or, with a sign, between words."""
    low, high = max(0, span.start - width), min(len(text), span.end + width)
    before, after = text[low : span.start], text[span.end : high]
    if "\n" in before:
        before = before.rsplit("\n", 1)[1]
    elif low:
        before = "… " + before.partition(" ")[2]
    if "\n" in after:
        after = after.split("\n", 1)[0]
    elif high < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, span.of(text), after


def reading(page: DocumentPage) -> Iterator[Block]:
    """The blocks of the page's section, in text order; lines without words are left out."""
    text, parts = page.record.text, sorted(page.record.parts, key=lambda p: p.span.start)
    said: list[_Mark] = [(s.start, s.end, n) for n, s in enumerate(page.statements)]
    values = sorted(
        (f.mention.span.start, f.mention.span.end, f.number) for c in page.claims for f in c.fields if f.mention.span is not None
    )
    clashes = sorted((s.start, s.end, n) for n, c in enumerate(page.contradictions) for d, s in _sides(c) if d == page.record.identifier)
    sweeps = [_Sweep(marks) for marks in (said, values, clashes, [(f.span.start, f.span.end, 0) for f in page.found])]
    starts = [p.span.start for p in parts]
    for line in _lines(text, page.section.start, page.section.end):
        part = _part_at(parts, starts, line)
        pieces = tuple(_pieces(text, line, [sweep.touching(line) for sweep in sweeps]))
        yield Block(line.start, part.kind if part else "body", (part.reason or "") if part else "", pieces)


def within_sides(record: Contradiction, document: str, within: Span) -> bool:
    """True when a side of ``record`` stands in ``within`` of ``document``."""
    return any(d == document and s.overlaps(within) for d, s in _sides(record))


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


def _lines(text: str, start: int, stop: int) -> Iterator[Span]:
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
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
    said, values, clashes, found = marks
    points = {line.start, line.end}
    points.update(p for group in marks for mark in group for p in mark[:2] if line.start < p < line.end)
    for low, high in itertools.pairwise(sorted(points)):
        statement = next((m for m in said if m[0] <= low and m[1] >= high), None)
        held = [m for m in values if m[0] <= low and m[1] >= high]
        clash = [m for m in clashes if m[0] <= low and m[1] >= high] if clashes else held[:0]
        sought = next((m for m in found if m[0] <= low and m[1] >= high), None) if found else None
        yield Piece(
            text[low:high],
            low,
            any(m[0] == low for m in held) or any(m[0] == low for m in clash) or (sought is not None and sought[0] == low),
            statement[2] if statement else None,
            statement is not None and statement[0] == low,
            tuple([m[2] for m in held]),
            tuple([m[2] for m in clash]),
            sought is not None,
        )
