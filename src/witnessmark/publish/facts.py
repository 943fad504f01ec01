"""Incidents as the formats for people and for other schemes need them: flat, by date, with their numbered sources. Made of a shared view only.

A projection, no judgement: each value is the one that the incident's consensus names, and states of values stay apart.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from witnessmark.model import BreakdownValue, Contradiction, DateValue, Incident, MunitionValue, ObjectValue, PlaceValue, TollRange
from witnessmark.model.assessments import Assessment
from witnessmark.publish import consensus, wording
from witnessmark.publish.redaction import SharedView
from witnessmark.publish.redaction.audiences import require_shared
from witnessmark.publish.view import CaseView, Review, proposed_fields
from witnessmark.vocabulary import label

ONE_EACH, A_PAGE = 1_000, 50
"""Incidents up to which the site has a page for each, and incidents on one page of larger ones: 100,000 files are slow to write, to copy and to list."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A toll over all claims. ``state``: stated, zero, vague, unknown, not_stated; ``words`` are vague expressions."""

    state: str
    low: int | None
    high: int | None
    latest: int | None
    words: tuple[str, ...]

    @property
    def number(self) -> bool:
        """True when some source gives a number, zero included."""
        return self.low is not None or self.high is not None

    @property
    def most(self) -> int | None:
        """The greatest figure, or the least when there is no other."""
        return self.high if self.high is not None else self.low

    @property
    def least(self) -> int | None:
        """The least figure, or the greatest when there is no other."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True, slots=True)
class Party:
    """Who is said to have done it: an allegation with how it is said and by whom (words, or empty)."""

    name: str
    kind: str
    modality: str
    by: str


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source. ``capture`` is the SHA-256 of the original, ``captured`` when it was first captured (UTC), ``link`` its address
    where it may be named, ``title`` its headline."""

    number: int
    identifier: str
    capture: str
    captured: dt.datetime | None
    title: str
    publisher: str | None
    publisher_type: str | None
    language: str
    published: dt.date | None
    link: str

    @property
    def label(self) -> str:
        """The publisher, or its kind where it is not named."""
        return self.publisher or (label("source_type", self.publisher_type) if self.publisher_type else "source not named")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a source (its number) that an incident rests on, and how they are said."""

    source: int
    quote: str
    modality: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One incident. ``weapons`` and ``effects`` are ids of the munitions, ``kinds`` of the objects; ``sources`` are numbers of sources; ``contradictions`` ids; ``tolls`` the ranges of killed and injured, each bound with its claim; ``proposed`` the fields with a value that a language model proposed; every list is without repetition, in claim order."""

    identifier: str
    act: str
    when: DateValue | None
    where: PlaceValue | None
    killed: Figure
    injured: Figure
    parts: tuple[BreakdownValue, ...]
    parties: tuple[Party, ...]
    munitions: tuple[MunitionValue, ...]
    weapons: tuple[str, ...]
    effects: tuple[str, ...]
    objects: tuple[ObjectValue, ...]
    kinds: tuple[str, ...]
    aftermath: tuple[str, ...]
    modalities: tuple[str, ...]
    scope: str
    claims: tuple[str, ...]
    sources: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    contradictions: tuple[str, ...]
    review: Review
    former: tuple[str, ...]
    tolls: tuple[TollRange, TollRange]
    proposed: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day, where one single day is known."""
        return self.when.earliest if self.when is not None and self.when.earliest == self.when.latest else None


@dataclass(frozen=True)
class Facts:
    """Everything that a publication shows of a case."""

    view: SharedView
    incidents: tuple[Fact, ...]
    sources: tuple[Source, ...]

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The contradictions, in the order of the case."""
        return self.view.records.contradictions

    @property
    def records(self) -> CaseView:
        """The redacted records."""
        return self.view.records

    @functools.cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source by the id of its document."""
        return {s.identifier: s.number for s in self.sources}

    @functools.cached_property
    def clashes(self) -> dict[str, Contradiction]:
        """The contradictions by id."""
        return {c.identifier: c for c in self.contradictions}

    def page(self, fact: Fact, *, suffix: str = "") -> str:
        """The address of the page of ``fact`` inside the site: a page of its own in a small case, else its place on a page of many."""
        if len(self.incidents) <= ONE_EACH:
            return f"incidents/{fact.identifier}{suffix}.html"
        return f"incidents/{self._places[fact.identifier] // A_PAGE + 1:05}{suffix}.html#{fact.identifier}"

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {f.identifier: n for n, f in enumerate(self.incidents)}

    def assessment(self, fact: Fact) -> Assessment:
        """What the claims of ``fact`` are worth together."""
        return self.view.assessments[fact.identifier]

    def source(self, number: int) -> Source:
        """The source with this number."""
        return self.sources[number - 1]


def facts_of(view: SharedView) -> Facts:
    """The facts of ``view``, incidents by date and then by id, the undated last.

    Raises:
        TypeError: when ``view`` did not go through the redactor.
    """
    require_shared(view)
    records = consensus.by_date(view.records)
    sources = tuple(_source(records, i, n) for n, i in enumerate((d.identifier for d in records.documents), 1))
    numbers = {s.identifier: s.number for s in sources}
    disputes: dict[str, list[str]] = {}
    for item in records.contradictions:
        for claim in item.claims:
            found = records.incident_of_claim.get(claim)
            if found is not None and item.identifier not in disputes.setdefault(found.identifier, []):
                disputes[found.identifier].append(item.identifier)
    return Facts(view, tuple(_fact(records, i, numbers, tuple(disputes.get(i.identifier, ()))) for i in records.incidents), sources)


def _source(view: CaseView, identifier: str, number: int) -> Source:
    item = view.document_by_id[identifier]
    head = item.headline
    return Source(
        number, identifier, item.capture, view.captured.get(item.capture), head.of(item.text) if head is not None else "", item.publisher,
        item.publisher_type, item.language, item.published.value.latest if item.published is not None else None, item.origin,
    )  # fmt: skip


def _fact(view: CaseView, item: Incident, numbers: dict[str, int], disputes: tuple[str, ...]) -> Fact:
    members = view.claims_of(item)
    texts = {c.document: view.document_by_id[c.document].text for c in members}
    when, where = consensus.field(view, item, "date"), consensus.field(view, item, "place")
    parties = [
        Party(m.value.name, m.value.kind, m.modality, m.speaker.of(texts[c.document]) if m.speaker else "")
        for c, m in consensus.every(view, item, "perpetrator")
    ]
    munitions: tuple[MunitionValue, ...] = _values(m for _, m in consensus.every(view, item, "munitions"))
    objects: tuple[ObjectValue, ...] = _values(m for _, m in consensus.every(view, item, "objects"))
    return Fact(
        identifier=item.identifier,
        act=item.act,
        when=when[1].value if when else None,
        where=where[1].value if where else None,
        killed=_figure(item.killed, consensus.state(view, item, "killed")),
        injured=_figure(item.injured, consensus.state(view, item, "injured")),
        parts=_values(m for _, m in consensus.every(view, item, "breakdown")),
        parties=tuple(dict.fromkeys(parties)),
        munitions=munitions,
        weapons=tuple(dict.fromkeys(m.weapon for m in munitions if m.weapon)),
        effects=tuple(dict.fromkeys(m.effect for m in munitions if m.effect)),
        objects=objects,
        kinds=tuple(dict.fromkeys(o.kind for o in objects)),
        aftermath=_values(m for _, m in consensus.every(view, item, "aftermath")),
        modalities=tuple(dict.fromkeys(c.modality for c in members)),
        scope="military" if all(c.scope == "military" for c in members) else "civilian",
        claims=item.claims,
        sources=tuple(sorted({numbers[c.document] for c in members})),
        evidence=tuple(Evidence(numbers[c.document], s.of(texts[c.document]), c.modality) for c in members for s in c.evidence),
        contradictions=disputes,
        review=view.review_of(item.identifier),
        former=item.former,
        tolls=(item.killed, item.injured),
        proposed=tuple(dict.fromkeys(name for c in members if c.identifier in view.proposed for name in proposed_fields(c))),
    )


def _values(mentions: object) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(m.value for m in mentions))  # type: ignore[attr-defined]


def _figure(toll: TollRange, state: str) -> Figure:
    low, high, latest = (b.value if b is not None else None for b in (toll.low, toll.high, toll.latest))
    return Figure(state, low, high, latest, toll.vague)


def figure_words(figure: Figure) -> str:
    """A toll in plain English, its state told by its words: "3–5", "0", "“dozens”", "unknown", "not stated"."""
    if figure.low is not None and figure.high is not None:
        return wording.count(figure.low) if figure.low == figure.high else f"{wording.count(figure.low)}–{wording.count(figure.high)}"
    if figure.low is not None:
        return f"at least {wording.count(figure.low)}"
    if figure.high is not None:
        return f"up to {wording.count(figure.high)}"
    if figure.state == "vague":
        return ", ".join(f"“{w}”" for w in figure.words) or "vague"
    return "unknown" if figure.state == "unknown" else "not stated"
