"""Parts of a plain text: headline, lede, body, captions, boilerplate lines."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from witnessmark.errors import DataError
from witnessmark.model import Part, Span

LONGEST_HEADLINE = 250
"""Code points. The longest headlines of news agencies stay below 200; a paragraph is seldom shorter than 250."""

_BLOCK = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BYLINE = re.compile(r"(?:By|BY|Автор:?|Автори:?|Авторы:?)\s+[^\W\d_][\w.'’-]*(?: (?:[^\W\d_][\w.'’-]*|and|та|і|и|,)){1,7}\s*$")
_DATELINE = re.compile(r"[^\n]{2,80}?(?:\s[–—]\s|\s--?\s|\([A-Z][\w .]{1,24}\)\s*[–—:-])")
_FINAL = (".", "。", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Phrases that tell page furniture from report; see ``boilerplate.toml``."""

    longest: int
    starts: tuple[str, ...]
    whole: frozenset[str]
    captions: tuple[str, ...]

    def reason(self, line: str) -> str | None:
        """``boilerplate`` or ``caption`` when ``line`` is one, else None."""
        plain = line.strip().lower()
        if len(plain) > 250 or plain.count(" ") >= self.longest:
            return None
        if plain.startswith(self.captions):
            return "caption"
        if plain.startswith(self.starts) or plain.strip(" .:!|>»•-–—") in self.whole:
            return "boilerplate"
        return "boilerplate" if _BYLINE.match(line.strip()) else None


@functools.cache
def boilerplate() -> Boilerplate:
    """The shipped phrases.

    Raises:
        DataError: WM403 when the file is missing or wrong.
    """
    source = resources.files("witnessmark.documents").joinpath("boilerplate.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return Boilerplate(raw["longest"], tuple(raw["starts"]), frozenset(raw["whole"]), tuple(raw["captions"]))
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin="boilerplate") from error


def split_parts(text: str, *, headline: Span | None = None, find_headline: bool = True) -> tuple[Part, ...]:
    """The parts of ``text`` in text order; they do not overlap, and white space between them belongs to none.

    ``headline`` marks a headline that is known from metadata; ``find_headline`` lets the first line be one otherwise. The first
    paragraph after it is the lede. Page furniture and captions are told by :class:`Boilerplate`, line by line.
    """
    head = headline
    if head is None and find_headline:
        head = guess_headline(text)
    parts = [Part("headline", head)] if head else []
    lede_seen = False
    for block in _blocks(text, head.end if head else 0):
        for part in _block_parts(text, block, "body" if lede_seen else "lede"):
            parts.append(part)
            lede_seen = lede_seen or part.kind == "lede"
    return tuple(_joined(text, parts))


def guess_headline(text: str) -> Span | None:
    """The first line when it looks like a headline.

    It must be short, more text must follow, and it must not end as a sentence or a clause does. Where no blank line sets it apart it must not
    look like the first line of a hard-wrapped paragraph or a dateline either.
    """
    first = next(_lines(text), None)
    if first is None:
        return None
    line = first.group().strip()
    start = first.start() + len(first.group()) - len(first.group().lstrip())
    following = next(_lines(text, first.end()), None)
    if following is None or len(line) > LONGEST_HEADLINE or not any(c.isalpha() for c in line):
        return None
    if line.endswith(_FINAL) and not line.endswith(("...", "U.S.", "U.N.")):
        return None
    if boilerplate().reason(line):
        return None
    apart = text.count("\n", first.end(), following.start() + 1) >= 2
    if not apart and (_wrapped(text, line, following.group()) or _DATELINE.match(line)):
        return None
    return Span(start, start + len(line))


def _wrapped(text: str, line: str, following: str) -> bool:
    """True when ``line`` reads on in the next one."""
    if following.lstrip()[:1].islower():
        return True
    lengths = [len(m.group()) for m, _ in zip(_lines(text), range(12), strict=False)]
    widest = max(lengths)
    return len(lengths) > 2 and 40 <= widest <= 100 and len(line) >= 0.8 * widest


def _blocks(text: str, start: int) -> list[Span]:
    """Paragraphs from ``start`` on: set apart by blank lines or, in a text without blank lines, each line, unless all lines were broken at one width."""
    pattern = _BLOCK if _BLANK_LINE.search(text[start:].strip()) or _one_block(text, start) else _LINE
    return [Span(m.start(), m.end()) for m in pattern.finditer(text, start) if not m.group().isspace()]


_LEAST_LINES = 3
_FULL = 0.7


def _one_block(text: str, start: int) -> bool:
    """True for a single paragraph that was broken at one width, as teletypes do: every line but the last is about as long as the longest."""
    lengths = [len(m.group().rstrip()) for m in _lines(text, start)]
    widest = max(lengths, default=0)
    return len(lengths) >= _LEAST_LINES and 40 <= widest <= 100 and all(n >= _FULL * widest for n in lengths[:-1])


def _lines(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The lines from ``start`` to ``end`` that are not blank."""
    found = _LINE.finditer(text, start, len(text) if end is None else end)
    return (m for m in found if not m.group().isspace())


def _block_parts(text: str, block: Span, kind: str) -> list[Part]:
    """The parts of one paragraph: lines of page furniture apart from the rest."""
    out: list[Part] = []
    for match in _lines(text, block.start, block.end):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, match.start() + len(line.rstrip()))
        reason = boilerplate().reason(line)
        out.append(Part(kind, span) if reason is None else Part(reason, span, "phrase"))
    return out


def _joined(text: str, parts: list[Part]) -> list[Part]:
    """Neighbours of one kind made one part. Ledes of one paragraph join, as do body paragraphs."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if last and last.kind == part.kind and part.kind in ("lede", "body") and not text[last.span.end : part.span.start].strip():
            out[-1] = Part(part.kind, Span(last.span.start, part.span.end), last.reason)
        else:
            out.append(part)
    return out
