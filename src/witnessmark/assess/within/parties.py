"""Who did it: an accusation against a denial, and two parties accused of one incident."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

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
_DONE_TO_PEOPLE = frozenset({"abduction", "detention", "deportation", "displacement", "torture", "sexual_violence", "occupation", "siege"})


def denials(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Each denial by an accused party, against the accusation that is told nearest to it."""
    answered: set[str] = set()
    told_in: set[int] = set()
    for statement in reading.statements:
        if statement.modality != "denied" or statement.part == "headline" or _is_policy(reading, statement):
            continue
        accused = [
            (c, c.perpetrator) for c in claims if c.perpetrator and c.perpetrator.span and _denies(reading, statement, c.perpetrator)
        ]
        accused = [(c, p) for c, p in accused if c.identifier not in answered]
        if not accused or (reading.language != "en" and statement.sentence in told_in):
            continue  # "отрицают удар и называют его провокацией" is one denial
        told_in.add(statement.sentence)
        claim, party = min(accused, key=lambda pair: _distance(pair[0], statement.span))
        answered.add(claim.identifier)
        to_people = claim.act.value.split(".")[0] in _DONE_TO_PEOPLE and not _RESPONSIBILITY.search(statement.span.of(reading.text))
        yield Clash(
            claim.identifier,
            "act" if to_people else "perpetrator",
            words_of(claim.act) if to_people else words_of(party),
            statement.cue or statement.span,
            f"{party.value.name} is accused and denies",
            "denial",
        )


def _is_policy(reading: Reading, statement: Statement) -> bool:
    if reading.language == "en":
        return _POLICY.search(statement.span.of(reading.text)) is not None
    return bool(_policy_words(reading.language).find(reading.tokens, *reading.token_range(statement.span)))


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


def rival_parties(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Two parties that the document names as the doer of one incident."""
    for claim in claims:
        accused = claim.perpetrator
        if accused is None or accused.span is None or accused.value.name == "disputed":
            continue
        for field, other in claim.alternatives:
            if field != "perpetrator" or not isinstance(other.value, ActorValue) or other.span is None:
                continue
            if _rival(reading, accused, other, other.value.name):
                note = f"{accused.value.name} against {other.value.name}"
                yield Clash(claim.identifier, "perpetrator", accused.span, other.span, note, "two_parties")


def _rival(reading: Reading, accused: Mention[ActorValue], other: Mention[object], name: str) -> bool:
    if other.rule.startswith("actors:generic") or name in ("disputed", accused.value.name) or other.span is None or accused.span is None:
        return False
    heads = reading.document.in_headline(accused.span) or reading.document.in_headline(other.span)
    return heads or (other.rule.endswith(_PLAIN) and accused.rule.endswith((*_PLAIN, ":noun", ":munition")))
