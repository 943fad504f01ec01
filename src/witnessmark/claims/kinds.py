"""The kind of act that several words of one incident tell together: trigger words first refined by the munition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from witnessmark.model import Candidate, HarmValue, Mention, MunitionValue, Span

if TYPE_CHECKING:
    from witnessmark.claims.assemble.scenes import Scene

BY_WEAPON = {
    "bomb": "strike.air", "missile": "strike.missile", "uav": "strike.drone", "rocket.air": "strike.air", "rocket.unspecified": "shelling.mlrs",
    "gun.howitzer": "shelling.artillery", "gun.tank": "shelling.tank", "mortar": "shelling.mortar", "mlrs": "shelling.mlrs",
    "shelling.unspecified": "shelling.unspecified", "rpg_agl": "explosion.grenade", "grenade": "explosion.grenade", "small_arms": "shooting",
    "machine_gun": "shooting", "sniper": "shooting", "ied": "explosion.ied", "vbied": "explosion.vehicle", "suicide": "explosion.suicide",
    "mine": "explosion.mine_erw", "booby_trap": "explosion.mine_erw", "erw": "explosion.mine_erw", "torpedo_naval_drone": "strike.naval",
    "unknown_explosive": "explosion.unattributed",
}  # fmt: skip
"""Act that a weapon implies, by weapon id or its family."""

# Acts that a munition does not change: they are told by what was done, not by what it was done with.
_FIXED = frozenset({
    "abduction", "detention", "torture", "sexual_violence", "displacement.forced", "deportation", "siege.denial", "property.looting",
    "killing.unlawful", "explosion.debris", "explosion.suicide", "explosion.vehicle", "chemical", "strike.air_or_artillery", "ground.operation",
})  # fmt: skip


_DELIVERED = frozenset({"cluster", "white_phosphorus", "incendiary", "thermobaric", "he_frag"})


def by_weapon(weapon: str | None) -> str | None:
    """The act that the weapon implies, or None."""
    if weapon is None:
        return None
    return BY_WEAPON.get(weapon) or BY_WEAPON.get(weapon.split(".")[0])


def act_of(scenes: Sequence[Scene], munitions: Sequence[Mention[MunitionValue]]) -> Mention[str]:
    """The act of an incident, with the other readings as candidates.

    Votes: a strong trigger counts 2 (1.2 in the headline), a munition that implies an act 1.8, a weak trigger with a kind 1.
    """
    votes: dict[str, float] = {}
    words: dict[str, Mention[Any]] = {}
    for scene in scenes:
        share = 0.6 if scene.headline else 1.0
        for trigger in scene.acts:
            act = trigger.value.act
            weight = {"strong": 2.0, "weak": 1.0, "harm": 0.1}[trigger.value.strength] * (0.05 if act == "unknown" else 1.0)
            if act == "shooting" and trigger.value.strength == "weak" and _shells(scene):
                act, weight = "unknown", 0.05  # "fired at houses with phosphorus munitions" is no shooting
            weight *= 0.5 if act.startswith("property.") or (act == "killing.unlawful" and trigger.value.part == "noun") else 1.0
            votes[act] = max(votes.get(act, 0.0), weight * share) + 0.01
            words.setdefault(act, trigger)
    blasts = any(a.startswith("explosion.") and v > 0.9 for a, v in votes.items())
    fixed = any(a in _FIXED and v > 1.5 for a, v in votes.items())
    bearing = _bearing(scenes)
    for munition in munitions:
        implied = "chemical" if munition.value.effect == "chemical" else by_weapon(munition.value.weapon)
        if implied is None and munition.value.effect in _DELIVERED:
            implied = _by_delivery(scenes, munition)
        if implied == "strike.air" and blasts and munition.value.weapon == "bomb.unspecified":
            implied = "explosion.ied"
        if implied is None or (fixed and implied != "chemical"):
            continue
        weight = 3.0 if implied == "chemical" else 2.0 if implied == "strike.drone" else 1.8
        votes[implied] = votes.get(implied, 0.0) + weight * (1.0 if munition.span in bearing else 0.3)
        words.setdefault(implied, munition)
    _by_harm(scenes, votes, words)
    if not votes:
        return _harm_only(scenes)
    _made_exact(votes)
    if max(votes, key=lambda a: votes[a]) == "unknown" and _armed_men(scenes):
        votes["shooting"] = votes["unknown"] + 0.1
        words["shooting"] = words["unknown"]
    if max(votes, key=lambda a: votes[a]) == "shelling.unspecified":
        votes |= {
            a: v + votes["shelling.unspecified"] for a, v in votes.items() if a.startswith("shelling.") and a != "shelling.unspecified"
        }
    order = sorted(votes, key=lambda a: -votes[a])
    chosen = order[0]
    word = words[chosen]
    candidates = tuple(Candidate(a, round(votes[a], 2), (words[a].rule,)) for a in order)
    return Mention(
        chosen, word.span, word.quote, f"kinds:{word.rule}", min(1.0, votes[chosen] / 4), word.modality, word.speaker, candidates
    )


_HARM_ACTS = {"abducted": "abduction", "sexual_violence": "sexual_violence", "detained": "detention"}
"""Acts that a harm to people is itself."""


def harm_act(harm: Mention[HarmValue]) -> str | None:
    """The act that a harm tells of on its own ("took away 116 patients"), or None."""
    return None if harm.value.quantity.is_zero or harm.score < 0.5 else _HARM_ACTS.get(harm.value.harm)


def _by_harm(scenes: Sequence[Scene], votes: dict[str, float], words: dict[str, Mention[Any]]) -> None:
    """Adds the acts that harms tell of. They decide where more people are told to be taken than killed."""
    dead = max((_least(h) for s in scenes for h in s.harms if h.value.harm == "killed"), default=0)
    for scene in scenes:
        for harm in scene.harms:
            act = harm_act(harm)
            if act is not None:
                decides = act != "detention" and _least(harm) >= dead
                votes[act] = max(votes.get(act, 0.0), 2.1 if decides else 0.9 if not dead or act == "abduction" else 0.09)
                words.setdefault(act, harm)


def _least(harm: Mention[HarmValue]) -> int:
    return harm.value.quantity.minimum or 0


def _made_exact(votes: dict[str, float]) -> None:
    """ "Shelling" with howitzers is one act told twice: the exact kind takes the votes of the open one. A verb that tells how people died ("shot")
    outweighs a noun that judges it ("massacre")."""
    open_kind = "shelling.unspecified"
    exact = [a for a, v in votes.items() if a.startswith("shelling.") and a != open_kind and v > 0.5]
    if open_kind in votes and exact:
        votes[max(exact, key=lambda a: votes[a])] += votes[open_kind]
    if abs(votes.get("shooting", 0.0) - votes.get("killing.unlawful", 0.0)) < 0.1 < votes.get("shooting", 0.0):
        votes["shooting"] += 0.2


_FALLS = ("rain", "fell", "fall", "drop", "land", "came down", "come down", "comes down", "burst")


def _shells(scene: Scene) -> bool:
    """True when all munitions of the scene are of kinds that no rifle fires."""
    acts = [by_weapon(m.value.weapon) for m in scene.munitions]
    return (
        bool(acts)
        and all(a != "shooting" for a in acts)
        and any(m.value.effect in _DELIVERED or a for m, a in zip(scene.munitions, acts, strict=True))
    )


def _by_delivery(scenes: Sequence[Scene], munition: Mention[MunitionValue]) -> str | None:
    """The act where the words name the warhead and not what carried it: what is fired is shelling, what comes from above is one of the two, and
    "attacked with cluster munitions" is an attack of no told kind."""
    effect = munition.value.effect
    told = [a.quote.lower() for s in scenes if any(m.value.effect == effect for m in s.munitions) for a in s.acts]
    if any(word.startswith("fir") for word in told):
        return "shelling.unspecified"
    return "strike.air_or_artillery" if any(word.startswith(_FALLS) for word in told) else None


_ON_FOOT = frozenset({"gunmen", "gunman", "armed men", "unknown gunmen", "masked men", "hooded men", "hitmen", "bandits"})


def _armed_men(scenes: Sequence[Scene]) -> bool:
    """True when the doers are told to be men with guns, so that "attacked" and "killed" mean a shooting."""
    return any(p.actor.value.name in _ON_FOOT and p.role == "perpetrator" for s in scenes for p in s.parts)


def _bearing(scenes: Sequence[Scene]) -> frozenset[Span | None]:
    """Spans of the munitions told together with an act, a toll, an object or a day: those that the act was done with."""
    telling = (s for s in scenes if s.acts or s.toll or s.objects or s.dates)
    return frozenset(m.span for s in telling for m in s.munitions)


def _harm_only(scenes: Sequence[Scene]) -> Mention[str]:
    first = next((h for s in scenes for h in s.harms), None)
    if first is None:
        span = scenes[0].span
        return Mention("unknown", span, "", "kinds:none", 0.1)
    return Mention("unknown", first.span, first.quote, "kinds:harm", 0.2, first.modality, first.speaker)
