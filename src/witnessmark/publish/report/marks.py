"""Marked text: statements and references, which may nest or cross, as well-formed HTML over the exact text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from witnessmark.model import Span

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction controls: they can make text on the page read other than it is, so they are shown as a sign instead."""


@dataclass(frozen=True, slots=True)
class Mark:
    """``opening`` and ``again`` are the tags that begin the mark and, where a crossing mark cuts it, go on with it;
    ``closing`` the end tag; ``after`` follows its last piece."""

    span: Span
    opening: Markup
    again: Markup
    closing: Markup
    after: Markup


def visible(text: str) -> Markup:
    """``text`` escaped, with control and direction characters made visible as U+XXXX."""
    if text.isprintable() and not BIDI.intersection(text):
        return escape(text)
    pieces = [_sign(c) if _hidden(c) else escape(c) for c in text]
    return Markup("").join(pieces)


def _hidden(char: str) -> bool:
    return char in BIDI or (ord(char) < 32 and char not in "\t\n") or 127 <= ord(char) < 160


def _sign(char: str) -> Markup:
    return Markup('<span class="ctl" title="control character">U+{:04X}</span>').format(ord(char))


def weave(text: str, marks: Iterable[Mark], within: Span) -> Markup:
    """The words of ``within`` with ``marks`` around them; marks are cut to ``within``, and split where they cross."""
    starts = sorted((m for m in marks if m.span.overlaps(within)), key=lambda m: (m.span.start, -m.span.end))
    edges = {p for m in starts for p in (m.span.start, m.span.end) if within.start < p < within.end}
    points = sorted({within.start, within.end} | edges)
    out: list[Markup] = []
    stack: list[Mark] = []
    at = 0
    for low, high in itertools.pairwise(points):
        first = at
        while at < len(starts) and starts[at].span.start <= low:
            at += 1
        stack = _turn(out, stack, starts[first:at], low)
        out.append(visible(text[low:high]))
    _close(out, stack, within.end)
    return Markup("").join(out)


def _close(out: list[Markup], ending: Sequence[Mark], position: int) -> None:
    for mark in reversed(ending):
        out.append(mark.closing)
        if mark.span.end <= position:
            out.append(mark.after)


def _turn(out: list[Markup], stack: list[Mark], fresh: Sequence[Mark], position: int) -> list[Mark]:
    """Close what ends at ``position`` and open what begins there; a mark that has to make way goes on after it."""
    longest = max((m.span.end for m in fresh), default=0)
    keep = 0
    while keep < len(stack) and stack[keep].span.end > position and stack[keep].span.end >= longest:
        keep += 1
    _close(out, stack[keep:], position)
    again = [m for m in stack[keep:] if m.span.end > position]
    new = sorted([*again, *fresh], key=lambda m: -m.span.end)
    out.extend(m.opening if m.span.start == position else m.again for m in new)
    return stack[:keep] + new
