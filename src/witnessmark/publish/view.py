"""What is published: a read-only picture of a case, and the look-ups that every format needs."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from witnessmark.model import Contradiction, Document, Incident, IncidentClaim, Mention, Problem, SeriesClaim, Span, Statement

AnyMention = Mention[Any]
"""A mention of a value of any kind."""

REVIEW_LABEL = "machine-read, not reviewed"
"""Stands in every file of an export until a person has decided on the record."""

OPEN_BELOW = 0.5
"""Values less likely to be right than this are left open for the reviewer. At one half a value is shown as read only where it is more likely right than
wrong; on the development sets that leaves about 4 % of the values of reports open, and 10 % of those of archive records (docs/evaluation.md)."""

MODEL_LABEL = "; some values proposed by a language model"
"""Follows the review label of a record with a value whose words no rule found without a language model."""

REVIEWED_LABEL, REVIEWED_TWICE_LABEL = "reviewed by a person", "reviewed by two persons"
"""Stands beside a record on whose values a person, or at least two, decided."""


@dataclass(frozen=True, slots=True)
class Review:
    """What reviewers decided on one record: ``reviewed`` when it may be called so, ``decisions`` their ledger positions, newest last, ``persons`` how many
    decided on each of its values; ``model`` when a language model proposed one of them."""

    reviewed: bool
    decisions: tuple[int, ...] = ()
    persons: int = 1
    model: bool = False

    @property
    def label(self) -> str:
        """The label that every format carries."""
        reviewed = REVIEWED_LABEL if self.persons < _TWO else REVIEWED_TWICE_LABEL
        return (reviewed if self.reviewed else REVIEW_LABEL) + MODEL_LABEL * self.model


UNREVIEWED = Review(reviewed=False, persons=0)
_TWO = 2

AUDIENCE = "internal"
"""Who an export is for that was not redacted: quotes may hold names of private persons."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many inputs there were and what became of each. ``inputs`` is always the sum of the five outcomes."""

    inputs: int = 0
    read: int = 0
    partial: int = 0
    empty: int = 0
    blocked: int = 0
    failed: int = 0

    @property
    def balanced(self) -> bool:
        """True when every input has exactly one outcome."""
        return self.inputs == self.read + self.partial + self.empty + self.blocked + self.failed


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """Number of ledger entries and the Merkle root over them (hexadecimal); an empty root means that there is no ledger."""

    size: int = 0
    root: str = ""


