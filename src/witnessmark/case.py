"""A case as Python sees it: typed records over the tables of the current snapshot, and the way back from each value to its words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import html
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

from witnessmark.archive import CaseFolder, captures
from witnessmark.engines import Manifest, read_manifest
from witnessmark.engines.local import LocalEngine
from witnessmark.errors import CaseError, UsageError
from witnessmark.incidents.lineage import resolve
from witnessmark.ledger import Entry, Head, Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.ledger.verify import Report, blob_path, check_bytes, verify
from witnessmark.model import (
    Candidate,
    Capture,
    Contradiction,
    Document,
    Incident,
    IncidentClaim,
    Mention,
    Problem,
    SeriesClaim,
    Span,
    Statement,
)
from witnessmark.model.serialise import from_data

if TYPE_CHECKING:
    from witnessmark.assess.patterns import Event
    from witnessmark.publish import CaseView
    from witnessmark.publish.patterns import Patterns
    from witnessmark.publish.redaction import PublicView, RestrictedView
    from witnessmark.publish.view import Review

Record: TypeAlias = Document | Incident | IncidentClaim | SeriesClaim | Contradiction
T = TypeVar("T")

_BY_ID: tuple[tuple[str, type[Record]], ...] = (
    ("incidents", Incident),
    ("incident_claims", IncidentClaim),
    ("series_claims", SeriesClaim),
    ("contradictions", Contradiction),
    ("documents", Document),
)


@dataclass(frozen=True, slots=True)
class InputRecord:
    """What became of one input. ``capture`` is the SHA-256 of its bytes, empty when there were none.

    ``status``: read, partial, empty, blocked, failed. ``documents`` are the ids of what was read from it.
    """

    origin: str
    item: str
    capture: str
    method: str
    media_type: str
    size: int
    status: str
    documents: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a field has its value: the words, what read them, and what else they might have meant.

    ``owner`` is the claim that the value stands in, ``candidates`` the readings considered, best first; ``runner_up`` the second of
    them. ``statement`` is the statement around the words, ``None`` for a value without words. ``confidence`` is the probability that the value is
    right, ``None`` where none is given.
    """

    owner: str
    field: str
    document: str
    value: object
    span: Span | None
    quote: str
    rule: str
    score: float
    modality: str
    candidates: tuple[Candidate, ...]
    statement: Statement | None
    confidence: float | None = None

    @property
    def runner_up(self) -> Candidate | None:
        """The second best reading, if there was one."""
        return self.candidates[1] if len(self.candidates) > 1 else None


