"""Finds words in a document that address a language model: orders to ignore the task, fake turns of a conversation, fake answers.

A marked paragraph is withheld from the model and gives it no value; what the marks miss is held by the rest (``docs/threat-model.md``): an obeyed
order can at worst put a wrong label on words of the document that the rules' own finders read as such a value.
"""

from __future__ import annotations

import base64
import binascii
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib import resources

from witnessmark.errors import DataError
from witnessmark.model import Document, Span
from witnessmark.proposals.folding import fold
from witnessmark.statements import Reading

# Cyrillic and Greek letters that look like Latin ones, for orders that mix scripts to pass unseen.
_LOOKALIKE = str.maketrans("аеорсухікмнтвьѕјԁгοαενιτρυκ", "aeopcyxikmhtbbsjdroaevitpyk")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_]){3,40}\w(?!\w)")
_PACKED = re.compile(r"[A-Za-z0-9+/]{24,4000}={0,2}")
_BLANK = re.compile(r"\n[ \t]*\n")
_TAGS = re.compile("[\U000e0020-\U000e007e]{4,}")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    source = resources.files("witnessmark.proposals").joinpath("instructions.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return tuple(re.compile(p, re.DOTALL) for block in raw.values() for p in block["patterns"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, re.error) as error:
        raise DataError("WM403", str(error), origin="proposals/instructions") from error


def addresses_a_model(text: str) -> bool:
    """True when ``text`` holds words that address a language model, plainly, in look-alike letters, spaced out, packed as base64, or as tags."""
    if _TAGS.search(text):
        return True
    return any(p.search(form) for form in _forms(text) for p in _patterns())


def _forms(text: str) -> Iterator[str]:
    plain = fold(text).text.casefold()
    yield plain
    if "\n" in text:
        yield "\n".join(fold(line).text for line in text.splitlines()).casefold()
    wide = unicodedata.normalize("NFKC", plain)
    if wide != plain:
        yield wide
    if not wide.isascii():
        yield wide.translate(_LOOKALIKE)
    if _SPACED.search(text):  # before folding: a wider gap parts the words
        yield fold(_SPACED.sub(lambda m: re.sub(r"[ .\-_]", "", m[0]), text)).text.casefold()
    for packed in _PACKED.finditer(text):
        yield from _unpacked(packed[0])


def _unpacked(packed: str) -> Iterator[str]:
    try:
        words = base64.b64decode(packed.rstrip("=")[: len(packed.rstrip("=")) // 4 * 4], validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return
    yield words.casefold()


NEIGHBOURS = 2
"""Lines before and after an order that are withheld with it where no blank line parts them: an order is often spread over lines of its own."""


def find_instructions(reading: Reading) -> tuple[Span, ...]:
    """The paragraphs of the readable text that address a model or stand among such, in text order."""
    spans, text = paragraphs(reading), reading.text
    joined = [at > 0 and not _BLANK.search(text, spans[at - 1].end, span.start) for at, span in enumerate(spans)]
    found = {at for at, span in enumerate(spans) if addresses_a_model(span.of(text))}
    # An order that is parted by a line break shows only when both lines are looked at.
    for at in range(1, len(spans)):
        pair = {at - 1, at}
        if joined[at] and not pair & found and addresses_a_model(text[spans[at - 1].start : spans[at].end]):
            found |= pair
    held = {other for at in found for other in _around(at, joined)}
    return tuple(span for at, span in enumerate(spans) if at in held)


def _around(at: int, joined: list[bool]) -> Iterator[int]:
    """``at`` and its neighbours that no blank line parts from it; ``joined`` tells of each paragraph whether it goes on from the one before."""
    yield at
    for here in range(at, max(0, at - NEIGHBOURS), -1):
        if not joined[here]:
            break
        yield here - 1
    for here in range(at + 1, min(len(joined), at + 1 + NEIGHBOURS)):
        if not joined[here]:
            break
        yield here


def hidden_instructions(document: Document) -> bool:
    """True when text that nobody sees addresses a model."""
    return any(p.kind == "hidden" and addresses_a_model(p.span.of(document.text)) for p in document.parts)


def paragraphs(reading: Reading) -> tuple[Span, ...]:
    """The paragraphs that have sentences, from the first sentence to the end of the last."""
    ends: dict[int, tuple[int, int]] = {}
    for sentence in reading.sentences:
        start, _ = ends.get(sentence.paragraph, (sentence.span.start, 0))
        ends[sentence.paragraph] = start, sentence.span.end
    return tuple(Span(start, end) for start, end in ends.values())
