"""From located words to values: what the rules' own finders and resolvers read in exactly these words, and nothing that the model says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from witnessmark.claims import Claims
from witnessmark.claims.assemble import Findings, find_all
from witnessmark.claims.assemble.gate import speaks_of_conflict
from witnessmark.claims.assemble.pieces import inside
from witnessmark.claims.assemble.scenes import NO_INCIDENT_MODALITIES, REAL_SCORE, USED_SCORE
from witnessmark.claims.assemble.when import event_dates
from witnessmark.claims.assemble.where import event_places
from witnessmark.claims.kinds import by_weapon
from witnessmark.claims.people import People, read_people
from witnessmark.claims.roles import find_parts
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import roles as slavic_roles
from witnessmark.claims.slavic.people import People as SlavicPeople
from witnessmark.claims.slavic.people import read_people as read_slavic_people
from witnessmark.model import DateValue, HarmValue, Mention, PlaceValue, Quantity, SeriesClaim, Span
from witnessmark.statements import Reading

T = TypeVar("T")

SCORE = 0.5
"""Highest score of a proposed value: on no field of the rules' own scale does it count as sure."""
_UNTOLD_ACTS = NO_INCIDENT_MODALITIES | {"negated", "quantified_pattern"}
_STRENGTH = {"strong": 0, "weak": 1, "harm": 2}


@dataclass(frozen=True, slots=True)
class Borne:
    """A value that the words bear, as an alternative of ``field`` holds it. ``firm``: the rules read the field itself in them, not only a value
    that could be of it."""

    field: str
    mention: Mention[Any]
    firm: bool


Derived: TypeAlias = Borne | str
"""A borne value, or the reason why there is none (a key of ``records.REASONS``)."""


