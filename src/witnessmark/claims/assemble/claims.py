"""From threads to claims: one value for each field, the rest kept as alternatives."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from witnessmark.claims.actors import names_party
from witnessmark.claims.assemble.fields import (
    MILITARY_GROUPS,
    aftermath_of,
    breakdown_of,
    died_later,
    munitions_of,
    objects_of,
    of_the_whole,
    shot_and_wounded,
    survivors,
    toll_of,
)
from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.assemble.gate import speaks_of_conflict
from witnessmark.claims.assemble.parties import countered, described, party_of_the_day, perpetrator
from witnessmark.claims.assemble.scenes import Scene, find_scenes
from witnessmark.claims.assemble.thread import Thread
from witnessmark.claims.assemble.threads import thread_scenes
from witnessmark.claims.assemble.when import day_beside, day_of_act, event_dates, of_pursuit
from witnessmark.claims.kinds import act_of
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.model import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    FieldValue,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    SeriesClaim,
    Span,
)
from witnessmark.model.comparing import coarse, days_apart, place_relation
from witnessmark.statements import Reading

T = TypeVar("T")

# Days between the event and the publication from which an event that is not the document's main one is told as background.
# dev2 of the development reports: 1, 2, 3 and 7 were tried; 2 agrees best with the annotators.
BACKGROUND_DAYS = 2
RECENT_DAYS = 31
"""Days before the newest event of an undated document within which an event is still told as news; not tuned."""
_INCIDENT_MODALITIES = frozenset(
    {"asserted", "attributed", "attributed.chain", "claimed_responsibility", "denied", "corrected", "inferred", "background.historical"}
)

_HANDS = frozenset({"non_state_armed_group", "paramilitary"})
_DOING = (":subject", ":by")
"""Who is described as having done it with a hand of their own ("gunmen shot dead ..."): no party of another attack of the day is put in their place."""


def assemble(reading: Reading, found: Findings, series: Sequence[SeriesClaim] = ()) -> tuple[IncidentClaim, ...]:
    """The incidents that the document tells of, in text order.

    Opinions, predictions, calls, hypotheses and rates open none. An incident without any place is kept only when it has a toll, some other harm, or an object.
    """
    conflict = speaks_of_conflict(reading, found)
    scenes = find_scenes(reading, found, series)
    threads = thread_scenes(scenes, conflict=conflict, posts=reading.language in SLAVIC)
    main = next((t for t in threads if not t.headline_only), threads[0] if threads else None)
    if main is not None and main.known_date is None:
        days = event_dates(reading, found.dates, found.acts)
        main.inherited_date = day_beside(days, [s.span for s in main.scenes], reading.document.published) or day_of_act(reading, days)
    elif main is not None:
        _by_its_act(reading, found, main)
    newest = max((t.known_date.value.latest for t in threads if t.known_date is not None), default=None)
    dated = {s.order: t.known_date for t in threads for s in t.scenes if t.known_date is not None}
    claims = [_claim(reading, t, main, scenes, newest, dated) for t in threads]
    kept = [c for c in claims if c.place is not None or c.killed is not None or c.injured is not None or c.objects or c.breakdown]
    return tuple(sorted(kept, key=lambda c: c.act.span.start if c.act.span else 0))


def _by_its_act(reading: Reading, found: Findings, main: Thread) -> None:
    """Gives the main incident the day that its act is told with, where its own is one of what followed ("was arrested on Sunday", with "was shot on
    Saturday" further down), or a month or a season that holds it."""
    known = main.known_date
    if known is None or known.span is None or reading.language in SLAVIC:
        return
    wide = known.value.precision in ("T3", "T4", "T5", "T6")
    if any(t.value.act.startswith(("detention", "abduction")) for s in main.scenes for t in s.acts):
        return  # the arrest may be the event itself
    if not (wide or main.date is None or of_pursuit(reading, known)):
        return
    days = event_dates(reading, found.dates, found.acts)
    day = day_of_act(reading, days, within=known.value if wide else None)
    if day is not None and day.value.earliest <= known.value.latest:
        main.date = day


def _claim(
    reading: Reading,
    thread: Thread,
    main: Thread | None,
    told: Sequence[Scene],
    newest: dt.date | None,
    days: Mapping[int, Mention[DateValue]],
) -> IncidentClaim:
    scenes = shot_and_wounded(sorted(thread.scenes, key=lambda s: (s.headline, s.order)))
    lead = _lead(scenes)
    munitions = munitions_of(scenes, lead)
    objects = objects_of(scenes)
    date = _date(reading, thread, main)
    place = _place(thread, main)
    killed, killed_also = toll_of(scenes, "killed")
    injured, injured_also = toll_of(scenes, "injured")
    injured = None if died_later(scenes) else survivors(injured, killed, injured_also)
    killed, injured = of_the_whole(killed, injured, injured_also), of_the_whole(injured, killed, killed_also)
    party, others = perpetrator(scenes, told=told, place=place)
    own_hands = party is None and any(o.value.kind in _HANDS and o.rule.endswith(_DOING) for o in others)
    if not own_hands and (party is None or countered(party, scenes, told)):
        wave = party_of_the_day(told, thread, days)
        others = (*others, party) if party is not None and wave is not None else others
        party = wave or party
    if party is None and thread.follows is not None:
        party, _ = perpetrator(thread.follows.scenes, told=told, place=place)
    breakdown = breakdown_of(scenes, killed, injured)
    act = act_of(scenes, munitions)
    munitions = tuple(_planted(m) if act.value.startswith("explosion.") else m for m in munitions)
    modality = _modality(reading, lead, date, is_main=thread is main or thread.headline_only, newest=newest)
    if modality == "claimed_responsibility" and party is not None and not _owned_up(party, lead):
        modality = "attributed"  # who is accused has owned up to nothing
    alternatives: list[tuple[str, Mention[FieldValue]]] = []
    alternatives += [("killed", m) for m in killed_also]
    alternatives += [("injured", m) for m in injured_also]
    alternatives += [("perpetrator", m) for m in others]
    alternatives += _in_headline(scenes, act, place, party)
    alternatives += [("denial", p.actor) for s in scenes for p in s.parts if p.role == "denied"]
    alternatives += [("munitions", m) for s in scenes for m in s.munitions if m not in munitions]
    speaker = lead.statement.speaker
    return IncidentClaim(
        identifier=_identifier(reading, act.span),
        document=reading.document.identifier,
        act=_as_told(act, modality),
        modality=modality,
        evidence=_evidence(scenes),
        perpetrator=None if party is None else _as_told(party, modality),
        munitions=munitions,
        objects=objects,
        place=place,
        date=date,
        killed=killed,
        injured=injured,
        breakdown=breakdown,
        aftermath=aftermath_of(scenes),
        speaker=Mention(speaker.text, speaker.span, speaker.text, lead.statement.rule) if speaker else None,
        scope=_scope(objects, breakdown, killed),
        alternatives=tuple(alternatives),
    )


def _owned_up(party: Mention[ActorValue], lead: Scene) -> bool:
    """False for a party that is accused, and for one that the words of another party name, where a model alone took these for a claim."""
    if party.rule.endswith(":accused"):
        return False
    speaker = lead.statement.speaker
    others = party.rule.endswith(":subject") and speaker is not None and not names_party(party.value.name, speaker.text)
    return not (others and lead.statement.cue is None and party.rule.startswith(("actors:force", "actors:group", "actors:country")))


def _as_told(item: Mention[T], modality: str) -> Mention[T]:
    """Where the event itself is told as news, its fields are no background, whatever one sentence was taken for."""
    if item.modality == "background.historical" != modality:
        return replace(item, modality="attributed" if item.speaker else "asserted")
    return item


def _in_headline(
    scenes: Sequence[Scene], act: Mention[str], place: Mention[PlaceValue] | None, party: Mention[ActorValue] | None
) -> Iterator[tuple[str, Mention[FieldValue]]]:
    """The acts, places and parties that the headline tells and the body does not."""
    for scene in scenes:
        if not scene.headline:
            continue
        for a in scene.acts:
            if a.value.strength == "strong" and a.value.act not in ("unknown", act.value):
                yield "act", Mention(ActValue(a.value.act), a.span, a.quote, a.rule, a.score, a.modality, a.speaker)
        alone = scene.places[0] if len(scene.places) == 1 and scene.places[0].value.resolved else None
        named = {p.quote.casefold() for s in scenes if not s.headline for p in s.places}
        if (
            place is not None
            and alone is not None
            and alone.quote.casefold() not in named
            and place_relation(alone.value, place.value) == "apart"
        ):
            yield "place", alone
        for part in scene.parts:
            if party is not None and part.role != "denied" and part.actor.value.name != party.value.name and not described(part.actor):
                yield "perpetrator", part.actor


def _planted(munition: Mention[MunitionValue]) -> Mention[MunitionValue]:
    """A "bomb" that no aircraft dropped, in an explosion on the ground, is an improvised device."""
    if munition.value.weapon != "bomb.unspecified":
        return munition
    return replace(munition, value=replace(munition.value, weapon="ied"), rule=f"{munition.rule}:planted")


def _identifier(reading: Reading, span: Span | None) -> str:
    """Stable while the document's text and the words of the act are: no model enters it."""
    at = f"{span.start}-{span.end}" if span else "0"
    return "c-" + hashlib.sha256(f"{reading.document.identifier}:{at}".encode()).hexdigest()[:12]


def _lead(scenes: Sequence[Scene]) -> Scene:
    """The scene that tells the incident: the first of the body with an act and a place or toll, else the first."""
    body = [s for s in scenes if not s.headline] or list(scenes)
    body = [s for s in body if s.statement.modality not in ("denied", "negated")] or body
    full = [s for s in body if s.acts and (s.toll or s.places)]
    return (full or [s for s in body if s.acts] or body)[0]


def _modality(reading: Reading, lead: Scene, date: Mention[DateValue] | None, *, is_main: bool, newest: dt.date | None) -> str:
    """That of the statement that tells the incident. An event of days before the publication that is not the main one is background; where
    the publication day is not known, an event of the document's newest weeks is not."""
    told = lead.statement.modality
    published = reading.document.published
    old = date is not None and published is not None and days_apart(date.value, published.value) >= BACKGROUND_DAYS
    if old and not is_main and told in ("asserted", "attributed"):
        return "background.historical"
    recent = date is not None and newest is not None and (newest - date.value.latest).days <= RECENT_DAYS
    if published is None and recent and told == "background.historical":
        return "attributed" if lead.statement.speaker else "asserted"
    return told if told in _INCIDENT_MODALITIES else "asserted"


def _evidence(scenes: Sequence[Scene]) -> tuple[Span, ...]:
    spans = {s.statement.span for s in scenes if not s.headline} or {s.statement.span for s in scenes}
    return tuple(sorted(spans))


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


def _scope(objects: Sequence[Mention[ObjectValue]], breakdown: Sequence[Mention[BreakdownValue]], killed: Mention[Quantity] | None) -> str:
    """military when all that was hit is military and nobody else is said to be harmed."""
    kinds = {o.value.kind for o in objects}
    groups = {b.value.group for b in breakdown if b.value.harm in ("killed", "injured")}
    if kinds and kinds <= {"military"} and groups <= MILITARY_GROUPS:
        return "military"
    if not kinds and groups and groups <= MILITARY_GROUPS:
        return "military"
    return "civilian"
