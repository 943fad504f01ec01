"""From threads to claims: one value for each field, the rest kept as alternatives."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.assemble.scenes import Scene, find_scenes, told_of_no_incident
from witnessmark.claims.assemble.threads import Thread, thread_scenes
from witnessmark.claims.kinds import act_of
from witnessmark.claims.roles import Part
from witnessmark.model import (
    ActorValue,
    BreakdownValue,
    Candidate,
    DateValue,
    FieldValue,
    HarmValue,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    Span,
)
from witnessmark.model.comparing import coarse, days_apart
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon

# Days between the event and the publication from which an event that is not the document's main one is told as background.
# dev2 of the development reports: 1, 2, 3 and 7 were tried; 2 agrees best with the annotators.
BACKGROUND_DAYS = 2
_INCIDENT_MODALITIES = frozenset(
    {"asserted", "attributed", "attributed.chain", "claimed_responsibility", "denied", "corrected", "inferred", "background.historical"}
)
_MILITARY_GROUPS = frozenset({"military", "armed_group"})


def assemble(reading: Reading, found: Findings) -> tuple[IncidentClaim, ...]:
    """The incidents that the document tells of, in text order.

    Opinions, predictions, calls, hypotheses and rates open none. An incident without any place is kept only when it has a toll or an object.
    """
    conflict = _speaks_of_violence(found) and not told_of_no_incident(reading, found)
    scenes = find_scenes(reading, found)
    threads = thread_scenes(scenes, conflict=conflict)
    main = next((t for t in threads if not t.headline_only), threads[0] if threads else None)
    claims = [_claim(reading, t, main, scenes) for t in threads]
    kept = [c for c in claims if c.place is not None or c.killed is not None or c.injured is not None or c.objects]
    return tuple(sorted(kept, key=lambda c: c.act.span.start if c.act.span else 0))


def _speaks_of_violence(found: Findings) -> bool:
    return (
        any(a.value.strength == "strong" for a in found.acts)
        or bool(found.munitions)
        or any(h.value.harm in ("killed", "injured") for h in found.harms)
    )


def _claim(reading: Reading, thread: Thread, main: Thread | None, told: Sequence[Scene]) -> IncidentClaim:
    scenes = sorted(thread.scenes, key=lambda s: (s.headline, s.order))
    munitions = _munitions(scenes)
    objects = _objects(scenes)
    date = _date(reading, thread, main)
    place = _place(thread, main)
    killed, killed_also = _toll(scenes, "killed")
    injured, injured_also = _toll(scenes, "injured")
    perpetrator, others = _perpetrator(scenes)
    perpetrator = perpetrator or _party_by_description(others, told, place)
    if perpetrator is None and thread.date is None:
        perpetrator = _party_of_the_day(told, thread)
    breakdown = _breakdown(scenes, killed, injured)
    lead = _lead(scenes)
    act = act_of(scenes, munitions)
    modality = _modality(reading, lead, date, thread is main or thread.headline_only)
    alternatives: list[tuple[str, Mention[FieldValue]]] = []
    alternatives += [("killed", m) for m in killed_also]
    alternatives += [("injured", m) for m in injured_also]
    alternatives += [("perpetrator", m) for m in others]
    alternatives += [("denial", p.actor) for s in scenes for p in s.parts if p.role == "denied"]
    alternatives += [("munitions", m) for s in scenes for m in s.munitions if m not in munitions]
    speaker = lead.statement.speaker
    return IncidentClaim(
        identifier=_identifier(reading, act.span),
        document=reading.document.identifier,
        act=act,
        modality=modality,
        evidence=_evidence(scenes),
        perpetrator=perpetrator,
        munitions=munitions,
        objects=objects,
        place=place,
        date=date,
        killed=killed,
        injured=injured,
        breakdown=breakdown,
        speaker=Mention(speaker.text, speaker.span, speaker.text, lead.statement.rule) if speaker else None,
        scope=_scope(objects, breakdown, killed),
        alternatives=tuple(alternatives),
    )


def _identifier(reading: Reading, span: Span | None) -> str:
    """Stable while the document's text and the words of the act are: no model enters it."""
    at = f"{span.start}-{span.end}" if span else "0"
    return "c-" + hashlib.sha256(f"{reading.document.identifier}:{at}".encode()).hexdigest()[:12]


def _lead(scenes: Sequence[Scene]) -> Scene:
    """The scene that tells the incident: the first of the body with an act and a place or toll, else the first."""
    body = [s for s in scenes if not s.headline] or list(scenes)
    full = [s for s in body if s.acts and (s.toll or s.places)]
    return (full or [s for s in body if s.acts] or body)[0]


