"""Computing a snapshot from what was read: only what changed since the last one, or all of it where nothing is known of that.

The tables of documents are written in segments of so many captures, in the order of capture: a document that is added changes the last segment. Incidents
and what follows from them are one segment more, filled from the groups of claims that :mod:`witnessmark.incidents.kept` keeps. Digests are taken over the
digests of inputs and groups, sorted, so that the name of a snapshot does not depend on which run wrote what.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import witnessmark
from witnessmark.archive import CaseFolder
from witnessmark.engines import Manifest, WorkItem, WorkStore, read_manifest
from witnessmark.engines.manifest import install
from witnessmark.engines.schema import TABLES, Line, contradiction_row, incident_row, input_row, lines
from witnessmark.engines.writer import NO_ROWS, Segment, SegmentWriter, snapshot_name
from witnessmark.errors import CATALOGUE, CaseError
from witnessmark.ledger import Entry, Head, Ledger
from witnessmark.model import Decision, IncidentClaim, Producer
from witnessmark.model.serialise import canonical, compact, from_data, to_data
from witnessmark.review import Standings, read_decisions
from witnessmark.review.tables import Tables, decided_tables

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark
    from witnessmark.incidents.kept import KeptStore, Told
    from witnessmark.incidents.kept.renewing import Part
    from witnessmark.incidents.lineage import Known

OUTCOMES = ("read", "partial", "empty", "blocked", "failed")
"""What can become of an input; every input has exactly one."""

CAPTURES = 500
"""Captures of a segment. The last segment is written anew when a document is added (0.1 to 1 s); smaller ones make more files."""

_FROM_DOCUMENTS = tuple(name for name in TABLES if name != "incidents")
"""Tables that inputs have rows in."""

_SCHEMA = """
CREATE TABLE units (key TEXT PRIMARY KEY, number INTEGER NOT NULL, mark TEXT NOT NULL, origin TEXT NOT NULL, item TEXT NOT NULL, capture TEXT NOT NULL,
  status TEXT NOT NULL, document TEXT, owner INTEGER NOT NULL, digests BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX units_order ON units (origin, item, capture, key);
CREATE INDEX units_document ON units (document) WHERE document IS NOT NULL;
CREATE TABLE segments (n INTEGER PRIMARY KEY, name TEXT NOT NULL, files TEXT NOT NULL);
CREATE TABLE decided (claim TEXT PRIMARY KEY, digest TEXT NOT NULL, document TEXT) WITHOUT ROWID;
"""
"""``units``: every input as the tables have it. ``owner`` is 1 where its document stands under it: the same bytes from two places are one document, which
the place that comes first in the order of the tables names. ``segments``: ``files`` gives SHA-256 and rows by table; number -1 holds incidents. ``decided``: what people
decided about values of claims, with the document that the claim was read from, even where they rejected it."""

_MERGED = -1


@dataclass(frozen=True, slots=True)
class Computation:
    """What a computation works with; ``reader`` names the results that it is made of, ``producers`` go into the manifest. ``spark`` compares claims there."""

    folder: CaseFolder
    ledger: Ledger
    work: WorkStore
    reader: str
    producers: tuple[Producer, ...]
    actor: str
    spark: Spark | None = None

    @property
    def drafts(self) -> Path:
        """Where new segments are written."""
        return self.folder.aside / "segments"


def compute(run: Computation) -> Manifest:
    """Write everything that was read, and what follows from all of it together, into a new snapshot.

    Raises:
        CaseError: WM305, WM307; IntegrityError: WM302, WM312 when what is stored is damaged.
    """
    from witnessmark.incidents.kept import KeptStore

    basis = " ".join([run.reader, *(p.identifier for p in run.producers)])
    shutil.rmtree(run.drafts, ignore_errors=True)
    with KeptStore(run.folder.computed, basis=basis, beside=_SCHEMA, durable=run.folder.durable) as store:
        try:
            return _computed(run, store)
        except (sqlite3.DatabaseError, zlib.error):  # damaged: everything that it held can be computed again
            store.empty()
            return _computed(run, store)


def _computed(run: Computation, store: KeptStore) -> Manifest:
    standing = Standings.of(read_decisions(run.ledger))
    with store.changing():
        plan = _planned(run, store, standing.effective())
        before, after = _renewed(run, store, plan, standing.links())
        manifest = _manifest(run, store)
        _log_changes(run, store, manifest.snapshot, before, after)
        manifest = install(run.folder, run.ledger, run.drafts, manifest, actor=run.actor)
        store.set("snapshot", manifest.snapshot)
    return manifest


# -- what changed ----------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Plan:
    """``changed`` inputs (keys) are new or say something else than in the tables; ``gone`` documents are no longer what they were; ``segments`` are to be
    written; ``owners`` says of inputs that share bytes whether the document stands under them. ``decided`` are decisions by claim."""

    decided: Mapping[str, Sequence[Decision]]
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    segments: set[int] = field(default_factory=set)
    owners: dict[str, bool] = field(default_factory=dict)


def _segment_of(number: int) -> int:
    """The segment of a capture; inputs without bytes have one of their own."""
    return 0 if number == 0 else 1 + (number - 1) // CAPTURES


def _planned(run: Computation, store: KeptStore, decided: Mapping[str, Sequence[Decision]]) -> _Plan:
    plan = _Plan(decided)
    _compare_inputs(run, store, plan)
    _compare_decisions(store, plan)
    _choose_owners(run, store, plan)
    _check_segments(run, store, plan)
    return plan


def _compare_inputs(run: Computation, store: KeptStore, plan: _Plan) -> None:
    """Find inputs that came, changed or went: both lists are in the order of the keys."""
    known = store.db.execute("SELECT key, number, mark, document, owner FROM units ORDER BY key")
    old = next(known, None)
    lost: list[tuple[Any, ...]] = []
    for new in run.work.marks():
        while old is not None and old[0] < new.key:
            lost.append(old)
            old = next(known, None)
        same = old is not None and old[0] == new.key
        if old is None or old[:3] != (new.key, new.number, new.mark):
            plan.changed.add(new.key)
            plan.segments.add(_segment_of(new.number))
            if same:
                _forget(plan, old)
        if same:
            old = next(known, None)
    for row in [*lost, *([] if old is None else [old]), *known]:
        _forget(plan, row)
        store.db.execute("DELETE FROM units WHERE key = ?", (row[0],))


def _forget(plan: _Plan, row: Any) -> None:
    """An input that is no longer what the tables say: its segment is written anew, its document is taken out of merging."""
    _, number, _, document, owner = row
    plan.segments.add(_segment_of(number))
    if document is not None and owner:
        plan.gone.add(document)


def _compare_decisions(store: KeptStore, plan: _Plan) -> None:
    """Documents with a claim on which decisions came, changed or went are read into the tables again."""
    after = {claim: hashlib.sha256(canonical([to_data(d) for d in said])).hexdigest() for claim, said in plan.decided.items()}
    rows = store.db.execute("SELECT claim, digest, document FROM decided").fetchall()
    homes = {claim: document for claim, _, document in rows}
    query = "SELECT c.id, d.id FROM claims c JOIN documents d ON d.n = c.document WHERE c.id IN ({})"
    homes |= dict(store.chosen(query, after.keys() - homes.keys()))
    for claim in {claim for claim, _ in {(claim, digest) for claim, digest, _ in rows} ^ set(after.items())}:
        found = store.db.execute("SELECT key, number FROM units WHERE document = ? AND owner = 1", (homes.get(claim),))
        for key, number in found:
            plan.changed.add(key)
            plan.segments.add(_segment_of(number))
            plan.gone.add(homes[claim])
    store.db.execute("DELETE FROM decided")
    store.db.executemany(
        "INSERT INTO decided VALUES (?, ?, ?)", ((claim, digest, homes.get(claim)) for claim, digest in sorted(after.items()))
    )


def _choose_owners(run: Computation, store: KeptStore, plan: _Plan) -> None:
    """Where several inputs have the same bytes, find the one that each document stands under: the first in the order of the table."""
    taken: set[str] = set()
    for mark in run.work.twins():
        row = store.db.execute("SELECT document, owner FROM units WHERE key = ?", (mark.key,)).fetchone()
        document = _document_of(run, mark.key) if row is None or mark.key in plan.changed else row[0]
        owns = document is None or document not in taken
        plan.owners[mark.key] = owns
        taken.update([] if document is None else [document])
        if row is not None and row[0] is not None and bool(row[1]) != owns:
            plan.changed.add(mark.key)
            plan.segments.add(_segment_of(mark.number))
            plan.gone.update([row[0]] if row[1] else [])


def _document_of(run: Computation, key: str) -> str | None:
    told = run.work.result(key, run.reader)
    found = told["tables"].get("documents", ()) if told else ()
    return found[0][0] if found else None


def _check_segments(run: Computation, store: KeptStore, plan: _Plan) -> None:
    """Segments whose files are missing or damaged are written anew."""
    for number, segment in _segments(store).items():
        if number not in plan.segments and any(_sha256(run.folder.root / path) != digest for path, digest in segment.paths.items()):
            plan.segments.add(number)


def _segments(store: KeptStore) -> dict[int, Segment]:
    rows = store.db.execute("SELECT n, name, files FROM segments ORDER BY n").fetchall()
    return {n: Segment(name, {table: (digest, count) for table, (digest, count) in json.loads(files).items()}) for n, name, files in rows}


def _sha256(path: Path) -> str:
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


# -- documents -------------------------------------------------------------------------------------------------------------------------


def _written(run: Computation, store: KeptStore, plan: _Plan) -> Iterator[Told]:
    """Write the segments that are to be written, and give each changed document for merging as it is met."""
    for number in sorted(plan.segments - {_MERGED}):
        first, last = (0, 0) if number == 0 else (1 + (number - 1) * CAPTURES, number * CAPTURES)
        writer = SegmentWriter(run.drafts / f"draft-{number}")
        wrote = False
        for item, result in run.work.results(run.reader, first, last):
            wrote = True
            unit = _Unit(item, result or _untold(item), plan.owners.get(item.key, True), plan.decided)
            _write_unit(store, writer, unit, run.work.mark(item.key).mark if item.key in plan.changed else None)
            if unit.owned and item.key in plan.changed:
                yield unit.for_merging()
        segment = writer.close()
        if wrote:
            _keep_segment(store, number, segment)
        else:
            store.db.execute("DELETE FROM segments WHERE n = ?", (number,))


def _keep_segment(store: KeptStore, number: int, segment: Segment) -> None:
    files = compact({table: list(known) for table, known in segment.files.items()})
    store.db.execute("INSERT OR REPLACE INTO segments VALUES (?, ?, ?)", (number, segment.name, files))


class _Unit:
    """An input with what was read from it, as decisions leave it."""

    def __init__(self, item: WorkItem, told: Mapping[str, Any], owned: bool, decided: Mapping[str, Sequence[Decision]]) -> None:
        self.item = item
        self.told = told
        read: Tables = told["tables"]
        self.document: str | None = read["documents"][0][0] if read.get("documents") else None
        self.owned = owned and self.document is not None
        self.read = [line[0] for line in read.get("incident_claims", ())]
        self.tables: Tables = decided_tables(read, decided) if self.owned else {}

    def lines(self) -> Iterator[tuple[str, Sequence[Line]]]:
        """Its rows by table."""
        data = _input_data(self.item, self.told, [self.document] if self.document is not None else [])
        for table in _FROM_DOCUMENTS:
            yield table, lines("inputs", [input_row(data)]) if table == "inputs" else self.tables.get(table, ())

    def for_merging(self) -> Told:
        """The document as merging takes it."""
        from witnessmark.incidents.kept import Told

        claims = tuple(_for_merging(from_data(IncidentClaim, json.loads(line[-1]))) for line in self.tables["incident_claims"])
        return Told(str(self.document), _day(self.tables["documents"][0]), claims, self.told.get("wording") or None)


def _write_unit(store: KeptStore, writer: SegmentWriter, unit: _Unit, mark: str | None) -> None:
    """Write the rows of an input; ``mark`` is that of one that came or changed."""
    digests = b"".join(writer.extend(table, several) for table, several in unit.lines())
    item = unit.item
    if mark is None:
        store.db.execute("UPDATE units SET digests = ? WHERE key = ?", (digests, item.key))
        return
    homes = ((unit.document, claim) for claim in unit.read if unit.owned)
    store.db.executemany("UPDATE decided SET document = ? WHERE claim = ?", homes)
    row = (item.key, item.number, mark, item.origin, item.item, item.capture, unit.told["status"], unit.document, int(unit.owned), digests)
    store.db.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _for_merging(claim: IncidentClaim) -> IncidentClaim:
    """``claim`` without what neither merging nor comparing looks at, which is most of it."""
    return replace(
        claim,
        breakdown=(),
        aftermath=(),
        alternatives=(),
        speaker=None,
        place=replace(claim.place, candidates=()) if claim.place else None,
        date=replace(claim.date, candidates=()) if claim.date else None,
        killed=replace(claim.killed, candidates=()) if claim.killed else None,
        injured=replace(claim.injured, candidates=()) if claim.injured else None,
    )


def _untold(item: WorkItem) -> dict[str, Any]:
    """The result of an input of which there are no bytes."""
    problems = [item.problem] if item.problem else []
    outcome = CATALOGUE[item.problem.code].outcome if item.problem else "failed"
    return {"status": outcome if outcome in OUTCOMES else "failed", "problems": [to_data(p) for p in problems], "tables": {}}


def _input_data(item: WorkItem, told: Mapping[str, Any], identifiers: Sequence[str]) -> dict[str, Any]:
    return {
        "origin": item.origin,
        "item": item.item,
        "capture": item.capture,
        "method": item.method,
        "media_type": item.media_type,
        "size": item.size,
        "status": told["status"],
        "documents": list(identifiers),
        "problems": told["problems"],
    }


_PUBLISHED = list(TABLES["documents"]).index("published")


def _day(line: Line) -> dt.date | None:
    return dt.date.fromisoformat(line[_PUBLISHED]) if line[_PUBLISHED] else None


# -- incidents -------------------------------------------------------------------------------------------------------------------------

_Traced = tuple["list[Known]", "list[Known]"]


def _renewed(run: Computation, store: KeptStore, plan: _Plan, decisions: Sequence[Decision]) -> _Traced:
    """Merge what changed, write the incidents; gives those that went and those that came, as far as they can be followed."""
    from witnessmark.incidents.kept import renew

    before: list[Known] = []
    after: list[Known] = []
    renewal = renew(store, _written(run, store, plan), sorted(plan.gone), decisions, spark=run.spark)
    for number in sorted(renewal.dropped):
        before += _incidents_of(store, "grouped = ? AND name = 'incidents'", number)
        store.db.execute("DELETE FROM lines WHERE grouped = ?", (number,))
    came = False
    for part in renewal.parts:
        after.append(_keep_part(store, part))
        came = True
    if came or renewal.dropped or _MERGED in plan.segments or _MERGED not in _segments(store):
        _write_merged(run, store)
    return before, after


def _keep_part(store: KeptStore, part: Part) -> Known:
    from witnessmark.assess import between_documents
    from witnessmark.incidents.lineage import Known

    incident = part.incident
    found = between_documents([incident], part.claims, published=part.published) if len(part.claims) > 1 else ()
    kept = [("incidents", incident.identifier, lines("incidents", [incident_row(to_data(incident))])[0])]
    kept += [("contradictions", c.identifier, lines("contradictions", [contradiction_row(to_data(c))])[0]) for c in found]
    rows = [
        (part.number, name, identifier, text := compact(line), hashlib.sha256(text.encode("ascii")).digest())
        for name, identifier, line in kept
    ]
    store.db.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", rows)
    return Known(incident.identifier, incident.claims)


def _incidents_of(store: KeptStore, where: str, *values: object) -> list[Known]:
    from witnessmark.incidents.lineage import Known

    rows = store.db.execute(f"SELECT line FROM lines WHERE {where}", values)
    return [Known(data["identifier"], tuple(data["claims"])) for (line,) in rows for data in [json.loads(json.loads(line)[-1])]]


_LINES = 500


def _write_merged(run: Computation, store: KeptStore) -> None:
    writer = SegmentWriter(run.drafts / "draft-merged")
    for table in ("incidents", "contradictions"):
        rows = store.db.execute("SELECT line FROM lines WHERE name = ? ORDER BY id, line", (table,))
        while some := [json.loads(line) for (line,) in itertools.islice(rows, _LINES)]:
            writer.extend(table, some)
    _keep_segment(store, _MERGED, writer.close())


# -- the snapshot ----------------------------------------------------------------------------------------------------------------------


def _manifest(run: Computation, store: KeptStore) -> Manifest:
    known = _segments(store)
    ordered = [known[n] for n in sorted(known, key=lambda n: (n == _MERGED, n))]
    outcomes = dict(store.db.execute("SELECT status, count(*) FROM units GROUP BY status"))
    digests = _digests(store)
    tables = {
        name: {"rows": sum(segment.files[name][1] for segment in ordered if name in segment.files), "digest": digests[name]}
        for name in TABLES
    }
    return Manifest(
        snapshot=snapshot_name(tables),
        files={path: digest for segment in ordered for path, digest in segment.paths.items()},
        tables=tables,
        totals={"inputs": sum(outcomes.values()), **{name: outcomes.get(name, 0) for name in OUTCOMES}},
        ledger=Head(0, ""),
        producers=run.producers,
        versions={"witnessmark": witnessmark.__version__},
        segments=tuple(segment.name for segment in ordered),
    )


def _digests(store: KeptStore) -> dict[str, str]:
    """For each table the SHA-256 over the digests of its inputs, in their order, then over those of the rows that follow from all of them."""
    totals = {name: hashlib.sha256() for name in TABLES}
    units = store.db.execute("SELECT digests FROM units ORDER BY origin, item, capture, key")
    size = len(NO_ROWS)
    while some := [row[0] for row in itertools.islice(units, _LINES)]:
        for at, name in enumerate(_FROM_DOCUMENTS):
            totals[name].update(b"".join([digests[at * size : (at + 1) * size] for digests in some]))
    for name in ("incidents", "contradictions"):
        for (digest,) in store.db.execute("SELECT digest FROM lines WHERE name = ? ORDER BY id, line", (name,)):
            totals[name].update(digest)
    return {name: total.hexdigest() for name, total in totals.items()}


def _log_changes(run: Computation, store: KeptStore, snapshot: str, before: Sequence[Known], after: Sequence[Known]) -> None:
    """Note in the ledger which incidents of the last snapshot were merged, split, renamed or lost, so that whoever cited one can follow it."""
    from witnessmark.incidents.lineage import changes

    manifest = _last_manifest(run.folder)
    if manifest is None:
        return
    if manifest.snapshot != store.get("snapshot"):  # what is kept is of another snapshot: hold all incidents against those of the last one
        before, after = _incidents_in(run.folder, manifest), _incidents_of(store, "name = 'incidents'")
    found = changes(before, after)
    if found:
        run.ledger.append(Entry("incidents", snapshot, {"changes": [to_data(change) for change in found]}), actor=run.actor)


def _last_manifest(folder: CaseFolder) -> Manifest | None:
    """The manifest of the last snapshot; None when there is none or it is damaged, which installing the new one mends."""
    try:
        return read_manifest(folder)
    except CaseError:
        return None


def _incidents_in(folder: CaseFolder, manifest: Manifest) -> list[Known]:
    """The incidents of a snapshot; none when its tables are damaged."""
    from witnessmark.engines.local import LocalEngine
    from witnessmark.incidents.lineage import Known

    try:
        return [Known(data["identifier"], tuple(data["claims"])) for data in LocalEngine(folder.root, manifest).records("incidents")]
    except CaseError:
        return []
