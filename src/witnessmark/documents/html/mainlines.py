"""Which lines of a page are its article: lines of the extractor's main text set against all visible lines."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from witnessmark.documents.html.metadata import PageFacts
from witnessmark.documents.parts import boilerplate
from witnessmark.documents.published import is_date_line

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_SUBSTANTIAL = 8
"""Words that a line must have to count as running text. Menu entries and headings of teasers seldom have so many and a full stop."""


@dataclass(slots=True)
class PageLines:
    """Lines of a page by what they are; ``article`` pairs kind (lede, body, caption) with line, in page order."""

    headline: str | None
    article: list[tuple[str, str]] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


def lines_of(text: str) -> list[str]:
    """The lines of ``text`` without space at their ends and without empty ones."""
    return [line for raw in text.split("\n") if (line := raw.strip(" \t"))]


def sort_lines(main: list[str], visible: list[str], facts: PageFacts) -> PageLines:
    """Tells article from page furniture.

    A visible line that the extractor left out of the main text but that stands between its lines and is a sentence (an item of a list) or a
    caption is taken back in. Short lines after the last running text (headings of sections that the extractor cut) are furniture.
    """
    chosen = _merged(main or visible, visible)
    headline = _headline(main, visible, facts)
    out = PageLines(headline)
    first, last = _extent(chosen, headline)
    for index, (line, is_main) in enumerate(chosen):
        if line == headline:
            continue
        of_article = first <= index <= last and (is_main or _running(line) or line in facts.captions)
        kind = _kind(line, facts) if of_article else None
        if kind is None:
            out.furniture.append(line)
        else:
            out.article.append((kind, line))
    return out


def _merged(main: list[str], visible: list[str]) -> list[tuple[str, bool]]:
    """All visible lines in page order, each with whether it is of the main text; main lines that are not among them come where they fall."""
    out: list[tuple[str, bool]] = []
    positions: dict[str, list[int]] = {}
    for index, line in enumerate(visible):
        positions.setdefault(line, []).append(index)
    at = 0
    for line in main:
        places = positions.get(line, [])
        following = bisect.bisect_left(places, at)
        found = places[following] if following < len(places) else None
        if found is not None:
            out += [(skipped, False) for skipped in visible[at:found]]
            at = found + 1
        out.append((line, True))
    return out + [(rest, False) for rest in visible[at:]]


def _headline(main: list[str], visible: list[str], facts: PageFacts) -> str | None:
    """The h1 that stands in the main text, else the one most like the page's title, else the title."""
    in_main = set(main)
    for heading in facts.headings:
        if heading in in_main:
            return heading
    if facts.headings:
        wanted = set((facts.title or "").lower().split())
        return max(facts.headings, key=lambda h: len(wanted & set(h.lower().split())))
    if facts.title and (facts.title in in_main or facts.title in visible):
        return facts.title
    return facts.title if main else None


def _extent(chosen: list[tuple[str, bool]], headline: str | None) -> tuple[int, int]:
    """First and last index of the article: from the headline on, where it is of the main text, to the last running text."""
    mains = [i for i, (_, is_main) in enumerate(chosen) if is_main]
    if not mains:
        return 0, -1
    head = next((i for i in mains if chosen[i][0] == headline), mains[0])
    running = [i for i in mains if _running(chosen[i][0])]
    return head, (running[-1] if running else mains[-1])


def _running(line: str) -> bool:
    return line.count(" ") >= _SUBSTANTIAL - 1 and _SENTENCE_END.search(line) is not None


def _kind(line: str, facts: PageFacts) -> str | None:
    """lede or body (told apart later), caption, or None for furniture."""
    if line in facts.captions:
        return "caption"
    reason = boilerplate().reason(line)
    if reason == "caption":
        return "caption"
    if reason is not None or is_date_line(line) or not any(c.isalnum() for c in line):
        return None
    return "body"
