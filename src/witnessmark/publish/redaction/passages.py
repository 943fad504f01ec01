"""The passages of a document that a publication cites, rewritten, and the way from the old offsets to the new.

A published document holds no more of the original than what is cited. Its text is the cited passages, each with what has to go replaced; every
span of every record is carried over, so that quote and text still agree.
"""

from __future__ import annotations

import bisect
import itertools
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from witnessmark.model import Span

GAP = "\n[…]\n"
"""Stands between two passages that are not neighbours in the original."""

_INVISIBLE = {c: None for c in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x34F, 0x61C, 0x115F, 0x1160,
              0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF,
              0xFFA0, *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE1000), *range(0xD800, 0xE000))}  # fmt: skip
"""Characters that nobody sees: they can hide a name from a recogniser ("Iv\\u200ban"), so they are taken out first."""


@dataclass(frozen=True, slots=True)
class Change:
    """``start`` .. ``end`` of a passage become ``text``."""

    start: int
    end: int
    text: str


Rewriter = Callable[[str, int], Iterable[Change]]
"""Gives the changes of a passage, which begins at the second argument in the document."""


_Map: TypeAlias = "tuple[array[int], array[int], array[int]]"
"""Old starts, old ends, and new start and end in one number, of the runs of a passage that were kept or replaced. A large case holds a million."""


class Rewritten:
    """The new text of a document, and where its old offsets went."""

    def __init__(self, text: str, spans: Iterable[Span], rewrite: Rewriter) -> None:
        """``spans`` are what is cited; overlapping and touching ones become one passage."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._at: list[int] = []
        self._maps: list[_Map] = []
        pieces: list[str] = []
        length = 0
        for passage in merged(spans):
            if pieces:
                pieces.append(GAP)
                length += len(GAP)
            words, pairs = _rewrite(passage.of(text), passage.start, rewrite)
            self._starts.append(passage.start)
            self._ends.append(passage.end)
            self._at.append(length)
            old_starts, old_ends, packed = zip(*pairs, strict=True)
            self._maps.append((array("q", old_starts), array("q", old_ends), array("q", packed)))
            pieces.append(words)
            length += len(words)
        self.text = "".join(pieces)

    def span(self, old: Span) -> Span | None:
        """Where ``old`` lies now, grown over a replacement that it cuts; None when its words are gone or were never cited."""
        i = bisect.bisect_right(self._starts, old.start) - 1
        if i < 0 or old.end > self._ends[i]:
            return None
        base, at = self._starts[i], self._at[i]
        start = at + self._moved(i, old.start - base, end=False)
        end = at + self._moved(i, old.end - base, end=True)
        return Span(start, end) if start < end else None

    def _moved(self, i: int, offset: int, *, end: bool) -> int:
        """The new place of an offset of passage ``i``."""
        starts, ends, packed = self._maps[i]
        j = max(0, bisect.bisect_left(starts, offset) - 1 if end else bisect.bisect_right(starts, offset) - 1)
        old_start, old_end = starts[j], ends[j]
        new_start, new_end = packed[j] >> 32, packed[j] & 0xFFFFFFFF
        if old_end - old_start == new_end - new_start:
            return new_start + max(0, min(offset, old_end) - old_start)
        return new_end if end else new_start


def merged(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, those that overlap or touch made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _rewrite(words: str, at: int, rewrite: Rewriter) -> tuple[str, list[tuple[int, int, int]]]:
    """The new words, and the runs (old start, old end, new start and end in one number) that the map is made of."""
    visible = words.translate(_INVISIBLE)
    where = range(len(words)) if visible == words else [i for i, c in enumerate(words) if ord(c) not in _INVISIBLE]
    out: list[str] = []
    runs: list[tuple[int, int, int]] = []
    done = length = 0

    def put(start: int, end: int, text: str) -> None:
        nonlocal length
        runs.append((where[start], where[end - 1] + 1, length << 32 | length + len(text)))
        out.append(text)
        length += len(text)

    def keep(start: int, end: int) -> None:
        """Words that stay, a run for each stretch without anything invisible inside, so that the map is exact there."""
        for low, high in _stretches(where, start, end):
            put(low, high, visible[low:high])

    for change in joined(rewrite(visible, at if visible == words else -1)):
        keep(done, change.start)
        put(change.start, change.end, change.text)
        done = change.end
    keep(done, len(visible))
    return "".join(out), runs or [(0, len(words), 0)]


def _stretches(where: Sequence[int], start: int, end: int) -> Iterable[tuple[int, int]]:
    if isinstance(where, range):
        return [(start, end)] if start < end else []
    edges = [start, *(k for k in range(start + 1, end) if where[k] != where[k - 1] + 1), end]
    return [(a, b) for a, b in itertools.pairwise(edges) if a < b]


def joined(changes: Iterable[Change]) -> Sequence[Change]:
    """Changes in order without overlap: of two that overlap the earlier and longer wins, grown over the other."""
    out: list[Change] = []
    for change in sorted(changes, key=lambda c: (c.start, -c.end)):
        if out and change.start < out[-1].end:
            out[-1] = Change(out[-1].start, max(out[-1].end, change.end), out[-1].text)
        elif change.start < change.end:
            out.append(change)
    return out
