"""Claims: one incident, or one series, as told by one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from witnessmark.model.mentions import Mention
from witnessmark.model.spans import Span
from witnessmark.model.values import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    HarmValue,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
)

FieldValue: TypeAlias = HarmValue | ActValue | ActorValue | MunitionValue | ObjectValue | PlaceValue | DateValue
"""What an alternative of a field can hold."""

INCIDENT_FIELDS = (
    "act", "perpetrator", "munitions", "objects", "place", "date", "killed", "injured", "breakdown", "aftermath",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IncidentClaim:
    """One attack (or salvo) on one settlement or site with its harm or damage, as one document tells it.

    ``alternatives`` holds further figures, actors or munitions that the document gives for the same incident, by field name.
    ``scope``: civilian, or military when only military harm is told. ``act_also`` lists other acceptable acts.
    """

    identifier: str
    document: str
    act: Mention[str]
    modality: str
    evidence: tuple[Span, ...]
    perpetrator: Mention[ActorValue] | None = None
    munitions: tuple[Mention[MunitionValue], ...] = ()
    objects: tuple[Mention[ObjectValue], ...] = ()
    place: Mention[PlaceValue] | None = None
    date: Mention[DateValue] | None = None
    killed: Mention[Quantity] | None = None
    injured: Mention[Quantity] | None = None
    breakdown: tuple[Mention[BreakdownValue], ...] = ()
    aftermath: tuple[Mention[str], ...] = ()
    speaker: Mention[str] | None = None
    scope: str = "civilian"
    alternatives: tuple[tuple[str, Mention[FieldValue]], ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesClaim:
    """A rate, total, comparison or trend over many incidents: never an incident itself.

    ``quantity`` in ``unit`` of count (domain list) per ``rate_period`` (hour, day, night, week, month, year or None for a total).
    ``trend``: none, up, down, flat, exponential. ``place`` is the first place of the count, ``places_also`` the others that the words name with it;
    ``munitions`` are those that it is a count of. ``scope_note`` keeps words that narrow the count ("without places of direct clashes").
    """

    identifier: str
    document: str
    span: Span
    quote: str
    unit: str
    quantity: Quantity | None
    rate_period: str | None
    comparator: str
    trend: str
    modality: str
    rule: str
    place: Mention[PlaceValue] | None = None
    date: Mention[DateValue] | None = None
    speaker: Mention[str] | None = None
    scope_note: Span | None = None
    places_also: tuple[Mention[PlaceValue], ...] = ()
    munitions: tuple[Mention[MunitionValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two spans that cannot both be true and that the text does not present as an update.

    ``kind``: headline_body, within_body, or between_documents. ``field``: act, perpetrator, munition, object, place, date, killed,
    injured, comparability. ``documents`` names the document of each span. ``claims`` are the claims that disagree.
    """

    identifier: str
    field: str
    kind: str
    documents: tuple[str, str]
    spans: tuple[Span, Span]
    quotes: tuple[str, str]
    note: str
    claims: tuple[str, ...] = ()
    rule: str = ""