class Case:
    """The current snapshot of a case. Records are read when they are first asked for, and kept.

    Raises (all properties):
        IntegrityError: WM303 when a table differs from the manifest.
        CaseError: WM308 when one is missing.
    """

    def __init__(self, folder: CaseFolder, *, temporary: bool = False, open_below: float | None = None) -> None:
        """Open the case in ``folder``. A ``temporary`` one is removed with the object. ``open_below`` is that of :func:`open_case`.

        Raises:
            CaseError: WM005 when there is no case, or nothing was computed yet, WM306 when a newer version wrote it.
        """
        folder.require()
        manifest = read_manifest(folder)
        if manifest is None:
            raise CaseError("WM005", "nothing was read to its end yet", origin=str(folder.root))
        self._folder = folder
        self._manifest = manifest
        self._open_below = open_below
        self._engine = LocalEngine(folder.root, manifest)
        self._removal = weakref.finalize(self, shutil.rmtree, folder.root, ignore_errors=True) if temporary else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        told = ", ".join(f"{table['rows']} {name}" for name, table in sorted(self._manifest.tables.items()) if name in _SHOWN)
        return f"<Case {self._folder.root.name}: {told}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td><code>{html.escape(i.identifier)}</code></td><td>{html.escape(i.act)}</td><td>{len(i.claims)}</td></tr>"
            for i in self.incidents
        )
        head = "<tr><th>incident</th><th>act</th><th>claims</th></tr>"
        return f"<p>{html.escape(repr(self))}</p><table>{head}{rows}</table>"

    def close(self) -> None:
        """Let go of the files; a temporary case is removed."""
        self._engine.close()
        if self._removal is not None:
            self._removal()

    @property
    def path(self) -> Path:
        """The case folder."""
        return self._folder.root

    @property
    def manifest(self) -> Manifest:
        """Snapshot, producers, ledger head and totals."""
        return self._manifest

    @property
    def snapshot(self) -> str:
        """Digest of everything that was computed: equal for equal inputs, whatever interrupted the run."""
        return self._manifest.snapshot

    @property
    def totals(self) -> Mapping[str, int]:
        """``inputs``, and how many were read, partial, empty, blocked and failed: the five add up to the first."""
        return self._manifest.totals

    @cached_property
    def inputs(self) -> tuple[InputRecord, ...]:
        """Every input with its outcome, by origin."""
        return tuple(sorted(self._all("inputs", InputRecord), key=lambda i: (i.origin, i.item, i.capture)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The coded problems of all inputs, by origin; those of a document are among its input's."""
        return tuple(dict.fromkeys([*(p for i in self.inputs for p in i.problems), *(p for d in self.documents for p in d.problems)]))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document, by origin."""
        return tuple(sorted(self._all("documents", Document), key=lambda d: (d.origin, d.item, d.capture)))

    def _in_order(self, records: Iterable[T], document: Callable[[T], str]) -> tuple[T, ...]:
        """``records`` by document, in the order of the documents: segments hold them in the order of capture."""
        place = {d.identifier: n for n, d in enumerate(self.documents)}
        return tuple(sorted(records, key=lambda record: place[document(record)]))

    @cached_property
    def statements(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements of each document by the document's id, in text order."""
        found: dict[str, list[Statement]] = {d.identifier: [] for d in self.documents}
        for document, statement in self._statement_rows():
            found[document].append(statement)
        return {document: tuple(several) for document, several in found.items()}

    @cached_property
    def claims(self) -> tuple[IncidentClaim, ...]:
        """Every incident claim, by document."""
        return self._in_order(self._all("incident_claims", IncidentClaim), lambda claim: claim.document)

    @cached_property
    def series(self) -> tuple[SeriesClaim, ...]:
        """Every series claim, by document."""
        return self._in_order(self._all("series_claims", SeriesClaim), lambda claim: claim.document)

    @cached_property
    def incidents(self) -> tuple[Incident, ...]:
        """Every incident: claims of all documents that tell of one event."""
        return self._all("incidents", Incident)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Every contradiction, inside documents first, then between documents."""
        found = self._all("contradictions", Contradiction)
        inside = self._in_order((c for c in found if c.kind != "between_documents"), lambda c: c.documents[0])
        return (*inside, *(c for c in found if c.kind == "between_documents"))

    @cached_property
    def captures(self) -> tuple[Capture, ...]:
        """Every capture in the ledger, by number."""
        with self._ledger() as ledger:
            return tuple(taken.capture for taken in captures(ledger))

    @cached_property
    def head(self) -> Head:
        """Size and Merkle root of the ledger as it is now."""
        with self._ledger() as ledger:
            return ledger.head()

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a SELECT over the tables gives (see ``docs/case-format.md``); it can touch nothing else.

        Raises:
            UsageError: WM006 when the statement cannot be run.
        """
        return self._engine.query(sql, parameters)

    def get(self, identifier: str) -> Record:
        """The document, incident, claim, series or contradiction with this id; a former id of an incident leads to the present one.

        Raises:
            UsageError: WM001 when there is none.
        """
        for table, kind in _BY_ID:
            for data in self._engine.records(table, {"identifier": identifier}):
                return from_data(kind, data)
        found = resolve(identifier, self.incidents) if identifier.startswith("i-") else None
        if found is not None:
            return found
        raise UsageError("WM001", origin=identifier)

    def original(self, capture: str) -> bytes:
        """The archived bytes with this SHA-256.

        Raises:
            CaseError: WM308 when they are not there; IntegrityError (WM301) when they were changed.
        """
        from witnessmark.archive import Blobs

        return Blobs(self._folder.blobs, aside=self._folder.aside).read(capture)

    def why(self, identifier: str, field: str) -> tuple[Why, ...]:
        """Where the value of ``field`` of an incident, claim or series comes from: the chosen value first, then those that were not.

        For an incident the claim that the consensus was taken from comes first.

        Raises:
            UsageError: WM001 for an unknown id, WM004 for a field that it does not have or that is not stated.
        """
        record = self.get(identifier)
        found = tuple(self._reasons(record, field))
        if not found:
            raise UsageError("WM004", field, origin=identifier)
        return found

    def patterns(
        self,
        *,
        hypotheses: str | Path | None = None,
        table: str | Path | None = None,
        unit: str = "incident",
        complete: bool = False,
        layers: str | Path | None = None,
    ) -> Patterns:
        """Hold stated patterns against counts: what the series claims state against the incidents, where no file says otherwise.

        Args:
            hypotheses: TOML file (see ``docs/patterns.md``).
            table: CSV file of events; ``unit`` says what its rows count, ``complete`` that they are all there were.
            layers: GeoJSON file of areas that hypotheses name.

        Raises:
            UsageError: WM007 without the optional libraries, WM008 for a bad table or layer, WM009 for bad hypotheses.
        """
        from witnessmark.assess import patterns as testing
        from witnessmark.publish.patterns import Patterns

        areas = testing.read_layers(layers) if layers is not None else testing.Layers()
        if table is not None:
            data = testing.Data(testing.read_table(table), unit=unit, complete=complete, layers=areas)
        else:
            data = testing.Data(self._events(), layers=areas, effort=self._effort())
        asked = testing.read_hypotheses(hypotheses) if hypotheses is not None else None
        tests = testing.hold_series(self.series, data) if asked is None else testing.hold_all(asked, data)
        return Patterns(tests, testing.undercount(data.events) if table is None else None)

    def _events(self) -> tuple[Event, ...]:
        """The incidents as events to count."""
        from witnessmark.assess.patterns import events_of

        sources = {d.identifier: d.publisher or d.origin for d in self.documents}
        return events_of(self.incidents, {c.identifier: c for c in self.claims}, sources)

    def _effort(self) -> tuple[tuple[dt.date, int], ...]:
        """How many documents were published on each day, as far as their days are known."""
        days = Counter(d.published.value.earliest for d in self.documents if d.published is not None)
        return tuple(sorted(days.items()))

    def verify(self) -> Report:
        """Hold every file, the ledger and every value against the bytes they came from; ``ok`` when nothing is wrong."""
        report = verify(self._folder.root)
        if report.ok:
            self._verify_values(report)
        return report

    def view(self) -> CaseView:
        """Everything that an export shows."""
        from witnessmark.publish import OPEN_BELOW, CaseView, LedgerHead, Totals

        producers = [f"{p.name} {p.version} {p.identifier}" for p in self._manifest.producers]
        return CaseView(
            documents=self.documents,
            statements=self.statements,
            claims=self.claims,
            series=self.series,
            incidents=self.incidents,
            contradictions=self.contradictions,
            problems=self.problems,
            totals=Totals(**self.totals),
            ledger=LedgerHead(self._manifest.ledger.size, self._manifest.ledger.root),
            producer=" with ".join(producers),
            open_below=OPEN_BELOW if self._open_below is None else self._open_below,
            captured=self._captured(),
        )

    def _captured(self) -> dict[str, dt.datetime]:
        """SHA-256 of each original to the time of its first capture."""
        return {c.digest: c.received for c in reversed(self.captures)}

    def export(self, folder: str | Path, *, originals: bool = True) -> tuple[Path, ...]:
        """Write every format into ``folder``, with the ledger's events and the ``originals``, note it in the ledger, give the paths.

        Raises:
            IntegrityError: WM304 or WM308 when a quote does not match its source; nothing is written then.
            CaseError: WM305 when a run writes to the case, WM307 when the folder cannot be written.
        """
        from witnessmark.publish import export

        paths = export(self.view(), folder, attachments=self._attachments(originals=originals))
        digest = hashlib.sha256((Path(folder) / "manifest.json").read_bytes()).hexdigest()
        with self._folder.appending(), self._ledger(read_only=False) as ledger:
            ledger.append(Entry("export", digest, {"files": len(paths)}), actor=current_actor())
        return paths

    def publish(
        self,
        folder: str | Path,
        *,
        policy: str | Path | None = None,
        as_of: dt.date | None = None,
        without: Sequence[str] = (),
        reviews: Mapping[str, Review] | None = None,
    ) -> tuple[Path, ...]:
        """Redact the case by ``policy`` (a TOML file; without one the default), write a publication, note it in the ledger, give the paths.

        ``as_of`` is the day that the embargo is counted from, by default that of the last capture; ``without`` names parts to leave out
        (workbook, pdf, figures, site ...); ``reviews`` tells what reviewers decided (record id to review), by default what the ledger says.

        Raises:
            UsageError: WM601, WM602 for the policy, WM605 when the folder holds something else, WM607 for an unknown part.
            DataError: WM611, WM612 when a part needs a library that is not there.
            IntegrityError: WM304 or WM308 when a quote does not match its source; nothing is written then.
            CaseError: WM305 when another process writes to the case, WM307 when the folder cannot be written.
        """
        from witnessmark.publish.publication import publish

        shared = self.shared_view(policy=policy, as_of=as_of, reviews=reviews)
        paths = publish(shared, folder, without=without)
        digest = hashlib.sha256((Path(folder) / "manifest.json").read_bytes()).hexdigest()
        note = {"files": len(paths), "policy": shared.policy.digest, "audience": shared.policy.audience}
        with self._folder.writing(), self._ledger(read_only=False) as ledger:
            ledger.append(Entry("publish", digest, note), actor=current_actor())
        return paths

    def shared_view(
        self, *, policy: str | Path | None = None, as_of: dt.date | None = None, reviews: Mapping[str, Review] | None = None
    ) -> PublicView | RestrictedView:
        """The case with everything taken out that ``policy`` withholds: what a publication is made of. See :meth:`publish`."""
        from witnessmark.publish.redaction import load_policy, redact

        settings = load_policy(policy)

        def taken() -> CaseView:
            held = set(self.__dict__)
            view = dataclasses.replace(self.view(), reviews=self.reviews() if reviews is None else reviews)
            for name in self.__dict__.keys() - held:  # what was loaded for this alone is let go of as soon as it is redacted
                del self.__dict__[name]
            return view

        return redact(taken, settings, as_of=as_of)

    def reviews(self) -> dict[str, Review]:
        """What reviewers decided, by record. Nothing is called reviewed whose correction is not in the tables yet: computing anew takes it in."""
        from witnessmark.publish.view import Review
        from witnessmark.review import Standings, read_decisions, reviewed_records

        with self._ledger() as ledger:
            standings = Standings.of(read_decisions(ledger))
        found = reviewed_records(self.claims, self.incidents, standings) if len(standings) else {}
        return {name: Review(r.persons > 0, r.decisions, r.persons) for name, r in found.items()}

    def figure(
        self, name: str, *, form: str = "svg", language: str = "en", policy: str | Path | None = None, as_of: dt.date | None = None
    ) -> bytes:
        """A chart of the redacted case ("toll-over-time", "by-act" ...; docs/publishing.md lists them) as ``svg`` or ``png``.

        Raises:
            UsageError: WM607 for an unknown figure, form or language. DataError: WM611 when altair or vl-convert is not installed.
        """
        from witnessmark.publish.charts import draw
        from witnessmark.publish.facts import facts_of

        return draw(facts_of(self.shared_view(policy=policy, as_of=as_of)), name, form=form, language=language)

    def _attachments(self, *, originals: bool) -> Iterator[tuple[str, bytes]]:
        """The ledger up to the manifest's head, so that a second export of one snapshot is the same, and the documents' originals."""
        with self._ledger() as ledger:
            lines = islice(ledger.lines(), self._manifest.ledger.size)
            yield "ledger.jsonl", "".join(f"{line}\n" for line in lines).encode("ascii")
        for capture in sorted({d.capture for d in self.documents}) if originals else ():
            yield blob_path(capture), self.original(capture)

    def to_json(self) -> dict[str, object]:
        """One object: documents, statements, incidents, claims, series, contradictions, each with offsets and quotes."""
        from witnessmark.publish import as_json

        return as_json(self.view())

    def _all(self, table: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(from_data(kind, data) for data in self._engine.records(table))

    def _ledger(self, *, read_only: bool = True) -> Ledger:
        import witnessmark

        return Ledger(self._folder.ledger, tool_version=witnessmark.__version__, durable=self._folder.durable, read_only=read_only)

    def _statement_rows(self) -> Iterator[tuple[str, Statement]]:
        documents = (row["document"] for row in self._engine.columns("statements", ["document"]))
        for document, data in zip(documents, self._engine.records("statements"), strict=True):
            yield document, from_data(Statement, data)

    def _statement(self, document: str, span: Span | None) -> Statement | None:
        if span is None:
            return None
        rows = (from_data(Statement, data) for data in self._engine.records("statements", {"document": document}))
        return next((s for s in rows if s.span.contains(Span(span.start, span.start + 1))), None)

    def _reasons(self, record: Record, field: str) -> Iterator[Why]:
        if isinstance(record, Incident):
            chosen = dict(record.sources).get(field)
            for claim in sorted(record.claims, key=lambda c: c != chosen):
                yield from self._reasons(self.get(claim), field)
        elif isinstance(record, IncidentClaim | SeriesClaim):
            for mention in _mentions(record, field):
                yield self._why(record.identifier, record.document, field, mention)

    def _why(self, owner: str, document: str, field: str, mention: Mention[Any]) -> Why:
        return Why(
            owner=owner,
            field=field,
            document=document,
            value=mention.value,
            span=mention.span,
            quote=mention.quote,
            rule=mention.rule,
            score=mention.score,
            modality=mention.modality,
            candidates=mention.candidates,
            statement=self._statement(document, mention.span),
            confidence=mention.confidence,
        )

    def _verify_values(self, report: Report) -> None:
        """What the stand-alone verifier does for an export: text against bytes, and quotes against text."""
        from witnessmark.publish.check import check
        from witnessmark.publish.jsonform import document as plain

        for document in self.documents:
            report.counts["documents"] += 1
            fault = check_bytes(plain(document), self.original(document.capture), report.counts)
            if fault:
                report.add("WM304", "tables/documents", fault)
        try:
            check(self.view())
        except CaseError as error:
            report.add("WM304", "tables", str(error))


_SHOWN = ("contradictions", "documents", "incidents", "incident_claims", "series_claims")


def _mentions(record: IncidentClaim | SeriesClaim, field: str) -> tuple[Mention[Any], ...]:
    """The values of ``field``, chosen ones first, then alternatives; a series' own words stand for its unit, quantity and trend."""
    if isinstance(record, SeriesClaim):
        if field in ("quantity", "unit", "rate_period", "comparator", "trend"):
            value = getattr(record, field)
            return () if value is None else (Mention(value, record.span, record.quote, record.rule, modality=record.modality),)
        if field == "place":
            return (*((record.place,) if record.place else ()), *record.places_also)
        if field not in ("munitions", "date", "speaker"):
            return ()
    elif field not in _CLAIM_FIELDS:
        return ()
    value = getattr(record, field)
    chosen = value if isinstance(value, tuple) else (value,) if value is not None else ()
    others = tuple(m for name, m in record.alternatives if name == field) if isinstance(record, IncidentClaim) else ()
    return (*chosen, *others)


_CLAIM_FIELDS = ("act", "perpetrator", "munitions", "objects", "place", "date", "killed", "injured", "breakdown", "aftermath", "speaker")


def open_case(path: str | Path, *, open_below: float | None = None) -> Case:
    """The case in the folder ``path``. Values whose confidence is under ``open_below`` (0 to 1; by default one half) are shown as left open.

    Raises:
        CaseError: WM005 when there is none, WM306 when a newer version wrote it.
    """
    return Case(CaseFolder(Path(path)), open_below=open_below)


def temporary_folder() -> CaseFolder:
    """A new case folder that is never flushed to disk and that its :class:`Case` removes."""
    return CaseFolder(Path(tempfile.mkdtemp(prefix="witnessmark-")), durable=False)
