"""Look-ups in the index: records, rows and lists of one snapshot."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from witnessmark.desk.packing import unpack
from witnessmark.desk.pages import ContradictionView, DocumentRow, IncidentRow, Passage, QueueItem
from witnessmark.desk.reading import around
from witnessmark.desk.search import Part
from witnessmark.errors import IntegrityError, UsageError
from witnessmark.ledger.store import read_only_uri
from witnessmark.model import Contradiction, Document, Incident, IncidentClaim, SeriesClaim, Span
from witnessmark.model.serialise import from_data
from witnessmark.review import Standings

T = TypeVar("T")

_INCIDENT = """n, id, act, place, country, adm1, latitude, longitude, place_precision, earliest, latest, date_precision, killed_low, killed_high,
 injured_low, injured_high, claims, documents, contradictions"""
_DOCUMENT = """id, COALESCE(title, ''), COALESCE(publisher, ''), COALESCE(published, ''), COALESCE(language, ''), status, origin,
 characters, statements, claims"""
_TYPES: dict[str, type[Any]] = {
    "incident": Incident,
    "claim": IncidentClaim,
    "series": SeriesClaim,
    "contradiction": Contradiction,
    "document": Document,
}

CONTEXT = 220
"""Characters shown on each side of words that stand alone on a page."""


class Store:
    """The index, open for reading.

    Raises (all methods):
        IntegrityError: WM706 when it is damaged.
    """

    def __init__(self, path: Path, after: Sequence[Path] = (), present: Store | None = None) -> None:
        """Open the index at ``path``; for kept tables ``after`` are those of the following snapshots and ``present`` is the present index:
        records that did not change stand there (:mod:`witnessmark.desk.keeping`)."""
        own = [_connect(p) for p in (path, *after)]
        self.db = own[0]
        self._own = own
        self._bodies = [*own, *([present.db] if present is not None else [])]
        self._then: list[sqlite3.Connection] = []

    def close(self) -> None:
        """Let go of the files."""
        for db in self._then:
            db.execute(f"DROP TABLE temp.{self._documents}")
        self._then.clear()
        for db in self._own:
            db.close()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        try:
            return self.db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise IntegrityError("WM706", str(error)) from error

    def number(self, sql: str, *values: object) -> int:
        """The one number that a query gives."""
        return int(self.rows(sql, *values)[0][0] or 0)

    def meta(self, key: str) -> str:
        """What the index says of itself: format, snapshot, totals, root (of the ledger when the tables were computed)."""
        found = self.rows("SELECT value FROM meta WHERE key = ?", key)
        return str(found[0][0]) if found else ""

    def _body(self, sql: str, identifier: str) -> tuple[Any, ...] | None:
        """The row of a record, here or where it stands unchanged."""
        for db in self._bodies:
            try:
                found = db.execute(sql, (identifier,)).fetchone()
            except sqlite3.DatabaseError as error:
                raise IntegrityError("WM706", str(error)) from error
            if found is not None:
                return tuple(found)
        return None

    def kind(self, identifier: str) -> str | None:
        """What kind of record has this id: incident, claim, series, contradiction, document; None when none has."""
        found = self._body("SELECT kind FROM record WHERE id = ?", identifier)
        return found[0] if found else None

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """Every record of type ``kind``, in the order of its table."""
        table = next(name for name, held in _TYPES.items() if held is kind)
        return tuple(self.get(kind, row[0]) for row in self.rows(f"SELECT id FROM {table}"))

    def like(self, start: str) -> list[tuple[str, str]]:
        """Ids (with kind) of records of these tables that begin with ``start``, at most ten."""
        sql = " UNION ALL ".join(f"SELECT id, '{table}' FROM {table} WHERE id >= ?1 AND id < ?2" for table in _TYPES)
        return self.rows(f"{sql} LIMIT 10", start, start + "\U0010ffff")

    def word_parts(self) -> tuple[Part, ...]:
        """Where the words of the statements are looked up: in this index; of kept tables in all of the way to the present index, each for the
        documents that stand there as they stood then."""
        if len(self._bodies) == 1:
            return (Part(self.db),)
        if not self._then:
            self._make_parts()
        return tuple(Part(db, f"temp.{self._documents}") for db in self._then)

    @property
    def _documents(self) -> str:
        """The name of the temporary table with the documents of then."""
        return f"document_{id(self):x}"

    def _make_parts(self) -> None:
        left = {r[0]: r for r in self.rows("SELECT id, title, publisher, published, language FROM document")}
        for db in self._bodies:
            held = db.execute("SELECT d.n, d.id FROM said s JOIN document d ON d.id = s.document").fetchall()
            db.execute(f"CREATE TEMP TABLE {self._documents} (n INTEGER PRIMARY KEY, id, title, publisher, published, language)")
            rows = ((n, *left.pop(identifier)) for n, identifier in held if identifier in left)
            db.executemany(f"INSERT INTO temp.{self._documents} VALUES (?, ?, ?, ?, ?, ?)", rows)
            self._then.append(db)

    def get(self, kind: type[T], identifier: str) -> T:
        """The record of type ``kind`` with this id; a former id of an incident leads to the present one.

        Raises:
            UsageError: WM001 when there is none.
        """
        found = self._body("SELECT kind, body FROM record WHERE id = ?", identifier)
        former = self.rows("SELECT incident FROM former WHERE id = ?", identifier) if kind is Incident else []
        if former:
            return self.get(kind, former[0][0])
        if not found or _TYPES[found[0]] is not kind:
            raise UsageError("WM001", origin=identifier)
        return from_data(kind, unpack(found[1]))

    def has_words(self, identifier: str, within: Span) -> bool:
        """True when the claim ``identifier`` rests on words that lie in ``within`` of its document, or across an end of it."""
        found = self._body("SELECT body FROM record WHERE id = ?", identifier)
        return found is not None and any(start < within.end and end > within.start for start, end in _spans(unpack(found[0])))

    def statements(self, document: str) -> tuple[Passage, ...]:
        """The statements of ``document``, in text order. There may be thousands: only what marks need is made of each."""
        found = self._body("SELECT body FROM said WHERE document = ?", document)
        rows = unpack(found[0]) if found else []
        return tuple(Passage(s["span"]["start"], s["span"]["end"], s["modality"], s["paragraph"]) for s in rows)

    def document_row(self, identifier: str) -> DocumentRow:
        """The document ``identifier`` as a list shows it."""
        found = self.rows(f"SELECT {_DOCUMENT} FROM document WHERE id = ?", identifier)
        if not found:
            raise UsageError("WM001", origin=identifier)
        return DocumentRow(*found[0])

    def document_rows(self, start: int, size: int) -> list[DocumentRow]:
        """Documents in order, those with claims first."""
        return [
            DocumentRow(*r) for r in self.rows(f"SELECT {_DOCUMENT} FROM document ORDER BY claims = 0, n LIMIT ? OFFSET ?", size, start)
        ]

    def incident_number(self, identifier: str) -> int:
        """The number of the incident ``identifier``."""
        found = self.rows("SELECT n FROM incident WHERE id = ?", identifier)
        if not found:
            raise UsageError("WM001", origin=identifier)
        return int(found[0][0])

    def incident_id(self, n: int) -> str:
        """The id of incident ``n``."""
        return str(self.rows("SELECT id FROM incident WHERE n = ?", n)[0][0])

    def incident_of(self, claim: str) -> int | None:
        """The number of the incident that ``claim`` is in; None for what is no claim of an incident."""
        found = self.rows("SELECT incident FROM claim WHERE id = ?", claim)
        return int(found[0][0]) if found else None

    def incident_rows(self, numbers: Sequence[int], states: Sequence[str]) -> list[IncidentRow]:
        """The incidents with these numbers, in this order; ``states`` say how the review of each stands."""
        marks = ",".join("?" * len(numbers))
        found = {r[0]: r for r in self.rows(f"SELECT {_INCIDENT} FROM incident WHERE n IN ({marks})", *numbers)}
        return [_incident(found[n], state) for n, state in zip(numbers, states, strict=True)]

    def claims_of_document(self, document: str) -> list[tuple[str, str]]:
        """Ids of the incident claims of ``document``, each with the id of its incident."""
        sql = "SELECT c.id, COALESCE(i.id, '') FROM claim c LEFT JOIN incident i ON i.n = c.incident WHERE c.document = ?"
        return [(r[0], r[1]) for r in self.rows(sql, document)]

    def series_of_document(self, document: str) -> list[str]:
        """Ids of the series claims of ``document``."""
        return [r[0] for r in self.rows("SELECT id FROM series WHERE document = ?", document)]

    def contradictions(self, where: str, *values: object) -> list[str]:
        """Ids of contradictions; ``where`` goes into the query."""
        return [r[0] for r in self.rows(f"SELECT id FROM contradiction {where}", *values)]

    def contradiction(self, identifier: str, standings: Standings, row_of: Callable[[int], IncidentRow]) -> ContradictionView:
        """A contradiction with the words of both sides; ``row_of`` gives the incident of a number."""
        record = self.get(Contradiction, identifier)
        contexts = tuple(self.context(d, s.start, s.end) for d, s in zip(record.documents, record.spans, strict=True))
        rows = tuple(self.document_row(d) for d in record.documents)
        home = self.rows("SELECT incident FROM contradiction WHERE id = ?", identifier)
        where = row_of(home[0][0]) if home and home[0][0] is not None else None
        return ContradictionView(record, (rows[0], rows[1]), (contexts[0], contexts[1]), standings.at((identifier, "", None)), where)

    def context(self, document: str, start: int, end: int) -> tuple[str, str, str]:
        """The words before, at and after a span, cut at line ends or, with a sign, between words."""
        return around(self.get(Document, document).text, Span(start, end), CONTEXT)

    def queue(self) -> Iterator[QueueItem]:
        """What there is to review, the most worth first."""
        sql = "SELECT n, kind, subject, other, field, start, document, worth FROM queue ORDER BY worth DESC"
        return (QueueItem(*row) for row in self.db.execute(sql))

    def asked(self, subject: str) -> list[QueueItem]:
        """What the queue asks about the claim or contradiction ``subject``; whether claims belong together is not among it."""
        sql = "SELECT n, kind, subject, other, field, start, document, worth FROM queue WHERE subject = ? AND kind <> 'merge' ORDER BY n"
        return [QueueItem(*row) for row in self.rows(sql, subject)]

    def links_asked(self, claim: str) -> list[QueueItem]:
        """The questions whether ``claim`` and another claim tell of one incident."""
        sql = (
            "SELECT n, kind, subject, other, field, start, document, worth FROM queue WHERE kind = 'merge' AND (subject = ?1 OR other = ?1)"
        )
        return [QueueItem(*row) for row in self.rows(sql, claim)]

    def queue_item(self, n: int) -> QueueItem:
        """The item with this number.

        Raises:
            UsageError: WM001 when there is none.
        """
        found = self.rows("SELECT n, kind, subject, other, field, start, document, worth FROM queue WHERE n = ?", n)
        if not found:
            raise UsageError("WM001", origin=str(n))
        return QueueItem(*found[0])


def _spans(data: Any) -> Iterator[tuple[int, int]]:
    """The spans anywhere in a record's plain data."""
    if isinstance(data, dict):
        if data.keys() == {"start", "end"}:
            yield data["start"], data["end"]
        else:
            for value in data.values():
                yield from _spans(value)
    elif isinstance(data, list):
        for value in data:
            yield from _spans(value)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(read_only_uri(path), uri=True, isolation_level=None)
    db.execute("PRAGMA mmap_size = 268435456").fetchall()
    return db


def _incident(row: Sequence[Any], state: str) -> IncidentRow:
    n, identifier, act, place, country, adm1, latitude, longitude, where, first, last, when, *tolls, claims, documents, clash = row
    days = [dt.date.fromordinal(day) if day else None for day in (first, last)]
    return IncidentRow(
        n, identifier, act, place, country, adm1, latitude, longitude, where, days[0], days[1], when, (tolls[0], tolls[1]),
        (tolls[2], tolls[3]), claims, documents, clash, state,
    )  # fmt: skip
