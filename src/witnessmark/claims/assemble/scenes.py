"""Scenes: a sentence, or the part of one that tells of one event, with the mentions that stand in it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.acts import Trigger
from witnessmark.claims.assemble.cues import cues_in
from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.assemble.marks import disposed_of, imagined, in_name, of_event, ranked, struck_itself
from witnessmark.claims.assemble.pieces import TOLL_HARMS, inside, pieces_of
from witnessmark.claims.assemble.topics import may_recover, shot_people
from witnessmark.claims.assemble.when import as_of, event_dates, moment_of
from witnessmark.claims.assemble.where import (
    acts_as_party,
    capital_at,
    event_places,
    hub_of,
    in_town,
    of_speaker,
    region_at,
    setting_of,
    settings_of,
)
from witnessmark.claims.places.sites import find_sites
from witnessmark.claims.roles import Part, find_parts
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import roles as slavic_roles
from witnessmark.claims.slavic import setting as slavic
from witnessmark.model import (
    ActorValue,
    DateValue,
    HarmValue,
    Mention,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    SeriesClaim,
    Span,
    Statement,
)
from witnessmark.statements import Reading, Sentence

NO_INCIDENT_MODALITIES = frozenset({"opinion", "prediction", "directive", "hypothetical", "rhetorical"})
"""Statements that never open an incident nor give it a field."""

EVENT_HARMS = frozenset({"killed", "injured", "missing", "under_rubble", "abducted", "sexual_violence", "detained", "displaced"})

# From this score on a munition counts as used and an object as hit (the finders' own scale; below it stand munitions shot down or supplied, and
# objects that are only mentioned).
USED_SCORE = 0.5
# From this score on a toll is told as a fact (below it stand "would have killed" and the like).
REAL_SCORE = 0.35


@dataclass(frozen=True)
class Scene:
    """What one sentence or clause tells.

    ``order`` counts the scenes of a document. ``places`` and ``dates`` hold only those that can be of the event. ``setting`` and ``moment`` are the
    settlement and day named last before it, ``hub`` the settlement that the document names most. ``place_anaphor`` is the span of words such
    as "the same city". ``left_behind`` marks who laid what blew up. ``novel`` marks "another", "separately"; ``again`` "struck again"; ``continues`` "the attack"; ``later_death`` a toll that rose after the event;
    ``patterned`` a rate, total or trend; ``apart`` a piece that was
    cut from the sentence before it; ``entry`` a time-stamped entry of a live blog; ``set_aside`` an accident, a match, an exercise.
    """

    order: int
    sentence: int
    paragraph: int
    part: str
    span: Span
    statement: Statement
    acts: tuple[Mention[Trigger], ...]
    parts: tuple[Part, ...]
    munitions: tuple[Mention[MunitionValue], ...]
    objects: tuple[Mention[ObjectValue], ...]
    harms: tuple[Mention[HarmValue], ...]
    places: tuple[Mention[PlaceValue], ...]
    dates: tuple[Mention[DateValue], ...]
    aftermath: tuple[Mention[str], ...]
    place_anaphor: Span | None
    left_behind: bool
    setting: Mention[PlaceValue] | None
    hub: Mention[PlaceValue] | None
    moment: Mention[DateValue] | None
    novel: bool
    again: bool
    continues: bool
    later_death: bool
    patterned: bool
    apart: bool
    entry: bool
    set_aside: bool

    @functools.cached_property
    def headline(self) -> bool:
        """True when the scene stands in the headline."""
        return self.part == "headline"

    @functools.cached_property
    def strong(self) -> bool:
        """True when an act in it tells of an attack on its own."""
        return any(a.value.strength == "strong" for a in self.acts)

    @functools.cached_property
    def toll(self) -> bool:
        """True when it gives killed or injured people."""
        return any(h.value.harm in TOLL_HARMS for h in self.harms)

    @functools.cached_property
    def harmed(self) -> bool:
        """True when it says that somebody was killed or injured (not that nobody was)."""
        return any(h.value.harm in TOLL_HARMS and not h.value.quantity.is_zero for h in self.harms)

    @functools.cached_property
    def focus(self) -> int:
        """Where the event is told: the first act that is not only harm, else the first act, harm or munition."""
        for group in ([a for a in self.acts if a.value.strength != "harm"], self.acts, self.harms, self.munitions):
            for item in group:
                if item.span is not None:
                    return item.span.start
        return self.span.start

    @functools.cached_property
    def weapons(self) -> frozenset[str]:
        """The weapons named in it."""
        return frozenset(m.value.weapon for m in self.munitions if m.value.weapon)

    @functools.cached_property
    def effects(self) -> frozenset[str]:
        """The effects of munitions named in it (cluster, incendiary ...)."""
        return frozenset(m.value.effect for m in self.munitions if m.value.effect)

    @functools.cached_property
    def tolls(self) -> Mapping[str, tuple[Quantity, ...]]:
        """How many it says were killed and injured, by harm."""
        return {harm: tuple(h.value.quantity for h in self.harms if h.value.harm == harm) for harm in sorted(TOLL_HARMS)}


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the scenes of one document share: the places and days that can be those of an event, told apart once."""

    places: tuple[Mention[PlaceValue], ...]
    dates: tuple[Mention[DateValue], ...]
    settings: tuple[Mention[PlaceValue], ...]
    hub: Mention[PlaceValue] | None