def _modality(reading: Reading, lead: Scene, date: Mention[DateValue] | None, is_main: bool) -> str:
    told = lead.statement.modality
    published = reading.document.published
    dated = date is not None and published is not None and days_apart(date.value, published.value) >= BACKGROUND_DAYS
    if dated and not is_main and told in ("asserted", "attributed"):
        return "background.historical"
    return told if told in _INCIDENT_MODALITIES else "asserted"


def _evidence(scenes: Sequence[Scene]) -> tuple[Span, ...]:
    spans = {s.statement.span for s in scenes if not s.headline} or {s.statement.span for s in scenes}
    return tuple(sorted(spans))


def _munitions(scenes: Sequence[Scene]) -> tuple[Mention[MunitionValue], ...]:
    """Each weapon once, the fullest telling of it; a bare "missile" gives way to a named one. Headline words only where the body has none."""
    body = [m for s in scenes if not s.headline for m in s.munitions]
    told = body or [m for s in scenes for m in s.munitions]
    named = [m for m in told if m.value.weapon and not m.value.weapon.endswith((".unspecified", "unknown"))]
    families = {(m.value.weapon or "").split(".")[0] for m in named}
    out: dict[tuple[str | None, str | None], Mention[MunitionValue]] = {}
    for m in told:
        weapon = m.value.weapon or "unknown"
        if weapon.endswith(".unspecified") and (
            weapon.split(".")[0] in families or (weapon.startswith(("rocket", "missile")) and families & {"mlrs", "missile"})
        ):
            continue
        if weapon == "unknown" and m.value.effect is None and len(told) > 1:
            continue
        key = (weapon, m.value.effect)
        if key not in out or len(m.quote) > len(out[key].quote):
            out[key] = m
    for bare in [k for k in out if k[1] is None and any(w == k[0] and e is not None for w, e in out)]:
        del out[bare]
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


def _objects(scenes: Sequence[Scene]) -> tuple[Mention[ObjectValue], ...]:
    """Each kind of object once, the telling that the body gives first."""
    out: dict[str, Mention[ObjectValue]] = {}
    for scene in scenes:
        for item in scene.objects:
            out.setdefault(item.value.kind, item)
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


def _date(reading: Reading, thread: Thread, main: Thread | None) -> Mention[DateValue] | None:
    known = thread.date or thread.inherited_date
    if known is None and main is not None and thread is not main and not thread.headline_only:
        known = main.known_date
    if known is not None:
        return known if thread.date else replace(known, rule=known.rule + ":carried")
    published = reading.document.published
    if published is None:
        return None
    value = replace(published.value, precision="TR", basis="publication")
    return Mention(value, None, "", "assemble:publication")


def _place(thread: Thread, main: Thread | None) -> Mention[PlaceValue] | None:
    known = thread.known_place
    if known is None and main is not None:
        known = main.known_place
    if known is None or not thread.scenes:
        return known
    value = known.value
    if value.precision == "P3" and any(_one_building(o) for s in thread.scenes for o in s.objects):
        value = replace(value, precision="P1")
    elif coarse(value) and thread.place is None:
        return known
    return replace(known, value=value)


def _one_building(item: Mention[ObjectValue]) -> bool:
    """ "the hospital", "the central market": one known site, told with the definite article or a name."""
    words = item.quote.split()
    return item.value.kind != "residential" and (words[0].lower() == "the" or any(w[0].isupper() for w in words))


def _toll(scenes: Sequence[Scene], harm: str) -> tuple[Mention[Quantity] | None, tuple[Mention[HarmValue], ...]]:
    told = [(n, s, h) for n, s in enumerate(scenes) for h in s.harms if h.value.harm == harm]
    if not told:
        return None, ()

    def rank(item: tuple[int, Scene, Mention[HarmValue]]) -> tuple[float, int]:
        n, scene, h = item
        score = 0.0
        score -= 4.0 if _part_of(h) else 0.0
        score -= 3.0 if h.value.superseded else 0.0
        score += 1.5 if h.value.update else 0.0
        score -= 2.0 if scene.headline else 0.0
        score -= 1.0 if h.value.additional else 0.0
        score += 0.5 if h.value.quantity.minimum is not None or h.value.quantity.maximum is not None else 0.0
        score -= 1.5 if h.value.quantity.is_zero else 0.0
        score -= 0.8 if h.value.group in _MILITARY_GROUPS else 0.0
        return (score, -n)

    best = max(told, key=rank)
    chosen = best[2]
    rest = tuple(h for _, _, h in told if h is not chosen)
    value = _as_mention(chosen)
    candidates = (
        Candidate(chosen.quote, rank(best)[0], (chosen.rule,)),
        *(Candidate(h.quote, rank((n, s, h))[0], (h.rule,)) for n, s, h in told if h is not chosen),
    )
    return replace(value, candidates=candidates), rest


def _part_of(h: Mention[HarmValue]) -> bool:
    return h.value.part_of is not None


