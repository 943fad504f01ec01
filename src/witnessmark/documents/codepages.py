"""Which single-byte code page bytes are in, told by letter statistics.

General detectors are wrong on short texts in KOI8-U (charset-normalizer 3.5.2 says Shift-JIS), and the Cyrillic code pages differ only in
which byte is which letter: decoded wrongly, a text has capitals inside words, rare letters in plenty and signs between letters.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter

_CANDIDATES = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "mac-cyrillic", "cp866", "cp1252")
_SAMPLE = 20_000
_MARGIN = 6.0
"""Nats over the whole sample that a declared code page may be behind the best and still be believed. Tried on 14 Ukrainian and Russian reports
cut to 20 ... 2,000 characters in six pages: undeclared, every cut in any page but Mac Cyrillic is told rightly from 20 characters on, Mac Cyrillic
(which shares all small letters but one with cp1251) in 87 % of cuts at 20 characters and in all at 400."""

_RUSSIAN = (
    "о10.98 е8.48 а7.99 и7.36 н6.70 т6.32 с5.47 р4.75 в4.53 л4.34 к3.49 м3.20 д2.98 п2.80 у2.62 я2.00 ы1.90 ь1.74 г1.69 з1.64 "
    "б1.59 ч1.45 й1.21 х0.97 ж0.94 ш0.72 ю0.64 ц0.49 щ0.36 э0.33 ф0.27 ъ0.04 ё0.04"
)
_UKRAINIAN = (
    "о9.42 а8.07 н6.81 и6.26 і5.75 в5.35 т5.35 е4.95 р4.48 с4.24 к3.54 л3.45 у3.38 д3.38 м3.03 п2.90 з2.32 я2.18 ь1.83 б1.77 г1.55 "
    "ч1.41 й1.38 х1.19 ц0.83 ю0.76 ж0.72 є0.61 ї0.65 ф0.38 ш0.71 щ0.56 ґ0.01"
)
"""Letter frequencies of running text in per cent, rounded from published tables of both languages."""

_PUNCTUATION = "«»“”„‘’–—…№ ’•€°§©\u00a0"
_WESTERN = "éèêëàâäáãåæçíîïñóôöõøœßúûüùýÿžšđ"
_CASE_SWAP = re.compile("[а-яёіїєґ][А-ЯЁІЇЄҐ]")
_ODD_QUOTE = re.compile("[”’»][а-яёіїєґ]|[а-яёіїєґ][“«„]")
_PRIORS = {"mac-cyrillic": -5.0, "iso8859-5": -2.0, "cp866": -2.0}
"""Log odds against pages that hardly occur on the web or in office files. cp1251 and Mac Cyrillic share all small letters but one, so a text
without capitals and without я would be a toss-up."""
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


def best_code_page(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The code page of ``data``, which is no UTF-8, and what that rests on (declared, statistics or detected)."""
    sample = _sample(data)
    scores = {name: _score(sample, name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if declared is not None and declared not in scores:
        return _other(data, declared, scores[best], best)
    beyond = len(re.findall(rb"[\x80-\xff]", sample))
    if declared is not None and (scores[best] - scores[declared]) * beyond <= _MARGIN:
        return declared, "declared"
    if scores[best] < _poorest():
        return _detected(data, best)
    return best, "statistics"


def _other(data: bytes, declared: str, score: float, best: str) -> tuple[str, str]:
    """A declared encoding that has no statistics here: believed when it decodes and no known page reads like words."""
    try:
        data.decode(declared)
    except UnicodeDecodeError:
        return best, "statistics"
    return (declared, "declared") if score < _poorest() + 1.0 else (best, "statistics")


def _detected(data: bytes, best: str) -> tuple[str, str]:
    """What the general detector says of a text that reads like words in none of the pages known here."""
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE]).best()
    if found is None or found.encoding in ("utf_8", "ascii"):
        return best, "statistics"
    return found.encoding.replace("_", "-"), "detected"


def _sample(data: bytes) -> bytes:
    """Bytes with enough characters beyond ASCII to judge by."""
    first = re.search(rb"[\x80-\xff]", data)
    return data[max(0, first.start() - 200) :][:_SAMPLE] if first else data[:_SAMPLE]


@functools.cache
def _weights() -> dict[str, float]:
    """Log probability of each character beyond ASCII that is at home in a report."""
    table: Counter[str] = Counter()
    for listed in (_RUSSIAN, _UKRAINIAN):
        for entry in listed.split():
            table[entry[0]] += float(entry[1:]) / 200  # type: ignore[assignment]
    weights = {c: math.log(p) for c, p in table.items()}
    weights |= {c.upper(): w - 2.5 for c, w in weights.items()}
    weights |= dict.fromkeys(_PUNCTUATION, math.log(0.01))
    weights |= {c: math.log(0.004) for c in _WESTERN + _WESTERN.upper() if c not in weights}
    return weights


def _poorest() -> float:
    """The score below which a text is not words of the languages known here: the mean of random letters is near -6.5."""
    return -6.2


def _score(sample: bytes, encoding: str) -> float:
    """Mean log probability of the characters beyond ASCII, less a fine for capitals inside words and for mixed scripts."""
    text = sample.decode(encoding, "replace")
    weights = _weights()
    counted = Counter(text)
    beyond = sum(n for c, n in counted.items() if c >= "\x80")
    if not beyond:
        return 0.0
    total = sum(n * weights.get(c, -9.0) for c, n in counted.items() if c >= "\x80")
    fines = 4.0 * (len(_CASE_SWAP.findall(text)) + len(_ODD_QUOTE.findall(text))) + 6.0 * len(_MIXED.findall(text))
    return (total - fines + _PRIORS.get(encoding, 0.0)) / beyond
