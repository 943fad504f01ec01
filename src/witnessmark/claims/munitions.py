"""Munitions: what an attack was made with, weapon and effect on axes of their own.

A lexicon names the words; neighbouring ones join ("a Tochka-U missile fitted with a cluster warhead"), the more specific word giving the weapon.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from witnessmark.claims.phrases import grow_left, leading_amount, with_hedge
from witnessmark.claims.words import words
from witnessmark.model import Mention, MunitionValue, Quantity, Span
from witnessmark.statements.language.en.inflection import plural
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

MAX_JOINT = 6
"""Tokens between two words of one munition ("missile fitted with a cluster warhead")."""

UNUSED_SCORE = 0.3
INTERCEPTED_SCORE = 0.4
NAMED_SCORE = 0.45
"""For a munition in a sentence without a word of attack. Counting these as used costs precision: .39 against .48 on reports dev2, .37 against .41
on dev, for .05 and .04 of recall."""


_JOINTS = words(
    "with a an the fitted tipped armed carrying loaded equipped of type warhead warheads made from - ‑ and or containing filled packed laden its fired "
    "launched by in multiple rocket systems system launcher launchers"
)
_SUPPLY = words(
    "supply supplies supplied supplying deliver delivers delivered delivery deliveries send sends sending sent provide provided providing buy buys "
    "bought purchase sell sells sold selling request requested requests asked ask export exports ship shipped shipment shipments shipping donate "
    "donated pledge pledged funding package produce produces produced production manufacture manufactures stocks stockpile stockpiles stockpiled "
    "seized confiscated cache surrender surrendered treaty prohibits prohibit procurement contract"
)
_DOWNED = words(
    "shot downed intercepted intercept intercepting destroyed neutralised neutralized brought suppressed repelled jammed downing shooting"
)
_DOWN_PARTNERS = {"shot": "down", "brought": "down", "shooting": "down"}
_REMNANTS = words("fragment fragments remnant remnants debris wreckage pieces tail casing casings shrapnel parts remains")
_INFERRED = words("apparently probably likely suspected presumably believed seemingly possibly")
_CALLED = words("called dubbed described alleged allegedly claimed")
_EXPERTS = words("expert experts specialist specialists analyst analysts investigators engineers")
_ERW_CUES = words("unexploded leftover left picked stepped remnant remnants later played found touched")
_ATTACK = words(
    "hit hits hitting struck strikes strike striking killed kills killing kill died dead wounded wounding injured injuring hurt exploded explodes explosion "
    "exploding blast blasts attack attacks attacked attacking fired fires firing fire launched launching launch dropped drops dropping fell falls landed "
    "destroyed destroying damaged damaging shelled shelling bombed bombing bombardment raid raided detonated detonating blew blown slammed crashed tore "
    "ripped shot shooting opened stormed burned rained pounded used went off released targeted targeting ambush stabbed hacked shattered flew collapsed "
    "scattered stepped burst came threw thrown planted massacre executed set struck sunk sank rammed victims casualties maimed lost triggered hurled packed "
    "loaded laden claimed brought bringing flattened levelled leveled weapon weapons"
)
_GUNSHIPS = words(
    "helicopter helicopters gunship gunships aircraft plane planes jet jets warplane warplanes warship warships tank tanks boat boats artillery"
)
_OPENING = words("opened open opens opening")
_LOADS = words("packed loaded laden filled rigged stuffed carrying wired")
_PLURAL_VERBS = words("bombs shells mines rockets clubs knifes guns")


@dataclass(frozen=True, slots=True)
class Name:
    """What a word of the lexicon tells. ``generic`` names give way to others; ``proper`` ones need a capital letter; ``bare`` is False for
    words that count only beside another; ``context`` are words of which the sentence must hold one. ``ignored``: no weapon at all."""

    weapon: str | None
    effect: str | None
    generic: bool = False
    proper: bool = False
    bare: bool = True
    context: frozenset[str] = frozenset()
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    first: int
    last: int
    weapon: str | None
    effect: str | None
    generic: bool
    rule: str = "munition.name"


@functools.cache
def _matcher(language: str = "en") -> PhraseMatcher[Name]:
    raw = lexicon(language, "munitions")
    entries: list[tuple[str, Name]] = []
    for block in raw["munition"]:
        entries.extend(_entries(block))
    entries.extend((word, Name(None, None, ignored=True)) for word in raw["ignored"]["words"])
    return PhraseMatcher(entries)


def _entries(block: dict[str, Any]) -> list[tuple[str, Name]]:
    skipped = block.get("skip_bare", ())
    name = Name(
        block.get("weapon"),
        block.get("effect"),
        generic=block.get("generic", False),
        proper=block.get("proper", False),
        context=frozenset(block.get("context", ())),
    )
    out: list[tuple[str, Name]] = []
    for word in block["words"]:
        entry = replace(name, bare=False) if word in skipped else name
        out += [(word, entry), ("knives" if word == "knife" else plural(word), entry)]
    return out


def find_munitions(reading: Reading) -> tuple[Mention[MunitionValue], ...]:
    """Every munition that the words name, in text order; the span is the noun phrase ("two Smerch rockets with cluster warheads").

    ``score`` below 0.5 marks munitions that were not used: talk of supply, interceptions. ``identification`` follows the words: remnants,
    expert, inferred, or asserted.
    """
    out: list[Mention[MunitionValue]] = []
    for sentence, hits in _hits(reading):
        vocabulary = frozenset([t.lower for t in reading.tokens[sentence.first : sentence.last]])
        hits = [h for h in hits if not h.payload.context or h.payload.context & vocabulary]
        groups = _joined(reading.tokens, hits)
        groups = _without_echo([_with_carrier(reading.tokens, sentence, g) for g in groups], reading.tokens)
        out.extend(_mention(reading, sentence, g, vocabulary) for g in groups)
        out.extend(_dropped(reading, sentence, groups, vocabulary))
    return tuple(sorted(out, key=lambda m: (m.span.start if m.span else 0, m.value.weapon or "")))


def _without_echo(groups: list[_Group], tokens: Sequence[Token]) -> list[_Group]:
    """Drops "opened fire" where the sentence names what the fire came from: another weapon, or a craft that no rifle is fired from."""
    named = any(g.weapon is not None and g.weapon != "small_arms" for g in groups)
    return [
        g
        for g in groups
        if not (
            (named or any(t.lower in _GUNSHIPS for t in tokens[max(0, g.first - 6) : g.first]))
            and g.weapon == "small_arms"
            and tokens[g.last - 1].lower == "fire"
            and tokens[g.first].lower in _OPENING
        )
    ]


def _hits(reading: Reading) -> list[tuple[Sentence, list[Match[Name]]]]:
    tokens = reading.tokens
    out: list[tuple[Sentence, list[Match[Name]]]] = []
    for hit in _matcher().find(tokens):
        sentence = reading.sentence_at(tokens[hit.first].start)
        if sentence is None or hit.payload.ignored or not _counts(tokens, sentence, hit):
            continue
        if out and out[-1][0] is sentence:
            out[-1][1].append(hit)
        else:
            out.append((sentence, [hit]))
    return out


def _counts(tokens: Sequence[Token], sentence: Sentence, hit: Match[Name]) -> bool:
    name, token = hit.payload, tokens[hit.first]
    if name.proper and not token.capitalised:
        return False
    if not name.bare:
        return False
    if _inside_title(tokens, sentence, hit):
        return False
    if token.lower in _PLURAL_VERBS and hit.last - hit.first == 1:
        return not _is_verb(tokens, sentence, hit.first)
    return True


def _inside_title(tokens: Sequence[Token], sentence: Sentence, hit: Match[Name]) -> bool:
    """True for the mine of "the Landmine Survivors Fund": a common noun with a capital before another one."""
    token = tokens[hit.first]
    if hit.payload.proper or not token.capitalised or token.shouted or hit.first == sentence.first or hit.last >= sentence.last:
        return False
    following = tokens[hit.last]
    return following.kind == "word" and following.capitalised and token.text.istitle() and hit.last - hit.first == 1


def _is_verb(tokens: Sequence[Token], sentence: Sentence, at: int) -> bool:
    """True for "the army shells a town": a plural look-alike between a subject and an object."""
    if at == sentence.first or at + 1 >= sentence.last:
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    followed = after.lower in {"a", "an", "the", "its", "their"} or (after.capitalised and after.kind == "word")
    return followed and before.kind == "word" and (before.capitalised or before.lower in {"army", "forces", "jets", "military", "navy"})


def _joined(tokens: Sequence[Token], hits: list[Match[Name]]) -> list[_Group]:
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
    if not between:
        return True
    if len(between) > MAX_JOINT:
        return False
    lowers = [t.lower for t in between]
    if "and" in lowers or "or" in lowers or "," in lowers:
        return left.weapon is None
    if any(not (w in _JOINTS or t.kind == "number") for w, t in zip(lowers, between, strict=True)):
        return False
    return left.generic or right.generic or left.effect is None or right.effect is None and "with" in lowers


def _merged(left: _Group, right: _Group) -> _Group:
    weapon = left.weapon or right.weapon
    if left.weapon and right.weapon:
        weapon = right.weapon if left.generic and not right.generic else left.weapon
        if not left.generic and not right.generic:
            weapon = left.weapon if right.effect else right.weapon
    return _Group(left.first, right.last, weapon, left.effect or right.effect, left.generic and right.generic)


@functools.cache
def _carriers(language: str = "en") -> dict[str, str]:
    return {noun: weapon for weapon, nouns in lexicon(language, "munitions")["carriers"].items() for noun in nouns}


def _with_carrier(tokens: Sequence[Token], sentence: Sentence, group: _Group) -> _Group:
    """ "a truck loaded with 200 kilos of explosives": the vehicle is the weapon."""
    if group.weapon not in {"unknown_explosive", "ied", "bomb.unspecified"} or group.effect:
        return group
    loaded = next((k for k in range(group.first - 1, max(sentence.first, group.first - 9) - 1, -1) if tokens[k].lower in _LOADS), None)
    if loaded is None:
        return group
    for at in range(loaded - 1, max(sentence.first, loaded - 4) - 1, -1):
        weapon = _carriers().get(tokens[at].lower)
        if weapon is not None:
            return _Group(at, group.last, weapon, None, generic=False, rule="munition.carrier")
    return group


def _dropped(reading: Reading, sentence: Sentence, groups: list[_Group], vocabulary: frozenset[str]) -> list[Mention[MunitionValue]]:
    """A drone that drops a grenade is a bomber: both munitions are told by the same words."""
    if not any(g.weapon in {"grenade", "mortar", "unknown_explosive", "rpg_agl"} for g in groups):
        return []
    if not vocabulary & {"dropped", "drops", "drop", "dropping", "released", "releasing", "release"}:
        return []
    drone = next((g for g in groups if g.weapon and g.weapon.startswith("uav.")), None)
    load = next((g for g in groups if g.weapon in {"grenade", "mortar", "unknown_explosive", "rpg_agl"}), None)
    if drone is None or load is None:
        return []
    return [_mention(reading, sentence, replace(load, weapon="uav.bomber", rule="munition.dropped"), vocabulary)]


@functools.cache
def _adjectives(language: str = "en") -> frozenset[str]:
    return frozenset(lexicon(language, "munitions")["adjectives"]["words"])


def _mention(reading: Reading, sentence: Sentence, group: _Group, vocabulary: frozenset[str]) -> Mention[MunitionValue]:
    tokens = reading.tokens
    first = group.first
    if tokens[first].lower not in _OPENING:  # "opened fire" is no noun phrase
        first = with_hedge(tokens, grow_left(tokens, first, sentence.first, _adjectives()), sentence.first)
    span = reading.span_of(first, group.last)
    weapon = _unexploded(group, vocabulary)
    value = MunitionValue(weapon, group.effect, _identification(tokens, sentence, first, vocabulary), _count(reading, first, group.last))
    score, rule = _use(tokens, sentence, first, group, vocabulary)
    return Mention(value, span, span.of(reading.text), rule, score)


def _count(reading: Reading, first: int, last: int) -> Quantity | None:
    amount = leading_amount(reading.tokens, first, last)
    if amount is None:
        return None
    words_ = Span(reading.tokens[amount.first].start, reading.tokens[amount.last - 1].end).of(reading.text)
    return Quantity(amount.minimum, amount.maximum, amount.comparator, words_, unit="munition", vague=amount.vague)


def _unexploded(group: _Group, vocabulary: frozenset[str]) -> str | None:
    """A bomblet that lay about is a remnant of war; one that came down in the attack is none."""
    if group.weapon is None and group.effect == "cluster" and vocabulary & _ERW_CUES:
        return "erw"
    return group.weapon


def _identification(tokens: Sequence[Token], sentence: Sentence, first: int, vocabulary: frozenset[str]) -> str:
    before = {t.lower for t in tokens[max(sentence.first, first - 5) : first]}
    if before & _REMNANTS:
        return "remnants"
    if before & _INFERRED:
        return "inferred"
    if before & _CALLED:
        return "attributed"
    if vocabulary & _EXPERTS:
        return "expert"
    return "asserted"


def _use(tokens: Sequence[Token], sentence: Sentence, first: int, group: _Group, vocabulary: frozenset[str]) -> tuple[float, str]:
    """How sure it is that the munition was used, and the rule that says so."""
    if _intercepted(tokens, sentence, first, group):
        return INTERCEPTED_SCORE, "munition.intercepted"
    near = tokens[max(sentence.first, first - 4) : min(sentence.last, group.last + 3)]
    if group.rule != "munition.carrier" and any(t.lower in _SUPPLY for t in near):
        return UNUSED_SCORE, "munition.supply"
    if group.effect is None and not vocabulary & _ATTACK:
        return NAMED_SCORE, "munition.named"
    if group.weapon in {"unknown_explosive", "shelling.unspecified"}:
        return 0.5, group.rule
    return 1.0, group.rule


def _intercepted(tokens: Sequence[Token], sentence: Sentence, first: int, group: _Group) -> bool:
    """ "shot down 30 drones", "30 drones, most of which were intercepted" """
    if not (group.weapon or "").startswith(("uav", "missile", "rocket", "mlrs")):
        return False
    before = tokens[max(sentence.first, first - 8) : first]
    after = tokens[group.last : min(sentence.last, group.last + 9)]
    if _has_cue(before):
        return True
    passive = next((k for k, t in enumerate(after) if t.lower in {"were", "was", "been", "being"}), None)
    return passive is not None and _has_cue(after[passive:])


def _has_cue(tokens: Sequence[Token]) -> bool:
    for k, token in enumerate(tokens):
        partner = _DOWN_PARTNERS.get(token.lower)
        if token.lower in _DOWNED and (partner is None or any(t.lower == partner for t in tokens[k + 1 : k + 7])):
            return True
    return False
