"""Keys under which differently written names and words meet."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from witnessmark.statements.reading import Reading

_REGION_WORDS = re.compile(r"\b(?:region|oblast|province|governorate|district|county|state|raion|область|край|район)\b")
_KEPT = re.compile(r"[^0-9a-zа-яёіїєґ]+")
# Romanisations of Slavic and Arabic names write one sound in several ways. Longer spellings come first.
_SPELLINGS = (
    ("shch", "s"), ("sch", "s"), ("kh", "h"), ("zh", "z"), ("ts", "c"), ("tz", "c"), ("ph", "f"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("ck", "k"), ("q", "k"),
)  # fmt: skip
_TAIL = re.compile(r"[aeiouаеєиіїоуюя]+$")
_TWICE = re.compile(r"(.)\1+")


def skeleton(name: str) -> str:
    """What spellings of one place name have in common: no accents, marks, doubled letters or last vowels, one letter for one sound."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("є", "е").replace("ґ", "г"))
    plain = _KEPT.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    for written, sound in _SPELLINGS:
        plain = plain.replace(written, sound)
    plain = _TWICE.sub(r"\1", plain)
    return _TAIL.sub("", plain) or plain


def names_region(place: str, regions: Iterable[str]) -> bool:
    """True for a place cell that tells a region only."""
    return bool(_REGION_WORDS.search(place)) or place in regions


@functools.cache
def weapon_class(words: str) -> str | None:
    """The class of weapon in our vocabulary that ``words`` name, None when they are not in it."""
    from witnessmark.claims.munitions import find_munitions

    found = find_munitions(_reading(f"The town was hit with {words}."))
    named = sorted({(m.value.weapon or "").split(".")[0] for m in found} - {"", "unknown"})
    return named[0] if len(named) == 1 else None


@functools.cache
def object_class(words: str) -> str | None:
    """The kind of object in our vocabulary that ``words`` name, None when they are not in it."""
    from witnessmark.claims.objects import find_objects

    named = sorted({o.value.kind for o in find_objects(_reading(f"A shell hit the {words}."))} - {"unknown"})
    return named[0] if len(named) == 1 else None


def _reading(sentence: str) -> Reading:
    from witnessmark.documents import text_document
    from witnessmark.statements import read_statements

    return read_statements(text_document(sentence, language="en"))
