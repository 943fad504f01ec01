"""What every step of a computation works with: its inputs, the tables that it keeps beside those of merging, and the segments that were written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.archive import CaseFolder
from witnessmark.engines import WorkStore
from witnessmark.engines.schema import TABLES
from witnessmark.engines.writer import Segment
from witnessmark.ledger import Ledger
from witnessmark.model import Producer
from witnessmark.model.serialise import compact

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark
    from witnessmark.incidents.kept import KeptStore

OUTCOMES = ("read", "partial", "empty", "blocked", "failed")
"""What can become of an input; every input has exactly one."""

CAPTURES = 500
"""Captures of a segment. The last segment is written anew when a document is added (0.1 to 1 s); smaller ones make more files."""

FROM_DOCUMENTS = tuple(name for name in TABLES if name != "incidents")
"""Tables that inputs have rows in."""

SCHEMA = """
CREATE TABLE units (origin TEXT NOT NULL, item TEXT NOT NULL, capture TEXT NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL, mark TEXT NOT NULL,
  status TEXT NOT NULL, document TEXT, owner INTEGER NOT NULL, digests BLOB NOT NULL, PRIMARY KEY (origin, item, capture, key)) WITHOUT ROWID;
CREATE UNIQUE INDEX units_key ON units (key);
CREATE INDEX units_document ON units (document) WHERE document IS NOT NULL;
CREATE TABLE segments (n INTEGER PRIMARY KEY, name TEXT NOT NULL, files TEXT NOT NULL);
CREATE TABLE formed (number INTEGER PRIMARY KEY, id TEXT NOT NULL, members TEXT NOT NULL, digest BLOB NOT NULL, found BLOB NOT NULL, count INTEGER NOT NULL);
CREATE INDEX formed_order ON formed (id);
CREATE TABLE decided (claim TEXT PRIMARY KEY, digest TEXT NOT NULL, document TEXT) WITHOUT ROWID;
"""
"""``units``: every input as the tables have it, in their order. ``owner`` is 1 where its document stands under it: the same bytes from two places are one document, which
the place that comes first in the order of the tables names. ``segments``: ``files`` gives SHA-256 and rows by table; number -1 holds incidents.
``formed``: each incident by the number of its group, with its claims, the SHA-256 over its row and over those of its contradictions, and the count of these. ``decided``: what people
decided about values of claims, with the document that the claim was read from, even where they rejected it."""

MERGED = -1


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


def segment_of(number: int) -> int:
    """The segment of a capture; inputs without bytes have one of their own."""
    return 0 if number == 0 else 1 + (number - 1) // CAPTURES


def captures_of(segment: int) -> tuple[int, int]:
    """The first and the last capture of a segment."""
    return (0, 0) if segment == 0 else (1 + (segment - 1) * CAPTURES, segment * CAPTURES)


def segments(store: KeptStore) -> dict[int, Segment]:
    """The segments that were written, by number."""
    rows = store.db.execute("SELECT n, name, files FROM segments ORDER BY n").fetchall()
    return {n: Segment(name, {table: (digest, count) for table, (digest, count) in json.loads(files).items()}) for n, name, files in rows}


def keep_segment(store: KeptStore, number: int, segment: Segment) -> None:
    """Note a segment that was written."""
    files = compact({table: list(known) for table, known in segment.files.items()})
    store.db.execute("INSERT OR REPLACE INTO segments VALUES (?, ?, ?)", (number, segment.name, files))


def is_whole(run: Computation, segment: Segment) -> bool:
    """True when the files of a segment are there and what they were."""
    return all(_sha256(run.folder.root / path) == digest for path, digest in segment.paths.items())


def _sha256(path: Path) -> str:
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
