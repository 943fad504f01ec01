"""What each page of the desk shows, as records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from witnessmark.model import Contradiction, Decision, Document, Incident, IncidentClaim, Mention, SeriesClaim, Span
from witnessmark.model.patterns import PatternTest
from witnessmark.review import Key, Standing


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in a list."""

    identifier: str
    title: str
    publisher: str
    published: str
    language: str
    status: str
    origin: str
    characters: int
    statements: int
    claims: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident in a list. Days are None where no claim states any; tolls are least and greatest figure."""

    n: int
    identifier: str
    act: str
    place: str | None
    country: str | None
    adm1: str | None
    latitude: float | None
    longitude: float | None
    place_precision: str | None
    earliest: dt.date | None
    latest: dt.date | None
    date_precision: str | None
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    claims: int
    documents: int
    contradictions: int
    state: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """One value of a claim with the words it was read from, and how its review stands. ``number`` names the value on the page: the number of
    its claim there and its own in the claim, as in ``3-0``."""

    number: str
    claim: str
    document: str
    field: str
    mention: Mention[Any]
    standing: Standing
    alternative: bool = False

    @property
    def key(self) -> Key:
        """What decisions on this value are filed under."""
        return self.claim, self.field, self.mention.span.start if self.mention.span else None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its values; ``standing`` is that of the claim as a whole. ``incident`` is the id of the incident that it is in."""

    record: IncidentClaim
    document: DocumentRow
    fields: tuple[FieldView, ...]
    standing: Standing
    incident: str


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """A contradiction with the words around both sides and the documents they stand in."""

    record: Contradiction
    documents: tuple[DocumentRow, DocumentRow]
    contexts: tuple[tuple[str, str, str], tuple[str, str, str]]
    """Words before, the words themselves, words after, of each side."""
    standing: Standing
    incident: IncidentRow | None
    """The incident that it is about, where there is one."""


class Passage(NamedTuple):
    """A statement as the reader marks it: span, modality, paragraph."""

    start: int
    end: int
    modality: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything about one incident. ``links`` are decisions in force on what tells of it; ``former`` is the id that led here."""

    record: Incident
    row: IncidentRow
    claims: tuple[ClaimView, ...]
    contradictions: tuple[ContradictionView, ...]
    links: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a long text that is shown at once: its number (from 0) among so many, and its characters ``start`` (included) to ``end``."""

    number: int
    count: int
    start: int
    end: int


class Find(NamedTuple):
    """Words that were looked for, with those before and after them."""

    span: Span
    around: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with what was read from it. ``statements`` are all of the document; claims, series and contradictions are those with words
    in ``section``. ``found`` are words that were looked for in the whole text; with ``more`` they stand at further places."""

    record: Document
    row: DocumentRow
    statements: tuple[Passage, ...]
    claims: tuple[ClaimView, ...]
    series: tuple[SeriesClaim, ...]
    contradictions: tuple[Contradiction, ...]
    section: Section
    found: tuple[Find, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class StatedPattern:
    """A pattern held against counts: the test, the series claim that states it, the chart as SVG (empty where no counts were used)."""

    test: PatternTest
    stated: SeriesClaim | None
    chart: str


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to decide. ``kind``: field, merge, contradiction. ``worth`` orders the queue and means nothing else.

    ``blind``: what others decided is not to be shown.
    """

    n: int
    kind: str
    subject: str
    other: str | None
    field: str
    start: int | None
    document: str
    worth: float
    blind: bool = False

    @property
    def key(self) -> Key:
        """What decisions on it are filed under."""
        return self.subject, self.field if self.kind == "field" else "", self.start


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the ledger in the history. ``decision`` is set for decisions; ``in_force`` is False when it was undone."""

    position: int
    time: str
    actor: str
    action: str
    subject: str
    decision: Decision | None
    in_force: bool
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """An incident that two snapshots hold with different values: field, value before, value after."""

    identifier: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened between two revisions (sizes of the ledger). The incident lists are None where the tables of one of the two
    were not kept; ``steps`` are always complete."""

    first: int
    last: int
    steps: tuple[Step, ...]
    added: tuple[str, ...] | None
    removed: tuple[str, ...] | None
    changed: tuple[Changed, ...] | None