def _stage(reading: Reading, found: Findings) -> _Stage:
    places = slavic.not_weapons(found.places, found.munitions) if reading.language in SLAVIC else found.places
    hub = hub_of(reading, places)
    settings = in_town(settings_of(reading, places), hub)
    return _Stage(
        places=_with_sites(reading, event_places(reading, places), settings),
        dates=event_dates(reading, found.dates, found.acts),
        settings=settings,
        hub=hub,
    )


def _with_sites(
    reading: Reading, places: tuple[Mention[PlaceValue], ...], settings: Sequence[Mention[PlaceValue]]
) -> tuple[Mention[PlaceValue], ...]:
    """``places`` with the named sites of towns, in text order. A name within a site's name ("El Dorado Airport") gives way to it where the text names a
    town besides; where it names none, the name is the site's town ("Khartoum airport")."""
    sites = find_sites(reading)

    def within(place: Mention[PlaceValue]) -> bool:
        return any(s.span is not None and place.span is not None and s.span.overlaps(place.span) for s in sites)

    if not sites or not settings:
        return places
    towns = {p.value.gazetteer_id for p in settings if not within(p)}
    kept = [p for p in places if not (towns and within(p) and p.value.gazetteer_id not in towns)]
    return tuple(sorted([*kept, *sites], key=lambda p: p.span.start if p.span else 0))


def find_scenes(reading: Reading, found: Findings, series: Sequence[SeriesClaim] = ()) -> tuple[Scene, ...]:
    """The scenes of a document in text order. Sentences without any event mention give none. ``series`` are the rates, totals and trends."""
    scenes: list[Scene] = []
    stage = _stage(reading, found)
    found = replace(found, harms=of_one_event(found.harms, series))
    for sentence in reading.sentences:
        pieces = pieces_of(reading, sentence, found)
        for piece in pieces:
            patterned = any(piece.contains(s.span) for s in series if not _of_one_event(s))
            scene = _scene(
                reading, sentence, piece, found, order=len(scenes), patterned=patterned, apart=piece is not pieces[0], stage=stage
            )
            if scene is not None:
                scenes.append(scene)
    return tuple(scenes)


def of_one_event(harms: Sequence[Mention[HarmValue]], series: Sequence[SeriesClaim]) -> tuple[Mention[HarmValue], ...]:
    """Leaves out the tolls that were read as those of a war, a year or a day."""
    counted = [s.span for s in series if s.unit.startswith("person")]
    return tuple(h for h in harms if h.span is None or not any(h.span.overlaps(s) for s in counted))


def _antecedent(found: Findings, span: Span) -> Mention[ActorValue] | None:
    """The party named last before the scene."""
    named = [a for a in found.actors if a.span is not None and a.span.start < span.start]
    return named[-1] if named else None


def _of_one_event(series: SeriesClaim) -> bool:
    """ "burned more than 120 houses" can be told of one attack; a rate, a trend or a count of attacks cannot."""
    return series.unit == "object_damaged" and series.rate_period is None and series.trend == "none"


_ENTRY = re.compile(r"\W{0,2}\d{1,2}[:.]\d{2}\b")


def _parts(
    reading: Reading,
    sentence: Sentence,
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    munitions: Sequence[Mention[MunitionValue]],
    found: Findings,
) -> tuple[Part, ...]:
    if reading.language in SLAVIC:
        return slavic_roles.find_parts(reading, sentence, actors, acts, munitions)
    return find_parts(reading, sentence, actors, acts, munitions, antecedent=_antecedent(found, sentence.span))


def _listed(
    reading: Reading, places: Sequence[Mention[PlaceValue]], objects: Sequence[Mention[ObjectValue]], harms: Sequence[Mention[HarmValue]]
) -> bool:
    """ "обстріли в районах Ольгівського, Малинівки, Гуляйполя": the shelling of a front, not an incident."""
    hit = any(o.score >= USED_SCORE for o in objects)
    return reading.language in SLAVIC and not (hit or harms) and slavic.many_towns(places)


def _counted_by(harms: tuple[Mention[HarmValue], ...], day: dt.date | None) -> tuple[Mention[HarmValue], ...]:
    """``harms`` with the day that their figures are of."""
    if day is None:
        return harms
    return tuple(replace(h, value=replace(h.value, quantity=replace(h.value.quantity, as_of=day))) for h in harms)


