"""The index of the desk: everything that a page needs of one snapshot, one look-up away.

A Parquet row group holds some thousand records and has to be decoded whole; a page shows ten records of ten groups. ``index.sqlite`` holds
each record under its id, the flat rows that maps and lists are made of, a full-text index over the statements, and what there is to
review. It is made from the snapshot, never written to afterwards, and made anew when the snapshot changes or the file is removed.
"""

from __future__ import annotations

import gzip
import itertools
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from witnessmark.archive import CaseFolder
from witnessmark.desk.keeping import keep, meta
from witnessmark.desk.packing import add_words
from witnessmark.desk.rows import ClaimRow, IncidentRow, claim_row, incident_row
from witnessmark.engines import Manifest
from witnessmark.engines.local import LocalEngine
from witnessmark.model.serialise import compact
from witnessmark.review.worth import contradiction_worth, field_worth, merge_worth

FORMAT = "5"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE record (id TEXT PRIMARY KEY, kind TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE said (document TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE incident (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, act TEXT NOT NULL, place TEXT, country TEXT, adm1 TEXT, latitude REAL, longitude REAL,
  radius REAL, place_precision TEXT, earliest INTEGER, latest INTEGER, date_precision TEXT, killed_low INTEGER, killed_high INTEGER,
  injured_low INTEGER, injured_high INTEGER, claims INTEGER NOT NULL, documents INTEGER NOT NULL, contradictions INTEGER NOT NULL);
CREATE TABLE claim (id TEXT PRIMARY KEY, incident INTEGER NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE series (id TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former (id TEXT PRIMARY KEY, incident TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT, publisher TEXT, published TEXT, language TEXT, status TEXT, origin TEXT,
  characters INTEGER, statements INTEGER, claims INTEGER NOT NULL DEFAULT 0);
CREATE TABLE contradiction (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, field TEXT, kind TEXT, document TEXT, other_document TEXT, incident INTEGER);
CREATE TABLE passage (n INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, modality TEXT NOT NULL);
CREATE TABLE queue (n INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, other TEXT, field TEXT NOT NULL, start INTEGER, document TEXT, worth REAL NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2", detail = full);
"""
_LATER = """
CREATE INDEX claim_incident ON claim (incident);
CREATE INDEX claim_document ON claim (document);
CREATE INDEX series_document ON series (document);
CREATE INDEX contradiction_document ON contradiction (document);
CREATE INDEX contradiction_other ON contradiction (other_document);
CREATE INDEX contradiction_incident ON contradiction (incident);
CREATE INDEX queue_subject ON queue (subject);
CREATE INDEX queue_other ON queue (other) WHERE other IS NOT NULL;
CREATE INDEX queue_worth ON queue (worth DESC);
CREATE INDEX passage_document ON passage (document);
"""
_KINDS = {"incidents": "incident", "incident_claims": "claim", "series_claims": "series", "contradictions": "contradiction"}

Tell = Callable[[str], None]
"""Called with what is being indexed."""


def path_of(folder: CaseFolder) -> Path:
    """Where the index lies."""
    return folder.root / "index.sqlite"


def is_current(folder: CaseFolder, manifest: Manifest) -> bool:
    """True when the index was made from the snapshot of ``manifest`` by this version."""
    told = meta(path_of(folder))
    return (told.get("format"), told.get("snapshot")) == (FORMAT, manifest.snapshot)


def build(folder: CaseFolder, manifest: Manifest, tell: Tell = lambda _: None) -> None:
    """Make the index of the snapshot of ``manifest``, aside first, and keep the incidents of the snapshot for the history, and of the
    index that was there what the new one does not hold.

    The caller holds the case (:meth:`CaseFolder.appending`).
    """
    folder.aside.mkdir(exist_ok=True)
    draft = folder.aside / f"index-{os.getpid()}.sqlite"
    draft.unlink(missing_ok=True)
    engine = LocalEngine(folder.root, manifest)
    db = sqlite3.connect(draft, isolation_level=None)
    try:
        _prepare(db)
        db.execute("BEGIN")
        _Builder(db, engine, tell).run(revision_path(folder, manifest.snapshot))
        told = {"format": FORMAT, "snapshot": manifest.snapshot, "totals": compact(dict(manifest.totals)), "root": manifest.ledger.root}
        db.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
        db.execute("COMMIT")
        tell("sorting")
        db.executescript(_LATER)
    finally:
        db.close()
        engine.close()
    before = meta(path_of(folder))
    if before.get("format") == FORMAT and before["snapshot"] != manifest.snapshot:
        tell("keeping the tables of before")
        keep(folder, path_of(folder), draft, _prepare, _LATER)
    os.replace(draft, path_of(folder))


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables of an index in ``db``; nobody reads the file before it is finished, so that nothing has to be flushed."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 8192", "cache_size = -65536"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    db.executescript(_SCHEMA)


def revision_path(folder: CaseFolder, snapshot: str) -> Path:
    """The incidents of a snapshot as JSON lines, kept so that later revisions can be compared with it."""
    return folder.root / "revisions" / f"{snapshot}.jsonl.gz"


class _Builder:
    def __init__(self, db: sqlite3.Connection, engine: LocalEngine, tell: Tell) -> None:
        self._db, self._engine, self._tell = db, engine, tell
        self._claims: dict[str, ClaimRow] = {}
        self._incident_of: dict[str, int] = {}
        self._incidents: list[IncidentRow] = []

    def run(self, revision: Path) -> None:
        self._tell("claims")
        self._read_claims()
        self._read_series()
        self._tell("incidents")
        self._read_incidents()
        self._read_contradictions()
        self._write_incidents(revision)
        self._tell("fields")
        self._read_fields()
        self._read_documents()

    def _put(self, table: str, rows: Iterator[tuple[Any, ...]]) -> None:
        first = next(rows, None)
        if first is not None:
            marks = ", ".join("?" * len(first))
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", itertools.chain([first], rows))

    def _records(self, table: str, *columns: str) -> Iterator[dict[str, Any]]:
        """Rows of ``table``; each record goes into the index as it is."""
        for row in self._engine.columns(table, [*columns, "identifier", "record"]):
            body = zlib.compress(row["record"].encode("ascii"), 1)
            self._db.execute("INSERT INTO record VALUES (?, ?, ?)", (row["identifier"], _KINDS[table], body))
            yield row

    def _read_claims(self) -> None:
        names = ("document", "place", "country", "adm1", "latitude", "longitude", "place_precision", "earliest", "latest", "date_precision")
        for row in self._records("incident_claims", *names):
            self._claims[row["identifier"]] = claim_row(row)

    def _read_series(self) -> None:
        self._put("series", ((row["identifier"], row["document"]) for row in self._records("series_claims", "document")))

    def _read_incidents(self) -> None:
        columns = ("act", "killed_low", "killed_high", "injured_low", "injured_high")
        for n, row in enumerate(self._records("incidents", *columns)):
            data = json.loads(row["record"])
            self._incidents.append(incident_row(row, data, self._claims))
            self._incident_of |= dict.fromkeys(data["claims"], n)
            self._put("former", ((f, row["identifier"]) for f in data["former"]))
            weakest = min(data["reasons"], key=lambda r: float(r["weight"]), default=None)
            if weakest is not None:
                worth = merge_worth(weakest["weight"], len(data["claims"]))
                item = (None, "merge", weakest["left"], weakest["right"], "", None, self._claims[weakest["left"]].document, worth)
                self._put("queue", iter([item]))
        self._put("claim", ((c, n, self._claims[c].document) for c, n in sorted(self._incident_of.items())))

    def _read_contradictions(self) -> None:
        for n, row in enumerate(self._records("contradictions", "field", "kind", "document", "other_document")):
            claims = [c for c in json.loads(row["record"])["claims"] if c in self._incident_of]
            home = self._incident_of[claims[0]] if claims else None
            if home is not None:
                self._incidents[home].contradictions += 1
            known = (n, row["identifier"], row["field"], row["kind"], row["document"], row["other_document"], home)
            self._put("contradiction", iter([known]))
            worth = contradiction_worth(row["field"], self._incidents[home].killed if home is not None else 0)
            self._put("queue", iter([(None, "contradiction", row["identifier"], None, row["field"], None, row["document"], worth)]))

    def _write_incidents(self, revision: Path) -> None:
        self._put("incident", ((n, *row.columns()) for n, row in enumerate(self._incidents)))
        revision.parent.mkdir(exist_ok=True)
        with open(revision, "wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=3, mtime=0) as stream:
            for row in sorted(self._incidents, key=lambda r: r.identifier):
                stream.write(compact(row.summary()).encode("ascii") + b"\n")

    def _read_fields(self) -> None:
        columns = ["claim", "document", "field", "start", "score", "confidence"]
        self._put("queue", (item for row in self._engine.columns("mentions", columns) if (item := self._field_item(row))))

    def _field_item(self, row: Mapping[str, Any]) -> tuple[Any, ...] | None:
        home = self._incident_of.get(row["claim"])
        if home is None:
            return None
        sure = row["score"] if row["confidence"] is None else row["confidence"]
        worth = field_worth(row["field"], sure, self._incidents[home].documents, self._incidents[home].killed)
        return (None, "field", row["claim"], None, row["field"], row["start"], row["document"], worth) if worth else None

    def _read_documents(self) -> None:
        """Documents with their statements: both tables have the same order of documents, which are numbered by origin."""
        place = self._places()
        names = ["identifier", "headline", "publisher", "published", "language", "status", "origin", "characters", "record"]
        said = self._engine.columns("statements", ["document", "start", "end", "modality", "record"])
        grouped = itertools.groupby(said, key=lambda row: row["document"])
        following = next(grouped, None)
        per_document: dict[str, int] = {}
        for claim in self._claims.values():
            per_document[claim.document] = per_document.get(claim.document, 0) + 1
        for n, row in enumerate(self._engine.columns("documents", names)):
            if n % 1000 == 0:
                self._tell(f"documents: {n}")
            statements: list[dict[str, Any]] = []
            if following is not None and following[0] == row["identifier"]:
                statements = list(following[1])
                following = next(grouped, None)
            self._put_document(place[row["identifier"]], row, statements, per_document.get(row["identifier"], 0))

    def _places(self) -> dict[str, int]:
        columns = ("origin", "item", "capture", "identifier")
        listed = sorted(tuple(row[column] for column in columns) for row in self._engine.columns("documents", columns))
        return {identifier: n for n, (*_, identifier) in enumerate(listed)}

    def _put_document(self, n: int, row: Mapping[str, Any], statements: list[dict[str, Any]], claims: int) -> None:
        identifier, text = row["identifier"], json.loads(row["record"])["text"]
        body = zlib.compress(row["record"].encode("ascii"), 1)
        self._db.execute("INSERT INTO record VALUES (?, 'document', ?)", (identifier, body))
        said = zlib.compress(("[" + ",".join(s["record"] for s in statements) + "]").encode("ascii"), 1)
        self._db.execute("INSERT INTO said VALUES (?, ?)", (identifier, said))
        shown = row["headline"] or text[:90].split("\n")[0]
        columns = (row["publisher"], row["published"], row["language"], row["status"], row["origin"], row["characters"])
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, identifier, shown, *columns, len(statements), claims)
        )
        add_words(self._db, n, text, ((s["start"], s["end"], s["modality"]) for s in statements))