@dataclass(frozen=True)
class CaseView:
    """Everything that an export shows, in the order in which it shows it.

    ``statements`` holds the statements of each document by the document's id. ``producer`` names the version that made the rows.
    Values whose confidence is under ``open_below`` (0 to 1) are shown as left open, with the value as a suggestion; none is dropped.
    ``audience``: internal until :mod:`witnessmark.publish.redaction` made it public or restricted. ``reviews``: record id to what
    reviewers decided. ``captured``: SHA-256 of an original to the time (UTC) of its first capture.
    """

    documents: tuple[Document, ...] = ()
    statements: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    claims: tuple[IncidentClaim, ...] = ()
    series: tuple[SeriesClaim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    problems: tuple[Problem, ...] = ()
    totals: Totals = Totals()
    ledger: LedgerHead = LedgerHead()
    producer: str = ""
    open_below: float = OPEN_BELOW
    audience: str = AUDIENCE
    reviews: Mapping[str, Review] = field(default_factory=dict)
    captured: Mapping[str, dt.datetime] = field(default_factory=dict)

    def review(self, identifier: str) -> str:
        """The review label of a record; what no decision names is not reviewed."""
        return self.review_of(identifier).label

    def review_of(self, identifier: str) -> Review:
        """What reviewers decided on a record, and whether a language model proposed a value of it."""
        found = self.reviews.get(identifier, UNREVIEWED)
        return replace(found, model=True) if identifier in self.proposed else found

    @functools.cached_property
    def proposed(self) -> frozenset[str]:
        """Ids of the claims with a value that a language model proposed, and of their incidents."""
        claims = {c.identifier for c in self.claims if proposed_fields(c)}
        return frozenset(claims | {i.identifier for i in self.incidents if claims.intersection(i.claims)}) if claims else frozenset()

    @property
    def review_summary(self) -> str:
        """One line for the whole: how many incidents are reviewed, and that the others are not."""
        found = [r for i in self.incidents if (r := self.reviews.get(i.identifier, UNREVIEWED)).reviewed]
        model = MODEL_LABEL if self.proposed else ""
        if not found:
            return REVIEW_LABEL + model
        label = min(found, key=lambda r: r.persons).label
        if len(found) == len(self.incidents):
            return f"all {len(found)} incidents {label}{model}"
        return f"{len(found)} of {len(self.incidents)} incidents {label}; the others {REVIEW_LABEL}{model}"

    @functools.cached_property
    def document_by_id(self) -> dict[str, Document]:
        """Documents by id."""
        return {d.identifier: d for d in self.documents}

    @functools.cached_property
    def claim_by_id(self) -> dict[str, IncidentClaim]:
        """Incident claims by id."""
        return {c.identifier: c for c in self.claims}

    @functools.cached_property
    def incident_of_claim(self) -> dict[str, Incident]:
        """The incident that each claim was merged into, by claim id."""
        return {claim: incident for incident in self.incidents for claim in incident.claims}

    @functools.cached_property
    def statement_count(self) -> int:
        """Number of statements over all documents."""
        return sum(len(s) for s in self.statements.values())

    def claims_of(self, incident: Incident) -> tuple[IncidentClaim, ...]:
        """The claims of ``incident``, in its order."""
        return tuple(self.claim_by_id[c] for c in incident.claims)


@dataclass(frozen=True, slots=True)
class Cited:
    """A span of one document that some published value rests on. ``owner`` is a claim, series or contradiction id."""

    document: str
    span: Span
    quote: str
    field: str
    owner: str


def claim_fields(claim: IncidentClaim) -> Iterator[tuple[str, AnyMention]]:
    """Every field mention of ``claim`` with the field's name; ``alternatives`` come last, under the name of their field."""
    yield "act", claim.act
    for name in ("perpetrator", "place", "date", "killed", "injured", "speaker"):
        single = getattr(claim, name)
        if single is not None:
            yield name, single
    for name in ("munitions", "objects", "breakdown", "aftermath"):
        for several in getattr(claim, name):
            yield name, several
    for name, other in claim.alternatives:
        yield name, other


def proposed_fields(claim: IncidentClaim) -> tuple[str, ...]:
    """The fields of ``claim`` with a value that a language model proposed; alternatives, which nothing rests on, do not count."""
    own = len(claim.alternatives)
    fields = tuple(claim_fields(claim))
    return tuple(dict.fromkeys(name for name, held in fields[: len(fields) - own] if held.proposed))


def series_fields(series: SeriesClaim) -> Iterator[tuple[str, AnyMention]]:
    """The mentions of ``series`` apart from its own span, with the field's name."""
    for name in ("place", "date", "speaker"):
        single = getattr(series, name)
        if single is not None:
            yield name, single
    yield from (("place", place) for place in series.places_also)
    yield from (("munitions", munition) for munition in series.munitions)


def _of_claim(claim: IncidentClaim, text: str) -> Iterator[Cited]:
    for name, mention in claim_fields(claim):
        yield from _of_mention(claim.document, mention, text, name, claim.identifier)
    for span in claim.evidence:
        yield Cited(claim.document, span, span.of(text), "evidence", claim.identifier)


def _of_mention(document: str, mention: AnyMention, text: str, name: str, owner: str) -> Iterator[Cited]:
    if mention.span is not None:
        yield Cited(document, mention.span, mention.quote, name, owner)
    if mention.speaker is not None:
        yield Cited(document, mention.speaker, mention.speaker.of(text), f"{name}.speaker", owner)


def _of_series(series: SeriesClaim, text: str) -> Iterator[Cited]:
    yield Cited(series.document, series.span, series.quote, "series", series.identifier)
    for name, mention in series_fields(series):
        yield from _of_mention(series.document, mention, text, name, series.identifier)
    if series.scope_note is not None:
        yield Cited(series.document, series.scope_note, series.scope_note.of(text), "scope_note", series.identifier)


def citations(view: CaseView) -> Iterator[Cited]:
    """Every span that a published value of ``view`` rests on.

    Raises:
        KeyError: when a record names a document that the view does not hold.
    """
    texts = {d.identifier: d.text for d in view.documents}
    for claim in view.claims:
        yield from _of_claim(claim, texts[claim.document])
    for series in view.series:
        yield from _of_series(series, texts[series.document])
    for item in view.contradictions:
        for document, span, quote in zip(item.documents, item.spans, item.quotes, strict=True):
            yield Cited(document, span, quote, f"contradiction.{item.field}", item.identifier)
