"""Nobody was harmed, or how many is not known."""

from __future__ import annotations

import functools

from witnessmark.claims.slavic.harm.window import Window
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher


def absences(window: Window) -> tuple[list[tuple[Match[str], tuple[str, ...], bool]], list[tuple[int, int]]]:
    """(words, harms, unknown) of what denies a harm or leaves its figure open, and the token ranges that no toll may use."""
    found: list[tuple[Match[str], tuple[str, ...], bool]] = []
    blocked: list[tuple[int, int]] = []
    for hit in _denying(window.language).find(window.tokens, window.first, window.last):
        blocked.append((hit.first, hit.last))
        others = _others(window.language)
        if not any(window.word(k) in others for k in range(hit.first - 2, hit.last)):
            kind, _, harm = hit.payload.partition(":")
            found.append((hit, ("killed", "injured") if harm == "both" else (harm,), kind == "unknown"))
    return found, blocked


@functools.cache
def _denying(language: str) -> PhraseMatcher[str]:
    raw = lexicon(language, "harm")
    pairs = [(w, f"none:{key.removeprefix('phrases_')}") for key, ws in raw["absence"].items() if key != "others" for w in ws]
    return PhraseMatcher(pairs + [(w.replace(",", ""), f"unknown:{key}") for key, ws in raw["unknown"].items() for w in ws])


@functools.cache
def _others(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "harm")["absence"]["others"])
