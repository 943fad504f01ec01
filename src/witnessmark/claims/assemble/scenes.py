"""Scenes: a sentence, or the part of one that tells of one event, with the mentions that stand in it."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from witnessmark.claims.acts import Trigger
from witnessmark.claims.assemble.findings import Findings
from witnessmark.claims.roles import Part, find_parts
from witnessmark.model import DateValue, HarmValue, Mention, MunitionValue, ObjectValue, PlaceValue, SeriesClaim, Span, Statement
from witnessmark.model.comparing import coarse
from witnessmark.statements import Reading, Sentence
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

NO_INCIDENT_MODALITIES = frozenset({"opinion", "prediction", "directive", "hypothetical", "rhetorical"})
"""Statements that never open an incident nor give it a field."""

TOLL_HARMS = frozenset({"killed", "injured"})
EVENT_HARMS = frozenset({"killed", "injured", "missing", "under_rubble", "abducted", "sexual_violence", "detained", "displaced"})

# An object counts as hit from this score on (the object finder's own scale).
HIT_SCORE = 0.5

_CUT = re.compile(
    r";|,? and (?=on |in |at |a |an |another |the |by )|, (?:while|but|and|then|whereas|followed by)\b|(?<=\w) while\b|\ba day after\b|\bhours after\b|\bdays after\b"
)

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Scene:
    """What one sentence or clause tells. ``order`` counts the scenes of a document; ``places`` and ``dates`` hold only those that can
    be of the event; ``setting`` and ``moment`` are the place and
    day named last before it, ``hub`` the settlement that the document names most; ``place_anaphor`` is the span of words such as "the same city"; ``novel`` marks "another", "separately"; ``later_death`` a toll that rose after the
    event; ``patterned`` a rate, total or trend."""

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
    setting: Mention[PlaceValue] | None
    hub: Mention[PlaceValue] | None
    moment: Mention[DateValue] | None
    novel: bool
    continues: bool
    later_death: bool
    patterned: bool
    set_aside: bool

    @property
    def headline(self) -> bool:
        """True when the scene stands in the headline."""
        return self.part == "headline"

    @property
    def strong(self) -> bool:
        """True when an act in it tells of an attack on its own."""
        return any(a.value.strength == "strong" for a in self.acts)

    @property
    def toll(self) -> bool:
        """True when it gives killed or injured people."""
        return any(h.value.harm in TOLL_HARMS for h in self.harms)

    @property
    def harmed(self) -> bool:
        """True when it says that somebody was killed or injured (not that nobody was)."""
        return any(h.value.harm in TOLL_HARMS and not h.value.quantity.is_zero for h in self.harms)

    @property
    def focus(self) -> int:
        """Where the event is told: the first act that is not only harm, else the first act, harm or munition."""
        for group in ([a for a in self.acts if a.value.strength != "harm"], self.acts, self.harms, self.munitions):
            for item in group:
                if item.span is not None:
                    return item.span.start
        return self.span.start


@functools.cache
def _cues() -> PhraseMatcher[frozenset[str]]:
    """All cue phrases in one matcher: one pass over a scene finds every kind."""
    raw: dict[str, Any] = lexicon("en", "scenes")
    lists = {key: raw[key] for key in ("novelty", "place_anaphora", "continuation", "later_death")} | raw["not_incident"]
    kinds: dict[str, set[str]] = {}
    for kind, words in lists.items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)
    return PhraseMatcher((word, frozenset(names)) for word, names in kinds.items())


def _cues_in(reading: Reading, first: int, last: int) -> dict[str, Span]:
    """The kinds of cue among the tokens, each with the span of its first words."""
    out: dict[str, Span] = {}
    for hit in _cues().find_overlapping(reading.tokens, first, last):
        known = hit.first > first and reading.tokens[hit.first - 1].lower in ("the", "that", "this")
        for kind in hit.payload - ({"novelty"} if known else set()):
            out.setdefault(kind, reading.span_of(hit.first, hit.last))
    return out


def find_scenes(reading: Reading, found: Findings, series: Sequence[SeriesClaim] = ()) -> tuple[Scene, ...]:
    """The scenes of a document in text order. Sentences without any event mention give none. ``series`` are the rates, totals and trends."""
    scenes: list[Scene] = []
    hub = _hub(reading, found.places)
    for sentence in reading.sentences:
        for piece in _pieces(reading, sentence, found):
            patterned = any(piece.contains(s.span) for s in series)
            scene = _scene(reading, sentence, piece, found, order=len(scenes), patterned=patterned, hub=hub)
            if scene is not None:
                scenes.append(scene)
    return tuple(scenes)


def told_of_no_incident(reading: Reading, found: Findings) -> bool:
    """True when the headline or the first body sentence says that this is an accident, an exercise, a match, a film ...

    A munition named there outweighs an accident, a death an exercise.
    """
    for sentence in _opening(reading):
        cues = _cues_in(reading, sentence.first, sentence.last)
        harmed = any(not h.value.quantity.is_zero for h in inside(found.harms, sentence.span) if h.value.harm == "killed")
        if "exercise" in cues and not harmed:
            return True
        if inside(found.munitions, sentence.span):
            continue
        if "document" in cues or "hard" in cues:
            return True
    return False


def _opening(reading: Reading) -> list[Sentence]:
    """The headline and the first sentence of the body."""
    body = [s for s in reading.sentences if s.part != "headline"]
    return [s for s in reading.sentences if s.part == "headline"] + body[:1]


def inside(items: Sequence[Mention[M]], span: Span) -> tuple[Mention[M], ...]:
    """The mentions that begin inside ``span``."""
    return tuple(i for i in items if i.span is not None and span.start <= i.span.start < span.end)


def _pieces(reading: Reading, sentence: Sentence, found: Findings) -> list[Span]:
    """Cuts a sentence where a second event with its own place or date begins."""
    cuts = [
        m.start() + (1 if m.group().startswith((";", ",")) else 0)
        for m in _CUT.finditer(reading.text, sentence.span.start, sentence.span.end)
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
        if told_twice and (_apart(found, left, near, right) or _other_hands(found, left, near)):
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


def _apart(found: Findings, left: Span, near: Span, right: Span) -> bool:
    """True when the right piece names a place or date of its own that differs from the left piece's."""
    for near_or_right in (near, right):
        right_dates, left_dates = inside(found.dates, near_or_right), inside(found.dates, left)
        if right_dates and left_dates and not any(_days_meet(a.value, b.value) for a in left_dates for b in right_dates):
            return True
        if near_or_right is right:
            break
        right_places = [p for p in inside(found.places, near) if _settled(p)]
        left_places = [p for p in inside(found.places, left) if _settled(p)]
        if right_places and left_places and not {_key(p) for p in left_places} & {_key(p) for p in right_places}:
            return _eventful(found, near)
    return False


