"""Reading one input: documents, statements, claims and contradictions inside a document, here, in worker processes or on Spark."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from witnessmark.archive import Blobs
from witnessmark.engines import WorkItem, pack, unpack
from witnessmark.engines.schema import Line, document_lines
from witnessmark.errors import CATALOGUE, CaseError, WitnessmarkError, describe
from witnessmark.model import Capture, Document, Problem
from witnessmark.model.serialise import to_data

if TYPE_CHECKING:
    from witnessmark.claims import Claims
    from witnessmark.documents import DocumentOutcome
    from witnessmark.engines.spark import Spark
    from witnessmark.proposals import LanguageModel
    from witnessmark.statements import Reading

T = TypeVar("T")
Lines: TypeAlias = dict[str, list[Line]]
"""What a document adds to the tables, by table."""

USER_PUBLISHED, USER_PUBLISHER = "user_published", "user_publisher"
"""Hints that come from the user, not from the container."""

_AHEAD = 4
"""Tasks handed out per worker before the first is done: enough that none waits, few enough that memory does not grow."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads archived inputs; ``blobs`` is the folder of the originals, ``model`` a language model that is asked for proposals.
    ``unasked``: the case holds proposals, but no model is named now; each document then says that it was not asked about.
    """

    blobs: Path
    model: LanguageModel | None = None
    unasked: bool = False

    def read(self, item: WorkItem) -> bytes:
        """What ``item`` says, packed: status, problems, and the lines that its document adds to the tables.

        Raises:
            CaseError: WM308 when the original is missing.
            IntegrityError: WM301 when it was changed.
        """
        data = Blobs(self.blobs, aside=self.blobs).read(item.capture)
        _load_stages(self.model)
        outcome = _guarded(item.origin, lambda: _documents(item, data))
        if isinstance(outcome, Problem):
            return pack({"status": "failed", "problems": [to_data(outcome)], "tables": {}})
        problems = [to_data(p) for p in outcome.problems]
        if outcome.document is None:
            return pack({"status": outcome.status, "problems": problems, "tables": {}})
        told = _read_document(outcome.document, self)
        told_so = {"status": told.status, "problems": [*problems, *map(to_data, told.problems)], "tables": told.lines, "again": told.again}
        # Only documents that tell of an incident are merged: the others are spared the work.
        return pack({**told_so, "wording": _wording(outcome.document) if told.lines.get("incident_claims") else None})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document adds to the tables, what became of it, and whether a later run should read it once more."""

    lines: Lines
    status: str
    problems: tuple[Problem, ...] = ()
    again: bool = False


def read_pending(reader: Reader, items: Sequence[WorkItem], *, workers: int = 1) -> Iterator[tuple[WorkItem, bytes]]:
    """Each of ``items`` with what was read from it: in order with one worker, else as they get ready."""
    if workers <= 1 or len(items) <= 1:
        for item in items:
            yield item, reader.read(item)
    else:
        yield from _isolated(reader, items, workers=min(workers, len(items)))


def _isolated(reader: Reader, items: Sequence[WorkItem], *, workers: int = 1) -> Iterator[tuple[WorkItem, bytes]]:
    """Read in processes, so that an input that kills one is given up and the others are read."""
    queue = list(items)
    while queue:
        suspects: list[WorkItem] = []
        rest: list[WorkItem] = []
        yield from _through_pool(reader, queue, workers, suspects, rest)
        for item in suspects:
            yield from _alone(reader, item)
        queue = rest


def _alone(reader: Reader, item: WorkItem) -> Iterator[tuple[WorkItem, bytes]]:
    """Try ``item``, which a dying process held, once more by itself, so that only the input that kills processes is given up."""
    again: list[WorkItem] = []
    yield from _through_pool(reader, [item], 1, again, again)
    if again:
        problem = Problem("WM203", describe("WM203", origin=item.origin), item.origin)
        yield item, pack({"status": "failed", "problems": [to_data(problem)], "tables": {}})


def _load_stages(model: LanguageModel | None) -> None:
    """Import what reads, outside the boundary of a document: a broken installation must end the run, not fail every document."""
    from witnessmark import assess, claims, documents, incidents, statements

    if model is not None:
        from witnessmark.proposals import load

        load()

    _ = (
        assess.with_confidence,
        assess.within_document,
        claims.read_claims,
        documents.read_item,
        incidents.wording_of,
        statements.read_statements,
    )


def _documents(item: WorkItem, data: bytes) -> DocumentOutcome:
    from witnessmark.documents import read_item
    from witnessmark.sources import RawItem

    received = dt.datetime.fromisoformat(item.received)
    hints = dict(item.hints)
    published, publisher = hints.pop(USER_PUBLISHED, None), hints.pop(USER_PUBLISHER, None)
    raw = RawItem(item.origin, item.method, item.media_type, data, received, item.headers, item.item, hints)
    capture = Capture(item.capture, item.number, item.origin, item.method, received, "", item.size, item.media_type, item.headers)
    return read_item(raw, capture, published=dt.date.fromisoformat(published) if published else None, publisher=publisher)


