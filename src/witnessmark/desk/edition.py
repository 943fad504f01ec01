"""One edition of a case: the tables of a snapshot with the decisions of a moment, as pages show them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from witnessmark.desk.overview import STATES, Box, Filter, Incidents, Overview
from witnessmark.desk.pages import (
    ClaimView,
    ContradictionView,
    DocumentPage,
    DocumentRow,
    FieldView,
    Find,
    IncidentPage,
    IncidentRow,
    Section,
    StatedPattern,
)
from witnessmark.desk.reading import FINDS, around, finds, section_at, within_sides
from witnessmark.desk.search import Found, search
from witnessmark.desk.store import Store
from witnessmark.desk.waiting import incident_state
from witnessmark.errors import UsageError
from witnessmark.model import Contradiction, Decision, Document, Incident, IncidentClaim, SeriesClaim, Span
from witnessmark.publish.view import claim_fields
from witnessmark.review import Agreement, Standings, agreements
from witnessmark.review.standing import LINKS, VERDICTS

if TYPE_CHECKING:
    from witnessmark.assess.patterns import Data

PAGE = 50
"""Rows of a list on one page."""

PATTERNS = 20_000
"""Incidents up to which patterns are tested while a page waits: all of them are read for it."""

NEAR = 60
"""Characters shown on each side of words that were looked for in a document."""

CLAIMS = 12
"""Claims of one incident side by side on one page."""


@dataclass(slots=True)
class Moment:
    """What an edition rests on. ``snapshot`` names the tables in ``store``, ``standings`` the decisions that count."""

    store: Store
    snapshot: str
    standings: Standings


class Edition:
    """The tables of one snapshot under the decisions of one moment.

    Raises (all methods):
        IntegrityError: WM706 when the index is damaged.
        UsageError: WM001 for an id that no record of these tables has.
    """

    def __init__(self, moment: Moment, *, two_persons: bool = False, borrowed: bool = False) -> None:
        """The store is closed with the edition unless it is ``borrowed``. With ``two_persons`` an incident is called reviewed only when two people decided on each value that the queue asks about."""
        self._two_persons = two_persons
        self._borrowed = borrowed
        self._show(moment)
        for decision in self._standings.all():
            self._mark(decision)

    def _show(self, moment: Moment) -> None:
        """Turn to other tables."""
        self._store, self.snapshot, self._standings = moment.store, moment.snapshot, moment.standings
        for kept in ("_incidents", "_sizes", "_patterns"):
            self.__dict__.pop(kept, None)

    def close(self) -> None:
        """Let go of the files."""
        if not self._borrowed:
            self._store.close()

    @property
    def two_persons(self) -> bool:
        """True under the two-person rule."""
        return self._two_persons

    @cached_property
    def _incidents(self) -> Incidents:
        return Incidents(self._store.db)

    @property
    def counts(self) -> dict[str, int]:
        """How much there is: documents, statements, incidents, contradictions, series, decisions (undone ones and undoings too)."""
        return {**self._sizes, "decisions": len(self._standings)}

    @cached_property
    def _sizes(self) -> dict[str, int]:
        names = {"documents": "document", "incidents": "incident", "contradictions": "contradiction", "series": "series"}
        found = {name: self._store.number(f"SELECT COUNT(*) FROM {table}") for name, table in names.items()}
        return {**found, "statements": self._store.number("SELECT SUM(statements) FROM document")}

    @property
    def totals(self) -> dict[str, int]:
        """Inputs, and how many were read, partial, empty, blocked and failed."""
        return {str(k): int(v) for k, v in json.loads(self._store.meta("totals")).items()}

    @property
    def root(self) -> str:
        """Root of the ledger when the tables were computed; publications are named by it."""
        return self._store.meta("root")

    def overview(self, wanted: Filter, view: Box | None = None) -> Overview:
        """Map cells, timeline bars, lanes and facets of the incidents that ``wanted`` lets pass."""
        return self._incidents.overview(wanted, view)

    def listed(self, wanted: Filter, *, order: str = "date", page: int = 0, size: int = PAGE) -> list[IncidentRow]:
        """One page of the incidents that ``wanted`` lets pass."""
        return self._rows(self._incidents.listed(wanted, order=order, start=page * size, size=size))

    def incident_number(self, n: int) -> IncidentRow:
        """The incident with number ``n`` of the index."""
        if not 0 <= n < self._incidents.size:
            raise UsageError("WM001", origin=str(n))
        return self._rows([n])[0]

    def find(self, identifier: str) -> tuple[str, str] | None:
        """Kind and id of the record whose id begins with ``identifier``, if there is only one."""
        found = self._store.like(identifier) if len(identifier) > 4 else []
        return (found[0][1], found[0][0]) if len(found) == 1 else None

    def incident(self, identifier: str, *, start: int = 0) -> IncidentPage:
        """An incident with its values, contradictions and the decisions about it, and CLAIMS of its claims from the ``start``-th on."""
        record = self._store.get(Incident, identifier)
        n = self._store.incident_number(record.identifier)
        claims = [self._claim(c, record.identifier, at) for at, c in enumerate(record.claims[start : start + CLAIMS])]
        found = self._store.contradictions("WHERE incident = ?", n)
        members = set(record.claims)
        links = tuple(d for d in self._standings.links() if members & set(d.subjects))
        return IncidentPage(record, self._rows([n])[0], tuple(claims), tuple(self.contradiction(c) for c in found), links)

    def claims_of(self, incident: str) -> Iterator[ClaimView]:
        """All claims of ``incident`` with their values."""
        record = self._store.get(Incident, incident)
        yield from (self._claim(c, record.identifier, at) for at, c in enumerate(record.claims))

    def document(self, identifier: str, *, at: int | None = None, find: str = "") -> DocumentPage:
        """A document with its statements and what was read from it; with ``at`` only the section of it that holds this character.

        ``find``: words to look for in its text.
        """
        record = self._store.get(Document, identifier)
        row = self._store.document_row(identifier)
        section = Section(0, 1, 0, len(record.text)) if at is None else section_at(record.text, at)
        within = Span(section.start, section.end) if section.count > 1 else None
        claims = (
            self._claim(claim, incident, number, row)
            for number, (claim, incident) in enumerate(self._store.claims_of_document(identifier))
            if within is None or self._store.has_words(claim, within)
        )
        series = (self._store.get(SeriesClaim, s) for s in self._store.series_of_document(identifier))
        named = self._store.contradictions("WHERE document = ?1 OR other_document = ?1 ORDER BY n", identifier)
        clashes = (self._store.get(Contradiction, c) for c in named)
        found = finds(record.text, find)
        return DocumentPage(
            record,
            row,
            self._store.statements(identifier),
            tuple(claims),
            tuple(s for s in series if within is None or s.span.overlaps(within)),
            tuple(c for c in clashes if within is None or within_sides(c, identifier, within)),
            section,
            tuple(Find(span, around(record.text, span, NEAR)) for span in found[:FINDS]),
            len(found) > FINDS,
        )

    def documents(self, page: int = 0) -> list[DocumentRow]:
        """One page of the documents, those with claims first."""
        return self._store.document_rows(page * PAGE, PAGE)

    def contradictions(self, page: int = 0, *, size: int = PAGE // 2) -> list[ContradictionView]:
        """One page of the contradictions: what most depends on them first."""
        order = "ORDER BY (SELECT COALESCE(killed_high, killed_low, 0) FROM incident i WHERE i.n = incident) DESC, n LIMIT ? OFFSET ?"
        return [self.contradiction(c) for c in self._store.contradictions(order, size, page * size)]

    def contradiction(self, identifier: str) -> ContradictionView:
        """One contradiction."""
        return self._store.contradiction(identifier, self._standings, self._row_of)

    def claim(self, identifier: str) -> ClaimView:
        """One claim with its values."""
        return self._claim(identifier, self.incident_id_of(identifier), 0)

    def incident_id_of(self, claim: str) -> str:
        """The id of the incident that ``claim`` is in; empty when it is in none."""
        n = self._store.incident_of(claim)
        return self._store.incident_id(n) if n is not None else ""

    def incident_of(self, claim: str) -> IncidentRow | None:
        """The incident that ``claim`` is in."""
        n = self._store.incident_of(claim)
        return self._row_of(n) if n is not None else None

    def text(self, document: str) -> str:
        """The text of ``document``."""
        return self._store.get(Document, document).text

    def context(self, document: str, span: Span) -> tuple[str, str, str]:
        """The words before, at and after ``span``."""
        return self._store.context(document, span.start, span.end)

    def search(self, text: str, *, modality: str = "", language: str = "", page: int = 0) -> Found:
        """Statements that hold the words of ``text``."""
        return search(self._store.word_parts(), text, modality=modality, language=language, page=page)

    def patterns(self) -> list[StatedPattern] | None:
        """The stated patterns held against the incidents; None for a case of more than PATTERNS incidents, where it would keep the page waiting.

        Raises:
            UsageError: WM007 when the optional libraries are not installed.
        """
        return None if self.counts["incidents"] > PATTERNS else self._patterns

    @cached_property
    def _patterns(self) -> list[StatedPattern]:
        from witnessmark.assess.patterns import hold_series
        from witnessmark.publish.patterns import chart

        series = {s.identifier: s for s in self._store.all(SeriesClaim)}
        found = hold_series(tuple(series.values()), self._counted())
        return [StatedPattern(t, series.get(t.hypothesis.stated_in or ""), chart(t)) for t in found]

    def _counted(self) -> Data:
        """The incidents as events to count, and how much was published on each day."""
        from witnessmark.assess.patterns import Data, events_of

        rows = self._store.rows("SELECT id, publisher, origin, published FROM document")
        days = Counter(dt.date.fromisoformat(day) for _, _, _, day in rows if day)
        claims = {c.identifier: c for c in self._store.all(IncidentClaim)}
        events = events_of(self._store.all(Incident), claims, {r[0]: r[1] or r[2] for r in rows})
        return Data(events, effort=tuple(sorted(days.items())))

    def agreement(self) -> tuple[Agreement, ...]:
        """Krippendorff's alpha by field.

        Raises:
            UsageError: WM701 when the library that computes it is not installed.
        """
        return agreements(self._standings)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions of the edition in order, undone ones too."""
        return self._standings.all()

    # -- inside ------------------------------------------------------------------------------------------------------------------

    def _rows(self, numbers: Sequence[int]) -> list[IncidentRow]:
        return self._store.incident_rows(numbers, [STATES[self._incidents.state(n)] for n in numbers])

    def _row_of(self, n: int) -> IncidentRow:
        return self._rows([n])[0]

    def _claim(self, identifier: str, incident: str, number: int, row: DocumentRow | None = None) -> ClaimView:
        """The claim with its values; ``number`` is its own on the page."""
        record = self._store.get(IncidentClaim, identifier)
        held_fields = tuple(claim_fields(record))
        own = len(held_fields) - len(record.alternatives)
        fields = []
        for at, (name, held) in enumerate(held_fields):
            key = (identifier, name, held.span.start if held.span else None)
            fields.append(FieldView(f"{number}-{at}", identifier, record.document, name, held, self._standings.at(key), at >= own))
        whole = self._standings.at((identifier, "", None))
        return ClaimView(record, row or self._store.document_row(record.document), tuple(fields), whole, incident)

    def _mark(self, decision: Decision) -> None:
        """Note how the review of the incidents stands that ``decision`` touches."""
        meant = self._standings.get(decision.undoes) if decision.kind == "undo" and decision.undoes is not None else decision
        if meant is None or meant.kind not in (*VERDICTS, *LINKS):
            return
        for subject in meant.subjects:
            n = self._store.incident_of(subject)
            if n is None and self._store.kind(subject) == "contradiction":
                claims = self._store.get(Contradiction, subject).claims
                n = self._store.incident_of(claims[0]) if claims else None
            if n is not None:
                self._incidents.mark(n, incident_state(self._store, self._standings, n, two_persons=self._two_persons))
