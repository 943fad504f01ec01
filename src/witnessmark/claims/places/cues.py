"""Words beside a place that tell its part (role), how the event lies to it (relation), and how fine the words are (precision)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from witnessmark.claims.numbers import word_number
from witnessmark.claims.places.words import context
from witnessmark.statements.language.tokens import Token, tokenise

_SKIPPED = frozenset(
    {"the", "a", "an", "nearby", "neighbouring", "neighboring", "occupied", "besieged", "russian", "border", "frontline", "of", "'s"}
)
_CENTRE = frozenset({"centre", "center", "central", "downtown", "outskirts", "suburb", "suburbs", "heart", "middle"})
_SETTLEMENT_TYPES = frozenset(
    {"city", "town", "village", "settlement", "villages", "towns", "cities", "suburb", "hamlet", "port", "capital"}
)


class Around(NamedTuple):
    """What the words before a place say. ``km`` is a stated distance; ``towards`` a compass direction as (north, east); ``first`` the token where
    they begin."""

    role: str
    relation: str
    km: float | None
    towards: tuple[int, int]
    first: int


def around(tokens: Sequence[Token], first: int, floor: int) -> Around:
    """Role and relation by the words before token ``first``, not before token ``floor``."""
    at = first
    while at > floor and (tokens[at - 1].lower in _SKIPPED or tokens[at - 1].lower in _SETTLEMENT_TYPES):
        at -= 1
        if tokens[at].lower == "of" and (at == floor or tokens[at - 1].lower not in _SETTLEMENT_TYPES):
            at += 1
            break
    role = relation = ""
    towards = (0, 0)
    km: float | None = None
    begin = first
    for kind, words, start in _phrases_at(tokens, at, floor):
        if kind in {"near", "direction", "distance", "between"}:
            if not relation:
                relation, begin = kind, start
                towards = _bearing(words) if kind == "direction" else towards
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


def _bearing(words: Sequence[str]) -> tuple[int, int]:
    """The direction that compass words add up to: "на північний схід від" is north-east."""
    parts = [context().compass.get(word, (0, 0)) for word in words]
    return max(-1, min(1, sum(p[0] for p in parts))), max(-1, min(1, sum(p[1] for p in parts)))


_BEFORE_DIRECTION = frozenset({"to", "the", "away", "on"})
_HALF = frozenset({"half", "пів", "пол"})


def _measure(tokens: Sequence[Token], start: int, floor: int, kind: str) -> tuple[float | None, int]:
    """The distance in kilometres stated just before token ``start`` ("12 km north of", "two miles to the"), and where its words begin."""
    unit_at = start if kind == "distance" else start - 1
    while unit_at > floor and tokens[unit_at].lower in _BEFORE_DIRECTION:
        unit_at -= 1
    if unit_at - 1 < floor or unit_at >= len(tokens):
        return None, start
    factor = context().units.get(tokens[unit_at].lower)
    amount = None if factor is None else _amount(tokens[unit_at - 1])
    return (None, start) if amount is None or factor is None else (amount * factor, unit_at - 1)


def _amount(token: Token) -> float | None:
    """The value of a figure or of a number word."""
    if token.kind != "number":
        return 0.5 if token.lower in _HALF else word_number(token.lower)
    try:
        return float(token.text.replace(",", "."))
    except ValueError:
        return None


def in_the_centre(tokens: Sequence[Token], first: int, floor: int) -> bool:
    """True for "in the centre of X", "downtown X", "on the outskirts of X"."""
    near = [t.lower for t in tokens[max(floor, first - 3) : first]]
    return bool(near) and (near[-1] in _CENTRE or (near[-1] in {"of", "the"} and any(w in _CENTRE for w in near)))


def part_word(tokens: Sequence[Token], first: int, floor: int) -> tuple[int, int] | None:
    """The direction of the compass word just before a name ("eastern" Ukraine); (0, 0) for its middle, None where no part is named."""
    word = tokens[first - 1].lower if first > floor else ""
    if word not in context().directions:
        return None
    return (0, 0) if word.startswith(("central", "централь", "центральн")) else context().compass.get(word)
