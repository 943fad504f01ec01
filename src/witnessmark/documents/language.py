"""The language of a text, as a two-letter code of ISO 639-1."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

_SAMPLE = 4000
"""Code points that are looked at. Longer samples did not change the answer on news texts."""

_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|was|were|on|at|by|said|from|that|had|killed)\b", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэёъЫЭЁЪ]")


def identify(text: str) -> str:
    """The language of ``text``: en, uk, ru, any other ISO 639-1 code, or ``und`` when there are no letters to go by.

    Letters and the commonest English words settle nearly every report; the statistical model (py3langid) is loaded only when they
    do not. It chooses among all its languages, so that a Bulgarian or French text is not called Russian or English.
    """
    sample = text[:_SAMPLE]
    latin, cyrillic = len(_LATIN.findall(sample)), len(_CYRILLIC.findall(sample))
    if latin + cyrillic == 0:
        return _classify(sample) if any(c.isalpha() for c in sample) else "und"
    if cyrillic > latin:
        return _cyrillic_language(sample, cyrillic)
    if latin < 60:
        return "en"  # too little to tell by; the language most often read
    words = sample.count(" ") + 1
    # In running English about a third of the words are on the list; in other Latin-script languages below one in thirty.
    if len(_ENGLISH.findall(sample)) > 0.12 * words:
        return "en"
    return _classify(sample)


def _cyrillic_language(sample: str, letters: int) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(sample)), len(_RUSSIAN.findall(sample))
    # і, ї, є, ґ make up about 7 % of Ukrainian letters and none of Russian; ы, э, ё, ъ about 3 % of Russian and none of Ukrainian.
    if ukrainian > 0.02 * letters and ukrainian > 4 * russian and "ў" not in sample:
        return "uk"
    if russian > 0.01 * letters and russian > 4 * ukrainian:
        return _russian_or_other(sample)
    found = _classify(sample)
    if ukrainian != russian and (letters < 40 or found not in ("uk", "ru")):
        return "uk" if ukrainian > russian else found
    return found


def _russian_or_other(sample: str) -> str:
    """ы and э are Russian and Belarusian, ъ Bulgarian too: those who have ы or э and no short u are read as Russian."""
    if re.search("[ыэЫЭ]", sample) and not re.search("[ўі]", sample):
        return "ru"
    return _classify(sample)


def _classify(sample: str) -> str:
    from py3langid import langid

    classify = cast(Callable[[str], tuple[str, float]], langid.classify)
    return str(classify(sample)[0])
