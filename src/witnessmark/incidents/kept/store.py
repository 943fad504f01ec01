"""What merging keeps on disk between computations: claims, pairs, stories and groups, so that a change costs no more than what it touches.

One SQLite file. A computation is one transaction: after a kill the file is as it was before. Whoever opens it names the version of the code and
of the readings that it must rest on; for any other it is made anew.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, TypeAlias

from witnessmark.errors import CaseError
from witnessmark.incidents.rows import Row
from witnessmark.incidents.wording.bags import Wording
from witnessmark.incidents.wording.stories import Side
from witnessmark.model import IncidentClaim
from witnessmark.model.serialise import compact, from_data, to_data

ROW = tuple(name for name in Row.__dataclass_fields__ if name not in ("unique_id", "document"))
"""Columns of a claim's row that are kept beside its ids."""

_KINDS = {"str | None": "TEXT", "int | None": "INTEGER", "float | None": "REAL", "bool": "INTEGER NOT NULL"}
_ROW_COLUMNS = ", ".join(f"{name} {_KINDS[str(Row.__dataclass_fields__[name].type)]}" for name in ROW)

SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published TEXT, language TEXT, main INTEGER, plain TEXT, story INTEGER,
  side BLOB, wording BLOB);
CREATE TABLE meetings (language TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL, day INTEGER NOT NULL, main INTEGER NOT NULL, keywords BLOB NOT NULL,
  PRIMARY KEY (language, id)) WITHOUT ROWID;
