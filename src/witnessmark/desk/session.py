"""The desk of one case: what pages show and what people decide, behind one object.

Not for several threads at once: whoever serves pages calls it from one thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import witnessmark
from witnessmark.archive import Blobs, CaseFolder
from witnessmark.case import Case
from witnessmark.desk import index
from witnessmark.desk.accounts import Accounts
from witnessmark.desk.history import difference, steps
from witnessmark.desk.overview import STATES, Box, Filter, Incidents, Overview
from witnessmark.desk.pages import (
    ClaimView,
    ContradictionView,
    Difference,
    DocumentPage,
    DocumentRow,
    FieldView,
    IncidentPage,
    IncidentRow,
    QueueItem,
    StatedPattern,
    Step,
)
from witnessmark.desk.search import Found, search
from witnessmark.desk.store import Store
from witnessmark.desk.waiting import incident_state, waiting
from witnessmark.engines import Manifest, read_manifest
from witnessmark.errors import CaseError, UsageError
from witnessmark.ledger import Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.model import Contradiction, DecidedValue, Decision, Document, Incident, IncidentClaim, SeriesClaim, Span, TermValue
from witnessmark.publish.view import claim_fields
from witnessmark.review import Agreement, Standings, agreements, read_decisions, write_decision
from witnessmark.review.standing import LINKS, VERDICTS

if TYPE_CHECKING:
    from witnessmark.pipeline import ProgressCallback

PAGE = 50
"""Rows of a list on one page."""

PATTERNS = 20_000
"""Incidents up to which patterns are tested while a page waits: all of them are read for it."""

CLAIMS = 12
"""Claims of one incident side by side on one page."""


class Desk:
    """A case opened for reading and deciding.

    Raises (all methods):
        CaseError: WM305 when a run holds the case, WM307 when it cannot be written, WM308 when a file is missing.
        IntegrityError: WM302, WM303, WM706 when what is stored is damaged.
        UsageError: WM001 for an id that no record has.
    """

    def __init__(self, path: str | Path, *, two_persons: bool = False, tell: index.Tell = lambda _: None) -> None:
        """Open the case in ``path``; its index is made first where it is missing or of another snapshot (``tell`` gets what is indexed).

        With ``two_persons`` an incident is called reviewed only when two people decided on each value that the queue asks about.

        Raises:
            CaseError: WM005 when there is no case, or nothing was computed yet.
        """
        self._folder = CaseFolder(Path(path))
        self._folder.require()
        self._tell = tell
        self._two_persons = two_persons
        self._open = ExitStack()
        self._load()

    def _load(self) -> None:
        manifest = read_manifest(self._folder)
        if manifest is None:
            raise CaseError("WM005", "nothing was read to its end yet", origin=str(self._folder.root))
        self.manifest: Manifest = manifest
        self.writable = self._hold()
        if not index.is_current(self._folder, manifest):
            if not self.writable:
                self._folder.require()
                raise CaseError("WM307", "the desk has to make its index first", origin=str(self._folder.root))
            index.build(self._folder, manifest, self._tell)
        self._store = Store(index.path_of(self._folder))
        self._open.callback(self._store.close)
        self._ledger = Ledger(
            self._folder.ledger, tool_version=witnessmark.__version__, durable=self._folder.durable, read_only=not self.writable
        )
        self._open.callback(self._ledger.close)
        self._patterns: list[StatedPattern] | None = None
        self._standings = Standings()
        self._incidents = Incidents(self._store.db)
        self.refresh()

    def _hold(self) -> bool:
        """Hold the case for appending; False on a medium that cannot be written, where the desk is for reading only."""
        try:
            self._open.enter_context(self._folder.appending())
        except CaseError as error:
            if error.code != "WM307":
                raise
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the case is sealed again."""
        self._open.close()

    # -- what there is -----------------------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The case folder."""
        return self._folder.root

    @property
    def revision(self) -> int:
        """Number of events in the ledger: names what was known and decided at a moment, for links that keep their meaning."""
        return self._ledger.size

    @property
    def counts(self) -> dict[str, int]:
        """How much there is: documents, statements, incidents, contradictions, series, decisions."""
        tables = self.manifest.tables
        names = {
            "documents": "documents",
            "statements": "statements",
            "incidents": "incidents",
            "contradictions": "contradictions",
            "series_claims": "series",
        }
        return {**{name: int(tables[table]["rows"]) for table, name in names.items()}, "decisions": len(self._standings)}

    def refresh(self) -> None:
        """Take in what other processes decided."""
        for decision in read_decisions(self._ledger, after=self._standings.last):
            self._standings.add(decision)
            self._mark(decision)

    @property
    def actor(self) -> str:
        """The login name of the user, who decides where there are no accounts."""
        return current_actor()

    @property
    def accounts(self) -> Accounts:
        """The accounts of the case."""
        return Accounts(self._folder)

    def standings(self, revision: int | None = None) -> Standings:
        """How everything stands, or stood when the ledger had ``revision`` events."""
        self.refresh()
        if revision is None or revision > self._standings.last:
            return self._standings
        return Standings.of(self._standings.all(until=revision))

    def overview(self, wanted: Filter, view: Box | None = None) -> Overview:
        """Map cells, timeline bars, lanes and facets of the incidents that ``wanted`` lets pass."""
        return self._incidents.overview(wanted, view)

    def listed(self, wanted: Filter, *, order: str = "date", page: int = 0) -> list[IncidentRow]:
        """One page of the incidents that ``wanted`` lets pass."""
        return self._rows(self._incidents.listed(wanted, order=order, start=page * PAGE, size=PAGE))

    def incident_number(self, n: int) -> IncidentRow:
        """The incident with number ``n`` of the index."""
        if not 0 <= n < self._incidents.size:
            raise UsageError("WM001", origin=str(n))
        return self._rows([n])[0]

    def find(self, identifier: str) -> tuple[str, str] | None:
        """Kind and id of the record whose id begins with ``identifier``, if there is only one."""
        found = self._store.like(identifier) if len(identifier) > 4 else []
        return (found[0][1], found[0][0]) if len(found) == 1 else None

    def incident(self, identifier: str, *, start: int = 0, revision: int | None = None) -> IncidentPage:
        """An incident with its values, contradictions and the decisions about it, and CLAIMS of its claims from the ``start``-th on."""
        standings = self.standings(revision)
        record = self._store.get(Incident, identifier)
        n = self._store.incident_number(record.identifier)
        claims, number = [], 0
        for claim in record.claims[start : start + CLAIMS]:
            claims.append(self._claim(claim, record.identifier, standings, number))
            number += len(claims[-1].fields)
        found = self._store.contradictions("WHERE incident = ?", n)
        members = set(record.claims)
        links = tuple(d for d in standings.links() if members & set(d.subjects))
        return IncidentPage(record, self._rows([n])[0], tuple(claims), tuple(self._store.contradiction(c, standings) for c in found), links)

    def document(self, identifier: str, *, revision: int | None = None) -> DocumentPage:
        """A document with its statements and what was read from it."""
        standings = self.standings(revision)
        record = self._store.get(Document, identifier)
        claims, number = [], 0
        for claim in self._store.claims_of_document(identifier):
            claims.append(self._claim(claim, self.incident_id_of(claim), standings, number))
            number += len(claims[-1].fields)
        found = self._store.contradictions("WHERE document = ?1 OR other_document = ?1 ORDER BY n LIMIT 200", identifier)
        return DocumentPage(
            record,
            self._store.document_row(identifier),
            self._store.statements(identifier),
            tuple(claims),
            tuple(self._store.get(SeriesClaim, s) for s in self._store.series_of_document(identifier)),
            tuple(self._store.contradiction(c, standings) for c in found),
        )

    def documents(self, page: int = 0) -> list[DocumentRow]:
        """One page of the documents, those with claims first."""
        return self._store.document_rows(page * PAGE, PAGE)

    def contradictions(self, page: int = 0, *, size: int = PAGE // 2) -> list[ContradictionView]:
        """One page of the contradictions: what most depends on them first."""
        order = "ORDER BY (SELECT COALESCE(killed_high, killed_low, 0) FROM incident i WHERE i.n = incident) DESC, n LIMIT ? OFFSET ?"
        found = self._store.contradictions(order, size, page * size)
        return [self._store.contradiction(c, self._standings) for c in found]

    def contradiction(self, identifier: str, *, revision: int | None = None) -> ContradictionView:
        """One contradiction."""
        return self._store.contradiction(identifier, self.standings(revision))

    def claim(self, identifier: str) -> ClaimView:
        """One claim with its values."""
        return self._claim(identifier, self.incident_id_of(identifier), self._standings, 0)

    def incident_id_of(self, claim: str) -> str:
        """The id of the incident that ``claim`` is in; empty when it is in none."""
        n = self._store.incident_of(claim)
        return self._rows([n])[0].identifier if n is not None else ""

    def text(self, document: str) -> str:
        """The text of ``document``."""
        return self._store.get(Document, document).text

    def context(self, document: str, span: Span) -> tuple[str, str, str]:
        """The words before, at and after ``span``."""
        return self._store.context(document, span.start, span.end)

    def search(self, text: str, *, modality: str = "", language: str = "", page: int = 0) -> Found:
        """Statements that hold the words of ``text``."""
        return search(self._store.db, text, modality=modality, language=language, page=page)

    def original(self, capture: str) -> bytes:
        """The archived bytes with this SHA-256.

        Raises:
            CaseError: WM308 when they are not there; IntegrityError (WM301) when they were changed.
        """
        return Blobs(self._folder.blobs, aside=self._folder.aside).read(capture)

    # -- deciding ----------------------------------------------------------------------------------------------------------------

    def queue(self, *, reviewer: str, mode: str = "first", skip: Sequence[int] = (), size: int = 1) -> list[QueueItem]:
        """The next things to decide, the most worth first, without those in ``skip``.

        ``mode``: first (nobody decided), second (others decided, ``reviewer`` did not; blind; flagged ones first), disputed (reviewers differ).

        Raises:
            UsageError: WM004 for another mode.
        """
        self.refresh()
        return waiting(self._store, self._standings, reviewer=reviewer, mode=mode, skip=skip, size=size)

    def queue_item(self, n: int) -> QueueItem:
        """One thing to decide, by its number."""
        return self._store.queue_item(n)

    def decide(
        self,
        kind: str,
        subjects: Sequence[str],
        *,
        reviewer: str | None = None,
        role: str = "lead",
        field: str | None = None,
        value: DecidedValue | None = None,
        mention: Span | None = None,
        span: Span | None = None,
        why: str = "",
        undoes: int | None = None,
        blind: bool = False,
        final: bool = False,
    ) -> Decision:
        """Save one decision; it is on disk when this returns. For decisions on a value, ``mention`` names the words that it was read from.

        Raises:
            UsageError: WM001 for a subject that is not there, WM702 for a decision that lacks something or that the role may not take.
        """
        document, before = self._seen(subjects, field, mention)
        if role == "reader" or (final and role != "lead"):
            raise UsageError("WM702", f"the role {role} may not take it")
        if kind == "undo":
            self._check_undo(undoes, reviewer or current_actor(), role)
        if span is not None and document is not None and span.end > len(self.text(document)):
            raise UsageError("WM702", "the words lie outside the document")
        if value is None and kind in ("accept", "reanchor"):
            value = before
        try:
            decision = Decision(
                kind, tuple(subjects), reviewer or current_actor(), role, dt.datetime.now(dt.UTC), why=why.strip()[:4000], field=field, value=value,
                before=before, document=document, span=span, mention=mention, undoes=undoes, blind=blind, final=final, snapshot=self.manifest.snapshot,
            )  # fmt: skip
        except ValueError as error:
            raise UsageError("WM702", str(error)) from error
        self.refresh()
        written = write_decision(self._ledger, decision)
        self._standings.add(written)
        self._mark(written)
        return written

    def _check_undo(self, undoes: int | None, reviewer: str, role: str) -> None:
        self.refresh()
        meant = self._standings.get(undoes) if undoes is not None else None
        if meant is None:
            raise UsageError("WM702", "there is no such decision to undo")
        if meant.reviewer != reviewer and role != "lead":
            raise UsageError("WM702", "only a lead undoes decisions of others")

    def _seen(self, subjects: Sequence[str], field: str | None, mention: Span | None) -> tuple[str | None, DecidedValue | None]:
        """Document and present value of what is decided on."""
        for subject in subjects:
            if self._store.kind(subject) is None:
                raise UsageError("WM001", origin=subject)
        if field is None or self._store.kind(subjects[0]) != "claim":
            return None, None
        claim = self._store.get(IncidentClaim, subjects[0])
        for name, held in claim_fields(claim):
            if name == field and held.span == mention:
                return claim.document, TermValue(held.value) if isinstance(held.value, str) else held.value
        if mention is not None:
            raise UsageError("WM702", "no value of this field was read from these words")
        return claim.document, None

    def recompute(self, progress: ProgressCallback | None = None) -> bool:
        """Merge and assess anew, with the decisions; True when the tables changed. Pages are closed meanwhile."""
        from witnessmark.pipeline import Options, run

        before = self.manifest.snapshot
        self._open.close()
        try:
            run(self._folder, [], Options(), progress)
        finally:
            self._load()
        return self.manifest.snapshot != before

    def agreement(self) -> tuple[Agreement, ...]:
        """Krippendorff's alpha by field.

        Raises:
            UsageError: WM701 when the library that computes it is not installed.
        """
        self.refresh()
        return agreements(self._standings)

    def patterns(self) -> list[StatedPattern] | None:
        """The stated patterns held against the incidents; None for a case of more than PATTERNS incidents, where it would keep the page waiting.

        Raises:
            UsageError: WM007 when the optional libraries are not installed.
        """
        if self.counts["incidents"] > PATTERNS:
            return None
        if self._patterns is None:
            from witnessmark.publish.patterns import chart

            with Case(self._folder) as opened:
                found = opened.patterns().tests
            stated = [self._store.get(SeriesClaim, t.hypothesis.stated_in) if t.hypothesis.stated_in else None for t in found]
            self._patterns = [StatedPattern(t, s, chart(t)) for t, s in zip(found, stated, strict=True)]
        return self._patterns

    def history(self, *, start: int | None = None, size: int = PAGE) -> list[Step]:
        """Events of the ledger, newest first, from position ``start`` downwards; captures of documents are left out."""
        self.refresh()
        return steps(self._ledger, self._standings, start=start, size=size)

    def difference(self, first: int, last: int) -> Difference:
        """What happened between two revisions."""
        return difference(self._folder, self._ledger, self._standings, first, last)

    # -- inside ------------------------------------------------------------------------------------------------------------------

    def _rows(self, numbers: Sequence[int]) -> list[IncidentRow]:
        return self._store.incident_rows(numbers, [STATES[self._incidents.state(n)] for n in numbers])

    def _claim(self, identifier: str, incident: str, standings: Standings, number: int) -> ClaimView:
        record = self._store.get(IncidentClaim, identifier)
        own = len(tuple(claim_fields(record))) - len(record.alternatives)
        fields = []
        for at, (name, held) in enumerate(claim_fields(record)):
            key = (identifier, name, held.span.start if held.span else None)
            fields.append(FieldView(number + at, identifier, record.document, name, held, standings.at(key), at >= own))
        whole = standings.at((identifier, "", None))
        return ClaimView(record, self._store.document_row(record.document), tuple(fields), whole, incident)

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
