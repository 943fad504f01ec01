"""Who did it: an accusation against a denial, and two parties accused of one incident."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from witnessmark.assess.within.pairs import Clash, words_of
from witnessmark.claims.actors import names_party
from witnessmark.model import ActorValue, IncidentClaim, Mention, Span, Statement
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

# Ways of telling that name a party as the doer; a bare adjective before a weapon does so only in the headline.
_PLAIN = (":subject", ":by", ":accused", ":claimed")


# A party that says it never does such things denies nothing about this incident.
_POLICY = re.compile(
    r"\b(?:target|aim|attack|strike|hit|shell|bomb)(?:s|ing|ed)?(?: \w+)? civilians?\b|\bcivilian (?:targets|objects|infrastructure)\b",
    re.IGNORECASE,
)
_RESPONSIBILITY = re.compile(r"\b(?:responsib|involve|role|behind|part in|its (?:forces|troops|jets|drones|fighters|men))", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|no|never|neither|nobody|none|nor)\b|n['’]t\b", re.IGNORECASE)
_DONE_TO_PEOPLE = frozenset({"abduction", "detention", "deportation", "displacement", "torture", "sexual_violence", "occupation", "siege"})


def party_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Each denial by an accused party, against the accusation that it answers, and each other party that the document names as the doer. A denial
    that names the real culprit is one contradiction, not two."""
    denied = [s for s in reading.statements if s.modality == "denied" and s.part != "headline" and _negates(reading, s)]
    answered: dict[str, list[Statement]] = {}
    for statement in denied:
        if reading.language != "en" and any(statement.sentence == s.sentence for told in answered.values() for s in told):
            continue  # "отрицают удар и называют его провокацией" is one denial
        claim = _answered(reading, claims, statement, answered)
        if claim is not None and claim.perpetrator is not None:
            answered.setdefault(claim.identifier, []).append(statement)
            yield _denial(claim, claim.perpetrator, statement, statement.span.of(reading.text))
    for claim in claims:
        yield from _rivals(reading, claim, {s.sentence for s in answered.get(claim.identifier, ())})


def _negates(reading: Reading, statement: Statement) -> bool:
    """False for a general policy ("we never aim at civilians"), and where no word denies."""
    if reading.language != "en":
        return not _policy_words(reading.language).find(reading.tokens, *reading.token_range(statement.span))
    words = statement.span.of(reading.text)
    return not _POLICY.search(words) and (statement.cue is not None or _NEGATION.search(words) is not None)


def _answered(
    reading: Reading, claims: Sequence[IncidentClaim], statement: Statement, answered: Mapping[str, object]
) -> IncidentClaim | None:
    """The claim whose accusation the statement answers: that which the statement is part of; where another party is accused there, the nearest that
    accuses the speaker."""
    told = [c for c in claims if any(e.overlaps(statement.span) for e in c.evidence)]
    told = [c for c in told if c.perpetrator is None or _denies(reading, statement, c.perpetrator)]
    accused = [
        c
        for c in told or claims
        if c.identifier not in answered
        and c.perpetrator
        and c.perpetrator.span
        and _denies(reading, statement, c.perpetrator)
        and not (
            c.modality == "background.historical" and c.perpetrator.span.start > statement.span.end
        )  # of an older event that is told later
    ]
    return min(accused, key=lambda c: _distance(c, statement.span), default=None)


def _denial(claim: IncidentClaim, party: Mention[ActorValue], statement: Statement, words: str) -> Clash:
    to_people = claim.act.value.split(".")[0] in _DONE_TO_PEOPLE and not _RESPONSIBILITY.search(words)
    return Clash(
        claim.identifier,
        "act" if to_people else "perpetrator",
        words_of(claim.act) if to_people else words_of(party),
        statement.cue or statement.span,
        f"{party.value.name} is accused and denies",
        "denial",
    )


@functools.cache
def _policy_words(language: str) -> PhraseMatcher[bool]:
    return PhraseMatcher((phrase, True) for phrase in lexicon(language, "contradictions")["policy"])


def _denies(reading: Reading, statement: Statement, party: Mention[ActorValue]) -> bool:
    """True when the accused party speaks in the statement. Its own words decide; where the speaker is unnamed, the whole statement."""
    if reading.language != "en" and not _speaks_here(statement):
        return names_party(party.value.name, statement.span.of(reading.text))
    said = statement.speaker.text if statement.speaker else statement.span.of(reading.text)
    if names_party(party.value.name, said):
        return True
    if reading.language != "en":
        return False  # without a fixed order of words, the opening names whomever the denial speaks of
    return statement.speaker is not None and names_party(party.value.name, statement.span.of(reading.text)[:80])


def _speaks_here(statement: Statement) -> bool:
    """False where the speaker was carried over from a sentence before."""
    return statement.speaker is not None and statement.speaker.span is not None and statement.span.contains(statement.speaker.span)


def _distance(claim: IncidentClaim, span: Span) -> int:
    return min((e.gap(span) for e in claim.evidence), default=10**6)


def _rivals(reading: Reading, claim: IncidentClaim, denials: AbstractSet[int]) -> Iterator[Clash]:
    accused = claim.perpetrator
    if accused is None or accused.span is None or accused.value.name == "disputed":
        return
    for field, other in claim.alternatives:
        if field != "perpetrator" or not isinstance(other.value, ActorValue) or other.span is None:
            continue
        told = reading.statement_at(other.span.start)
        counter = told is not None and (told.modality == "denied" or told.sentence in denials)
        if not counter and _rival(reading, accused, other, other.value.name):
            note = f"{accused.value.name} against {other.value.name}"
            yield Clash(claim.identifier, "perpetrator", accused.span, other.span, note, "two_parties")


def _rival(reading: Reading, accused: Mention[ActorValue], other: Mention[object], name: str) -> bool:
    if other.rule.endswith(":joint") or accused.rule.endswith(":joint"):
        return False  # two parties that did it together
    if other.rule.startswith("actors:generic") or name in ("disputed", accused.value.name) or other.span is None or accused.span is None:
        return False
    heads = reading.document.in_headline(accused.span) or reading.document.in_headline(other.span)
    return heads or (other.rule.endswith(_PLAIN) and accused.rule.endswith((*_PLAIN, ":noun", ":munition")))