CREATE INDEX documents_story ON documents (story) WHERE story IS NOT NULL;
CREATE INDEX documents_main ON documents (main, plain) WHERE main IS NOT NULL;
CREATE TABLE claims (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document INTEGER NOT NULL, grouped INTEGER, {_ROW_COLUMNS}, body BLOB NOT NULL);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_grouped ON claims (grouped);
CREATE TABLE places (place BLOB PRIMARY KEY, claim INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pairs (l INTEGER NOT NULL, r INTEGER NOT NULL, field REAL, parts INTEGER, odds REAL, weight REAL NOT NULL, PRIMARY KEY (l, r)) WITHOUT ROWID;
CREATE INDEX pairs_r ON pairs (r, l);
CREATE TABLE parts (n INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE);
CREATE TABLE links (position INTEGER PRIMARY KEY, kind TEXT NOT NULL, subjects TEXT NOT NULL);
"""
"""``documents``: ``published`` is the day of publication; the columns from ``language`` on are null without a wording; ``plain`` is the language of a plain document.
``meetings`` holds by language, in the order of ids, what tells which documents with a wording meet: it is read whole, so it stands apart. ``day`` is the day of
publication as an ordinal, 0 where there is none. ``story`` numbers the stories that documents tell, ``grouped`` the incidents that claims tell of.
``places`` says where claims stand in the blocks in which they are compared (:mod:`witnessmark.incidents.kept.blocks`).
``pairs``: ``l`` has the lesser id; ``field`` and ``parts`` are null where the fields were not compared, ``odds`` where the wording was not; ``weight`` is what both come to."""


Parts: TypeAlias = tuple[tuple[str, float], ...]
"""The parts of a weight: what was compared, and what it weighs."""


class KeptStore:
    """The file at ``path`` for the code and readings that ``basis`` names.

    Raises (all methods):
        CaseError: WM307 when it cannot be written.
    """

    def __init__(self, path: Path, *, basis: str, beside: str = "", durable: bool = True) -> None:
        """Open the file, or make it anew when it is not there, damaged, or rests on another ``basis``. ``beside`` is the SQL of the caller's own tables."""
        self.path = path
        self._basis = basis
        self._beside = beside
        self._durable = durable
        self._forget_parts()
        with self._coded():
            self.db = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.db.close()

    def _opened(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        try:
            if dict(db.execute("SELECT key, value FROM meta WHERE key = 'basis'")) == {"basis": self._basis}:
                return self._prepared(db)
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
        except sqlite3.DatabaseError:
            pass  # damaged: what it held can be computed again
        db.close()
        return self._anew()

    def _anew(self) -> sqlite3.Connection:
        for suffix in ("", "-journal"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        db = self._prepared(sqlite3.connect(self.path, isolation_level=None, timeout=30))
        db.executescript(SCHEMA + self._beside)
        db.execute("INSERT INTO meta VALUES ('basis', ?)", (self._basis,))
        return db

    def _prepared(self, db: sqlite3.Connection) -> sqlite3.Connection:
        db.execute(f"PRAGMA synchronous = {'NORMAL' if self._durable else 'OFF'}")
        db.execute("PRAGMA temp_store = FILE")
        db.execute("PRAGMA cache_size = -16000")
        return db

    def empty(self) -> None:
        """Forget everything that is kept."""
        self._forget_parts()
        with self._coded():
            self.db.close()
            self.db = self._anew()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """All changes inside are kept, or none."""
        with self._coded():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._forget_parts()
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextmanager
    def _coded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise CaseError("WM305" if "locked" in str(error) else "WM307", str(error), origin=str(self.path)) from error

    def get(self, key: str) -> str | None:
        """What was set under ``key``."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def chosen(self, query: str, numbers: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of ``query``, in which ``{}`` stands for a list of ``numbers``, some of them at a time."""
        listed = list(numbers)
        for begin in range(0, len(listed), _AT_ONCE):
            some = listed[begin : begin + _AT_ONCE]
            yield from self.db.execute(query.format(", ".join("?" * len(some))), some)

    def numbers(self, claims: Iterable[str]) -> dict[str, int]:
        """The numbers of those of ``claims`` that are there."""
        return dict(self.chosen("SELECT id, n FROM claims WHERE id IN ({})", claims))

    def asked(self, query: str, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The rows of ``query`` over ``pairs``, which stand in the table temp.asked (a, b)."""
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS asked (a INTEGER NOT NULL, b INTEGER NOT NULL)")
        self.db.execute("DELETE FROM temp.asked")
        self.db.executemany("INSERT INTO temp.asked VALUES (?, ?)", pairs)
        return self.db.execute(query).fetchall()

    def among(self, columns: str, claims: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        """Those ``columns`` of the pairs whose claims are both among ``claims`` (numbers), of which most pairs lead out."""
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS among (n INTEGER PRIMARY KEY)")
        self.db.execute("DELETE FROM temp.among")
        self.db.executemany("INSERT INTO temp.among VALUES (?)", ((n,) for n in claims))
        query = (
            f"SELECT {columns} FROM temp.among a CROSS JOIN pairs p ON p.l = a.n WHERE EXISTS (SELECT 1 FROM temp.among b WHERE b.n = p.r)"
        )
        yield from self.db.execute(query)

    def part(self, parts: Parts) -> int:
        """The number of a list of parts: there are few different ones."""
        number = self._part_numbers.get(parts)
        if number is None:
            body = compact(parts)
            row = self.db.execute("SELECT n FROM parts WHERE body = ?", (body,)).fetchone()
            number = int(row[0] if row else self.db.execute("INSERT INTO parts (body) VALUES (?)", (body,)).lastrowid or 0)
            self._remember(number, parts)
        return number

    def parts(self, number: int) -> Parts:
        """The list of parts with this number."""
        parts = self._parts.get(number)
        if parts is None:
            (body,) = self.db.execute("SELECT body FROM parts WHERE n = ?", (number,)).fetchone()
            parts = tuple((str(name), float(weight)) for name, weight in json.loads(body))
            self._remember(number, parts)
        return parts

    def _remember(self, number: int, parts: Parts) -> None:
        if len(self._parts) >= _REMEMBERED:
            self._forget_parts()
        self._parts[number] = parts
        self._part_numbers[parts] = number

    def _forget_parts(self) -> None:
        self._parts: dict[int, Parts] = {}
        self._part_numbers: dict[Parts, int] = {}


_REMEMBERED = 5000
_AT_ONCE = 500


def pack_claim(claim: IncidentClaim) -> bytes:
    """A claim as the store keeps it."""
    return zlib.compress(compact(to_data(claim)).encode("ascii"), 1)


def unpack_claim(body: bytes) -> IncidentClaim:
    """The claim that :func:`pack_claim` was given."""
    return from_data(IncidentClaim, json.loads(zlib.decompress(body)))


def pack_side(side: Side) -> bytes:
    """What stories compare of a report, as the store keeps it."""
    return compact(to_data(side)).encode("ascii")


def unpack_side(body: bytes) -> Side:
    """The side that :func:`pack_side` was given."""
    return from_data(Side, json.loads(body))


def unpack_wording(body: bytes) -> Wording:
    """A wording of ``documents``."""
    return Wording.unpack(body.decode("ascii"))
