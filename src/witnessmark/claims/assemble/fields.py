"""One value for each field of an incident, out of all that its scenes tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.assemble.scenes import Scene
from witnessmark.model import BreakdownValue, Candidate, HarmValue, Mention, MunitionValue, ObjectValue, Quantity

MILITARY_GROUPS = frozenset({"military", "armed_group"})
"""Groups whose loss alone makes an incident military."""


# Weapons that reporters call by each other's name, so that a later word can make an earlier one exact.
_KIN = {
    "rocket": "missile",
    "mlrs": "missile",
    "shelling": "gun",
    "mortar": "gun",
    "unknown_explosive": "bomb",
    "ied": "bomb",
    "vbied": "bomb",
    "suicide": "bomb",
}


def munitions_of(scenes: Sequence[Scene], lead: Scene) -> tuple[Mention[MunitionValue], ...]:
    """What the act was done with: the weapons of the scene that tells the incident (failing that, of the first that names any), made exact by
    later words for weapons of the same family. Weapons of another family that are named later belong to other accounts and are left to the
    alternatives; headline words count only where the body has none."""
    body = [s for s in scenes if not s.headline and s.munitions]
    anchored = [s for s in body if s.strong or s.toll or s.objects or s.dates or s.places]
    first = lead if lead.munitions and not lead.headline else next(iter(anchored), None) or next((s for s in scenes if s.munitions), None)
    if first is None:
        return ()
    families = {_kin(m.value) for m in first.munitions}
    told = list(first.munitions) + [
        m for s in body if s is not first for m in s.munitions if _kin(m.value) in families or m.value.weapon is None
    ]
    out: dict[tuple[str | None, str | None], Mention[MunitionValue]] = {}
    for m in told:
        if not _outdone(m, told):
            key = (m.value.weapon, m.value.effect)
            if key not in out or len(m.quote) > len(out[key].quote):
                out[key] = m
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


def _kin(value: MunitionValue) -> str:
    family = (value.weapon or "").split(".")[0]
    return _KIN.get(family, family)


def _outdone(m: Mention[MunitionValue], told: Sequence[Mention[MunitionValue]]) -> bool:
    """True for a bare "missile" beside a named one, and for a weapon told again without its effect."""
    others = [o.value for o in told if o is not m and _kin(o.value) == _kin(m.value)]
    vague = m.value.weapon is None or m.value.weapon.endswith(".unspecified") or m.value.weapon in ("unknown", "unknown_explosive")
    if vague and any(o.weapon and o.weapon != m.value.weapon and not o.weapon.endswith(".unspecified") for o in others):
        return m.value.effect is None or any(o.effect == m.value.effect for o in others)
    if m.value.weapon is None:
        return any(o.value.effect == m.value.effect for o in told if o is not m and o.value.weapon)
    return m.value.effect is None and any(o.weapon == m.value.weapon and o.effect for o in others)


# Statements in which a party says what it aimed at.
_AIMS = frozenset({"claimed_responsibility", "denied"})


def objects_of(scenes: Sequence[Scene]) -> tuple[Mention[ObjectValue], ...]:
    """Each kind of object once, the telling that the body gives first. A military target that only the attacker names is left to the
    contradictions when something else is told to be hit."""
    out: dict[str, Mention[ObjectValue]] = {}
    aimed: set[str] = set()
    for scene in scenes:
        for item in scene.objects:
            if item.quote.lower() in ("hospital", "hospitals"):
                continue  # without an article or a name it is where the wounded are, not what was hit
            if item.value.kind not in out and item.value.kind == "military" and scene.statement.modality in _AIMS:
                aimed.add(item.value.kind)
            out.setdefault(item.value.kind, item)
    if set(out) - aimed:
        out = {kind: item for kind, item in out.items() if kind not in aimed}
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


_SHOT = ":shot"
"""Ends the rule of a toll whose words leave open whether the people died ("three people were shot")."""


def toll_of(scenes: Sequence[Scene], harm: str) -> tuple[Mention[Quantity] | None, tuple[Mention[HarmValue], ...]]:
    told = [(n, s, h) for n, s in enumerate(scenes) for h in s.harms if h.value.harm == harm]
    if not told:
        return None, ()

    newest = max((h.value.quantity.minimum or 0 for _, s, h in told if s.later_death), default=0)
    most = max((h.value.quantity.minimum or 0 for _, _, h in told if not h.value.superseded), default=0)

    def rank(item: tuple[int, Scene, Mention[HarmValue]]) -> tuple[float, int]:
        n, scene, h = item
        score = 0.0
        score -= 4.0 if _part_of(h) else 0.0
        score -= 3.0 if h.value.superseded else 0.0
        later = (
            scene.later_death and h.value.quantity.minimum == newest and newest >= most
        )  # fewer than were told before are no total: they died besides
        score += 1.5 if h.value.update or later else 0.0
        score -= 0.9 if most > 1 and _of_one(h) else 0.0
        score -= 2.0 if scene.headline else 0.0
        score -= 1.0 if h.value.additional else 0.0
        fewer = h.value.quantity.minimum is not None and h.value.quantity.minimum < most
        score -= 1.5 if fewer and (_SOME_OF.match(h.quote) or h.value.quantity.maximum is None) else 0.0
        score += 1.2 if h.value.quantity.minimum is not None or h.value.quantity.maximum is not None else 0.0
        score -= 1.5 if h.value.quantity.is_zero else 0.0
        score -= 0.3 if h.value.group in MILITARY_GROUPS else 0.0
        return (score, -n)

    best = max(told, key=rank)
    chosen = best[2]
    rest = tuple(h for _, _, h in told if h is not chosen)
    value = _as_mention(chosen)
    if best[1].later_death and newest > 0 and newest >= most and not value.rule.endswith(":update"):
        value = replace(value, rule=f"{value.rule}:update")
    candidates = (
        Candidate(chosen.quote, rank(best)[0], (chosen.rule,)),
        *(Candidate(h.quote, rank((n, s, h))[0], (h.rule,)) for n, s, h in told if h is not chosen),
    )
    return replace(value, candidates=candidates), rest


_SOME_OF = re.compile(r"(?:at least )?[\w-]+ of (?:the|those|these|his|her|its|their)\b", re.IGNORECASE)
"""Words of a part of the people ("one of the victims was in a critical condition"), which is no total."""


def survivors(
    injured: Mention[Quantity] | None, killed: Mention[Quantity] | None, also: Sequence[Mention[HarmValue]] = ()
) -> Mention[Quantity] | None:
    """Of the people who were "shot", those whose death is told too were not merely injured: three shot and one killed leave two.

    ``also`` are the other tolls of injured that are told: one of them that says plainly how many others were injured goes before the difference.
    """
    if injured is None or killed is None or not injured.rule.endswith(_SHOT):
        return injured
    dead, hit = killed.value.point, injured.value.point
    if dead is None or hit is None:
        return injured
    left = max(hit - dead, 0)
    others = max((h for h in also if _plainly_others(h)), key=lambda h: h.value.quantity.point or 0, default=None)
    if others is not None and (others.value.quantity.point or 0) >= left:
        return _as_mention(others)
    value = replace(injured.value, minimum=left, maximum=left)
    return replace(injured, value=value, rule=f"{injured.rule}:survivors") if left else None


FEWER_THAN_MASS = 10
"""Up to here people who were "shot", in a text that has no other word of a death, are read as wounded. On the gun-violence reports 5, 10 and 20 were tried
(one in four of them): 10 and 20 give the same."""


def shot_and_wounded(scenes: Sequence[Scene]) -> list[Scene]:
    """ "A man accused of shooting five people": where nothing else in the text of the incident tells of a death, they are the wounded."""
    dead = [h for s in scenes for h in s.harms if h.value.harm == "killed" and not h.value.quantity.is_zero]
    open_ones = [h for h in dead if h.candidates and (h.value.quantity.point or FEWER_THAN_MASS) < FEWER_THAN_MASS]
    killing = any(a.value.act.startswith("killing.") for s in scenes for a in s.acts)
    if not open_ones or len(open_ones) < len(dead) or killing:
        return list(scenes)
    return [replace(s, harms=tuple(_as_wounded(h) if h in open_ones else h for h in s.harms)) for s in scenes]


def _as_wounded(h: Mention[HarmValue]) -> Mention[HarmValue]:
    return replace(h, value=replace(h.value, harm="injured"), rule=f"{h.rule}:wounded")


def died_later(scenes: Sequence[Scene]) -> bool:
    """True when the one who was hurt is the one whose death is told elsewhere: one of each in the whole text, of one group, never told in one
    sentence, neither of them as another one, and the death told as dying ("the boy died at the hospital")."""
    dead = [h for s in scenes for h in s.harms if h.value.harm == "killed" and not h.value.quantity.is_zero]
    hurt = [h for s in scenes for h in s.harms if h.value.harm == "injured" and not h.value.quantity.is_zero]
    if not dead or not hurt or any(h.value.quantity.point != 1 or h.value.additional for h in (*dead, *hurt)):
        return False
    groups = {h.value.group for h in (*dead, *hurt)} - {"people"}
    both = any({"killed", "injured"} <= {h.value.harm for h in s.harms} for s in scenes)
    return len(groups) <= 1 and not both and any(h.rule.startswith(_DYING) for h in dead)


_DYING = ("harm.intransitive", "harm.state", "harm.lone")
"""Rules of "died" and "is dead", as against those of "was killed", which is told of the attack itself."""


def of_the_whole(
    toll: Mention[Quantity] | None, other: Mention[Quantity] | None, also: Sequence[Mention[HarmValue]]
) -> Mention[Quantity] | None:
    """ "Nobody was hurt" is of one place among several where others were: it says nothing of the whole when ``other`` has people in it and gave
    up the same words."""
    if toll is None or other is None or not toll.value.is_zero or other.value.is_zero:
        return toll
    return None if any(h.span == toll.span for h in also) else toll


def _plainly_others(h: Mention[HarmValue]) -> bool:
    several = h.value.additional or (h.value.quantity.point or 0) > 1
    return several and not h.candidates and not _part_of(h) and not h.value.superseded and h.value.quantity.point is not None


def _part_of(h: Mention[HarmValue]) -> bool:
    return h.value.part_of is not None


_OF_ONE = frozenset({"harm.intransitive", "harm.intransitive.gap", "harm.lone", "harm.state", "harm.state.gap"})
"""Rules that tell of one person's death or wound ("Roe died at the scene"), which is no total where another figure is told."""


