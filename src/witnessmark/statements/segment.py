"""Cuts the readable parts of a document into sentences: exact offsets, one pass of one compiled pattern.

The pattern finds every place where a sentence might end (an end mark with what closes a quotation after it, or a line break); a few checks
then keep or drop it. Nothing is learned: the word lists are the ``segmentation.toml`` files of the languages, all loaded together, since
their scripts or spellings do not clash and a text may mix languages.
"""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from witnessmark.errors import DataError
from witnessmark.model import Document, Part, Span
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Sentence

LANGUAGES = ("en", "uk", "ru")
"""Languages with a folder under ``language``."""

_BREAK = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]{0,3})(?=\s|$)"
    r"|(?P<header>\[(?:TEXT|EXCERPTS?|EXCERPT)\])"
    r"|(?P<line>[ \t]*\n[ \t]*(?P<more>(?:\n[ \t]*)*))"
)
_BLANK = re.compile(r"\n[ \t]*\n")
_WORD_BEFORE = re.compile(r"[^\W_][\w.'’-]*$")
_OPENING = "\"'“‘«„([—–-• "
_BULLETS = "•▪▫◾◽●○‣▶►✔✅❗⚡️*·–—-"
_LIST_MARKS = frozenset("•▪●‣▫◾○►▶✔✅")
_CLOCK = re.compile(r"\W{0,3}(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?|[01]?\d\s?[ap]\.m\.)(?=\W|$)", re.IGNORECASE)
_GLANCE = 40  # Characters looked ahead for more on the line.
_HEADER_WORDS = 5  # Longest place header after a clock time or a bullet that is kept with the sentence that it heads.
_WRAP_MIN, _WRAP_MAX, _WRAP_SLACK = 45, 110, 24  # Line lengths, in characters, of text that was wrapped by hand or by a teletype.


@dataclass(frozen=True, slots=True)
class _Words:
    never: frozenset[str]
    open: frozenset[str]
    starters: frozenset[str]
    after_clock: frozenset[str]


@functools.cache
def _words() -> _Words:
    lists: dict[str, set[str]] = {"never": set(), "open": set(), "starters": set(), "after_clock": set()}
    for language in LANGUAGES:
        source = resources.files(f"witnessmark.statements.language.{language}").joinpath("segmentation.toml")
        try:
            raw = tomllib.loads(source.read_text(encoding="utf-8"))
            for name, values in lists.items():
                values.update(raw[name])
        except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
            raise DataError("WM401", str(error), origin=f"{language}/segmentation.toml") from error
    return _Words(*(frozenset(lists[n]) for n in ("never", "open", "starters", "after_clock")))


def sentences(document: Document, tokens: Sequence[Token]) -> tuple[Sentence, ...]:
    """The sentences of the readable parts of ``document`` in text order, over ``tokens`` of its whole text.

    The headline is one sentence whatever marks it holds. Paragraphs are numbered over the whole document.
    """
    starts = [t.start for t in tokens]
    out: list[Sentence] = []
    paragraph = -1
    parts = sorted(document.readable(), key=lambda p: p.span.start)
    wrapped = _wrapped("\n\n".join(p.span.of(document.text) for p in parts if p.kind != "headline"))
    for part in parts:
        for span, fresh in _part_spans(document.text, part, wrapped=wrapped):
            first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
            if first == last:
                continue
            paragraph += fresh or paragraph < 0
            out.append(Sentence(len(out), span, first, last, part.kind, paragraph))
    return tuple(out)


