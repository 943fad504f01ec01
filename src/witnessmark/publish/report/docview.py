"""The documents of the report: full text, statements coloured by modality, marked words that every value links to."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from witnessmark.model import READABLE_PARTS, Document, Span, Statement
from witnessmark.publish import wording
from witnessmark.publish.report import palette
from witnessmark.publish.report.cells import Cells
from witnessmark.publish.report.marks import Mark, weave
from witnessmark.publish.report.references import Reference
from witnessmark.vocabulary import label

FULL_TEXT_LIMIT = 1_200_000
"""Characters over all documents up to which the page holds every text in full; with more, only the lines that hold marked words
(the page stays under 5 MB; the full texts are in ``documents.jsonl`` of the export)."""

WINDOW = 160
"""Characters kept on each side of marked words in a line that is cut: about two lines."""

WRAPPED = 100
"""Longest line that is taken for one wrapped at a fixed width; wire copy has 60 to 80 characters."""

LONG_LINE = 600
"""Lines up to this length, an ordinary paragraph of news, are kept whole."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a document as HTML. ``kind`` is the part it stands in; ``skipped`` counts the characters left out before it."""

    kind: str
    html: Markup
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines that were not read: boilerplate or hidden text, with the reason."""

    kind: str
    reason: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything that the page shows of one document.

    ``sections`` holds blocks and runs of text set aside, in text order; it is empty for a document that has only a row in the table
    of statuses because the page is long and nothing rests on it.
    """

    number: int
    anchor: str
    title: str
    source: Document
    published: str
    statements: int
    claims: int
    problems: tuple[tuple[str, str], ...]
    sections: tuple[Block | SetAside, ...]
    skipped_at_end: int


def statement_mark(item: Statement, *, first: bool) -> Mark:
    """A statement: its colour and underline, with the label in words where the modality changes (``first``)."""
    style = palette.MODALITY.get(item.modality, palette.MODALITY["asserted"])
    opening = Markup('<span class="s {}">').format(style.code)
    name = label("modality", item.modality)
    lead = Markup('<b class="l {}">{}</b>').format(style.code, name) if first else Markup("")
    return Mark(item.span, lead + opening, opening, Markup("</span>"), Markup(""))


def reference_mark(item: Reference, owner: str) -> Mark:
    """Marked words: the target of every link with this number, with a link back to the record that rests on them."""
    opening = Markup('<mark class="{}" id="w{}">').format(item.role[0], item.number)
    again = Markup('<mark class="{}">').format(item.role[0])
    after = Markup('<sup><a href="#{}">{}</a></sup>').format(owner, item.number)
    return Mark(item.span, opening, again, Markup("</mark>"), after)