def _of_one(h: Mention[HarmValue]) -> bool:
    """True for one person told without a number."""
    return h.value.quantity.point == 1 and h.rule in _OF_ONE and not h.quote.lower().startswith(("one ", "1 "))


def _as_mention(h: Mention[HarmValue]) -> Mention[Quantity]:
    rule = f"{h.rule}:update" if h.value.update else h.rule
    rule = rule + _SHOT if h.candidates and not h.value.additional else rule
    return Mention(h.value.quantity, h.span, h.quote, rule, h.score, h.modality, h.speaker)


COUNTED_SCORE = 0.45
"""Below it stand the finder's plurals without a number."""


def breakdown_of(
    scenes: Sequence[Scene], killed: Mention[Quantity] | None, injured: Mention[Quantity] | None
) -> tuple[Mention[BreakdownValue], ...]:
    """Parts of the toll by group, and harms other than death and injury. The newest figure of a group stands."""
    out: dict[tuple[str, str], Mention[BreakdownValue]] = {}
    for scene in scenes:
        for h in scene.harms:
            value = h.value
            if h.score < COUNTED_SCORE or (value.harm in ("killed", "injured") and value.group == "people"):
                continue  # "men were seen", "so many children": a group, and no figure
            if scene.headline and (value.harm, value.group) in out:
                continue
            if value.quantity.is_zero:
                continue
            part = BreakdownValue(value.harm, value.group, value.quantity)
            out.setdefault((value.harm, value.group), Mention(part, h.span, h.quote, h.rule, h.score, h.modality, h.speaker))
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


def aftermath_of(scenes: Sequence[Scene]) -> tuple[Mention[str], ...]:
    """Each kind of aftermath once, as the body tells it first."""
    out: dict[str, Mention[str]] = {}
    for scene in scenes:
        for item in scene.aftermath:
            out.setdefault(item.value, item)
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))
