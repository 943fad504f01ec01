"""What speaks for and against a field of a claim, as named numbers: the rule, the distance, other tellings, the runner-up, the text.

No feature holds a word of the text or the name of a party or place, so that confidence cannot depend on who is talked about.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.claims import Claims
from witnessmark.model import ActorValue, DateValue, FieldValue, IncidentClaim, Mention, MunitionValue, ObjectValue, PlaceValue, Quantity
from witnessmark.statements import Reading

AnyMention = Mention[Any]
Evidence = Mapping[str, float]

SINGLE = ("act", "perpetrator", "place", "date", "killed", "injured")
"""Fields with one value that confidence is given for."""
SEVERAL = ("munitions", "objects")
"""Fields with several values, each with its own confidence."""

_FAR = 8  # Sentences; further away is all the same.
_MARGIN = 3.0  # Greatest distance between first and second candidate that counts.
_LONG = 400  # Tokens that make a text of middle length.
_TOLLS = (1, 2, 5, 20)  # Upper ends of the classes of a toll.
_DAYS = (0, 1, 7, 60)  # Upper ends of the classes of days between the date and the publication.


@dataclass(frozen=True, slots=True)
class Text:
    """What a document gives for all of its claims."""

    reading: Reading
    claims: Claims
    shouted: bool

    @classmethod
    def of(cls, reading: Reading, claims: Claims) -> Text:
        """The facts of ``reading``."""
        return cls(reading, claims, reading.text.isupper())


def evidence(text: Text, claim: IncidentClaim, name: str, mention: AnyMention) -> dict[str, float]:
    """The features of the field ``name`` of ``claim`` whose value is ``mention``."""
    out = dict(_of_text(text, claim))
    out.update(_of_mention(text, claim, mention))
    out.update(_of_others(text, claim, name, mention))
    out.update(_of_value(text, name, mention.value))
    return out


def _of_text(text: Text, claim: IncidentClaim) -> Iterator[tuple[str, float]]:
    incidents = text.claims.incidents
    yield "incidents", math.log2(len(incidents)) if incidents else 0.0
    yield "series", float(bool(text.claims.series))
    yield "first", float(claim is incidents[0])
    yield "length", math.log2(max(len(text.reading.tokens), 1) / _LONG)
    yield "shouted", float(text.shouted)
    yield "undated", float(text.reading.document.published is None)
    yield "background", float(claim.modality == "background.historical")
    yield "claim:reported", float(claim.modality.startswith("attributed"))
    yield "military", float(claim.scope == "military")
    told = (claim.place, claim.date, claim.killed, claim.injured, claim.perpetrator)
    yield "told", sum(m is not None for m in told) / len(told)
    yield "sentences", math.log2(1 + len(claim.evidence))


def _of_mention(text: Text, claim: IncidentClaim, mention: AnyMention) -> Iterator[tuple[str, float]]:
    family, *turns = mention.rule.split(":")
    yield f"rule:{family}", 1.0
    yield from ((f"turn:{turn}", 1.0) for turn in turns)
    yield f"said:{mention.modality}", 1.0
    yield "score", mention.score
    if len(mention.candidates) > 1:
        first, second = mention.candidates[:2]
        yield "runner-up", 1.0
        yield "margin", min(first.score - second.score, _MARGIN)
        yield "candidates", math.log2(len(mention.candidates))
    if mention.span is None:
        yield "no words", 1.0
        return
    yield "headline", float(text.reading.document.in_headline(mention.span))
    yield "depth", mention.span.start / max(len(text.reading.text), 1)
    yield "beside", float(any(s.start <= mention.span.start < s.end for s in claim.evidence))
    act = claim.act.span
    here, there = text.reading.sentence_at(mention.span.start), text.reading.sentence_at(act.start) if act else None
    if here is not None and there is not None:
        yield "away", min(abs(here.index - there.index), _FAR) / _FAR
        yield "same sentence", float(here.index == there.index)


def _of_others(text: Text, claim: IncidentClaim, name: str, mention: AnyMention) -> Iterator[tuple[str, float]]:
    """Other tellings of the field, in the claim and in the other claims of the document."""
    key = _key(mention.value)
    also = [_key(m.value) for other, m in claim.alternatives if other == name]
    yield "agree", math.log2(1 + sum(k == key for k in also))
    yield "differ", math.log2(1 + len({k for k in also if k != key}))
    elsewhere = [_key(m.value) for c in text.claims.incidents if c is not claim for m in mentions_of(c, name)]
    yield "others same", float(key in elsewhere)
    yield "others differ", math.log2(1 + len({k for k in elsewhere if k != key}))
    yield "beside it", math.log2(len(mentions_of(claim, name)) or 1)
    yield "denied", float(any(other == "denial" for other, _ in claim.alternatives))


def mentions_of(claim: IncidentClaim, name: str) -> Sequence[AnyMention]:
    """The mentions of the field ``name``: none, one, or several."""
    held = getattr(claim, name)
    return held if isinstance(held, tuple) else () if held is None else (held,)


def _key(value: FieldValue | str) -> object:
    """What makes two values of a field the same."""
    quantity = getattr(value, "quantity", value)
    if isinstance(quantity, Quantity):
        return quantity.minimum, quantity.maximum
    if isinstance(value, DateValue):
        return value.earliest, value.latest
    if isinstance(value, PlaceValue):
        return value.gazetteer_id or value.name
    if isinstance(value, ActorValue):
        return value.name
    if isinstance(value, MunitionValue):
        return value.weapon, value.effect
    return value.kind if isinstance(value, ObjectValue) else value


def _of_value(text: Text, name: str, value: FieldValue | str) -> Iterator[tuple[str, float]]:
    if isinstance(value, Quantity):
        yield from _of_quantity(value)
    elif isinstance(value, DateValue):
        yield from _of_date(text, value)
    elif isinstance(value, PlaceValue):
        yield f"precision:{value.precision}", 1.0
        yield "unresolved", float(not value.resolved)
        yield f"relation:{value.relation}", 1.0
    elif isinstance(value, ActorValue):
        yield f"kind:{value.kind}", 1.0
    elif isinstance(value, MunitionValue):
        yield "effect", float(value.effect is not None)
        yield "vague", float(value.weapon is None or value.weapon.endswith("unspecified") or value.weapon.startswith("unknown"))
        yield f"identified:{value.identification}", 1.0
    elif isinstance(value, ObjectValue):
        yield f"object:{value.kind}", 1.0
    elif name == "act" and isinstance(value, str):
        yield f"act:{value.split('.')[0]}", 1.0
        yield "plain act", float("." not in value)


def _of_quantity(value: Quantity) -> Iterator[tuple[str, float]]:
    yield f"comparator:{value.comparator}", 1.0
    if value.minimum is None and value.maximum is None:
        yield "count:none", 1.0
        return
    size = value.minimum if value.minimum is not None else value.maximum or 0
    yield f"count:{'0' if value.is_zero else sum(size > end for end in _TOLLS) + 1}", 1.0


def _of_date(text: Text, value: DateValue) -> Iterator[tuple[str, float]]:
    yield f"precision:{value.precision}", 1.0
    yield f"basis:{value.basis}", 1.0
    yield "open", float(value.open_start or value.open_end)
    published = text.reading.document.published
    if published is not None:
        days = (published.value.earliest - value.latest).days
        yield f"days:{'ahead' if days < 0 else sum(days > end for end in _DAYS)}", 1.0
