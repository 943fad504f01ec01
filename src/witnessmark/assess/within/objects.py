"""What was hit: a civilian object, against a military target in the words of the party that is accused or owns up."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash
from witnessmark.claims.actors import names_party
from witnessmark.model import IncidentClaim, Mention, ObjectValue, Span, Statement
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

_CIVILIAN_EXCEPTIONS = frozenset({"military", "unknown"})
_ACCOUNTS = frozenset({"claimed_responsibility", "denied", "attributed", "attributed.chain", "inferred"})
# "Its fighters" are the speaker's own men, not what was hit.
_OWN = frozenset({"its", "their", "our", "his", "her"})


@functools.cache
def _target_words(language: str) -> PhraseMatcher[bool]:
    return PhraseMatcher((w, True) for w in lexicon(language, "contradictions")["military_target"])


def target_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Each military target that an accused party names, against the civilian object of the claim that is told nearest to it."""
    for statement in reading.statements:
        if statement.part == "headline" or statement.modality not in _ACCOUNTS:
            continue
        target = _target(reading, statement)
        if target is None:
            continue
        hit = [(c, o) for c in claims if _accused_speaks(c, statement) and (o := _civilian(reading, c, statement)) is not None]
        if hit:
            claim, struck = min(hit, key=lambda pair: min(e.gap(statement.span) for e in pair[0].evidence))
            assert struck.span is not None
            if set(struck.quote.lower().split()) & set(target.of(reading.text).lower().split()) - {"a", "an", "the", "of"}:
                continue  # one and the same thing, told twice
            note = f"{struck.quote} hit, against {target.of(reading.text)}"
            yield Clash(claim.identifier, "object", struck.span, target, note, "target")


def _target(reading: Reading, statement: Statement) -> Span | None:
    first, last = reading.token_range(statement.span)
    for hit in _target_words(reading.language).find(reading.tokens, first, last):
        if reading.tokens[hit.first - 1].lower not in _OWN:
            return reading.span_of(hit.first, hit.last)
    return None


def _accused_speaks(claim: IncidentClaim, statement: Statement) -> bool:
    party, speaker = claim.perpetrator, statement.speaker
    if party is None or not claim.evidence:
        return False
    return speaker is not None and names_party(party.value.name, speaker.text)


def _civilian(reading: Reading, claim: IncidentClaim, statement: Statement) -> Mention[ObjectValue] | None:
    """The first civilian object of the claim that stands in another statement."""
    for item in sorted(claim.objects, key=lambda o: o.span is not None and reading.document.in_headline(o.span)):
        if item.span is not None and item.value.kind not in _CIVILIAN_EXCEPTIONS and reading.statement_at(item.span.start) is not statement:
            return item
    return None
