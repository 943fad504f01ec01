"""What it was: an attack, against an account that calls it something else ("regrouped", "a stampede", "the cargo caught fire")."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash, words_of
from witnessmark.model import IncidentClaim, Span, Statement
from witnessmark.statements import Reading
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher

_ACCOUNTS = frozenset({"claimed_responsibility", "denied", "attributed", "attributed.chain", "inferred"})
_REACH = 1
"""Paragraphs from the words of an incident to another account of it."""


@functools.cache
def _renamed() -> PhraseMatcher[frozenset[str]]:
    """Words for what somebody says that it was, with the families of acts that they cannot be."""
    raw = lexicon("en", "contradictions")["renamed"]
    return PhraseMatcher((word, frozenset(block["acts"])) for block in raw for word in block["words"])


def other_accounts(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """The first account of each speaker that makes an attack out to be something else."""
    for statement in reading.statements:
        if statement.part == "headline" or statement.modality not in _ACCOUNTS or statement.speaker is None:
            continue
        for hit in _renamed().find(reading.tokens, *reading.token_range(statement.span)):
            words = reading.span_of(hit.first, hit.last)
            claim = _meant(reading, claims, statement, hit.payload)
            if claim is not None:
                note = f"{claim.act.quote} against {words.of(reading.text)}"
                yield Clash(claim.identifier, "act", words_of(claim.act), words, note, "other_account")
                break


def _meant(reading: Reading, claims: Sequence[IncidentClaim], statement: Statement, families: frozenset[str]) -> IncidentClaim | None:
    """The incident that the account is of: one that the statement is part of, else one told just before it."""
    fitting = [c for c in claims if c.act.value.split(".")[0] in families and c.act.span is not None and not _same(reading, c, statement)]
    told = [c for c in fitting if any(e.overlaps(statement.span) for e in c.evidence)]
    near = [c for c in fitting if any(_just_before(reading, e, statement) for e in c.evidence)]
    return min(told or near, key=lambda c: min(e.gap(statement.span) for e in c.evidence), default=None)


def _same(reading: Reading, claim: IncidentClaim, statement: Statement) -> bool:
    """True when the claim itself is told in the statement: then the words tell how it came about."""
    return reading.statement_at(words_of(claim.act).start) is statement


def _just_before(reading: Reading, evidence: Span, statement: Statement) -> bool:
    at = reading.statement_at(evidence.start)
    return at is not None and evidence.start < statement.span.start and 0 <= statement.paragraph - at.paragraph <= _REACH
