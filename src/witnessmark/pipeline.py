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
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import witnessmark
from witnessmark.archive import Archive, Blobs, CaseFolder, Receipt, Taken
from witnessmark.computing import OUTCOMES, Computation, compute
from witnessmark.engines import Manifest, WorkItem, WorkStore
from witnessmark.ledger import Entry, Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.ledger.store import FORMAT
from witnessmark.model import Problem, Producer
from witnessmark.model.serialise import storable
from witnessmark.reader import USER_PUBLISHED, USER_PUBLISHER, Reader, read_pending

if TYPE_CHECKING:
    from witnessmark.sources import RawItem

__all__ = ["OUTCOMES", "Options", "Progress", "ProgressCallback", "merging_producer", "reader_producer", "run"]

_BATCH_ITEMS, _BATCH_BYTES = 64, 8_000_000
"""Inputs are archived with one ledger write for so many items or bytes: a flush costs about 3 ms, more than reading a short text."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. ``published`` and ``publisher`` go for all inputs and override what they say themselves.

    ``workers`` is the number of processes that read documents; ``actor`` goes into the ledger (default: the user's login name).
    """

    published: dt.date | None = None
    publisher: str | None = None
    allow_network: bool = False
    max_bytes: int = 32_000_000
    workers: int = 1
    actor: str = ""

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
        CaseError: WM305, WM306, WM307: the case is held by another process, of a newer version, or cannot be written.
        IntegrityError: WM301, WM302 when what is stored is damaged.
    """
    tell = progress or (lambda _: None)
    actor = options.actor or current_actor()
    with (
        folder.writing(),
        Ledger(folder.ledger, tool_version=witnessmark.__version__, durable=folder.durable) as ledger,
        WorkStore(folder.work, durable=folder.durable) as work,
    ):
        if ledger.size == 0:
            ledger.append(Entry("create", "case", {"format": FORMAT}), actor=actor)
        archive = Archive(Blobs(folder.blobs, aside=folder.aside, durable=folder.durable), ledger, actor=actor)
        _restore(archive, ledger, work)
        if inputs:
            _take_in(inputs, options, archive, ledger, work, tell)
        _read(folder, options, work, tell)
        tell(Progress("computing", 0, None))
        producers = (reader_producer(), merging_producer())
        manifest = compute(Computation(folder, ledger, work, reader_producer().identifier, producers, actor))
        tell(Progress("computing", 1, 1))
        work.forget_others(reader_producer().identifier)
    return manifest


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


def _take_in(inputs: Sequence[str], options: Options, archive: Archive, ledger: Ledger, work: WorkStore, tell: ProgressCallback) -> None:
    from witnessmark.sources import collect

    known = _Known(archive, ledger, work)
    stdin = sys.stdin.buffer if "-" in inputs else None
    found = collect(inputs, allow_network=options.allow_network, max_bytes=options.max_bytes, stdin=stdin)
    done = 0
    for batch in _batches(found):
        items = [raw for raw in batch if not isinstance(raw, Problem)]
        noted = [_missed(raw) for raw in batch if isinstance(raw, Problem)]
        noted += _archived(items, options.hints, archive, known)
        work.put_inputs(noted)
        done += len(batch)
        tell(Progress("taking in", done, None, batch[-1].origin))
    _all_noted(ledger, work)


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


def _read(folder: CaseFolder, options: Options, work: WorkStore, tell: ProgressCallback) -> None:
    producer = reader_producer().identifier
    pending = work.pending(producer)
    reader = Reader(folder.blobs)
    for done, (item, body) in enumerate(read_pending(reader, pending, workers=options.workers), 1):
        work.put_result(item, producer, body)
        tell(Progress("reading", done, len(pending), item.origin))


@functools.cache
def reader_producer() -> Producer:
    """The reader of documents. Its configuration is the hash of its code and data: a changed lexicon reads everything again."""
    parts = ("assess", "claims", "documents", "incidents/wording/bags.py", "model", "statements", "vocabulary", "reader.py")
    return Producer("witnessmark.reader", witnessmark.__version__, _hash_of(parts))


@functools.cache
def merging_producer() -> Producer:
    """What computes snapshots of what was read. Its configuration is the hash of its code and data and of the libraries that compare claims: what an
    earlier one kept is not used."""
    parts = ("assess", "engines", "incidents", "model", "review", "computing.py")
    libraries = " ".join(f"{name} {version(name)}" for name in ("duckdb", "numpy", "pyarrow", "splink"))
    return Producer("witnessmark.merging", witnessmark.__version__, _hash_of(parts, libraries))


def _hash_of(parts: Sequence[str], more: str = "") -> str:
    root = Path(witnessmark.__file__).parent
    total = hashlib.sha256(more.encode())
    for name in parts:
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]:
            if path.is_file() and path.suffix != ".pyc":
                total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
