"""Munitions in Ukrainian and Russian reports: weapon and effect on axes of their own, with how sure it is that they were used."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.munitions import INTERCEPTED_SCORE, NAMED_SCORE, UNUSED_SCORE, Name
from witnessmark.claims.slavic.phrases import grow_left, leading_count
from witnessmark.claims.slavic.words import CLAUSE_MARKS, by_sentence, matcher
from witnessmark.claims.words import words
from witnessmark.model import Mention, MunitionValue
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

_JOINTS = words('« » " “ ” „ - ‑ типу типа з із с из со зі класу класса марки калібру калибра')
MAX_JOINT = 3
NEAR = 6
"""Tokens on either side in which a word of interception or supply speaks of a munition."""
_CLOSING = frozenset({"»", "”"})
_OPENING = frozenset('«„“"')
_QUOTES = frozenset({"«", '"', "“", "„"})


_LOADS = frozenset({"grenade", "ied", "unknown_explosive", "mortar", "rpg_agl", "shelling.unspecified"})
_LAID = frozenset({"ied", "vbied", "suicide", "booby_trap"})
"""Weapons that are seldom named but where they went off."""


@dataclass(frozen=True, slots=True)
class _Group:
    first: int
    last: int
    weapon: str | None
    effect: str | None
    generic: bool


@functools.cache
def _matcher(language: str) -> PhraseMatcher[Name]:
    raw = lexicon(language, "munitions")
    entries: list[tuple[str, Name]] = []
    for block in raw["munition"]:
        name = Name(block.get("weapon"), block.get("effect"), generic=block.get("generic", False), proper=block.get("proper", False))
        entries.extend((word, name) for word in block["words"])
    entries.extend((word, Name(None, None, ignored=True)) for word in raw["ignored"]["words"])
    return PhraseMatcher(entries)


@functools.cache
def _cues(language: str) -> PhraseMatcher[str]:
    return matcher(language, "munitions", "cues")


@functools.cache
def _hits(language: str) -> PhraseMatcher[str]:
    return matcher(language, "objects", "hits", "verbs")


def find_munitions(reading: Reading) -> tuple[Mention[MunitionValue], ...]:
    """Every munition that the words name, in text order; scores below 0.5 mark those shot down, supplied or merely named."""
    out: list[Mention[MunitionValue]] = []
    hits = _matcher(reading.language).find(reading.tokens)
    used = (h for h in hits if not h.payload.ignored and _named(reading.tokens, h))
    for sentence, group in by_sentence(reading, used):
        attacked = bool(_hits(reading.language).find(reading.tokens, sentence.first, sentence.last))
        groups = _dropped(reading, sentence, _without_echo(_joined(reading.tokens, group)))
        out.extend(_mention(reading, sentence, g, attacked=attacked) for g in groups)
    return tuple(sorted(out, key=lambda m: (m.span.start if m.span else 0, m.value.weapon or "")))


def _named(tokens: Sequence[Token], hit: Match[Name]) -> bool:
    """Proper names want a capital letter, and one that does not merely open the sentence, or a quotation mark."""
    if not hit.payload.proper:
        return True
    before = tokens[hit.first - 1].text if hit.first else "."
    return before in _QUOTES or (tokens[hit.first].capitalised and before not in {".", "!", "?", "…"} and hit.first > 0)


def _joined(tokens: Sequence[Token], hits: Sequence[Match[Name]]) -> list[_Group]:
    out: list[_Group] = []
    for hit in hits:
        name = hit.payload
        group = _Group(hit.first, hit.last, name.weapon, name.effect, name.generic or name.weapon is None)
        if out and _touches(tokens, out[-1], group):
            out[-1] = _merged(out[-1], group)
        else:
            out.append(group)
    return out


def _touches(tokens: Sequence[Token], left: _Group, right: _Group) -> bool:
    between = tokens[left.last : right.first]
    if len(between) > MAX_JOINT or any(t.lower not in _JOINTS for t in between):
        return False
    return left.generic or right.generic or _family(left) == _family(right) or left.effect is None and right.weapon is None


def _family(group: _Group) -> str:
    return (group.weapon or "").split(".")[0]


def _merged(left: _Group, right: _Group) -> _Group:
    weapon = right.weapon if right.weapon and (left.generic or not left.weapon) and not (right.generic and left.weapon) else left.weapon
    return _Group(left.first, right.last, weapon or right.weapon, left.effect or right.effect, left.generic and right.generic)


def _without_echo(groups: list[_Group]) -> list[_Group]:
    """Drops "відкрили вогонь" where the sentence names what the fire came from."""
    named = any(g.weapon not in (None, "small_arms") for g in groups)
    return [g for g in groups if not (named and g.weapon == "small_arms")]


def _dropped(reading: Reading, sentence: Sentence, groups: list[_Group]) -> list[_Group]:
    """ "дрон скинув гранату": a drone that drops its load is a bomber."""
    load = next((g for g in groups if g.weapon in _LOADS), None)
    drone = next((g for g in groups if (g.weapon or "").startswith("uav.") and g.weapon != "uav.bomber"), None)
    drops = any(t.lower.startswith(("скин", "скид", "сброс", "сбрас")) for t in reading.tokens[sentence.first : sentence.last])
    if load is None or drone is None or not drops:
        return groups
    return [replace(drone, weapon="uav.bomber", generic=False) if g is drone else g for g in groups if g is not load]


def _mention(reading: Reading, sentence: Sentence, group: _Group, *, attacked: bool) -> Mention[MunitionValue]:
    tokens, language = reading.tokens, reading.language
    first = grow_left(tokens, group.first, sentence.first, language)
    first, last = _with_marks(tokens, sentence, first, group.last)
    span = reading.span_of(first, last)
    count = leading_count(tokens, reading.text, first, last, language=language, unit="munition")
    cues = _cues_near(tokens, sentence, first, last, language)
    value = MunitionValue(group.weapon, group.effect, _identification(cues), count)
    score, rule = _use(group, cues, attacked=attacked)
    return Mention(value, span, span.of(reading.text), rule, score)


def _with_marks(tokens: Sequence[Token], sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The tokens with both quotation marks of a name («Шахедами»), or with neither."""
    if last >= sentence.last or tokens[last].text not in _CLOSING:
        return first, last
    if any(t.text in _OPENING for t in tokens[first:last]):
        return first, last + 1
    if first > sentence.first and tokens[first - 1].text in _OPENING:
        return first - 1, last + 1
    return first, last