def _as_mention(h: Mention[HarmValue]) -> Mention[Quantity]:
    return Mention(h.value.quantity, h.span, h.quote, h.rule, h.score, h.modality, h.speaker)


def _breakdown(
    scenes: Sequence[Scene], killed: Mention[Quantity] | None, injured: Mention[Quantity] | None
) -> tuple[Mention[BreakdownValue], ...]:
    """Parts of the toll by group, and harms other than death and injury. The newest figure of a group stands."""
    out: dict[tuple[str, str], Mention[BreakdownValue]] = {}
    for scene in scenes:
        for h in scene.harms:
            value = h.value
            if value.harm in ("killed", "injured") and value.group == "people":
                continue
            if scene.headline and (value.harm, value.group) in out:
                continue
            if value.quantity.is_zero:
                continue
            part = BreakdownValue(value.harm, value.group, value.quantity)
            out.setdefault((value.harm, value.group), Mention(part, h.span, h.quote, h.rule, h.score, h.modality, h.speaker))
    return tuple(sorted(out.values(), key=lambda m: m.span.start if m.span else 0))


def _perpetrator(scenes: Sequence[Scene]) -> tuple[Mention[ActorValue] | None, tuple[Mention[ActorValue], ...]]:
    """The party that most tellings name, the strongest telling of it; parties that others name are kept beside it."""
    weights: dict[str, float] = defaultdict(float)
    best: dict[str, Part] = {}
    for scene in scenes:
        for part in scene.parts:
            if part.role == "denied":
                continue
            name = part.actor.value.name
            weight = part.weight * (0.6 if scene.headline else 1.0) * (0.5 if part.actor.rule.startswith("actors:generic") else 1.0)
            weights[name] = max(weights[name], weight)
            if name not in best or part.weight > best[name].weight:
                best[name] = part
    if not weights:
        return None, ()
    order = sorted(weights, key=lambda n: -weights[n])
    chosen = best[order[0]].actor
    if chosen.rule.startswith("actors:generic"):
        return None, tuple(best[n].actor for n in order)
    candidates = tuple(Candidate(n, round(weights[n], 2), (best[n].role, best[n].actor.rule)) for n in order)
    return replace(chosen, candidates=candidates), tuple(best[n].actor for n in order[1:])


def _party_by_description(
    others: Sequence[Mention[ActorValue]], told: Sequence[Scene], place: Mention[PlaceValue] | None
) -> Mention[ActorValue] | None:
    """Who "the army" or "the invaders" are: the army of the country that the place is in, where it has a name of its own; the one foreign
    party that the document accuses."""
    generic = next((m for m in others if m.rule.startswith("actors:generic")), None)
    if generic is None:
        return None
    if generic.value.kind == "state_military" and place is not None:
        name = lexicon("en", "actors")["armies"].get(place.value.country)
        return replace(generic, value=ActorValue(name, "state_military"), rule=generic.rule + ":army_of_place") if name else None
    if generic.value.kind == "foreign_force":
        parts = [p.actor for s in told for p in s.parts if p.role != "denied" and p.actor.value.kind in ("state", "state_military")]
        names = {a.value.name for a in parts if not a.rule.startswith("actors:generic")}
        if len(names) == 1:
            return replace(generic, value=ActorValue(names.pop(), "state_military"), rule=generic.rule + ":only_party")
    return None


def _party_of_the_day(told: Sequence[Scene], thread: Thread) -> Mention[ActorValue] | None:
    """The one party that the document says fired on the day, for a place that carries on a wave of attacks ("Russia launched 38 missiles";
    then place after place). None where several parties are named or the thread has a day of its own."""
    waves = [s for s in told if s.order < thread.scenes[0].order and s.munitions and s.statement.modality != "background.historical"]
    parties = [p for s in waves for p in s.parts if p.role in ("perpetrator", "claimed") and not p.actor.rule.startswith("actors:generic")]
    names = {p.actor.value.name for p in parties}
    if len(names) != 1 or not any(s.munitions for s in thread.scenes) and not any(s.toll for s in thread.scenes):
        return None
    actor = parties[0].actor
    return replace(actor, rule=actor.rule + ":carried")


def _scope(objects: Sequence[Mention[ObjectValue]], breakdown: Sequence[Mention[BreakdownValue]], killed: Mention[Quantity] | None) -> str:
    """military when all that was hit is military and nobody else is said to be harmed."""
    kinds = {o.value.kind for o in objects}
    groups = {b.value.group for b in breakdown if b.value.harm in ("killed", "injured")}
    if kinds and kinds <= {"military"} and groups <= _MILITARY_GROUPS:
        return "military"
    if not kinds and groups and groups <= _MILITARY_GROUPS:
        return "military"
    return "civilian"