def _scene(
    reading: Reading, sentence: Sentence, span: Span, found: Findings, *, order: int, patterned: bool, apart: bool, stage: _Stage
) -> Scene | None:
    acts, harms = (
        inside(found.acts, span),
        tuple(h for h in inside(found.harms, span) if h.value.harm in EVENT_HARMS and h.score >= REAL_SCORE),
    )
    munitions = tuple(m for m in inside(found.munitions, span) if m.score >= USED_SCORE and not struck_itself(reading, m, span))
    objects = inside(found.objects, span)
    actors = inside(found.actors, span)
    if acts and all(a.value.part == "damage" for a in acts) and not (inside(stage.places, span) or bool(inside(stage.dates, span))):
        acts = ()  # what things came to, with no place or day of its own, goes on telling of an attack and is none
    if not (acts or harms or munitions or objects or actors):
        return None
    focus = next((a.span.start for a in acts if a.span), span.start)
    statement = reading.statement_at(focus) or reading.statement_at(span.start)
    if statement is None:
        return None
    if may_recover(reading, statement):
        statement = replace(statement, modality="attributed" if statement.speaker else "asserted")
    if reading.language in SLAVIC:
        statement = slavic.told_as(statement, acted=bool(acts), unharmed=any(h.value.quantity.is_zero for h in harms))
        munitions = () if statement.modality == "corrected" and slavic.taken_back(reading, span) else munitions
    harms = _counted_by(harms, as_of(reading, inside(found.dates, span))) if harms else harms
    first, last = reading.token_range(span)
    cues = cues_in(reading, first, last)
    own_sentence = Sentence(sentence.index, span, first, last, sentence.part, sentence.paragraph)
    own_parts = _parts(reading, own_sentence, actors, acts, munitions, found)
    if statement.modality == "opinion" and any(p.role == "accused" for p in own_parts):
        statement = replace(
            statement, modality="attributed"
        )  # "blamed the militia for the attack, which it called a crime" accuses all the same
    here = tuple(p for p in inside(stage.places, span) if not acts_as_party(p, own_parts) and not in_name(p, actors))
    if any(of_speaker(reading, p) for p in here) and (stage.settings or len(here) > 1):
        here = tuple(p for p in here if not of_speaker(reading, p))
    here += capital_at(reading, stage.settings, cues.get("capital"))
    if not here:
        here = region_at(stage.hub, cues.get("region"), reading.text)
    laid = not acts and _left_behind(span.of(reading.text), own_parts)
    return Scene(
        order=order,
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        part=sentence.part,
        span=span,
        statement=statement,
        acts=acts,
        parts=own_parts,
        munitions=munitions,
        objects=tuple(o for o in objects if o.score >= USED_SCORE),
        harms=harms,
        places=here,
        dates=() if laid else _of_event(reading.text, inside(stage.dates, span), acts, cues.get("later_death")),
        aftermath=inside(found.aftermath, span),
        place_anaphor=cues.get("place_anaphora"),
        novel="novelty" in cues and "later_death" not in cues and of_event(reading, cues["novelty"], acts, munitions),
        again="again" in cues and not patterned,
        later_death="later_death" in cues,
        continues="continuation" in cues,
        left_behind=laid,
        setting=setting_of(stage.settings, span.start),
        hub=stage.hub,
        moment=moment_of(stage.dates, span.start),
        patterned=patterned,
        apart=apart,
        entry=_ENTRY.match(reading.text, reading.text.rfind("\n", 0, span.start) + 1) is not None,
        set_aside=("hard" in cues and not munitions and not shot_people(found, span))
        or imagined(reading, acts)
        or (not harms and (ranked(reading, span) or disposed_of(reading, span)))
        or _listed(reading, inside(stage.places, span), objects, harms),
    )


_LAID = re.compile(
    r"\b(?:mines?|explosives?|booby[ -]traps?|міну|міни|мину|мины|розтяжк\w+|растяжк\w+)\b[^.;]{0,60}\b(?:left|laid|planted|buried|залиши\w+|встанови\w+|закла\w+|остави\w+|"
    r"установи\w+|заложи\w+)\b|\b(?:left|laid|planted|buried)\b[^.;]{0,40}\b(?:mines?|explosives?|booby[ -]traps?)\b",
    re.IGNORECASE,
)
"""Words of mines that were laid: who laid them is the party of what they do."""


def _left_behind(words: str, parts: Sequence[Part]) -> bool:
    """ "The mine, sappers say, was left by retreating soldiers": who laid what blew up, told without an act."""
    laid = any(p.role == "perpetrator" and not p.actor.rule.startswith("actors:generic") for p in parts)
    return laid and _LAID.search(words) is not None


_DYING = re.compile(r"\b(?:died|dies|succumbed|помер|скончал|умер)", re.IGNORECASE)
"""Words after which a day is that of a death, however the attack is told before them."""


def _of_event(
    text: str, dates: tuple[Mention[DateValue], ...], acts: Sequence[Mention[Trigger]], later: Span | None
) -> tuple[Mention[DateValue], ...]:
    """``dates`` but for those of a ``later`` count: there only one that follows the attack, before the words of the count, is of the attack ("of the strike on
    the town on 3 October rose"); that of "a boy who was shot died on Friday" is not."""
    if later is None:
        return dates
    begun = min((a.span.end for a in acts if a.span), default=later.end)
    return tuple(
        d for d in dates if d.span and begun <= d.span.start and d.span.end <= later.start and not _DYING.search(text, begun, d.span.start)
    )
