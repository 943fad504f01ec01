"""The append-only log in SQLite.

WAL with ``synchronous=FULL``: an event that :meth:`Ledger.append` returned survives the death of the process. Triggers refuse to change
or delete events. Payloads stand in a table of their own, committed by a salted hash, so that one can be destroyed later (a legal
erasure) while the chain still verifies; the erasure is an event itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger import merkle
from witnessmark.ledger.events import CLOCK, ORIGIN, Entry, Event, Head
from witnessmark.model.serialise import canonical

FORMAT = 2
"""Version of the case folder's layout, kept in the database's ``user_version``. In 1 all tables of a snapshot lay in one folder; it can still be read."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (n INTEGER PRIMARY KEY, event TEXT NOT NULL, hash TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS payloads (n INTEGER PRIMARY KEY REFERENCES events (n), salt TEXT NOT NULL, body TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS events_keep BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_order BEFORE INSERT ON events
  WHEN NEW.n IS NOT (SELECT COALESCE(MAX(n) + 1, 0) FROM events)
  BEGIN SELECT RAISE(ABORT, 'events are numbered without gaps'); END;
CREATE TRIGGER IF NOT EXISTS payloads_once BEFORE INSERT ON payloads
  WHEN NEW.n IS NOT (SELECT MAX(n) FROM events) OR EXISTS (SELECT 1 FROM payloads WHERE n = NEW.n)
  BEGIN SELECT RAISE(ABORT, 'a payload comes with its event'); END;
CREATE TRIGGER IF NOT EXISTS payloads_keep BEFORE UPDATE ON payloads BEGIN SELECT RAISE(ABORT, 'payloads never change'); END;
CREATE TRIGGER IF NOT EXISTS payloads_stay BEFORE DELETE ON payloads
  WHEN NOT EXISTS (SELECT 1 FROM events WHERE n > OLD.n AND json_extract(event, '$.action') = 'erase'
                   AND json_extract(event, '$.subject') = CAST(OLD.n AS TEXT))
  BEGIN SELECT RAISE(ABORT, 'a payload is erased only after an erase event'); END;
