"""Who is said to have done it: one party for each incident, the others kept beside it."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from witnessmark.claims.actors import names_party
from witnessmark.claims.assemble.scenes import NO_INCIDENT_MODALITIES, Scene
from witnessmark.claims.assemble.thread import Thread
from witnessmark.claims.roles import WEIGHTS, Part
from witnessmark.model import ActorValue, Candidate, DateValue, Mention, PlaceValue
from witnessmark.model.comparing import days_apart
from witnessmark.statements.language.lexicons import lexicon

# The headline is written last and shortest: its naming counts for less. A described party ("gunmen") yields to a named one.
_HEADLINE_SHARE = 0.6
_GENERIC_SHARE = 0.5
# What an accused party says of another is a counter-accusation: it stays beside the field.
_COUNTER_SHARE = 0.4


def perpetrator(
    scenes: Sequence[Scene], *, told: Sequence[Scene], place: Mention[PlaceValue] | None
) -> tuple[Mention[ActorValue] | None, tuple[Mention[ActorValue], ...]]:
    """The party that the strongest telling names, and the parties that other tellings name.

    ``scenes`` are those of the incident, ``told`` all of the document. A party that is only described stays beside the field, which is then
    left open, unless the description can mean but one party.
    """
    weights: dict[str, float] = defaultdict(float)
    best: dict[str, Part] = {}
    parts = [(s, _as_strong(p)) for s, p in _parts(scenes, told, place)]
    accused = _accused(parts)
    for scene, part in parts:
        name = part.actor.value.name
        weight = part.weight * (_HEADLINE_SHARE if scene.headline else 1.0) * (_GENERIC_SHARE if described(part.actor) else 1.0)
        weight *= _COUNTER_SHARE if _counter(scene, name, accused) else 1.0
        weights[name] = max(weights[name], weight)
        if name not in best or part.weight > best[name].weight:
            best[name] = part
    order = sorted(weights, key=lambda n: -weights[n])
    if not order:
        return None, ()
    chosen = best[order[0]].actor
    if described(chosen):
        return None, tuple(best[n].actor for n in order)
    candidates = tuple(Candidate(n, round(weights[n], 2), (best[n].role, best[n].actor.rule)) for n in order)
    return replace(chosen, candidates=candidates), tuple(best[n].actor for n in order[1:])


def _as_strong(part: Part) -> Part:
    """A description that means but one party ("the army" of the country) tells as much as its name."""
    return replace(part, weight=part.weight / WEIGHTS["generic"]) if ":resolved" in part.actor.rule else part


def countered(party: Mention[ActorValue] | None, scenes: Sequence[Scene], told: Sequence[Scene]) -> bool:
    """True for a party that only another one accuses which the document itself tells of as firing ("Russia launched 38 missiles ... its ministry says a
    Ukrainian missile fell on the clinic")."""
    if party is None:
        return False
    fired = {
        p.actor.value.name
        for s in told
        if s.patterned and s.munitions
        for p in s.parts
        if p.role == "perpetrator" and not described(p.actor)
    }
    naming = [s for s in scenes if any(p.actor.value.name == party.value.name and p.role != "denied" for p in s.parts)]
    return bool(naming) and party.value.name not in fired and all(_counter(s, party.value.name, fired) for s in naming)


def _accused(parts: Iterable[tuple[Scene, Part]]) -> set[str]:
    """The parties that the document names as doers, denials left out."""
    return {part.actor.value.name for s, part in parts if not described(part.actor) and s.statement.modality != "denied"}


def _counter(scene: Scene, name: str, accused: set[str]) -> bool:
    """True when the words come from a denial, or from a party that is itself accused and names another."""
    speaker = scene.statement.speaker
    if name == "disputed":
        return False
    if scene.statement.modality == "denied" and (scene.statement.cue is not None or scene.statement.rule != "model"):
        return True  # without a word of denial, "police blamed the militia" is an accusation
    return speaker is not None and any(other != name and names_party(other, speaker.text) for other in accused)


def described(actor: Mention[ActorValue]) -> bool:
    """True for a party without a proper name ("gunmen") that could not be told to be a named one, nor says who did it ("bandits", "settlers")."""
    return actor.rule.startswith("actors:generic") and ":resolved" not in actor.rule and actor.value.name.split()[-1] not in _telling()


@functools.cache
def _telling() -> frozenset[str]:
    return frozenset(lexicon("en", "actors")["telling"]["words"])


def _parts(scenes: Sequence[Scene], told: Sequence[Scene], place: Mention[PlaceValue] | None) -> Iterator[tuple[Scene, Part]]:
    for scene in scenes:
        for part in scene.parts:
            if part.role != "denied":
                yield scene, replace(part, actor=_named(part.actor, told, place))


def _named(actor: Mention[ActorValue], told: Sequence[Scene], place: Mention[PlaceValue] | None) -> Mention[ActorValue]:
    """Who "the army" or "the invaders" are: the army of the country that the place is in, where it has a name of its own; the one foreign
    party that the document accuses."""
    if not actor.rule.startswith("actors:generic"):
        return actor
    name: str | None = None
    if actor.value.kind == "state_military" and place is not None:
        name = lexicon("en", "actors")["armies"].get(place.value.country) or _own_army(told, place) or _own_state(actor, place)
    elif actor.value.kind == "foreign_force":
        real = [s for s in told if s.statement.modality not in NO_INCIDENT_MODALITIES]
        parts = [p.actor for s in real for p in s.parts if p.role != "denied" and p.actor.value.kind in ("state", "state_military")]
        names = {a.value.name for a in parts if not a.rule.startswith("actors:generic")}
        name = names.pop() if len(names) == 1 else None
    if name is None:
        return actor
    return replace(actor, value=ActorValue(name, "state_military"), rule=f"{actor.rule}:resolved")


def _own_army(told: Sequence[Scene], place: Mention[PlaceValue]) -> str | None:
    """The state whose forces the document names as doing violence in their own country, for "the soldiers" told after them."""
    forces = {
        p.actor.value.name
        for s in told
        for p in s.parts
        if p.role != "denied" and p.actor.value.kind == "state_military" and p.actor.rule.startswith("actors:force")
    }
    names = {n for n in forces if place.value.country is not None and _iso(n) == place.value.country}
    return names.pop() if len(names) == 1 else None


def _own_state(actor: Mention[ActorValue], place: Mention[PlaceValue]) -> str | None:
    """The state that the place is in, for "government helicopters" and "regime forces": they have no other government."""
    if not actor.quote.lower().removeprefix("the ").startswith(("government ", "regime ")):
        return None
    return next((row["name"] for row in lexicon("en", "demonyms")["demonym"] if row["country"] == place.value.country), None)


@functools.cache
def _iso(name: str) -> str | None:
    """The ISO code of a state by its English name."""
    return next((row["country"] for row in lexicon("en", "demonyms")["demonym"] if row["name"] == name), None)


def party_of_the_day(told: Sequence[Scene], thread: Thread, days: Mapping[int, Mention[DateValue]]) -> Mention[ActorValue] | None:
    """The one party that the document says fired on the day, for a place that carries on a wave of attacks ("Russia launched 38 missiles";
    then place after place). None where several parties are said to have fired, or the thread is of another day. ``days`` are the days of the
    incidents by the order of their scenes."""
    first = next((s.order for s in thread.scenes if not s.headline), thread.scenes[0].order)
    waves = [s for s in told if s.order < first and s.munitions and s.statement.modality not in ("background.historical", "denied")]
    fired = [(s, p) for s in waves for p in s.parts if p.role in ("perpetrator", "claimed") and not described(p.actor)]
    fired = _without_counters(fired)
    if len({p.actor.value.name for _, p in fired}) != 1 or not any(s.munitions or s.toll for s in thread.scenes):
        return None
    wave, part = fired[0]
    if thread.date is not None and not _same_day(wave, thread.date):
        return None
    of_wave = days.get(wave.order)
    if thread.known_date is not None and of_wave is not None and days_apart(of_wave.value, thread.known_date.value) > 0:
        return None
    return replace(part.actor, rule=f"{part.actor.rule}:carried")


def _without_counters(fired: Sequence[tuple[Scene, Part]]) -> list[tuple[Scene, Part]]:
    """Where a salvo is counted ("Russia launched 38 missiles"), what its party says of another's fire at one place says nothing of the others."""
    accused = _accused(fired)
    plain = [(s, p) for s, p in fired if not _counter(s, p.actor.value.name, accused)]
    return plain if any(s.patterned for s, _ in plain) else list(fired)


def _same_day(wave: Scene, day: Mention[DateValue]) -> bool:
    """True when the wave was told, as a count of munitions, for the day of the incident."""
    return wave.patterned and _meets(wave, day)


def _meets(wave: Scene, day: Mention[DateValue]) -> bool:
    return any(days_apart(d.value, day.value) == 0 for d in wave.dates)
