"""Pieces: a sentence is cut where a second event with a place, a day or hands of its own begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, TypeVar

from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic.setting import CUTS
from witnessmark.model import DateValue, Mention, PlaceValue, Span
from witnessmark.statements import Reading, Sentence

TOLL_HARMS = frozenset({"killed", "injured"})
"""Harms that are a toll."""

_CUT = re.compile(
    r";|, (?=snipers|gunmen|soldiers|troops|fighters|militants)|,? and (?=on |in |at |a |an |another |the |by )|, (?:while|but|and|then|whereas|followed by)\b|(?<=\w) while\b|\bfrom (?:which|where)\b|\ba day after\b|\bhours after\b|\bdays after\b"
)

_SOURCE = re.compile(r"from (?:which|where)\b")
"""Behind it, fire from what was hit is told: a reason, with a place of its own."""

M = TypeVar("M")


def inside(items: Sequence[Mention[M]], span: Span) -> tuple[Mention[M], ...]:
    """The mentions that begin inside ``span``; ``items`` stand in text order."""
    first = bisect_left(items, span.start, key=_start)
    return tuple(items[first : bisect_left(items, span.end, first, key=_start)])


def _start(item: Mention[Any]) -> int:
    return item.span.start if item.span is not None else -1


def pieces_of(reading: Reading, sentence: Sentence, found: Findings) -> list[Span]:
    """Cuts a sentence where a second event with its own place or date begins."""
    pattern = CUTS if reading.language in SLAVIC else _CUT
    cuts = [
        m.start() + (1 if m.group().startswith((";", ",")) else 0)
        for m in pattern.finditer(reading.text, sentence.span.start, sentence.span.end)
    ]
    pieces: list[Span] = []
    start = sentence.span.start
    for n, cut in enumerate(cuts):
        if cut <= start:
            continue
        following = cuts[n + 1] if n + 1 < len(cuts) else sentence.span.end
        left, right = Span(start, cut), Span(cut, max(cut + 1, sentence.span.end))
        near = Span(cut, max(cut + 1, following))
        told_twice = _eventful(found, left) and _eventful(found, right)
        source = _SOURCE.match(reading.text, cut) is not None and any(_settled(p) for p in inside(found.places, right))
        if told_twice and (source or _apart(found, left, near) or _other_hands(found, left, near)):
            pieces.append(left)
            start = cut
    pieces.append(Span(start, sentence.span.end))
    return pieces


_REMOTE = frozenset({"strike", "shelling"})


def _other_hands(found: Findings, left: Span, right: Span) -> bool:
    """True when fire from afar and fire at close range are told one after the other, the second with a subject of its own ("they shelled
    the city, snipers hunted its people")."""
    one, two = _families(found, left), _families(found, right)
    starts = [a for a in inside(found.actors, right) if a.span and a.span.start <= right.start + 12]
    starts_armed = [
        m
        for m in inside(found.munitions, right)
        if m.span and m.span.start <= right.start + 12 and m.value.weapon in ("sniper", "small_arms")
    ]
    return bool(starts or starts_armed) and bool(one & _REMOTE) and "shooting" not in one and two == {"shooting"}


def _families(found: Findings, span: Span) -> set[str]:
    acts = {a.value.act.split(".")[0] for a in inside(found.acts, span) if a.value.strength != "harm" and a.value.act != "unknown"}
    hands = {"shooting" for m in inside(found.munitions, span) if m.value.weapon in ("sniper", "small_arms", "machine_gun")}
    return acts | hands


def _eventful(found: Findings, span: Span) -> bool:
    toll = [h for h in inside(found.harms, span) if h.value.harm in TOLL_HARMS]
    return bool(inside(found.acts, span) or toll or inside(found.munitions, span))


def _apart(found: Findings, left: Span, near: Span) -> bool:
    """True when the piece after the cut names a place or day of its own that differs from those before it."""
    after, before = _days(found, near), _days(found, left)
    if after and before and not any(_days_meet(a.value, b.value) for a in before for b in after):
        return True
    right_places = [p for p in inside(found.places, near) if _settled(p)]
    left_places = [p for p in inside(found.places, left) if _settled(p)]
    if right_places and left_places and not {_key(p) for p in left_places} & {_key(p) for p in right_places}:
        return _eventful(found, near)
    return False


def _days(found: Findings, span: Span) -> list[Mention[DateValue]]:
    """Days of events: the day on which something was said sets nothing apart."""
    return [d for d in inside(found.dates, span) if not d.rule.endswith(".reporting")]


def _key(place: Mention[PlaceValue]) -> str:
    return place.value.gazetteer_id or place.value.name.casefold()


def _settled(place: Mention[PlaceValue]) -> bool:
    return place.value.role == "event" and place.value.precision in ("P0", "P1", "P2", "P3", "P4")


def _days_meet(a: DateValue, b: DateValue) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest
