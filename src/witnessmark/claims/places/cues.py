"""Words beside a place that tell its part (role), how the event lies to it (relation), and how fine the words are (precision)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from witnessmark.claims.places.words import context
from witnessmark.statements.language.tokens import Token, tokenise

_SKIPPED = frozenset(
    {"the", "a", "an", "nearby", "neighbouring", "neighboring", "occupied", "besieged", "russian", "border", "frontline", "of", "'s"}
)
_METRES = {"km": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometre": 1.0, "miles": 1.609, "mile": 1.609}
_CENTRE = frozenset({"centre", "center", "central", "downtown", "outskirts", "suburb", "suburbs", "heart", "middle"})
_SETTLEMENT_TYPES = frozenset(
    {"city", "town", "village", "settlement", "villages", "towns", "cities", "suburb", "hamlet", "port", "capital"}
)


class Around(NamedTuple):
    """What the words before a place say. ``km`` is a stated distance; ``towards`` a compass word; ``first`` the token where they begin."""

    role: str
    relation: str
    km: float | None
    towards: str
    first: int


def around(tokens: Sequence[Token], first: int, floor: int) -> Around:
    """Role and relation by the words before token ``first``, not before token ``floor``."""
    at = first
    while at > floor and (tokens[at - 1].lower in _SKIPPED or tokens[at - 1].lower in _SETTLEMENT_TYPES):
        at -= 1
        if tokens[at].lower == "of" and (at == floor or tokens[at - 1].lower not in _SETTLEMENT_TYPES):
            at += 1
            break
    role = relation = towards = ""
    km: float | None = None
    begin = first
    for kind, words, start in _phrases_at(tokens, at, floor):
        if kind in {"near", "direction", "distance", "between"}:
            if not relation:
                relation, begin = kind, start
                towards = words[-2] if kind == "direction" and len(words) > 1 else ""
                km, begin = _measure(tokens, start, floor, kind)
        elif not role:
            role = kind
    return Around(role or "event", relation or "in", km, towards, begin)


def _phrases_at(tokens: Sequence[Token], at: int, floor: int) -> list[tuple[str, tuple[str, ...], int]]:
    """Cue phrases that end just before token ``at``, longest first: (class, words, first token)."""
    if at <= floor:
        return []
    by_length = _by_last().get(tokens[at - 1].lower)
    if by_length is None:
        return []
    out: list[tuple[str, tuple[str, ...], int]] = []
    for length, phrases in by_length:
        start = at - length
        if start >= floor:
            words = tuple([t.lower for t in tokens[start:at]])
            out.extend((kind, words, start) for kind in phrases.get(words, ()))
    return out


_Phrases = dict[tuple[str, ...], list[str]]


@functools.cache
def _by_last() -> Mapping[str, list[tuple[int, _Phrases]]]:
    """Cue phrases by their last word and their length, longest first."""
    table: dict[str, dict[int, _Phrases]] = defaultdict(dict)
    for phrase, kind in (*context().roles, *context().relations):
        words = tuple(t.lower for t in tokenise(phrase))
        same = table[words[-1]].setdefault(len(words), {})
        same.setdefault(words, []).append("speaker_seat" if kind == "seat" else kind)
    return {last: sorted(lengths.items(), reverse=True) for last, lengths in table.items()}


def _measure(tokens: Sequence[Token], start: int, floor: int, kind: str) -> tuple[float | None, int]:
    """The distance in kilometres stated just before token ``start`` ("12 km north of"), and where its words begin."""
    unit_at = start if kind == "distance" else start - 1
    if unit_at - 1 < floor or unit_at >= len(tokens):
        return None, start
    factor = _METRES.get(tokens[unit_at].lower)
    number = tokens[unit_at - 1]
    if factor is None or number.kind != "number":
        return None, start
    try:
        return float(number.text.replace(",", ".")) * factor, unit_at - 1
    except ValueError:
        return None, start


def in_the_centre(tokens: Sequence[Token], first: int, floor: int) -> bool:
    """True for "in the centre of X", "downtown X", "on the outskirts of X"."""
    near = [t.lower for t in tokens[max(floor, first - 3) : first]]
    return bool(near) and (near[-1] in _CENTRE or (near[-1] in {"of", "the"} and any(w in _CENTRE for w in near)))


def part_word(tokens: Sequence[Token], first: int, floor: int) -> str:
    """The compass word just before a name ("eastern" Ukraine), or ""."""
    if first > floor and tokens[first - 1].lower in context().directions:
        word = tokens[first - 1].lower
        return word if "north" in word or "south" in word or "east" in word or "west" in word or word == "central" else ""
    return ""