"""


class Ledger:
    """Hash-chained events of one case; safe for several writers in several processes.

    Raises (all methods):
        CaseError: WM305 when another process holds the database for 30 s, WM306 for a ledger of a newer version, WM307 when the file
            cannot be written.
        IntegrityError: WM302 when the database is damaged.
    """

    def __init__(self, path: Path, *, tool_version: str, durable: bool = True, read_only: bool = False) -> None:
        """Open, or make unless ``read_only``, the ledger at ``path``. ``durable=False`` is for throw-away cases."""
        self.path = path
        self._tool_version = tool_version
        with self._coded():
            self._db = _connect(path, durable=durable, read_only=read_only)
            self._check_format(read_only=read_only)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        self._db.close()

    def append(self, entry: Entry, *, actor: str, time: dt.datetime | None = None) -> Event:
        """Write one event; it is on disk when this returns. ``time`` (aware) defaults to now."""
        return self.append_all([entry], actor=actor, time=time)[0]

    def append_all(self, entries: Sequence[Entry], *, actor: str, time: dt.datetime | None = None) -> tuple[Event, ...]:
        """Write ``entries`` in one transaction: all of them are on disk when this returns, or none."""
        stamp = _stamp(time or dt.datetime.now(dt.UTC))
        with self._transaction():
            n, previous = self._last()
            written = []
            for entry in entries:
                event = self._insert(entry, n, previous, actor, stamp)
                n, previous = n + 1, event.hash
                written.append(event)
            return tuple(written)

    def erase(self, n: int, reason: str, *, actor: str) -> Event:
        """Destroy the payload of event ``n``; the event and the chain stay. ``reason`` is kept with the erasure.

        Raises:
            IndexError: when event ``n`` has no payload.
        """
        if self.payload(n) is None:
            raise IndexError(f"event {n} has no payload")
        event = self.append(Entry("erase", str(n), {"reason": reason}), actor=actor)
        with self._transaction():
            self._db.execute("DELETE FROM payloads WHERE n = ?", (n,))
        with self._coded():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return event

    def events(self, action: str | None = None) -> Iterator[Event]:
        """Events in order, of one ``action`` or of all."""
        with self._coded():
            query = "SELECT event, hash FROM events WHERE instr(event, ?) ORDER BY n"
            for line, digest in self._db.execute(query, (_sign(action),)):
                event = Event(**json.loads(line), hash=digest)
                if action is None or event.action == action:
                    yield event

    def count(self, action: str) -> int:
        """Number of events of ``action``."""
        with self._coded():
            return int(self._db.execute("SELECT count(*) FROM events WHERE instr(event, ?)", (_sign(action),)).fetchone()[0])

    def latest(self, end: int, size: int, *, only: str = "", without: str = "") -> Iterator[Event]:
        """At most ``size`` events before number ``end``, newest first: those of the action ``only``, or all but those of ``without``."""
        query = """SELECT event, hash FROM events WHERE n < ?1 AND (?2 = '' OR json_extract(event, '$.action') = ?2)
                   AND json_extract(event, '$.action') <> ?3 ORDER BY n DESC LIMIT ?4"""
        with self._coded():
            for line, digest in self._db.execute(query, (end, only, without, size)):
                yield Event(**json.loads(line), hash=digest)

    def payload(self, n: int) -> dict[str, Any] | None:
        """The payload of event ``n``; None when it has none or was erased."""
        with self._coded():
            row = self._db.execute("SELECT body FROM payloads WHERE n = ?", (n,)).fetchone()
        return None if row is None else json.loads(row[0])

    def payloads(self, action: str, *, after: int = -1) -> Iterator[tuple[Event, dict[str, Any]]]:
        """Events of ``action`` with the payloads that are still there, in order; only those with a number above ``after``."""
        query = "SELECT e.event, e.hash, p.body FROM events e JOIN payloads p ON p.n = e.n WHERE e.n > ? AND instr(e.event, ?) ORDER BY e.n"
        with self._coded():
            for line, digest, body in self._db.execute(query, (after, _sign(action))):
                event = Event(**json.loads(line), hash=digest)
                if event.action == action:
                    yield event, json.loads(body)

    def lines(self) -> Iterator[str]:
        """The canonical JSON of each event, in order: what is hashed, and what an export's ``ledger.jsonl`` holds."""
        with self._coded():
            for (line,) in self._db.execute("SELECT event FROM events ORDER BY n"):
                yield str(line)

    @property
    def size(self) -> int:
        """Number of events."""
        with self._coded():
            return self._last()[0]

    def head(self, size: int | None = None) -> Head:
        """Size and Merkle root of the whole ledger, or of its first ``size`` events."""
        leaves = self._leaves(size)
        return Head(len(leaves), merkle.root(leaves).hex())

    def inclusion(self, n: int, size: int) -> tuple[str, ...]:
        """Proof (hex digests) that event ``n`` is in the ledger of ``size`` events."""
        return tuple(d.hex() for d in merkle.inclusion_proof(n, self._leaves(size)))

    def consistency(self, old: int, new: int) -> tuple[str, ...]:
        """Proof (hex digests) that the ledger of ``new`` events begins with the ledger of ``old`` events."""
        return tuple(d.hex() for d in merkle.consistency_proof(old, self._leaves(new)))

    def _leaves(self, size: int | None) -> list[bytes]:
        with self._coded():
            rows = self._db.execute("SELECT hash FROM events ORDER BY n LIMIT ?", (-1 if size is None else size,))
            leaves = [bytes.fromhex(r[0]) for r in rows]
        if size is not None and len(leaves) != size:
            raise IndexError(f"the ledger has {len(leaves)} events, not {size}")
        return leaves

    def _last(self) -> tuple[int, str]:
        row = self._db.execute("SELECT n, hash FROM events ORDER BY n DESC LIMIT 1").fetchone()
        return (0, ORIGIN) if row is None else (row[0] + 1, row[1])

    def _insert(self, entry: Entry, n: int, previous: str, actor: str, stamp: str) -> Event:
        digest = None
        if entry.payload is not None:
            salt, body = secrets.token_hex(16), canonical(entry.payload).decode("ascii")
            digest = payload_hash(salt, body)
        event = Event(n, previous, stamp, CLOCK, actor, entry.action, entry.subject, digest, self._tool_version)
        line = canonical(event.body())
        leaf = merkle.leaf_hash(line).hex()
        self._db.execute("INSERT INTO events VALUES (?, ?, ?)", (n, line.decode("ascii"), leaf))
        if digest is not None:
            self._db.execute("INSERT INTO payloads VALUES (?, ?, ?)", (n, salt, body))
        return Event(**event.body(), hash=leaf)

    def _check_format(self, *, read_only: bool) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found > FORMAT:
            raise CaseError("WM306", f"format {found}, this version reads up to {FORMAT}", origin=str(self.path))
        if found < FORMAT and not read_only:
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {FORMAT}")

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
            raise CaseError(code, str(error), origin=str(self.path)) from error
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise IntegrityError("WM302", str(error), origin=str(self.path)) from error


def _sign(action: str | None) -> str:
    """What stands in the canonical JSON of the events of ``action`` and of no others (inside of a value its quotes would be escaped). Nearly all events are
    captures: one that is looked for among them must not have all of them parsed."""
    return "" if action is None else f'"action":{canonical(action).decode("ascii")}'


def payload_hash(salt: str, body: str) -> str:
    """SHA-256 (hex) over the salt's 16 bytes (``salt`` is hex) and the payload's canonical JSON."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode("ascii")).hexdigest()


def _stamp(time: dt.datetime) -> str:
    if time.utcoffset() is None:
        raise ValueError("the time of an event needs its offset from UTC")
    return time.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _connect(path: Path, *, durable: bool, read_only: bool) -> sqlite3.Connection:
    """A connection in autocommit mode; secure_delete overwrites what an erasure removes."""
    if read_only:
        return sqlite3.connect(read_only_uri(path), uri=True, isolation_level=None, timeout=30)
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
    db.execute("PRAGMA secure_delete = ON").fetchall()
    return db


def read_only_uri(path: Path) -> str:
    """Address that opens ``path`` without writing; immutable (works on read-only media) when no log of a writer lies beside it."""
    log = path.with_name(path.name + "-wal")
    pending = log.exists() and log.stat().st_size > 0
    return f"file:{quote(str(path.absolute()))}?mode=ro" + ("" if pending else "&immutable=1")
