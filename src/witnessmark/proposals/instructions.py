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
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_]){5,200}\w(?!\w)")
_PACKED = re.compile(r"[A-Za-z0-9+/]{24,4000}={0,2}")
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
    spaced = _SPACED.sub(lambda m: re.sub(r"[ .\-_]", "", m[0]), wide)
    if spaced != wide:
        yield spaced
    for packed in _PACKED.finditer(text):
        yield from _unpacked(packed[0])


def _unpacked(packed: str) -> Iterator[str]:
    try:
        words = base64.b64decode(packed.rstrip("=")[: len(packed.rstrip("=")) // 4 * 4], validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return
    yield words.casefold()


def find_instructions(reading: Reading) -> tuple[Span, ...]:
    """The paragraphs of the readable text that address a model, in text order."""
    return tuple(span for span in paragraphs(reading) if addresses_a_model(span.of(reading.text)))


def hidden_instructions(document: Document) -> bool:
    """True when text that nobody sees, or that is no part of the report, addresses a model."""
    return any(p.kind in ("hidden", "boilerplate") and addresses_a_model(p.span.of(document.text)) for p in document.parts)


def paragraphs(reading: Reading) -> tuple[Span, ...]:
    """The paragraphs that have sentences, from the first sentence to the end of the last."""
    ends: dict[int, tuple[int, int]] = {}
    for sentence in reading.sentences:
        start, _ = ends.get(sentence.paragraph, (sentence.span.start, 0))
        ends[sentence.paragraph] = start, sentence.span.end
    return tuple(Span(start, end) for start, end in ends.values())
