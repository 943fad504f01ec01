"""The one place where the stages are chained: sources, archive, documents, statements, claims, incidents, assessment, tables.

A run has three steps. *Taking in* archives every input and notes it. *Reading* works through the noted inputs that the present reader
has not read, one by one or in several processes, and keeps each result as soon as it is ready. *Computing* merges what all documents
claim and writes a new snapshot. A run that was killed is finished by the next one, with the result of a run that was not.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import witnessmark
from witnessmark.archive import Archive, Blobs, CaseFolder, Receipt, Taken
from witnessmark.engines import Manifest, WorkItem, WorkStore, read_manifest, unpack
from witnessmark.engines.manifest import install
from witnessmark.engines.schema import TABLES, Line, contradiction_row, incident_row, input_row, lines
from witnessmark.engines.writer import SnapshotWriter, snapshot_name
from witnessmark.errors import CATALOGUE, CaseError, UsageError
from witnessmark.gathering import SHARD, Gatherer, missing, share_of
from witnessmark.ledger import Entry, Head, Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.ledger.store import FORMAT
from witnessmark.model import Contradiction, Decision, Incident, IncidentClaim, Problem, Producer
from witnessmark.model.serialise import from_data, storable, to_data
from witnessmark.reader import USER_PUBLISHED, USER_PUBLISHER, Reader, read_on_spark, read_pending
from witnessmark.review import Standings, read_decisions
from witnessmark.review.tables import decided_tables
from witnessmark.sources import WHOLE, Share

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark
    from witnessmark.incidents import Wording
    from witnessmark.proposals import LanguageModel
    from witnessmark.sources import RawItem

OUTCOMES = ("read", "partial", "empty", "blocked", "failed")
"""What can become of an input; every input has exactly one."""

_BATCH_ITEMS, _BATCH_BYTES = 64, 8_000_000
"""Inputs are archived with one ledger write for so many items or bytes: a flush costs about 3 ms, more than reading a short text."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. ``published`` and ``publisher`` go for all inputs and override what they say themselves.

    ``workers`` is the number of processes that read documents; ``actor`` goes into the ledger (default: the user's login name). ``engine``
    "spark" reads documents and compares claims on Spark (:mod:`witnessmark.engines.spark`); what comes out is the same. ``share`` is the share of the inputs that is
    taken in, when other processes read the others.
    ``model`` is a language model that proposes beside the rules; none is asked unless it is named. What one proposed in an earlier run stays, unless
    ``rules_only``.
    """

    published: dt.date | None = None
    publisher: str | None = None
    allow_network: bool = False
    max_bytes: int = 32_000_000
    workers: int = 1
    actor: str = ""
    engine: str = "local"
    share: Share = WHOLE
    model: LanguageModel | None = None
    rules_only: bool = False

    @property
    def hints(self) -> dict[str, str]:
        """What the user says about every input."""
        said = {USER_PUBLISHED: self.published.isoformat() if self.published else None, USER_PUBLISHER: self.publisher}
        return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: ``stage`` (taking in, reading, computing), ``done`` of ``total`` (None while unknown), the last ``origin``.

    What is reported as done is on disk.
    """

    stage: str
    done: int
    total: int | None
    origin: str = ""


ProgressCallback = Callable[[Progress], None]


def run(folder: CaseFolder, inputs: Sequence[str], options: Options, progress: ProgressCallback | None = None) -> Manifest:
    """Read ``inputs`` into the case in ``folder``, go on with what an earlier run left, and give the manifest of the new snapshot.

    Without ``inputs`` only the second part is done. Inputs that cannot be read are recorded and counted, never raised.

    Raises:
        UsageError: WM007, WM034 when Spark is asked for and is not there, WM036 when the case is of another share of the inputs.
        CaseError: WM305, WM306, WM307: the case is held by another process, of a newer version, or cannot be written; WM035 when Spark gives up.
        IntegrityError: WM301, WM302 when what is stored is damaged.
        UsageError: WM037, WM038 when the language model may not or cannot be asked.
    """
    if options.model is not None:
        options.model.check(allow_network=options.allow_network)

    def take(desk: _Desk) -> None:
        if inputs:
            _note_share(desk, options.share)
            _take_in(inputs, options, desk.archive, desk.work, desk.tell)

    return _run(folder, options, progress, take)


def gather(
    folder: CaseFolder, others: Sequence[CaseFolder], options: Options, progress: ProgressCallback | None = None
) -> tuple[Manifest, tuple[str, ...]]:
    """Make the cases ``others``, shards of one body of reports, parts of the case in ``folder``: its manifest, and the shards that are still missing.

    The snapshot is that of one run over all inputs. What the shards have read is not read again; a run that was killed is done again.

    Raises:
        UsageError, CaseError, IntegrityError: as :func:`run`, and for a shard as :meth:`witnessmark.gathering.Gatherer.gather`.
    """
    absent: tuple[str, ...] = ()

    def take(desk: _Desk) -> None:
        nonlocal absent
        done = count(1)
        gatherer = Gatherer(desk.archive, desk.ledger, desk.work, reader_producer().identifier, desk.actor)
        gatherer.gather(others, lambda origin: desk.tell(Progress("gathering", next(done), len(others), origin)))
        absent = missing(desk.ledger)

    return _run(folder, options, progress, take), absent


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is open while a case is written."""

    archive: Archive
    ledger: Ledger
    work: WorkStore
    actor: str
    tell: ProgressCallback


def _run(folder: CaseFolder, options: Options, progress: ProgressCallback | None, take: Callable[[_Desk], None]) -> Manifest:
    tell = progress or (lambda _: None)
    actor = options.actor or current_actor()
    with (
        _spark(options) as spark,
        folder.writing(),
        Ledger(folder.ledger, tool_version=witnessmark.__version__, durable=folder.durable) as ledger,
        WorkStore(folder.work, durable=folder.durable) as work,
    ):
        if ledger.size == 0:
            ledger.append(Entry("create", "case", {"format": FORMAT}), actor=actor)
        producers = reading_producers(folder, options)
        archive = Archive(Blobs(folder.blobs, aside=folder.aside, durable=folder.durable), ledger, actor=actor)
        _restore(archive, work)
        take(_Desk(archive, ledger, work, actor, tell))
        _read(folder, options, producers, ledger, work, actor, tell, spark)
        manifest = _compute(folder, ledger, work, producers, actor, tell, spark)
        work.forget_others(results_of(producers), sparing="" if len(producers) > 1 else ASKED)
    return manifest


def _spark(options: Options) -> AbstractContextManager[Spark | None]:
    """Spark, begun before anything is written, when it is asked for."""
    if options.engine == "local":
        return nullcontext()
    from witnessmark.engines.spark import spark

    return spark(workers=options.workers)


# -- taking in -------------------------------------------------------------------------------------------------------------------------


def _restore(archive: Archive, work: WorkStore) -> None:
    """Note captures of which the working store does not know: a run died between the two, or the store was removed."""
    noted = work.keys()
    lost = {item.key: item for item in map(_from_ledger, archive.captures()) if item.key not in noted}
    if lost:
        work.put_inputs(lost.values())


def _note_share(desk: _Desk, share: Share) -> None:
    """Say in the ledger of which share of the inputs the case is, once."""
    there = share_of(desk.ledger)
    if share.of > 1 and there not in ("", str(share)):
        raise UsageError("WM036", f"{share}; this case is of shard {there}")
    if share.of > 1 and not there:
        desk.ledger.append(Entry(SHARD, str(share)), actor=desk.actor)


def _take_in(inputs: Sequence[str], options: Options, archive: Archive, work: WorkStore, tell: ProgressCallback) -> None:
    from witnessmark.sources import collect

    known = {
        _identity(t.capture.origin, t.item, t.capture.digest): t.capture.number for t in archive.captures() if t.capture.method != "url"
    }
    stdin = sys.stdin.buffer if "-" in inputs else None
    found = collect(inputs, allow_network=options.allow_network, max_bytes=options.max_bytes, stdin=stdin, share=options.share)
    done = 0
    for batch in _batches(found):
        items = [raw for raw in batch if not isinstance(raw, Problem)]
        noted = [_missed(raw) for raw in batch if isinstance(raw, Problem)]
        noted += _archived(items, options.hints, archive, known)
        work.put_inputs(noted)
        done += len(batch)
        tell(Progress("taking in", done, None, batch[-1].origin))


def _batches(found: Iterator[RawItem | Problem]) -> Iterator[list[RawItem | Problem]]:
    batch: list[RawItem | Problem] = []
    size = 0
    for raw in found:
        batch.append(raw)
        size += 0 if isinstance(raw, Problem) else len(raw.data)
        if len(batch) >= _BATCH_ITEMS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _identity(origin: str, item: str, digest: str) -> bytes:
    return hashlib.sha256(f"{origin}\0{item}\0{digest}".encode("utf-8", "surrogatepass")).digest()


def _archived(items: list[RawItem], hints: Mapping[str, str], archive: Archive, known: dict[bytes, int]) -> list[WorkItem]:
    """Archive what the case does not hold yet. The same bytes from the same place are the capture that is there, unless fetched anew."""
    keys = [_identity(raw.origin, raw.item, hashlib.sha256(raw.data).hexdigest()) for raw in items]
    fresh = {key: raw for key, raw in zip(keys, items, strict=True) if key not in known}
    receipts = [
        Receipt(r.data, r.origin, r.method, r.received, r.media_type, r.item, r.headers, {**r.hints, **hints}) for r in fresh.values()
    ]
    captures = archive.store_all(receipts) if receipts else ()
    known |= {key: capture.number for key, capture in zip(fresh, captures, strict=True)}
    return [_noted(raw, known[key], hints) for key, raw in zip(keys, items, strict=True)]


def _noted(raw: RawItem, number: int, hints: Mapping[str, str]) -> WorkItem:
    return WorkItem(
        origin=storable(raw.origin),
        item=storable(raw.item),
        capture=hashlib.sha256(raw.data).hexdigest(),
        number=number,
        method=raw.method,
        media_type=raw.media_type,
        size=len(raw.data),
        received=raw.received.isoformat(),
        headers=tuple(sorted(raw.headers)),
        hints={**raw.hints, **hints},
    )


def _from_ledger(taken: Taken) -> WorkItem:
    capture = taken.capture
    return WorkItem(
        origin=storable(capture.origin),
        item=storable(taken.item),
        capture=capture.digest,
        number=capture.number,
        method=capture.method,
        media_type=capture.media_type,
        size=capture.size,
        received=capture.received.isoformat(),
        headers=capture.headers,
        hints=taken.hints,
    )


def _missed(problem: Problem) -> WorkItem:
    return WorkItem(storable(problem.origin), "", "", 0, "", "", 0, "", (), {}, problem)


# -- reading ---------------------------------------------------------------------------------------------------------------------------


def _read(
    folder: CaseFolder,
    options: Options,
    producers: Sequence[Producer],
    ledger: Ledger,
    work: WorkStore,
    actor: str,
    tell: ProgressCallback,
    spark: Spark | None,
) -> None:
    producer = results_of(producers)
    unasked = options.model is None and len(producers) > 1
    # Without the model, what was to be asked again waits for a run that names it.
    pending = work.pending(producer, again=not unasked)
    reader = Reader(folder.blobs.absolute(), options.model, unasked)
    if options.model is not None and pending:
        # Noted before the first word is sent: what left the machine is on record even when the run is killed.
        note = {**options.model.note(), "documents": len(pending)}
        ledger.append(Entry("ask", options.model.producer.identifier, note), actor=actor)
    found = read_pending(reader, pending, workers=options.workers) if spark is None else read_on_spark(spark, reader, pending)
    for done, (item, body) in enumerate(found, 1):
        again = len(producers) > 1 and bool(unpack(body).get("again"))
        work.put_result(item, producer, body, again=again)
        tell(Progress("reading", done, len(pending), item.origin))


ASKED = "llm-"
"""Begins the name under which results are kept that a language model was asked for."""


def reading_producers(folder: CaseFolder, options: Options) -> tuple[Producer, ...]:
    """Who reads: the rules, and the language model that proposes beside them: the one of ``options``, else the one of the last snapshot."""
    if options.model is not None:
        return reader_producer(), options.model.producer
    if options.rules_only:
        return (reader_producer(),)
    try:
        before = read_manifest(folder)
    except CaseError:
        before = None  # damaged: this run makes it anew
    return reader_producer(), *(before.producers[1:] if before is not None else ())


def results_of(producers: Sequence[Producer]) -> str:
    """The name under which the results of ``producers`` are kept."""
    return "-".join([*([ASKED.rstrip("-")] if len(producers) > 1 else []), *(p.identifier for p in producers)])


@functools.cache
def reader_producer() -> Producer:
    """The reader of documents. Its configuration is the hash of its code and data: a changed lexicon reads everything again."""
    root = Path(witnessmark.__file__).parent
    total = hashlib.sha256()
    for name in ("assess", "claims", "documents", "incidents/wording/bags.py", "model", "statements", "vocabulary", "reader.py"):
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]:
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return Producer("witnessmark.reader", witnessmark.__version__, total.hexdigest()[:16])


# -- computing -------------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Gathered:
    """What has to be in memory at once to merge claims: the claims, the days of publication and the wordings, not texts or statements."""

    claims: list[IncidentClaim]
    published: dict[str, dt.date | None]
    wordings: dict[str, Wording]
    outcomes: Counter[str]


def _compute(
    folder: CaseFolder,
    ledger: Ledger,
    work: WorkStore,
    producers: tuple[Producer, ...],
    actor: str,
    tell: ProgressCallback,
    spark: Spark | None = None,
) -> Manifest:
    """Write everything that was read, and what follows from all of it together, into a new snapshot."""
    tell(Progress("computing", 0, None))
    draft = folder.aside / "snapshot"
    shutil.rmtree(draft, ignore_errors=True)
    writer = SnapshotWriter(draft)
    standing = Standings.of(read_decisions(ledger))
    gathered = _write_documents(work, results_of(producers), writer, standing.effective())
    incidents = _write_incidents(gathered, writer, standing.links(), spark)
    tables = writer.close()
    totals = {"inputs": gathered.outcomes.total(), **{name: gathered.outcomes[name] for name in OUTCOMES}}
    manifest = Manifest(
        snapshot=snapshot_name(tables),
        files={},
        tables=tables,
        totals=totals,
        ledger=Head(0, ""),
        producers=producers,
        versions={"witnessmark": witnessmark.__version__},
    )
    _log_changes(folder, ledger, incidents, manifest.snapshot, actor)
    manifest = install(folder, ledger, draft, manifest, actor=actor)
    tell(Progress("computing", 1, 1))
    return manifest


def _write_documents(work: WorkStore, producer: str, writer: SnapshotWriter, decided: Mapping[str, Sequence[Decision]]) -> _Gathered:
    from witnessmark.incidents import Wording

    gathered = _Gathered([], {}, {}, Counter())
    for item, result in work.results(producer):
        told = result or _untold(item)
        gathered.outcomes[told["status"]] += 1
        tables = decided_tables(told["tables"], decided)
        identifiers = [line[0] for line in tables.get("documents", ())]
        writer.extend("inputs", lines("inputs", [input_row(_input_data(item, told, identifiers))]))
        # The same bytes from two places are one document: the place that comes first in the order of the table names it.
        if identifiers and identifiers[0] not in gathered.published:
            for table, several in tables.items():
                writer.extend(table, several)
            gathered.published[identifiers[0]] = _day(tables["documents"][0])
            if tables["incident_claims"] and told.get("wording"):
                gathered.wordings[identifiers[0]] = Wording.unpack(told["wording"])
            gathered.claims += [_for_merging(from_data(IncidentClaim, json.loads(line[-1]))) for line in tables["incident_claims"]]
    return gathered


def _for_merging(claim: IncidentClaim) -> IncidentClaim:
    """``claim`` without what neither merging nor comparing looks at, which is most of it: all claims are in memory at once."""
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


def _log_changes(folder: CaseFolder, ledger: Ledger, incidents: Sequence[Incident], snapshot: str, actor: str) -> None:
    """Note in the ledger which incidents of the last snapshot were merged, split, renamed or lost, so that whoever cited one can follow it."""
    from witnessmark.incidents.lineage import changes

    before = _incidents_before(folder)
    found = changes(before, incidents) if before else ()
    if found:
        ledger.append(Entry("incidents", snapshot, {"changes": [to_data(change) for change in found]}), actor=actor)


def _incidents_before(folder: CaseFolder) -> tuple[Incident, ...]:
    """The incidents of the last snapshot; none when there is none or it is damaged, which installing the new one mends."""
    from witnessmark.engines.local import LocalEngine

    try:
        manifest = read_manifest(folder)
        return () if manifest is None else tuple(from_data(Incident, d) for d in LocalEngine(folder.root, manifest).records("incidents"))
    except CaseError:
        return ()


def _write_incidents(
    gathered: _Gathered, writer: SnapshotWriter, decided: Sequence[Decision], spark: Spark | None = None
) -> tuple[Incident, ...]:
    from witnessmark.assess import between_documents
    from witnessmark.incidents import merge

    incidents = merge(gathered.claims, published=gathered.published, wordings=gathered.wordings, decisions=decided, spark=spark)
    writer.extend("incidents", lines("incidents", (incident_row(to_data(i)) for i in incidents)))
    by_id = {claim.identifier: claim for claim in gathered.claims}
    found: Sequence[Contradiction] = between_documents(incidents, by_id, published=gathered.published)
    writer.extend("contradictions", lines("contradictions", (contradiction_row(to_data(c)) for c in found)))
    return incidents
