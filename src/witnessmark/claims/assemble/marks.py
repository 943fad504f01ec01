"""Marks of a scene: whether its act was done at all, is a further one, or is only ranked among others; which weapons and places are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from witnessmark.claims.acts import Trigger
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import setting as slavic
from witnessmark.model import ActorValue, Mention, MunitionValue, PlaceValue, Span
from witnessmark.statements import Reading

_ORDINALS = frozenset({"another", "second", "third", "a further", "separate"})
_PLACE_NOUNS = frozenset(
    {
        "town",
        "village",
        "city",
        "district",
        "place",
        "location",
        "neighbourhood",
        "neighborhood",
        "area",
        "region",
        "province",
        "house",
        "home",
    }
    | {"building", "site", "part", "street", "suburb", "settlement", "camp", "incident", "case"}
)
NOUN_REACH = 3
"""Tokens from "another" to the noun that it belongs to ("another Russian missile")."""


def of_event(reading: Reading, cue: Span, acts: Sequence[Mention[Trigger]], munitions: Sequence[Mention[MunitionValue]]) -> bool:
    """False for the "another" of "wounded another" and the "third" of "a third victim": what is further must be an attack, a weapon or a place."""
    if cue.of(reading.text).lower() not in _ORDINALS:
        return True
    first, last = reading.token_range(cue)
    nouns = {reading.token_range(m.span)[0] for m in acts if m.span and m.value.part != "verb" and m.value.strength != "harm"}
    nouns |= {k for m in munitions if m.span for k in range(*reading.token_range(m.span))}
    reach = range(first, min(last + NOUN_REACH, len(reading.tokens)))
    return any(k in nouns or reading.tokens[k].lower in _PLACE_NOUNS for k in reach)


_STRUCK = re.compile(
    r"\b(?:destroy(?:ed|ing|s)?|damaged?|seized?|captured?|found|recovered|discovered|defused|cleared|disarmed|confiscated|suppressed)\b(?![^;.]*\b(?:with|by|using)\b)[^;.]*$",
    re.IGNORECASE,
)


def struck_itself(reading: Reading, munition: Mention[MunitionValue], span: Span) -> bool:
    """True for a weapon that was itself destroyed, seized or found ("one strike destroyed a car bomb workshop and two mortars")."""
    if reading.language in SLAVIC:
        return munition.span is not None and slavic.struck_itself(reading, munition.span, span.start)
    return munition.span is not None and _STRUCK.search(reading.text, span.start, munition.span.start) is not None


_DISPOSAL = re.compile(
    r"\b(?:deminers?|de-miners?|sappers?|bomb[- ](?:disposal|squad)|bomb technicians?|explosives? (?:experts|technicians|specialists)|ordnance disposal|mine[- ]clear(?:ance|ers|ing)"
    r"|EOD)\b[^.;]{0,70}\b(?:destroy|defus|clear|dispos|detonat|neutrali[sz]|remov|disarm|deactivat|made safe)"
    r"|\b(?:destroy|defus|clear|dispos|detonat|neutrali[sz]|remov|disarm|deactivat)\w*[^.;]{0,40}\b(?:unexploded|undetonated|live) (?:\w+ )?(?:shells?|mines?|bombs?|ordnance|munitions?|rockets?|grenades?)",
    re.IGNORECASE,
)


def disposed_of(reading: Reading, span: Span) -> bool:
    """ "Deminers destroyed 14 unexploded shells": what is cleared away is no attack."""
    return _DISPOSAL.search(reading.text, span.start, span.end) is not None


_MODALS = frozenset({"would", "could", "might", "may", "will", "shall", "can", "should", "must", "cannot", "can't", "won't", "wouldn't"})


_UNDONE = frozenset(
    {
        "attempted",
        "attempt",
        "attempts",
        "attempting",
        "tried",
        "tries",
        "trying",
        "foiled",
        "thwarted",
        "averted",
        "prevented",
        "planned",
        "planning",
        "plotted",
        "plotting",
        "plot",
        "plots",
        "failed",
        "threatened",
        "threatening",
        "threat",
        "intended",
        "supposed",
    }
)


def imagined(reading: Reading, acts: Sequence[Mention[Trigger]]) -> bool:
    """True when every act stands behind a modal ("missiles would fall") or a word for what was not done ("a foiled bomb attack")."""
    return bool(acts) and all(_not_done(reading, a) for a in acts)


def in_name(place: Mention[PlaceValue], actors: Sequence[Mention[ActorValue]]) -> bool:
    """True for the place in the name of an armed group."""
    spans = (a.span for a in actors if a.rule == "actors:group")
    return place.span is not None and any(s is not None and s.contains(place.span) for s in spans)


_RANKED = re.compile(
    r"\W*(?:it|this|that|the (?:attack|strike|shelling|raid|bombing)) (?:was|is|came as|marked) the (?:\w+est|second|third|fourth|fifth|sixth|latest|worst|first"
    r"|most \w+)\b",
    re.IGNORECASE,
)


def ranked(reading: Reading, span: Span) -> bool:
    """ "It was the third attack on the town in a week": what is told before is counted among others."""
    return _RANKED.match(reading.text, span.start, span.end) is not None


def _not_done(reading: Reading, act: Mention[Trigger]) -> bool:
    assert act.span is not None
    if reading.language in SLAVIC:
        return slavic.not_done(reading, act.span.start)
    return _behind(_UNDONE, reading, act.span.start) or (act.value.part != "noun" and _behind(_MODALS, reading, act.span.start))


def _behind(words: frozenset[str], reading: Reading, position: int) -> bool:
    """True when one of ``words`` stands among the three tokens before ``position``."""
    first, _ = reading.token_range(Span(position, position + 1))
    return any(t.lower in words for t in reading.tokens[max(0, first - 3) : first])
