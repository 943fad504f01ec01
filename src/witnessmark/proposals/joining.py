"""Puts proposed values beside those of the rules: agreement is marked, an empty field is filled, a difference stands as an alternative for review.
No value of the rules is changed or removed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from witnessmark.claims import Claims
from witnessmark.model import (
    ActorValue,
    ActValue,
    DateValue,
    HarmValue,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    Span,
)
from witnessmark.model.comparing import days_apart, place_relation
from witnessmark.proposals.deriving import SCORE, Borne, Resolver, setting_key
from witnessmark.proposals.records import SEVERAL, Tally

AGREED = "+llm"
"""Ends the rule of a value that the rules read and a language model proposed too."""
_TELLING = ("act", "killed", "injured", "munitions", "objects")


@dataclass(frozen=True, slots=True)
class Entry:
    """The borne values of one proposed attack."""

    values: tuple[Borne, ...]

    def of(self, field: str) -> tuple[Mention[Any], ...]:
        """The firm values of ``field``, as the field holds them."""
        return tuple(_held(b) for b in self.values if b.field == field and b.firm)

    def first(self, field: str) -> Mention[Any] | None:
        """The first firm value of ``field``."""
        return next(iter(self.of(field)), None)


def join(claims: Claims, entries: Sequence[Entry], resolver: Resolver, tally: Tally) -> Claims:
    """``claims`` with ``entries`` put beside them, in text order; ``tally`` counts what became of each value."""
    incidents = list(claims.incidents)
    for entry in entries:
        at = _same(incidents, entry)
        if at is not None:
            incidents[at] = _beside(incidents[at], entry, tally)
            continue
        made = _new_claim(entry, resolver)
        if made is None or any(c.identifier == made.identifier for c in incidents):
            tally.dropped["no_incident"] += len(entry.values)
            continue
        tally.kept["added"] += len(entry.values)
        incidents.append(made)
    return replace(claims, incidents=tuple(sorted(incidents, key=lambda c: c.act.span.start if c.act.span else 0)))


def _same(incidents: Sequence[IncidentClaim], entry: Entry) -> int | None:
    """Index of the claim that tells of the attack of ``entry``: the one whose words it shares most, else one that nothing in time or place parts
    from it. A second claim for one attack would be worse than a value that a reviewer has to look at."""
    shared = [_shared(claim, entry) for claim in incidents]
    if any(shared):
        return max(range(len(incidents)), key=lambda at: (shared[at], -at))
    return next((at for at, claim in enumerate(incidents) if not _parted(claim, entry)), None)


def _shared(claim: IncidentClaim, entry: Entry) -> int:
    """How many of the words that tell of the deed stand among those of ``claim``."""
    spans = [m.span for _, m in _mentions(claim) if m.span is not None]
    telling = [b.mention.span for b in entry.values if b.field in _TELLING and b.mention.span is not None]
    return sum(2 * any(s.overlaps(t) for s in spans) + any(e.contains(t) for e in claim.evidence) for t in telling)


def _parted(claim: IncidentClaim, entry: Entry) -> bool:
    place, date = entry.first("place"), entry.first("date")
    apart = place is not None and claim.place is not None and place_relation(place.value, claim.place.value) == "apart"
    # A day that is only that of the report is no day of the event.
    known = claim.date is not None and claim.date.span is not None
    return apart or (date is not None and known and claim.date is not None and days_apart(date.value, claim.date.value) > 0)


def _mentions(claim: IncidentClaim) -> list[tuple[str, Mention[Any]]]:
    single = [(name, getattr(claim, name)) for name in ("act", "perpetrator", "place", "date", "killed", "injured")]
    several = [(name, m) for name in (*SEVERAL, "breakdown") for m in getattr(claim, name)]
    return [(name, m) for name, m in [*single, *several, *claim.alternatives] if m is not None]


def _beside(claim: IncidentClaim, entry: Entry, tally: Tally) -> IncidentClaim:
    for value in entry.values:
        claim, fate = _several(claim, value) if value.field in SEVERAL else _single(claim, value)
        tally.kept[fate] += 1
    return claim


def _single(claim: IncidentClaim, value: Borne) -> tuple[IncidentClaim, str]:
    held: Mention[Any] | None = None if value.field == "denial" else getattr(claim, value.field)
    if held is None:
        if value.firm:
            return _with(claim, value.field, _held(value)), "filled"
        return _alternative(claim, value)
    if _key(held.value) == _key(value.mention.value):
        return _with(claim, value.field, _marked(held)), "agreed"
    return _alternative(claim, value)


def _held(value: Borne) -> Mention[Any]:
    """The value as the field itself holds it: of a toll the quantity."""
    held = value.mention.value
    return replace(value.mention, value=held.quantity, candidates=()) if isinstance(held, HarmValue) else value.mention


def _several(claim: IncidentClaim, value: Borne) -> tuple[IncidentClaim, str]:
    held: tuple[Mention[Any], ...] = getattr(claim, value.field)
    if any(_key(m.value) == _key(value.mention.value) for m in held):
        marked = tuple(_marked(m) if _key(m.value) == _key(value.mention.value) else m for m in held)
        return _with(claim, value.field, marked), "agreed"
    if value.firm and all(m.proposed for m in held):
        return _with(claim, value.field, (*held, value.mention)), "filled"
    return _alternative(claim, value)


def _alternative(claim: IncidentClaim, value: Borne) -> tuple[IncidentClaim, str]:
    same = [n == value.field and _key(m.value) == _key(value.mention.value) for n, m in claim.alternatives]
    if any(same):
        listed = tuple((n, _marked(m)) if s else (n, m) for (n, m), s in zip(claim.alternatives, same, strict=True))
        return replace(claim, alternatives=listed), "known"
    mention = value.mention
    if value.field == "act":
        mention = replace(mention, value=ActValue(mention.value))
    return replace(claim, alternatives=(*claim.alternatives, (value.field, mention))), "alternative"


def _with(claim: IncidentClaim, field: str, value: object) -> IncidentClaim:
    changed: dict[str, Any] = {field: value}
    return replace(claim, **changed)


def _marked(mention: Mention[Any]) -> Mention[Any]:
    if mention.proposed or mention.rule.endswith(AGREED):
        return mention
    return replace(mention, rule=mention.rule + AGREED)


def _key(value: object) -> object:
    """What makes two values of a field the same, whatever words they were told in."""
    match value:
        case HarmValue():
            return _key(value.quantity)
        case PlaceValue() | DateValue():
            return setting_key(value)
        case Quantity():
            return value.minimum, value.maximum, value.vague, value.unknown
        case ActorValue():
            return value.name
        case MunitionValue():
            return value.weapon, value.effect
        case ObjectValue() | ActValue():
            return value.kind
    return value


def _new_claim(entry: Entry, resolver: Resolver) -> IncidentClaim | None:
    """A claim of its own, held to what the rules ask of theirs: an act, something that sets it, and a document that tells of armed violence."""
    act = entry.first("act")
    tells = any(entry.of(name) for name in ("place", "killed", "injured", "objects"))
    if act is None or act.span is None or not tells or not resolver.of_conflict:
        return None
    reading = resolver.reading
    statement = reading.statement_at(act.span.start)
    assert statement is not None
    speaker = statement.speaker
    loose = tuple((b.field, b.mention) for b in entry.values if not b.firm)
    objects = entry.of("objects")
    spans = {s.span for b in entry.values if b.mention.span is not None and (s := reading.statement_at(b.mention.span.start)) is not None}
    return IncidentClaim(
        identifier=_identifier(reading.document.identifier, act.span),
        document=reading.document.identifier,
        act=act,
        modality=statement.modality,
        evidence=tuple(sorted(spans)),
        perpetrator=entry.first("perpetrator"),
        munitions=entry.of("munitions"),
        objects=objects,
        place=entry.first("place"),
        date=entry.first("date") or _report_date(resolver),
        killed=entry.first("killed"),
        injured=entry.first("injured"),
        speaker=None if speaker is None else Mention(speaker.text, speaker.span, speaker.text, f"llm:{statement.rule}", SCORE),
        scope="military" if objects and {m.value.kind for m in objects} <= {"military"} else "civilian",
        alternatives=loose,
    )


def _report_date(resolver: Resolver) -> Mention[DateValue] | None:
    """The day of the report, marked as such: what the rules fall back to as well."""
    published = resolver.reading.document.published
    if published is None:
        return None
    return Mention(replace(published.value, precision="TR", basis="publication"), None, "", "assemble:publication")


def _identifier(document: str, span: Span) -> str:
    """As that of the rules' claims: of the words of the act, no model enters it."""
    return "c-" + hashlib.sha256(f"{document}:{span.start}-{span.end}".encode()).hexdigest()[:12]