def _part_spans(text: str, part: Part, *, wrapped: bool) -> Iterator[tuple[Span, bool]]:
    """Spans of sentences with True where a paragraph begins."""
    if part.kind == "headline":
        span = _trimmed(text, part.span.start, part.span.end)
        if span is not None:
            yield span, True
        return
    start, fresh = part.span.start, True
    for at, paragraph in _ends(text, part.span, wrapped=wrapped):
        span = _trimmed(text, start, at)
        if span is not None:
            yield span, fresh
            fresh = False
        start = at
        fresh = fresh or paragraph
    span = _trimmed(text, start, part.span.end)
    if span is not None:
        yield span, fresh


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _wrapped(text: str) -> bool:
    """True when the lines of ``text`` were broken at one width: its single line breaks then mean nothing."""
    inner: list[int] = []
    for block in _BLANK.split(text):
        inner.extend(len(line.rstrip()) for line in block.strip("\n").split("\n")[:-1])
    longest = max(inner, default=0)
    if len(inner) < 3 or not _WRAP_MIN <= longest <= _WRAP_MAX:
        return False
    return sum(length >= longest - _WRAP_SLACK for length in inner) >= 0.7 * len(inner)


def _ends(text: str, span: Span, *, wrapped: bool) -> Iterator[tuple[int, bool]]:
    """Offsets at which a sentence ends, with True where a paragraph ends too."""
    start = span.start
    for m in _BREAK.finditer(text, span.start, span.end):
        if m.lastgroup in ("line", "more"):
            blank = m.group("line").count("\n") > 1
            if blank or not wrapped or _lists(text, m.end()):
                yield m.end(), True
                start = m.end()
        elif m.lastgroup == "header" or (_ends_sentence(text, m, span.end) and not _heads(text, start, m.end())):
            yield m.end(), False
            start = m.end()


def _lists(text: str, at: int) -> bool:
    """True when a list item or a time-stamped entry begins at ``at``."""
    return text[at : at + 1] in _LIST_MARKS or _CLOCK.match(text, at) is not None


def _heads(text: str, start: int, end: int) -> bool:
    """True when ``text[start:end]`` only heads what follows: a clock time or bullet with, at most, a place."""
    while start < end and text[start].isspace():
        start += 1
    head = text[start:end]
    clock = _CLOCK.match(head)
    if clock is None and head[:1] not in _BULLETS:
        return False
    rest = text[end : end + _GLANCE].split("\n", 1)[0].strip()
    return (
        bool(rest) and rest[0] not in _LIST_MARKS and len(head[clock.end() if clock else 1 :].split()) <= _HEADER_WORDS and head[-1:] == "."
    )


def _ends_sentence(text: str, m: re.Match[str], limit: int) -> bool:
    follower = _follower(text, m.end(), limit)
    if not follower:
        return True
    if follower[0].islower():
        return False
    mark = m.group("mark")
    if mark != ".":
        return follower[0].isupper() or follower[0].isdigit() or mark[-1] in "!?" or "." in mark
    if m.group("close") and m.group("close")[0] not in ")]":
        return True
    before = _WORD_BEFORE.search(text, max(0, m.start() - 24), m.start())
    if before is None:
        return True
    raw = before.group().rsplit("-", 1)[-1]  # "the Chilean-U.S. institute": the stop is of the last of joined words
    return _stop_ends(raw.lower(), raw, follower, text, before.end() - len(raw))


def _follower(text: str, at: int, limit: int) -> str:
    """The next word (or mark) after ``at``, opening marks passed over; "" at the end of the part."""
    while at < limit and (text[at].isspace() or text[at] in _OPENING):
        at += 1
    end = at
    while end < limit and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return text[at : max(end, at + 1)] if at < limit else ""


def _stop_ends(word: str, raw: str, follower: str, text: str, start: int) -> bool:
    """Whether a single full stop after ``raw`` ends the sentence that ``follower`` would follow."""
    lists = _words()
    if word in lists.never:
        return False
    if word in ("a.m", "p.m"):
        return follower[0].isupper() and follower.lower() not in lists.after_clock
    if word in lists.open:
        return follower.lower() in lists.starters or (not word.isascii() and follower[0].isupper())
    if len(raw) == 1 and raw.isalpha():
        return not raw.isupper()
    if raw.isdigit() and len(raw) <= 3:
        line_start = text.rfind("\n", 0, start) + 1
        return bool(text[line_start:start].strip())
    return True