def _cues_near(tokens: Sequence[Token], sentence: Sentence, first: int, last: int, language: str) -> dict[str, bool]:
    """Kinds of cue in the same clause, True where they stand before the munition."""
    out: dict[str, bool] = {}
    lo, hi = max(sentence.first, first - NEAR), min(sentence.last, last + NEAR)
    for hit in _cues(language).find_overlapping(tokens, lo, hi):
        between = tokens[hit.last : first] if hit.last <= first else tokens[last : hit.first]
        if not any(t.text in CLAUSE_MARKS - {"—", "–"} for t in between):
            out.setdefault(hit.payload, hit.first < first)
    return out


def _identification(cues: dict[str, bool]) -> str:
    if cues.get("remnants"):
        return "remnants"
    return "inferred" if cues.get("inferred") else "asserted"


def _use(group: _Group, cues: dict[str, bool], *, attacked: bool) -> tuple[float, str]:
    flying = (group.weapon or "").startswith(("uav", "missile", "rocket", "mlrs", "bomb"))
    if flying and "intercepted" in cues and "remnants" not in cues:
        return INTERCEPTED_SCORE, "munition.intercepted"
    if "supply" in cues:
        return UNUSED_SCORE, "munition.supply"
    if group.effect is None and not attacked and group.weapon not in _LAID:
        return NAMED_SCORE, "munition.named"
    return (0.5 if group.weapon in {"unknown_explosive", "shelling.unspecified"} else 1.0), "munition.name"