def _key(place: Mention[PlaceValue]) -> str:
    return place.value.gazetteer_id or place.value.name.casefold()


def _settled(place: Mention[PlaceValue]) -> bool:
    return place.value.role == "event" and place.value.precision in ("P0", "P1", "P2", "P3", "P4")


def _days_meet(a: DateValue, b: DateValue) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest


def _scene(
    reading: Reading, sentence: Sentence, span: Span, found: Findings, *, order: int, patterned: bool, hub: Mention[PlaceValue] | None
) -> Scene | None:
    acts, harms = inside(found.acts, span), tuple(h for h in inside(found.harms, span) if h.value.harm in EVENT_HARMS)
    munitions, objects = inside(found.munitions, span), inside(found.objects, span)
    actors = inside(found.actors, span)
    if not (acts or harms or munitions or objects or actors):
        return None
    focus = next((a.span.start for a in acts if a.span), span.start)
    statement = reading.statement_at(focus) or reading.statement_at(span.start)
    if statement is None:
        return None
    first, last = reading.token_range(span)
    cues = _cues_in(reading, first, last)
    own_sentence = Sentence(sentence.index, span, first, last, sentence.part, sentence.paragraph)
    own_parts = find_parts(reading, own_sentence, actors, acts, munitions)
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
        objects=tuple(o for o in objects if o.score >= HIT_SCORE),
        harms=harms,
        places=tuple(p for p in event_places(reading, inside(found.places, span)) if not _acts(p, own_parts)),
        dates=() if "later_death" in cues else _event_dates(reading, inside(found.dates, span)),
        aftermath=inside(found.aftermath, span),
        place_anaphor=cues.get("place_anaphora"),
        novel="novelty" in cues and "later_death" not in cues,
        later_death="later_death" in cues,
        continues="continuation" in cues,
        setting=_setting(reading, found.places, span.start),
        hub=hub,
        moment=_moment(reading, found.dates, span.start),
        patterned=patterned,
        set_aside="hard" in cues and not munitions,
    )


