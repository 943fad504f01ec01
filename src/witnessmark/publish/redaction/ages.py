"""Exact ages in running text, and the bands that stand in their place."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from witnessmark.claims.numbers import TENS, UNITS

_ONES = "|".join(w for w, n in UNITS.items() if 0 < n < 10)
_SPELLED = rf"(?:(?:{'|'.join(TENS)})[ -](?:{_ONES})|{'|'.join(sorted({*UNITS, *TENS} - {'zero'}, key=lambda w: (-len(w), w)))})"
_PERSON = r"(?:man|woman|boy|girl|child|baby|infant|youth|teenager|resident|pensioner|driver|nurse|soldier|worker|teacher|student|pupil)"
_AGE = re.compile(
    rf"\b(?P<w>{_SPELLED})[ -]year[ -]old\b|\b{_PERSON} of (?P<x>\d{{1,3}}|{_SPELLED})\b|\baged? (?P<y>{_SPELLED})\b|"
    r"\b(?P<a>\d{1,3})[ -]year[ -]old\b"
    r"|\b(?:aged?|at the age of|віком|возрастом|у віці|в возрасте)\s(?P<b>\d{1,3})\b"
    r"|(?<=[^\W\d_])\s?[(,]\s?(?P<c>\d{1,3})(?=\s?[,);.])"
    r"|\b(?P<d>\d{1,3})(?:[ -]?(?:річн\w{1,4}|летн\w{1,4}|лет(?:и|ний|няя)))\b"
    r"|[,(]\s?(?P<e>\d{1,3})\s(?:рок(?:и|ів|у)|рік|лет|года?)(?=\W|$)"
    r"|\b(?P<f>\d{1,3})[ -](?:months?|weeks?|days?)[ -]old\b"
    r"|\b(?P<g>\d{1,3})[ -]?(?:місячн\w{1,4}|месячн\w{1,4})\b"
    r"|\bborn (?:in|on) (?P<h>[\w ,.]{0,15}\b(?:19|20)\d\d)\b|\b(?P<i>(?:19|20)\d\d)\s(?:року народження|года рождения|р\. ?н\.|г\. ?р\.)"
)


_HINT = re.compile(r"\d|year|aged|" + _PERSON + " of ")
"""A text without any of these holds no age, and is not searched."""


def find_ages(text: str, bands: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """(start, end, text to put there) of every exact age in ``text``. ``bands`` are the lower ends of the bands, rising from 0."""
    if not _HINT.search(text):
        return
    for found in _AGE.finditer(text):
        group = found.lastgroup or ""
        start, end = found.span(group)
        if group in "hi":
            yield start, end, "[date of birth withheld]"
        else:
            yield start, end, band_of(0 if group in "fg" else _years(found[group]), bands)


def _years(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return sum(UNITS.get(w, 0) or TENS[w] for w in words.lower().replace("-", " ").split())


def band_of(years: int, bands: Sequence[int]) -> str:
    """The band that ``years`` falls into ("30–44"; the last is open: "75+")."""
    at = bisect.bisect_right(bands, years) - 1
    return f"{bands[at]}+" if at == len(bands) - 1 else f"{bands[at]}–{bands[at + 1] - 1}"
