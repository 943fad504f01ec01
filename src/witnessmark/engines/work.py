"""The working store: every input and, as soon as it is ready, what was read from it, so that an interrupted run can go on.

SQLite in WAL mode with ``synchronous=NORMAL``: what was written survives the death of the process; after a loss of power the last
results may be missing and are then computed again from the archived bytes, to which the ledger (``FULL``) holds the record.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger.store import read_only_uri
from witnessmark.model import Problem
from witnessmark.model.serialise import canonical, compact, from_data, to_data

_SCHEMA = """
CREATE TABLE IF NOT EXISTS inputs (
  key TEXT PRIMARY KEY, run INTEGER NOT NULL, origin TEXT NOT NULL, item TEXT NOT NULL, capture TEXT NOT NULL, number INTEGER NOT NULL,
  method TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL, received TEXT NOT NULL, headers TEXT NOT NULL, hints TEXT NOT NULL, problem TEXT, result TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS inputs_order ON inputs (origin, item, capture, key);
CREATE INDEX IF NOT EXISTS inputs_number ON inputs (number);
CREATE INDEX IF NOT EXISTS inputs_bytes ON inputs (capture, item);
CREATE INDEX IF NOT EXISTS inputs_result ON inputs (result);
CREATE TABLE IF NOT EXISTS noted (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (key TEXT NOT NULL, producer TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (key, producer));
CREATE TABLE IF NOT EXISTS again (key TEXT NOT NULL, producer TEXT NOT NULL, PRIMARY KEY (key, producer));
CREATE TABLE IF NOT EXISTS renewed (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
"""
"""``renewed`` counts how often a result took the place of another of the same reader."""
_MARKS = """SELECT i.origin, i.item, i.capture, i.key, i.number, i.result || ' ' || i.method || ' ' || coalesce(i.problem, '') || ' ' || coalesce(n.times, 0)
             FROM inputs i LEFT JOIN renewed n ON n.key = i.result"""
_COLUMNS = "origin, item, capture, number, method, media_type, size, received, headers, hints, problem"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One input. ``capture`` is the SHA-256 of its bytes, empty when there are none and ``problem`` says why.

    ``number``, ``received`` (ISO 8601) and ``headers`` are those of the capture record; ``hints`` what the container or the user says about the item. ``origin`` and ``item`` hold
    no lone surrogates (see :func:`witnessmark.model.serialise.storable`).
    """

    origin: str
    item: str
    capture: str
    number: int
    method: str
    media_type: str
    size: int
    received: str
    headers: tuple[tuple[str, str], ...]
    hints: Mapping[str, str]
    problem: Problem | None = None

    @property
    def key(self) -> str:
        """Identity of the input: where it came from and its bytes, or the code of its problem."""
        return _digest([self.origin, self.item, self.capture, self.problem.code if self.problem else ""])

    @property
    def result_key(self) -> str:
        """Identity of what is read from it: everything that the reader is given."""
        return _digest([self.origin, self.item, self.capture, self.media_type, dict(self.hints)])


class Mark(NamedTuple):
    """An input and what tells whether it, or what is read from it, changed."""

    origin: str
    item: str
    capture: str
    key: str
    number: int
    mark: str


class WorkStore:
    """Inputs and results of one case.

    Raises (all methods):
        CaseError: WM305 when another process holds the store, WM307 when it cannot be written.
        IntegrityError: WM312 when it is damaged.
    """

    def __init__(self, path: Path, *, durable: bool = True, read_only: bool = False) -> None:
        self._path = path
        with self._coded():
            if read_only:
                self._db = sqlite3.connect(read_only_uri(path), uri=True, isolation_level=None)
                return
            self._db = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL").fetchall()
            self._db.execute(f"PRAGMA synchronous = {'NORMAL' if durable else 'OFF'}")
            self._db.executescript(_SCHEMA)
            self._run = 1 + int(self._db.execute("SELECT COALESCE(MAX(run), 0) FROM inputs").fetchone()[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        self._db.close()

    def put_inputs(self, items: Iterable[WorkItem]) -> None:
        """Note inputs in one transaction. A problem of an earlier run with the same origin is forgotten: it was tried again."""
        with self._transaction():
            for item in items:
                names = (item.origin, f"{item.origin}#{item.item}")
                self._db.execute("DELETE FROM inputs WHERE capture = '' AND run < ? AND origin IN (?, ?)", (self._run, *names))
                self._db.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._row(item))

    def pending(self, producer: str, *, again: bool = True) -> list[WorkItem]:
        """Inputs with bytes that ``producer`` has not read yet, or (``again``) is to read again, in order of capture."""
        # Looked for in the order of the results' keys, by indexes alone: nearly all inputs were read before.
        query = f"""SELECT {_COLUMNS} FROM inputs WHERE capture <> '' AND rowid IN (SELECT i.rowid FROM inputs i INDEXED BY inputs_result WHERE NOT EXISTS
                    (SELECT 1 FROM results r WHERE r.key = i.result AND r.producer = ?1) OR ?2 AND EXISTS
                    (SELECT 1 FROM again a WHERE a.key = i.result AND a.producer = ?1)) ORDER BY number, origin, item"""
        with self._coded():
            return [_item(row) for row in self._db.execute(query, (producer, again))]

    def put_result(self, item: WorkItem, producer: str, body: bytes, *, again: bool = False) -> None:
        """Keep what ``producer`` read from ``item`` (:func:`pack`); it survives the death of the process when this returns. With ``again`` the next
        run reads the input once more: something that it needs was not there."""
        self.put_results([(item, body)], producer, again=again)

    def put_results(self, several: Iterable[tuple[WorkItem, bytes]], producer: str, *, again: bool = False) -> None:
        """:meth:`put_result` for several in one transaction."""
        rows = [(item.result_key, producer, body) for item, body in several]
        noted = "INSERT OR IGNORE INTO again VALUES (?, ?)" if again else "DELETE FROM again WHERE key = ? AND producer = ?"
        renewed = """INSERT INTO renewed SELECT key, 1 FROM results WHERE key = ? AND producer = ? AND body <> ?
                     ON CONFLICT (key) DO UPDATE SET times = times + 1"""
        with self._transaction():
            self._db.executemany(renewed, rows)
            self._db.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            self._db.executemany(noted, [row[:2] for row in rows])

    def bodies(self, producer: str, first: int = 0, last: int = 2**62) -> Iterator[tuple[WorkItem, bytes | None]]:
        """Inputs by capture number, from ``first`` to ``last``, with what ``producer`` read from each, packed (None when it did not), ordered by origin, item
        and bytes. Inputs without bytes have the number 0."""
        query = f"""SELECT {_COLUMNS}, r.body FROM inputs i LEFT JOIN results r ON r.key = i.result AND r.producer = ?
                    WHERE i.number BETWEEN ? AND ? ORDER BY origin, item, capture, i.key"""
        with self._coded():
            for row in self._db.execute(query, (producer, first, last)):
                yield _item(row[:-1]), row[-1]

    def results(self, producer: str, first: int = 0, last: int = 2**62) -> Iterator[tuple[WorkItem, dict[str, Any] | None]]:
        """:meth:`bodies`, unpacked."""
        with self._coded():
            for item, body in self.bodies(producer, first, last):
                yield item, None if body is None else unpack(body)

    def result(self, key: str, producer: str) -> dict[str, Any] | None:
        """What ``producer`` read from the input ``key``; None where there is nothing."""
        query = "SELECT r.body FROM inputs i JOIN results r ON r.key = i.result WHERE i.key = ? AND r.producer = ?"
        with self._coded():
            row = self._db.execute(query, (key, producer)).fetchone()
            return None if row is None else unpack(row[0])

    def noted(self, keys: Iterable[str]) -> set[str]:
        """Those of ``keys`` that are noted."""
        with self._coded():
            return {key for key in keys if self._db.execute("SELECT 1 FROM inputs WHERE key = ?", (key,)).fetchone() is not None}

    def known(self, keys: Iterable[str]) -> dict[str, int]:
        """The number of the capture of each of the inputs ``keys`` that was noted and does not come from the network."""
        found: dict[str, int] = {}
        with self._coded():
            for key in keys:
                row = self._db.execute("SELECT number FROM inputs WHERE key = ? AND capture <> '' AND method <> 'url'", (key,)).fetchone()
                if row is not None:
                    found[key] = int(row[0])
        return found

    def noted_up_to(self) -> tuple[int, str] | None:
        """Up to which event of the ledger (number of events, hash of the last) all captures are noted; None where it was never said."""
        with self._coded():
            row = self._db.execute("SELECT value FROM noted WHERE key = 'ledger'").fetchone()
        return None if row is None else (int(row[0].split()[0]), row[0].split()[1])

    def note_up_to(self, size: int, last: str) -> None:
        """Say that all captures among the first ``size`` events of the ledger are noted; ``last`` is the hash of the last of them."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO noted VALUES ('ledger', ?)", (f"{size} {last}",))

    def marks(self) -> Iterator[Mark]:
        """Every input with what tells whether it changed, ordered by origin, item, bytes and key."""
        with self._coded():
            yield from map(Mark._make, self._db.execute(f"{_MARKS} ORDER BY i.origin, i.item, i.capture, i.key"))

    def mark(self, key: str) -> Mark:
        """The input ``key`` with what tells whether it changed."""
        with self._coded():
            return Mark(*self._db.execute(f"{_MARKS} WHERE i.key = ?", (key,)).fetchone())

    def twins(self) -> Iterator[Mark]:
        """The inputs that have the bytes of another, in the order of the tables."""
        query = f"""{_MARKS} WHERE (i.capture, i.item) IN
                    (SELECT capture, item FROM inputs WHERE capture <> '' GROUP BY capture, item HAVING count(*) > 1)
                    ORDER BY i.origin, i.item, i.capture, i.key"""
        with self._coded():
            for row in self._db.execute(query):
                yield Mark(*row)

    def forget_others(self, producer: str, *, sparing: str = "") -> None:
        """Drop the results of other producers and of inputs that are no longer read in that way. With ``sparing``, producers whose name begins so
        are spared: their results cost more than time."""
        kept = f"{sparing}*" if sparing else producer
        others = "producer <> ? AND NOT producer GLOB ? OR NOT EXISTS (SELECT 1 FROM inputs WHERE result = o.key)"
        with self._transaction():
            for table in ("results", "again"):  # found by indexes alone: a result is long
                self._db.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} o WHERE {others})", (producer, kept))

    def _row(self, item: WorkItem) -> tuple[object, ...]:
        problem = compact(to_data(item.problem)) if item.problem else None
        hints = canonical(dict(item.hints)).decode("ascii")
        return (
            item.key, self._run, item.origin, item.item, item.capture, item.number, item.method, item.media_type, item.size,
            item.received, compact(item.headers), hints, problem, item.result_key,
        )  # fmt: skip

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._coded():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _coded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            code = "WM305" if "locked" in str(error) else "WM307"
            raise CaseError(code, str(error), origin=str(self._path)) from error
        except (sqlite3.DatabaseError, zlib.error, ValueError) as error:
            raise IntegrityError("WM312", str(error), origin=str(self._path)) from error


def pack(data: Mapping[str, Any]) -> bytes:
    """Plain data as the store keeps it: JSON, compressed at the level that costs least time."""
    return zlib.compress(compact(data).encode("ascii"), 1)


def unpack(body: bytes) -> dict[str, Any]:
    """The data that :func:`pack` was given."""
    data: dict[str, Any] = json.loads(zlib.decompress(body))
    return data


def _item(row: tuple[Any, ...]) -> WorkItem:
    *plain, headers, hints, problem = row
    origin, item, capture, number, method, media_type, size, received = plain
    pairs = tuple((str(k), str(v)) for k, v in json.loads(headers))
    told = from_data(Problem, json.loads(problem)) if problem else None
    return WorkItem(origin, item, capture, number, method, media_type, size, received, pairs, json.loads(hints), told)


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(canonical(parts)).hexdigest()
