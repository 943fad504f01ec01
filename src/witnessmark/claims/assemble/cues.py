"""Cues: words that open a further incident, carry on the last one, or tell of none at all."""

from __future__ import annotations

import functools
from typing import Any

from witnessmark.model import Span
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

_KINDS = ("novelty", "again", "place_anaphora", "capital", "region", "continuation", "later_death")


@functools.cache
def _cues(language: str) -> PhraseMatcher[frozenset[str]]:
    """All cue phrases in one matcher: one pass over a scene finds every kind. A language may have no words of a kind."""
    raw: dict[str, Any] = lexicon(language, "scenes")
    lists = {key: raw.get(key, ()) for key in _KINDS} | raw["not_incident"]
    kinds: dict[str, set[str]] = {}
    for kind, words in lists.items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)
    return PhraseMatcher((word, frozenset(names)) for word, names in kinds.items())


def cues_in(reading: Reading, first: int, last: int) -> dict[str, Span]:
    """The kinds of cue among the tokens, each with the span of its first words."""
    out: dict[str, Span] = {}
    for hit in _cues(reading.language).find_overlapping(reading.tokens, first, last):
        known = hit.first > first and reading.tokens[hit.first - 1].lower in ("the", "that", "this")
        for kind in hit.payload - ({"novelty"} if known else set()):
            out.setdefault(kind, reading.span_of(hit.first, hit.last))
    return out
