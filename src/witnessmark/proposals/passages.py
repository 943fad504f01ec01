"""What of a document is sent: its readable paragraphs, whole, in as few requests as they fit in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from witnessmark.model import Span
from witnessmark.proposals.instructions import paragraphs
from witnessmark.proposals.records import Passage
from witnessmark.statements import Reading


@dataclass(frozen=True, slots=True)
class Cut:
    """The passages to be sent; ``left`` counts the characters of pieces that were too long or beyond the last request."""

    passages: tuple[Passage, ...]
    left: int


def cut(reading: Reading, *, window: int, windows: int, withheld: Collection[Span] = ()) -> Cut:
    """``reading`` in passages of at most ``window`` characters, at most ``windows`` of them. Hidden text and boilerplate have no sentences and
    never go out; nor do the paragraphs of ``withheld``. A paragraph that is longer than a window is parted between sentences."""
    held = set(withheld)
    pieces = [p for span in paragraphs(reading) if span not in held and _worded(reading, span) for p in _pieces(reading, span, window)]
    fitting = [p for p in pieces if len(p) <= window]
    packed = list(_packed(fitting, window))
    sent = packed[:windows]
    left = sum(map(len, pieces)) - sum(len(span) for group in sent for span in group)
    return Cut(tuple(Passage(tuple(g), "\n\n".join(s.of(reading.text) for s in g)) for g in sent), left)


def _worded(reading: Reading, span: Span) -> bool:
    return any(c.isalnum() for c in span.of(reading.text))


def _pieces(reading: Reading, paragraph: Span, window: int) -> list[Span]:
    if len(paragraph) <= window:
        return [paragraph]
    first, last = reading.token_range(paragraph)
    at = reading.sentence_at(reading.tokens[first].start) if first < last else None
    if at is None:
        return [paragraph]
    inside = [s.span for s in reading.sentences[at.index :] if paragraph.contains(s.span)]
    return [Span(group[0].start, group[-1].end) for group in _packed(inside, window)]


def _packed(spans: Iterable[Span], window: int) -> Iterator[list[Span]]:
    group: list[Span] = []
    size = 0
    for span in spans:
        if group and size + len(span) + 2 > window:
            yield group
            group, size = [], 0
        group.append(span)
        size += len(span) + 2
    if group:
        yield group
