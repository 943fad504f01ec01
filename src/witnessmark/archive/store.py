"""The archive: originals with the record of how each was received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from witnessmark.archive.blobs import Blobs
from witnessmark.ledger import Entry, Ledger
from witnessmark.model import Capture
from witnessmark.model.serialise import from_data, to_data

ACTION = "capture"
"""The ledger's name for a capture; the subject is the digest of the bytes."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Bytes as they came in, before they are archived. ``received`` must be aware; ``item`` names a record inside the origin.

    ``hints`` are what container and user say about it.
    """

    data: bytes
    origin: str
    method: str
    received: dt.datetime
    media_type: str
    item: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """A capture with what the ledger keeps beside it: enough to read the bytes again as they were read first."""

    capture: Capture
    item: str
    hints: Mapping[str, str]


class Archive:
    """Blobs and the capture records in the ledger. The same bytes twice are one blob and two captures."""

    def __init__(self, blobs: Blobs, ledger: Ledger, *, actor: str) -> None:
        self._blobs = blobs
        self._ledger = ledger
        self._actor = actor
        self._count = ledger.count(ACTION)

    def store(self, data: bytes, *, origin: str, method: str, received: dt.datetime, media_type: str, item: str = "",
              headers: tuple[tuple[str, str], ...] = ()) -> Capture:  # fmt: skip
        """Archive one input; bytes and record are on disk when this returns.

        Raises:
            CaseError: WM305, WM307: nothing was recorded.
            IntegrityError: WM301 when the archive holds other bytes under the same hash.
        """
        return self.store_all([Receipt(data, origin, method, received, media_type, item, headers)])[0]

    def store_all(self, receipts: Sequence[Receipt]) -> tuple[Capture, ...]:
        """Archive several inputs with one write to the ledger: all captures are recorded, or none."""
        digests = self._blobs.put_all([receipt.data for receipt in receipts])
        return self._record([Taken(self._draft(r, digest), r.item, r.hints) for r, digest in zip(receipts, digests, strict=True)])

    def adopt(self, several: Sequence[Taken], source: Blobs) -> tuple[Capture, ...]:
        """Take captures over from another case, whose originals are in ``source``, with one write to the ledger. All but their numbers stays as it was.

        Raises:
            CaseError: WM305, WM307 as in :meth:`store`, WM308 when an original is missing.
            IntegrityError: WM301 when one was changed.
        """
        self._blobs.put_all([source.read(taken.capture.digest) for taken in several])
        return self._record(several)

    def _record(self, several: Sequence[Taken]) -> tuple[Capture, ...]:
        numbered = [replace(taken.capture, number=number) for number, taken in enumerate(several, self._count + 1)]
        entries = [
            Entry(ACTION, capture.digest, to_data(capture) | {"item": taken.item, "hints": dict(taken.hints)})
            for capture, taken in zip(numbered, several, strict=True)
        ]
        self._ledger.append_all(entries, actor=self._actor)
        self._count += len(numbered)
        return tuple(numbered)

    def read(self, digest: str) -> bytes:
        """The archived bytes with this SHA-256 (hex), checked.

        Raises:
            CaseError: WM308 when they are not there.
            IntegrityError: WM301 when they are other bytes.
        """
        return self._blobs.read(digest)

    def captures(self, *, after: int = -1) -> Iterator[Taken]:
        """Every capture whose record was not erased, in order; only those in events above ``after``."""
        return captures(self._ledger, after=after)

    def _draft(self, receipt: Receipt, digest: str) -> Capture:
        return Capture(
            digest=digest,
            number=0,
            origin=receipt.origin,
            method=receipt.method,
            received=receipt.received.astimezone(dt.UTC),
            actor=self._actor,
            size=len(receipt.data),
            media_type=receipt.media_type,
            headers=tuple(sorted(receipt.headers)),
        )


def captures(ledger: Ledger, *, after: int = -1) -> Iterator[Taken]:
    """The captures that ``ledger`` records and whose record was not erased, in order; only those in events above ``after``."""
    for event, payload in ledger.payloads(ACTION, after=after):
        item, hints = str(payload.pop("item", "")), payload.pop("hints", {})
        capture = from_data(Capture, payload)
        yield Taken(replace(capture, digest=event.subject), item, hints)
