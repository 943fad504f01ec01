"""Gathering: what other cases have taken in and read becomes a part of this one, without reading it again.

Shards of a large body of reports are cases of their own, read by processes that know nothing of each other. The gathered case holds their originals with
the record of how each was received, and says in its ledger from which state of which ledger they came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

import witnessmark
from witnessmark.archive import Archive, Blobs, CaseFolder, Taken, captures
from witnessmark.engines import WorkItem, WorkStore
from witnessmark.errors import CaseError
from witnessmark.ledger import Entry, Ledger
from witnessmark.review import read_decisions

T = TypeVar("T")

SHARD, GATHER = "shard", "gather"
"""The ledger's names for the event that says which share of the inputs a case is of (its subject), and for the one that says what was gathered (its
subject is the root of the other ledger)."""
_BATCH = 256
"""Captures, and results, written with one flush each."""


@dataclass(frozen=True, slots=True)
class Gatherer:
    """The case that others are gathered into; ``producer`` is the reader whose results are taken over."""

    archive: Archive
    ledger: Ledger
    work: WorkStore
    producer: str
    actor: str

    def gather(self, others: Iterable[CaseFolder], tell: Callable[[str], None]) -> None:
        """Take over all of ``others``; what is here already is not taken twice. ``tell`` is called with the folder of each that is done.

        Raises:
            CaseError: WM005, WM305, WM309 for a case that is none, is being written to or is not finished; WM313 for one with decisions of people.
            IntegrityError: WM301, WM302, WM310, WM312 for one that was changed.
        """
        numbers = {_identity(taken): taken.capture.number for taken in self.archive.captures()}
        for folder in others:
            with (
                folder.reading(),
                Ledger(folder.ledger, tool_version=witnessmark.__version__, read_only=True) as ledger,
                WorkStore(folder.work, read_only=True) as work,
            ):
                if next(read_decisions(ledger), None) is not None:
                    raise CaseError("WM313", origin=str(folder.root))
                self._gather(folder, ledger, work, numbers)
            tell(str(folder.root))

    def _gather(self, folder: CaseFolder, ledger: Ledger, work: WorkStore, numbers: dict[bytes, int]) -> None:
        source = Blobs(folder.blobs, aside=folder.blobs)
        renumbered: dict[int, int] = {}
        for several in _batches(captures(ledger)):
            fresh = [taken for taken in several if _identity(taken) not in numbers]
            if fresh:
                adopted = self.archive.adopt(fresh, source)
                numbers |= {_identity(taken): capture.number for taken, capture in zip(fresh, adopted, strict=True)}
            renumbered |= {taken.capture.number: numbers[_identity(taken)] for taken in several}
        for read in _batches(_numbered(work.bodies(self.producer), renumbered)):
            self.work.put_inputs(item for item, _ in read)
            self.work.put_results(((item, body) for item, body in read if body is not None), self.producer)
        self._note(ledger, share_of(ledger))

    def _note(self, ledger: Ledger, share: str) -> None:
        head = ledger.head()
        if all(event.subject != head.root for event in self.ledger.events(GATHER)):
            self.ledger.append(Entry(GATHER, head.root, {"events": head.size, "share": share}), actor=self.actor)


def share_of(ledger: Ledger) -> str:
    """The share of the inputs that the case is of ("3/16"); empty when it is of none."""
    return next((event.subject for event in ledger.events(SHARD)), "")


def missing(ledger: Ledger) -> tuple[str, ...]:
    """The shares that were not gathered yet, of those that the gathered ones belong to."""
    there = {str(payload.get("share", "")) for _, payload in ledger.payloads(GATHER)} - {""}
    counts = sorted({int(share.partition("/")[2]) for share in there})
    return tuple(f"{n}/{of}" for of in counts for n in range(1, of + 1) if f"{n}/{of}" not in there)


def _identity(taken: Taken) -> bytes:
    capture = taken.capture
    told = f"{capture.origin}\0{taken.item}\0{capture.digest}\0{capture.received.isoformat()}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()


def _numbered(read: Iterable[tuple[WorkItem, bytes | None]], numbers: dict[int, int]) -> Iterator[tuple[WorkItem, bytes | None]]:
    """Inputs with the numbers of their captures here. Those whose record was erased are not taken over."""
    for item, body in read:
        if not item.capture or item.number in numbers:
            yield replace(item, number=numbers.get(item.number, 0)), body


def _batches(several: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(several)
    while batch := list(islice(rest, _BATCH)):
        yield batch
