"""Contradictions inside one document: two wordings that cannot both be true and that the text does not present as an update.

Invariant: both spans lie in readable parts of the document, in two different statements or in headline and body, and each is the words of
a mention. "At least 50" and 52 agree; an accusation and a denial do not.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.claims import Claims
from witnessmark.model import ActorValue, Contradiction, FieldValue, HarmValue, IncidentClaim, Mention, MunitionValue, Quantity, Span
from witnessmark.model.comparing import bounds_meet
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

_FAMILIES = {"mlrs": "rocket", "rocket": "rocket"}


@dataclass(frozen=True, slots=True)
class _Side:
    span: Span
    headline: bool


def within_document(reading: Reading, claims: Claims) -> tuple[Contradiction, ...]:
    """Every contradiction that one document holds about one incident, in text order, each pair once."""
    out: dict[tuple[str, Span, Span], Contradiction] = {}
    for claim in claims.incidents:
        for item in (*_parties(reading, claim), *_tolls(reading, claim), *_munitions(reading, claim), *_objects(reading, claim)):
            out.setdefault((item.field, *item.spans), item)
    return tuple(sorted(out.values(), key=lambda c: (c.spans[0], c.spans[1])))


def _side(reading: Reading, span: Span) -> _Side:
    return _Side(span, reading.document.in_headline(span))


def _pair(reading: Reading, claim: IncidentClaim, field: str, a: Span, b: Span, note: str, rule: str) -> Contradiction | None:
    """The contradiction of two spans, or None where they stand in one statement."""
    first, second = sorted((_side(reading, a), _side(reading, b)), key=lambda s: s.span)
    if first.headline and second.headline:
        return None
    one, two = reading.statement_at(first.span.start), reading.statement_at(second.span.start)
    if one is not None and one is two:
        return None
    document = reading.document.identifier
    raw = f"{document}:{field}:{first.span.start}:{second.span.start}"
    return Contradiction(
        identifier="x-" + hashlib.sha256(raw.encode()).hexdigest()[:12],
        field=field,
        kind="headline_body" if first.headline else "within_body",
        documents=(document, document),
        spans=(first.span, second.span),
        quotes=(first.span.of(reading.text), second.span.of(reading.text)),
        note=note,
        claims=(claim.identifier,),
        rule=rule,
    )


def _parties(reading: Reading, claim: IncidentClaim) -> Iterator[Contradiction]:
    """An accusation against a denial by the accused, and two parties accused."""
    accused = claim.perpetrator
    if accused is None or accused.span is None:
        return
    others = [(name, m) for name, m in claim.alternatives if isinstance(m.value, ActorValue)]
    for denial in [m for name, m in others if name == "denial" and _party(m) == accused.value.name][:1]:
        span = _denying_words(reading, denial)
        found = _pair(
            reading, claim, "perpetrator", accused.span, span, f"{accused.value.name} is accused and denies", "contradictions:denial"
        )
        if found is not None:
            yield found
    for name, other in others:
        if name != "perpetrator" or other.rule.startswith("actors:generic") or _party(other) in ("disputed", accused.value.name):
            continue
        note = f"{accused.value.name} against {_party(other)}"
        found = _pair(reading, claim, "perpetrator", accused.span, _words(other), note, "contradictions:two_parties")
        if found is not None:
            yield found


def _party(m: Mention[FieldValue]) -> str:
    return m.value.name if isinstance(m.value, ActorValue) else ""


def _words(m: Mention[FieldValue]) -> Span:
    assert m.span is not None, "only a publication date has no words"
    return m.span


def _denying_words(reading: Reading, denial: Mention[FieldValue]) -> Span:
    statement = reading.statement_at(_words(denial).start)
    return statement.cue if statement is not None and statement.cue is not None else _words(denial)


def _tolls(reading: Reading, claim: IncidentClaim) -> Iterator[Contradiction]:
    for name, chosen in (("killed", claim.killed), ("injured", claim.injured)):
        if chosen is None or chosen.span is None:
            continue
        for field, other in claim.alternatives:
            if field != name or other.span is None or not isinstance(other.value, HarmValue):
                continue
            if _is_other_toll(chosen.value, other.value):
                note = f"{chosen.quote} against {other.quote}"
                found = _pair(reading, claim, name, chosen.span, other.span, note, "contradictions:toll")
                if found is not None:
                    yield found


def _is_other_toll(chosen: Quantity, other: HarmValue) -> bool:
    if other.part_of is not None or other.update or other.superseded or other.additional or other.group not in ("people", "civilians"):
        return False
    return not bounds_meet(chosen, other.quantity)


def _munitions(reading: Reading, claim: IncidentClaim) -> Iterator[Contradiction]:
    """A headline's munition without support in the body, and weapons that different speakers name."""
    told = [(m.value, _words(m)) for m in (*claim.munitions, *(m for _, m in claim.alternatives)) if isinstance(m.value, MunitionValue)]
    head = [(v, s) for v, s in told if reading.document.in_headline(s)]
    body = [(v, s) for v, s in told if not reading.document.in_headline(s)]
    for top, at in head:
        rivals = [s for v, s in body if _other_munition(top, v)]
        if rivals and not any(_same_munition(top, v) for v, _ in body):
            note = f"{at.of(reading.text)} in the headline, {rivals[0].of(reading.text)} in the body"
            found = _pair(reading, claim, "munition", at, rivals[0], note, "contradictions:headline_munition")
            if found is not None:
                yield found
    yield from _rival_weapons(reading, claim, body)


