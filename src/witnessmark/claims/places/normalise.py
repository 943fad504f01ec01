"""Keys of names: the one form in which the gazetteer stores a name and a text is looked up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ə": "a", "ǝ": "a", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ё": "е", "ґ": "г",
        "'": "", "’": "", "ʼ": "", "‘": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ʺ": "", "′": "", "″": "",
        "-": " ", "‑": " ", "–": " ", "—": " ", "/": " ", ".": " ", ",": " ", "(": " ", ")": " ", "ـ": "", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه",
    }
)  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_COMBINING_LATIN = range(0x0300, 0x0370)
_CYRILLIC = range(0x0400, 0x0530)


def key_of(name: str) -> str:
    """The key of ``name``: lower case, no diacritics on Latin letters, no apostrophes, hyphens as spaces, "St" written out.

    Cyrillic й and ї keep their marks (they are letters of their own there); ё is е and ґ is г, as most texts write them.
    """
    low = name.lower().translate(_LETTERS)
    if not low.isascii():
        low = _strip_marks(low)
    return " ".join(_SHORT.get(w, w) for w in low.split())


def _strip_marks(text: str) -> str:
    out: list[str] = []
    for letter in text:
        if ord(letter) in _CYRILLIC or ord(letter) < 128:
            out.append(letter)
            continue
        out.extend(c for c in unicodedata.normalize("NFKD", letter) if ord(c) not in _COMBINING_LATIN and not unicodedata.combining(c))
    return "".join(out).translate(_LETTERS)


def key_of_words(words: Iterable[str]) -> str:
    """The key of a name that is already cut into words."""
    return key_of(" ".join(words))