class Resolver:
    """Derives values in one document; every finder runs once."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self.reading = reading
        self.found: Findings = find_all(reading)
        self._places = event_places(reading, self.found.places)
        self._dates = event_dates(reading, self.found.dates, self.found.acts)
        self._series = tuple(s.span for s in claims.series if not _can_be_one_event(s))

    @property
    def of_conflict(self) -> bool:
        """True when the document tells of armed violence at all, and not of an accident, an exercise, a match."""
        return speaks_of_conflict(self.reading, self.found)

    def derive(self, field: str, span: Span) -> Derived:
        """What the words at ``span`` bear for ``field``."""
        told = self._told(field, span)
        if told:
            return told
        if field in ("killed", "injured"):
            return self._toll(field, span)
        resolve = {
            "act": self._act,
            "place": self._place,
            "date": self._date,
            "perpetrator": self._party,
            "munitions": self._munition,
            "objects": self._object,
        }[field]
        return resolve(span)

    def _told(self, field: str, span: Span) -> str:
        """Why nothing at ``span`` may be used for ``field``; "" when it may."""
        statement = self.reading.statement_at(span.start)
        if statement is None:
            return "no_value"
        if statement.modality in (_UNTOLD_ACTS if field == "act" else NO_INCIDENT_MODALITIES):
            return "not_told"
        if field in ("act", "killed", "injured") and any(s.overlaps(span) for s in self._series):
            return "series"
        return ""

    def _act(self, span: Span) -> Derived:
        triggers = sorted(_fitting(self.found.acts, span), key=lambda m: (m.value.act == "unknown", _STRENGTH[m.value.strength]))
        if triggers:
            return Borne("act", _of(triggers[0], triggers[0].value.act), firm=True)
        for munition in _fitting(self.found.munitions, span):
            act = by_weapon(munition.value.weapon)
            if act is not None and munition.score >= USED_SCORE:
                return Borne("act", _of(munition, act), firm=True)
        return "no_value"

    def _place(self, span: Span) -> Derived:
        return self._setting("place", _fitting(self._places, span), _fitting(self.found.places, span))

    def _date(self, span: Span) -> Derived:
        return self._setting("date", _fitting(self._dates, span), _fitting(self.found.dates, span))

    def _setting(self, field: str, usable: Sequence[Mention[Any]], named: Sequence[Mention[Any]]) -> Derived:
        if not usable:
            return "not_the_event" if named else "no_value"
        # "Kramatorsk in Donetsk region", "on Monday evening": the finest is meant. Two of one fineness are two values.
        finest = min(m.value.precision for m in usable)
        chosen = [m for m in usable if m.value.precision == finest]
        if len({setting_key(m.value) for m in chosen}) > 1:
            return "several_values"
        return Borne(field, _lowered(chosen[0]), firm=True)

    def _toll(self, field: str, span: Span) -> Derived:
        near = _fitting(self.found.harms, span)
        own = [h for h in near if h.value.harm == field and h.value.part_of is None and not h.value.superseded and h.score >= REAL_SCORE]
        if len({_bounds(h.value.quantity) for h in own}) > 1:
            return "several_values"
        if own:
            return Borne(field, _lowered(own[0]), firm=True)
        if near:
            return "other_harm"
        return self._counted(field, span)

    def _counted(self, field: str, span: Span) -> Derived:
        """People that are counted in words which do not themselves say what became of them: a value for review, not for the field."""
        first, last = self.reading.token_range(span)
        found: list[People | SlavicPeople] = []
        at = first
        while at < last:
            people = self._people(at, last)
            if people is not None and people.form in ("counted", "single") and people.minimum is not None:
                found.append(people)
            at = people.last if people is not None else at + 1
        if not found:
            return "no_value"
        if len(found) > 1:
            return "several_values"
        only = found[0]
        words = self.reading.span_of(only.first, only.last)
        quote = words.of(self.reading.text)
        value = HarmValue(field, only.group, Quantity(only.minimum, only.maximum, only.comparator, quote, vague=only.vague))
        return Borne(field, Mention(value, words, quote, "llm:people", SCORE), firm=False)

    def _people(self, at: int, last: int) -> People | SlavicPeople | None:
        if self.reading.language in SLAVIC:
            return read_slavic_people(self.reading.tokens, at, last, self.reading.language)
        return read_people(self.reading.tokens, at, last)

    def _party(self, span: Span) -> Derived:
        named = _fitting(self.found.actors, span)
        if not named:
            return "no_value"
        if len({a.value.name for a in named}) > 1:
            return "several_values"
        party = named[0]
        sentence = self.reading.sentence_at(span.start)
        assert sentence is not None
        actors, acts = inside(self.found.actors, sentence.span), inside(self.found.acts, sentence.span)
        find = slavic_roles.find_parts if self.reading.language in SLAVIC else find_parts
        told = find(self.reading, sentence, actors, acts, inside(self.found.munitions, sentence.span))
        parts = [p for p in told if p.actor.value.name == party.value.name]
        denied = any(p.role == "denied" for p in parts)
        firm = bool(parts) and not denied and not party.rule.startswith("actors:generic")
        return Borne("denial" if denied else "perpetrator", _lowered(party), firm=firm)

    def _munition(self, span: Span) -> Derived:
        named = _fitting(self.found.munitions, span)
        used = [m for m in named if m.score >= USED_SCORE]
        if not used:
            return "unused" if named else "no_value"
        return Borne("munitions", _lowered(used[0]), firm=True)

    def _object(self, span: Span) -> Derived:
        named = _fitting(self.found.objects, span)
        if not named:
            return "no_value"
        best = max(named, key=lambda m: m.score)
        return Borne("objects", _lowered(best), firm=best.score >= USED_SCORE)


def setting_key(value: PlaceValue | DateValue) -> object:
    """What makes two places or two days the same."""
    if isinstance(value, PlaceValue):
        return value.gazetteer_id or value.name.casefold()
    return value.earliest, value.latest


def _bounds(quantity: Quantity) -> object:
    return quantity.minimum, quantity.maximum, quantity.vague, quantity.unknown


def _fitting(mentions: Sequence[Mention[T]], span: Span) -> list[Mention[T]]:
    """The mentions inside ``span``, or else those that it is a part of."""
    held = [m for m in mentions if m.span is not None and span.contains(m.span)]
    return held or [m for m in mentions if m.span is not None and m.span.contains(span)]


def _lowered(mention: Mention[T]) -> Mention[T]:
    """``mention`` as a proposed value. No model is fitted to what a language model proposes, so it has no confidence."""
    return replace(mention, rule=f"llm:{mention.rule}", score=min(SCORE, mention.score), confidence=None)


def _of(mention: Mention[Any], value: T) -> Mention[T]:
    """``value`` in the words of ``mention``, as a proposed value."""
    return _lowered(Mention(value, mention.span, mention.quote, mention.rule, mention.score, mention.modality, mention.speaker))


def _can_be_one_event(series: SeriesClaim) -> bool:
    return series.unit == "object_damaged" and series.rate_period is None and series.trend == "none"