def _rival_weapons(reading: Reading, claim: IncidentClaim, body: Sequence[tuple[MunitionValue, Span]]) -> Iterator[Contradiction]:
    for (a, at), (b, bt) in itertools.combinations(body, 2):
        if not _other_munition(a, b) or not _two_speakers(reading, at, bt):
            continue
        note = f"{at.of(reading.text)} against {bt.of(reading.text)}"
        found = _pair(reading, claim, "munition", at, bt, note, "contradictions:rival_weapons")
        if found is not None:
            yield found
            return


def _two_speakers(reading: Reading, a: Span, b: Span) -> bool:
    one, two = reading.statement_at(a.start), reading.statement_at(b.start)
    if one is None or two is None or one.speaker is None or two.speaker is None:
        return False
    return one.speaker.text != two.speaker.text


def _family(value: MunitionValue) -> str:
    family = (value.weapon or "").split(".")[0]
    return _FAMILIES.get(family, family)


def _other_munition(a: MunitionValue, b: MunitionValue) -> bool:
    """True when effect or weapon family cannot be the same thing; "not stated" agrees with everything."""
    if a.effect and b.effect and a.effect != b.effect:
        return True
    one, two = _family(a), _family(b)
    return bool(one and two and one != two and "unknown" not in (one, two) and "unknown_explosive" not in (one, two))


def _same_munition(a: MunitionValue, b: MunitionValue) -> bool:
    return not _other_munition(a, b) and (a.effect == b.effect or a.effect is None)


@functools.cache
def _target_words() -> PhraseMatcher[str]:
    raw = lexicon("en", "contradictions")
    return PhraseMatcher([(w, "military") for w in raw["military_target"]] + [(w, "not_in_use") for w in raw["not_in_use"]])


def _objects(reading: Reading, claim: IncidentClaim) -> Iterator[Contradiction]:
    """A civilian object hit, against a military target in the words of the party that is accused or owns up."""
    civil = next((o for o in claim.objects if o.value.kind not in ("military", "open_area", "unknown") and o.span), None)
    if civil is None or civil.span is None:
        return
    for statement in reading.statements:
        if (
            statement.modality not in ("claimed_responsibility", "denied", "attributed", "attributed.chain", "inferred")
            or statement.part == "headline"
        ):
            continue
        if not _speaks_for(claim, statement.speaker.text if statement.speaker else statement.span.of(reading.text)):
            continue
        first, last = reading.token_range(statement.span)
        hits = [h for h in _target_words().find(reading.tokens, first, last) if h.payload == "military"]
        if hits:
            span = reading.span_of(hits[0].first, hits[0].last)
            note = f"{civil.quote} hit, against {span.of(reading.text)}"
            found = _pair(reading, claim, "object", civil.span, span, note, "contradictions:target")
            if found is not None:
                yield found
                return


def _speaks_for(claim: IncidentClaim, words: str) -> bool:
    """True when the words name the accused party, its adjective or its seat."""
    if claim.perpetrator is None:
        return False
    return bool(_party_words(claim.perpetrator.value.name) & {w.strip("'’s.,").lower() for w in words.split()})


@functools.cache
def _party_words(name: str) -> frozenset[str]:
    words = {name.lower()}
    for row in lexicon("en", "demonyms")["demonym"]:
        if row["name"] == name:
            words |= {w for key in ("adjectives", "people", "names") for w in row[key]}
    raw = lexicon("en", "actors")
    words |= {seat.removeprefix("the ") for seat, state in raw["metonyms"].items() if state == name}
    for group in raw["group"]:
        if group["name"] == name:
            words |= {w for phrase in group["words"] for w in (phrase, *phrase.split())}
    return frozenset(words)
