"""Named sites of a town that a gazetteer seldom has: "at the National University", "outside Oldwell International Airport"."""

from __future__ import annotations

import re

from witnessmark.model import Mention, PlaceValue, Span
from witnessmark.statements.reading import Reading

_SMALL = r"(?!(?i:the|a|an|and|or|of|in|at|on|to|from|by|with|for|his|her|its|their|this|that|was|were|is|are|had|has|who|which|where|when|while)\b)"
_KIND = r"(?:(?:International |Military |INTERNATIONAL |MILITARY )?(?:Airport|AIRPORT)|University|UNIVERSITY|Stadium|STADIUM|Air Base|AIR BASE|Airbase|AIRBASE|Prison|PRISON)"
_SITE = re.compile(
    r"\b(?i:at|in|inside|into|near|outside|on|against|entered|stormed|attacked|shelled|bombed|around|runway of|campus of|grounds of|gates? of|terminal of)\s+(?i:the\s+)?"
    rf"(?P<name>(?:{_SMALL}[A-Z][\w'’.-]*\s+){{1,5}}{_KIND}|(?:University|UNIVERSITY)\s+(?:of|OF)\s+{_SMALL}[A-Z][\w'’-]*(?:\s+{_SMALL}[A-Z][\w'’-]*)?)"
    r"(?!['’]s|\s+(?i:students?|professors?|teachers?|rector|spokes\w+|police|guards?|officials?|workers?|employees?|hospital|press)\b)"
)
"""A name in capitals that ends in a word for a site, behind a word of place or attack, and that names nobody who works there."""
SCORE = 0.6
"""Of the same order as a name that only the words around it make a place."""


def find_sites(reading: Reading) -> tuple[Mention[PlaceValue], ...]:
    """The named sites of ``reading``, unresolved, with precision P1; the town they are in is a matter of the text around them. English texts only."""
    if reading.language != "en":
        return ()
    out = []
    for found in _SITE.finditer(reading.text):
        span = Span(*found.span("name"))
        if reading.sentence_at(span.start) is not None:
            words = span.of(reading.text)
            out.append(Mention(PlaceValue(words, None, None, None, None, "P1"), span, words, "gazetteer.site", SCORE))
    return tuple(out)
