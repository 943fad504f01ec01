"""Two spans that clash, and what both must satisfy."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from witnessmark.model import Contradiction, FieldValue, Mention, Quantity, Span
from witnessmark.statements import Reading


@dataclass(frozen=True, slots=True)
class Clash:
    """Two wordings of one field of one claim."""

    claim: str
    field: str
    first: Span
    second: Span
    note: str
    rule: str


def contradiction(reading: Reading, clash: Clash) -> Contradiction | None:
    """The record of a clash, or None where both spans stand in one statement or both in the headline."""
    first, second = sorted((clash.first, clash.second))
    document = reading.document
    heads = (document.in_headline(first), document.in_headline(second))
    one, two = reading.statement_at(first.start), reading.statement_at(second.start)
    if all(heads) or (one is not None and one is two):
        return None
    raw = f"{document.identifier}:{clash.field}:{first.start}:{second.start}"
    return Contradiction(
        identifier="x-" + hashlib.sha256(raw.encode()).hexdigest()[:12],
        field=clash.field,
        kind="headline_body" if any(heads) else "within_body",
        documents=(document.identifier, document.identifier),
        spans=(first, second),
        quotes=(first.of(reading.text), second.of(reading.text)),
        note=clash.note,
        claims=(clash.claim,),
        rule=f"contradictions:{clash.rule}",
    )


def words_of(mention: Mention[FieldValue] | Mention[Quantity] | Mention[str]) -> Span:
    """The span of a mention that has one; a publication date alone has none and never comes here."""
    assert mention.span is not None
    return mention.span


def speaker_of(reading: Reading, span: Span) -> str | None:
    """Who says the words, lower-cased without article, or None where the text speaks for itself."""
    statement = reading.statement_at(span.start)
    if statement is None or statement.speaker is None:
        return None
    return statement.speaker.text.lower().removeprefix("the ")