def _read_document(document: Document, reader: Reader) -> _Told:
    told = _guarded(document.origin, lambda: _told(document, reader))
    if not isinstance(told, Problem):
        return told
    kept = replace(document, status="failed", problems=(*document.problems, told))
    return _Told(document_lines(to_data(kept), (), (), (), ()), "failed", (told,))


def _wording(document: Document) -> str | None:
    """What merging compares of the text, packed; None when there is nothing to compare."""
    from witnessmark.incidents.wording import wording_of

    packed = _guarded(document.origin, lambda: wording_of(document).pack())
    return None if isinstance(packed, Problem) else packed


def _told(document: Document, reader: Reader) -> _Told:
    from witnessmark.assess import with_confidence, with_voices, within_document
    from witnessmark.claims import read_claims
    from witnessmark.statements import read_statements

    reading = read_statements(document)
    found = read_claims(reading)
    rated, again = with_confidence(reading, found), False
    problems: tuple[Problem, ...] = ()
    if reader.model is not None:
        rated, problems, again = _proposed(reading, rated, reader.model)
    elif reader.unasked:
        problems, again = (Problem("WM229", describe("WM229", origin=document.origin), document.origin),), True
    document = _noted(document, problems)
    claims = with_voices(reading, rated)
    lines = document_lines(
        to_data(document),
        [to_data(s) for s in reading.statements],
        [to_data(c) for c in claims.incidents],
        [to_data(s) for s in claims.series],
        # Of what the rules read alone: where a model reads otherwise, it is not the document that contradicts itself.
        [to_data(c) for c in within_document(reading, found)],
    )
    return _Told(lines, document.status, problems, again)


def _proposed(reading: Reading, claims: Claims, model: LanguageModel) -> tuple[Claims, tuple[Problem, ...], bool]:
    """The claims with what the model proposes; as they are, with what went wrong, where that breaks: the rules' reading is never lost by asking."""
    from witnessmark.proposals import propose

    origin = reading.document.origin
    proposed = _guarded(origin, lambda: propose(reading, claims, model))
    if isinstance(proposed, Problem):
        return claims, (Problem("WM223", describe("WM223", proposed.message[:200], origin=origin), origin),), False
    return proposed.claims, proposed.problems, proposed.again


def _noted(document: Document, problems: Sequence[Problem]) -> Document:
    """``document`` with ``problems``; partial where one of them says so."""
    if not problems:
        return document
    partial = any(CATALOGUE[p.code].outcome == "partial" for p in problems)
    return replace(document, status="partial" if partial else document.status, problems=(*document.problems, *problems))


def _guarded(origin: str, work: Callable[[], T]) -> T | Problem:
    """The boundary of one document: a fault in the reader must cost this document only, be counted and be told, not end the run."""
    try:
        return work()
    except WitnessmarkError as error:
        return Problem(error.code, str(error), origin)
    except Exception as error:  # noqa: BLE001 - the one place: hostile text may trigger any fault, and 9,999 other documents wait
        return Problem("WM213", describe("WM213", f"{type(error).__name__}: {error}"[:200], origin=origin), origin)


# -- Spark -----------------------------------------------------------------------------------------------------------------------------


def read_on_spark(spark: Spark, reader: Reader, items: Sequence[WorkItem]) -> Iterator[tuple[WorkItem, bytes]]:
    """Each of ``items`` with what was read from it, in order, read by the machines of ``spark``; they must see the originals under the same path.

    Spark gives up a wave when a document kills every process that reads it. The wave is then read here, in processes, which finds that document.

    Raises:
        CaseError: WM035 when Spark gave up what can be read here; WM308 and IntegrityError WM301 as :meth:`Reader.read`.
    """
    waves = spark.waves(items)
    for wave, told in zip(waves, spark.spread(_Pickled(reader), [pickle.dumps(item) for item in items]), strict=True):
        if not isinstance(told, str):
            yield from zip(wave, told, strict=True)
            continue
        again = list(_isolated(reader, wave))
        yield from again
        if not any(p["code"] == "WM203" for _, body in again for p in unpack(body)["problems"]):
            raise CaseError("WM035", told[:200])


@dataclass(frozen=True, slots=True)
class _Pickled:
    """A reader of pickled items: what is sent to other machines."""

    reader: Reader

    def __call__(self, item: bytes) -> bytes:
        return self.reader.read(pickle.loads(item))


# -- several processes -----------------------------------------------------------------------------------------------------------------


def _through_pool(
    reader: Reader, items: Sequence[WorkItem], workers: int, suspects: list[WorkItem], rest: list[WorkItem]
) -> Iterator[tuple[WorkItem, bytes]]:
    """Read ``items`` in ``workers`` processes. When one dies, what was being read goes to ``suspects``, what was not begun to ``rest``."""
    waiting = iter(items)
    running: dict[Future[bytes], WorkItem] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin_worker) as pool:
        while True:
            for item in islice(waiting, workers * _AHEAD - len(running)):
                try:
                    running[pool.submit(reader.read, item)] = item
                except BrokenProcessPool:
                    rest.append(item)
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                item = running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    suspects.append(item)
                else:
                    yield item, future.result()
    rest.extend(waiting)


def _begin_worker() -> None:
    """One thread for each worker, and none outlives the process that it works for, even when that one was killed."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
