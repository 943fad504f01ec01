"""The one place where the stages are chained: sources, archive, documents, statements, claims, incidents, assessment, tables.

A run has three steps. *Taking in* archives every input and notes it. *Reading* works through the noted inputs that the present reader
has not read, one by one or in several processes, and keeps each result as soon as it is ready. *Computing* merges what documents
claim and writes a new snapshot (:mod:`witnessmark.computing`). A run that was killed is finished by the next one, with the result of a run that was not.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import witnessmark
from witnessmark.archive import Archive, Blobs, CaseFolder, Receipt, Taken
from witnessmark.computing import OUTCOMES, Computation, compute
from witnessmark.engines import Manifest, WorkItem, WorkStore, read_manifest, unpack
from witnessmark.errors import CaseError, UsageError
from witnessmark.gathering import SHARD, Gatherer, missing, share_of
from witnessmark.ledger import Entry, Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.ledger.store import FORMAT
from witnessmark.model import Problem, Producer
from witnessmark.model.serialise import storable
from witnessmark.reader import USER_PUBLISHED, USER_PUBLISHER, Reader, read_on_spark, read_pending
from witnessmark.sources import WHOLE, Share

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark
    from witnessmark.proposals import LanguageModel
    from witnessmark.sources import RawItem

__all__ = ["OUTCOMES", "Options", "Progress", "ProgressCallback", "merging_producer", "reader_producer", "run"]

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
            _take_in(inputs, options, desk)

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
        _restore(archive, ledger, work)
        take(_Desk(archive, ledger, work, actor, tell))
        _all_noted(ledger, work)
        _read(folder, options, producers, ledger, work, actor, tell, spark)
        tell(Progress("computing", 0, None))
        manifest = compute(Computation(folder, ledger, work, results_of(producers), (*producers, merging_producer()), actor, spark))
        tell(Progress("computing", 1, 1))
        work.forget_others(results_of(producers), sparing="" if len(producers) > 1 else ASKED)
    return manifest


def _spark(options: Options) -> AbstractContextManager[Spark | None]:
    """Spark, begun before anything is written, when it is asked for."""
    if options.engine == "local":
        return nullcontext()
    from witnessmark.engines.spark import spark

    return spark(workers=options.workers)


# -- taking in -------------------------------------------------------------------------------------------------------------------------


def _restore(archive: Archive, ledger: Ledger, work: WorkStore) -> None:
    """Note captures of which the working store does not know: a run died between the two, or the store was removed."""
    size, last = work.noted_up_to() or (0, "")
    found = next(ledger.latest(size, 1), None)
    known = size if found is not None and (found.n, found.hash) == (size - 1, last) else 0
    if known < ledger.size:
        lost = {item.key: item for item in map(_from_ledger, archive.captures(after=known - 1))}
        noted = work.noted(lost)
        work.put_inputs(item for key, item in lost.items() if key not in noted)
        _all_noted(ledger, work)


def _all_noted(ledger: Ledger, work: WorkStore) -> None:
    last = next(ledger.latest(ledger.size, 1))
    work.note_up_to(ledger.size, last.hash)


def _note_share(desk: _Desk, share: Share) -> None:
    """Say in the ledger of which share of the inputs the case is, once."""
    there = share_of(desk.ledger)
    if share.of > 1 and there not in ("", str(share)):
        raise UsageError("WM036", f"{share}; this case is of shard {there}")
    if share.of > 1 and not there:
        desk.ledger.append(Entry(SHARD, str(share)), actor=desk.actor)


def _take_in(inputs: Sequence[str], options: Options, desk: _Desk) -> None:
    from witnessmark.sources import collect

    known = _Known(desk.archive, desk.ledger, desk.work)
    stdin = sys.stdin.buffer if "-" in inputs else None
    found = collect(inputs, allow_network=options.allow_network, max_bytes=options.max_bytes, stdin=stdin, share=options.share)
    done = 0
    for batch in _batches(found):
        items = [raw for raw in batch if not isinstance(raw, Problem)]
        noted = [_missed(raw) for raw in batch if isinstance(raw, Problem)]
        noted += _archived(items, options.hints, desk.archive, known)
        desk.work.put_inputs(noted)
        done += len(batch)
        desk.tell(Progress("taking in", done, None, batch[-1].origin))


class _Known:
    """Which inputs the case holds: those of earlier runs but for what came from the network, and those of this run."""

    def __init__(self, archive: Archive, ledger: Ledger, work: WorkStore) -> None:
        self._work = work
        self._here: dict[str, int] = {}
        # A capture whose record was erased is no longer there for the case, and is captured anew.
        self._left = {t.capture.number for t in archive.captures()} if ledger.count("erase") else None

    def among(self, keys: Sequence[str]) -> dict[str, int]:
        """Those of ``keys`` that are known, with the number of their capture."""
        found = {key: n for key, n in self._work.known(keys).items() if self._left is None or n in self._left}
        return found | {key: self._here[key] for key in keys if key in self._here}

    def add(self, key: str, number: int) -> None:
        """Note a capture of this run."""
        self._here[key] = number
        if self._left is not None:
            self._left.add(number)


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


def _archived(items: list[RawItem], hints: Mapping[str, str], archive: Archive, known: _Known) -> list[WorkItem]:
    """Archive what the case does not hold yet. The same bytes from the same place are the capture that is there, unless fetched anew."""
    noted = [_noted(raw, 0, hints) for raw in items]
    held = known.among([item.key for item in noted])
    fresh = {item.key: raw for item, raw in zip(noted, items, strict=True) if item.key not in held}
    receipts = [
        Receipt(r.data, r.origin, r.method, r.received, r.media_type, r.item, r.headers, {**r.hints, **hints}) for r in fresh.values()
    ]
    captures = archive.store_all(receipts) if receipts else ()
    for key, capture in zip(fresh, captures, strict=True):
        held[key] = capture.number
        known.add(key, capture.number)
    return [replace(item, number=held[item.key]) for item in noted]


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
    return reader_producer(), *(p for p in (before.producers[1:] if before is not None else ()) if p.name != _MERGING)


def results_of(producers: Sequence[Producer]) -> str:
    """The name under which the results of ``producers`` are kept."""
    return "-".join([*([ASKED.rstrip("-")] if len(producers) > 1 else []), *(p.identifier for p in producers)])


_MERGING = "witnessmark.merging"


@functools.cache
def reader_producer() -> Producer:
    """The reader of documents. Its configuration is the hash of its code and data: a changed lexicon reads everything again."""
    parts = ("assess", "claims", "documents", "incidents/wording/bags.py", "model", "statements", "vocabulary", "reader.py")
    return Producer("witnessmark.reader", witnessmark.__version__, _hash_of(parts))


@functools.cache
def merging_producer() -> Producer:
    """What computes snapshots of what was read. Its configuration is the hash of its code and data and of the libraries that compare claims: what an
    earlier one kept is not used."""
    parts = ("assess", "engines", "incidents", "model", "review", "computing")
    libraries = " ".join(f"{name} {version(name)}" for name in ("duckdb", "numpy", "pyarrow", "splink"))
    return Producer(_MERGING, witnessmark.__version__, _hash_of(parts, libraries))


def _hash_of(parts: Sequence[str], more: str = "") -> str:
    root = Path(witnessmark.__file__).parent
    total = hashlib.sha256(more.encode())
    for name in parts:
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]:
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