# Words right before a seat of government that make it a place and not a voice ("in Kyiv", against "Kyiv said", "held by Kyiv").
_LOCATIVE = frozenset(
    {"in", "at", "near", "outside", "around", "over", "across", "inside", "hit", "struck", "on", "of", "to", "towards", "toward", "from"}
)


@functools.cache
def _seats() -> frozenset[str]:
    return frozenset(lexicon("en", "actors")["metonyms"])


def event_places(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> tuple[Mention[PlaceValue], ...]:
    """The places where something can have happened: not an origin of fire, a dateline, a speaker's seat, a capital that speaks, a river, nor a
    country that is only named."""
    tests = (_speaks, _river, _only_named, _origin)
    return tuple(p for p in places if p.span is not None and p.value.role == "event" and not any(t(reading, p, p.span) for t in tests))


def _speaks(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "Kyiv said", "held by Kyiv", "the Moscow-installed head": the government, not the city."""
    if place.quote.lower() not in _seats() or _opens_line(reading, span):
        return False
    first, _ = reading.token_range(span)
    before = reading.tokens[first - 1].lower if first else ""
    installed = reading.text[span.end : span.end + 1] == "-"
    return installed or before not in _LOCATIVE or (before == "to" and first > 1 and reading.tokens[first - 2].lower == "according")


_STAMP = re.compile(r"[\d\W]*(?:[ap]\.?m\.?\W*)?\Z", re.IGNORECASE)


def _opens_line(reading: Reading, span: Span) -> bool:
    """True for the place that heads an entry: "Kyiv. Two adults ...", "17:55 Kyiv: ..."."""
    line = reading.text.rfind("\n", 0, span.start) + 1
    following = reading.text[span.end : span.end + 1]
    return following in (".", ",", ":", "-", "–", "—", "") and _STAMP.match(reading.text, line, span.start) is not None


def _river(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "the Dnipro" is the river, "Dnipro" the city."""
    if place.value.precision != "P3":
        return False
    first, last = reading.token_range(span)
    after = reading.tokens[last].lower if last < len(reading.tokens) else ""
    return first > 0 and reading.tokens[first - 1].text == "the" and not after.isalpha()


def _only_named(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """A country is a place of an event only behind a preposition of place ("in northern Yemen"); else it is a party, an owner, an adjective."""
    if place.value.precision != "P8":
        return False
    first, last = reading.token_range(span)
    if last < len(reading.tokens) and reading.tokens[last].kind == "clitic":
        return True
    return not any(t.lower in _LOCATIVE or t.lower in ("throughout", "within", "into") for t in reading.tokens[max(0, first - 3) : first])


_LAUNCH = re.compile(r"\b(?:launch|fired?|took off|taken off|flew|flown|came from)", re.IGNORECASE)


def _origin(reading: Reading, place: Mention[PlaceValue], span: Span) -> bool:
    """ "launched ... from the Kursk region": where the fire came from."""
    first, _ = reading.token_range(span)
    before = [t.lower for t in reading.tokens[max(0, first - 3) : first]]
    sentence = reading.sentence_at(span.start)
    return "from" in before and sentence is not None and _LAUNCH.search(reading.text, sentence.span.start, span.start) is not None


def _acts(place: Mention[PlaceValue], parts: Sequence[Part]) -> bool:
    """True for a country that is the party and not the place ("Russia launched 38 missiles")."""
    return any(p.actor.span is not None and place.span is not None and p.actor.span.overlaps(place.span) for p in parts)


def _hub(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> Mention[PlaceValue] | None:
    """The settlement that the document names most often, the first of several."""
    named = [p for p in event_places(reading, places) if p.value.resolved and p.value.precision == "P3" and p.value.gazetteer_id]
    counts = Counter(p.value.gazetteer_id for p in named)
    return max(named, key=lambda p: counts[p.value.gazetteer_id], default=None)


def _setting(reading: Reading, places: Sequence[Mention[PlaceValue]], before: int) -> Mention[PlaceValue] | None:
    """The last settlement named before ``before``, as the place of an event that names none; a dateline counts, a speaker's seat does not, nor
    a headline that lists several."""
    settled = [p for p in places if p.value.resolved and not coarse(p.value)]
    named = [p for p in settled if p.value.role == "dateline"] + list(event_places(reading, settled))
    heads = {p.value.gazetteer_id for p in named if p.span is not None and reading.document.in_headline(p.span)}
    told = [
        p for p in named if p.span is not None and p.span.start < before and not (len(heads) > 1 and reading.document.in_headline(p.span))
    ]
    return max(told, key=lambda p: p.span.start if p.span else 0, default=None)


def _moment(reading: Reading, dates: Sequence[Mention[DateValue]], before: int) -> Mention[DateValue] | None:
    """The last day named before ``before``."""
    named = _event_dates(reading, tuple(d for d in dates if d.span is not None and d.span.start < before))
    return next((d for d in reversed(named) if d.value.precision in ("T0", "T1", "T2", "T3")), None)


_SPEECH_BEFORE = re.compile(
    r"\b(?:said|says|told|wrote|announced|reported|added|stated|confirmed|released|published|issued|(?:rose|risen|climbed|grew|reached|increased)(?: to)? [\w-]+)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_OF_THE_EVENT = re.compile(
    r"\s+of the (?:attack|strike|blast|explosion|shelling|bombing|raid|massacre|shooting|incident|killing)", re.IGNORECASE
)
_SPEECH_AFTER = re.compile(r"[^.;,\n]{1,70}?\b(?:said|announced|reported|declared|confirmed|told [^.;,\n]{1,40}) that\b", re.IGNORECASE)
_DASH_AFTER = re.compile(r"[^\n.]{0,25}?(?:\s-{1,2}\s|\s?[–—])")


def _event_dates(reading: Reading, dates: tuple[Mention[DateValue], ...]) -> tuple[Mention[DateValue], ...]:
    """Leaves out the day on which something was said ("the governor said on Monday") or a toll rose, the day of a dateline, the time at which
    an entry of a live blog was posted, and "the night of the attack", which says nothing new."""
    return tuple(d for d in dates if d.span is not None and not _not_of_event(reading, d.span, d.value))


def _not_of_event(reading: Reading, span: Span, value: DateValue) -> bool:
    text = reading.text
    if _SPEECH_BEFORE.search(text, max(0, span.start - 60), span.start) or _OF_THE_EVENT.match(text, span.end):
        return True
    if _SPEECH_AFTER.match(text, span.end) or (value.precision == "T6" and value.open_end):
        return True
    line = text.rfind("\n", 0, span.start) + 1
    before = text[line : span.start].strip()
    if not before and value.precision == "T0" and value.clock is not None and len(span) <= 10:
        return True
    return len(before) <= 40 and before.upper() == before and bool(before) and _DASH_AFTER.match(text, span.end) is not None