def lines(text: str, breaks: Sequence[int] = ()) -> Iterator[Span]:
    """The lines of ``text`` that are not blank; lines that were wrapped at a fixed width are one, unless a part begins (``breaks``, sorted)."""
    held: Span | None = None
    for line in _single_lines(text):
        if held is not None and _wrapped(text, held, line, breaks):
            held = Span(held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _single_lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield Span(start, end)
        start = end + 1


def _wrapped(text: str, held: Span, line: Span, breaks: Sequence[int]) -> bool:
    """True when ``line`` goes on with the sentence of the line before it."""
    last = text.rfind("\n", held.start, held.end) + 1 or held.start
    if line.start != held.end + 1 or held.end - last > WRAPPED or text[held.end - 1] in '.!?:;…”»"':
        return False
    return bisect.bisect_right(breaks, held.start) == bisect.bisect_right(breaks, line.start)


class DocumentViews:
    """Makes the document views of one report."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._view = cells.view
        self.shortened = sum(len(d.text) for d in self._view.documents) > FULL_TEXT_LIMIT

    def all(self) -> tuple[DocumentView, ...]:
        """Every document, in the order of the view."""
        claims: dict[str, int] = {}
        for document in [c.document for c in self._view.claims] + [s.document for s in self._view.series]:
            claims[document] = claims.get(document, 0) + 1
        return tuple(self._one(d, claims.get(d.identifier, 0)) for d in self._view.documents)

    def _one(self, source: Document, claims: int) -> DocumentView:
        cited = not self.shortened or bool(self._cells.references.of(source.identifier))
        blocks, rest = self._blocks(source, self._marks(source)) if cited else ([], len(source.text.strip()))
        published = wording.date(source.published.value).text if source.published else ""
        return DocumentView(
            number=self._cells.numbers[source.identifier],
            anchor=self._cells.document_anchor(source.identifier),
            title=self._cells.title(source),
            source=source,
            published=f"{published} ({source.published_basis})" if published else "not stated",
            statements=len(self._view.statements.get(source.identifier, ())),
            claims=claims,
            problems=tuple((p.code, p.message) for p in source.problems),
            sections=tuple(_sections(source, blocks)),
            skipped_at_end=rest,
        )

    def _marks(self, source: Document) -> list[Mark]:
        marks: list[Mark] = []
        before: Statement | None = None
        for item in self._view.statements.get(source.identifier, ()):
            same = before is not None and (before.modality, before.paragraph) == (item.modality, item.paragraph)
            marks.append(statement_mark(item, first=not same))
            before = item
        marks += [reference_mark(r, self._cells.owner_anchor(r.owner)) for r in self._cells.references.of(source.identifier)]
        return sorted(marks, key=lambda m: (m.span.start, -m.span.end))

    def _blocks(self, source: Document, marks: Sequence[Mark]) -> tuple[list[tuple[Span, Block]], int]:
        """The lines to show, each with its span, and the characters left out after the last."""
        out: list[tuple[Span, Block]] = []
        shown = 0
        for line, inside in _by_line(source, marks):
            for piece in self._kept(line, inside, head=source.in_headline(line)):
                skipped = len(source.text[shown : piece.start].strip()) if self.shortened else 0
                out.append((piece, Block(_part(source, piece), weave(source.text, inside, piece), skipped)))
                shown = piece.end
        return out, len(source.text[shown:].strip()) if self.shortened else 0

    def _kept(self, line: Span, inside: Sequence[Mark], *, head: bool) -> Iterator[Span]:
        """The pieces of ``line`` that the page has room for: the whole line, or windows around the references in it."""
        cited = [m.span for m in inside if m.after]
        if not self.shortened or ((head or cited) and len(line) <= LONG_LINE):
            yield line
            return
        at = line.start
        for span in cited:
            low, high = max(at, span.start - WINDOW), min(line.end, span.end + WINDOW)
            if low < high:
                yield Span(low, high)
                at = high


def _by_line(source: Document, marks: Sequence[Mark]) -> Iterator[tuple[Span, list[Mark]]]:
    """Each line with the marks that touch it; ``marks`` are sorted by start, and those that go on are carried along."""
    at = 0
    open_marks: list[Mark] = []
    for line in lines(source.text, [p.span.start for p in source.parts]):
        open_marks = [m for m in open_marks if m.span.end > line.start]
        while at < len(marks) and marks[at].span.start < line.end:
            if marks[at].span.end > line.start:
                open_marks.append(marks[at])
            at += 1
        yield line, list(open_marks)


def _part(source: Document, line: Span) -> str:
    starts = [p.span.start for p in source.parts]
    index = bisect.bisect_right(starts, line.start) - 1
    if index >= 0 and source.parts[index].span.end > line.start:
        return source.parts[index].kind
    return next((p.kind for p in source.parts if p.span.overlaps(line)), "body")


def _reason(source: Document, line: Span) -> str:
    return next((p.reason or "" for p in source.parts if p.span.overlaps(line)), "")


def _sections(source: Document, blocks: Sequence[tuple[Span, Block]]) -> Iterator[Block | SetAside]:
    waiting: list[Block] = []
    reason = ""
    for line, block in blocks:
        if block.kind in READABLE_PARTS:
            if waiting:
                yield SetAside(waiting[0].kind, reason, tuple(waiting))
                waiting = []
            yield block
            continue
        if waiting and waiting[0].kind != block.kind:
            yield SetAside(waiting[0].kind, reason, tuple(waiting))
            waiting = []
        if not waiting:
            reason = _reason(source, line)
        waiting.append(block)
    if waiting:
        yield SetAside(waiting[0].kind, reason, tuple(waiting))
