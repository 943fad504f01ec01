"""Tables of earlier snapshots, kept so that a link to a revision shows what was seen then.

``revisions/<snapshot>.sqlite`` has the rows of lists and maps whole, and of the records only those that the snapshot after it does not hold
in the same form; the others are looked up there, and so on to the present index. So it is with the words that are searched. A decision changes few
records, so little is kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from witnessmark.archive import CaseFolder
from witnessmark.desk.packing import add_words, unpack
from witnessmark.ledger.store import read_only_uri

_WHOLE = ("incident", "claim", "series", "former", "document", "contradiction")

_CHANGED = """INSERT INTO {table} SELECT o.* FROM older.{table} o LEFT JOIN newer.{table} n ON n.{key} = o.{key}
 WHERE n.{key} IS NULL OR n.body <> o.body"""


def kept_path(folder: CaseFolder, snapshot: str) -> Path:
    """Where the tables of ``snapshot`` are kept."""
    return folder.root / "revisions" / f"{snapshot}.sqlite"


def meta(path: Path) -> dict[str, str]:
    """What an index or kept tables say of themselves: format, snapshot, totals, and for kept ones ``newer``, the snapshot that came after.
    Empty when there are none or they cannot be read."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(read_only_uri(path), uri=True)) as db:
            return dict(db.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return {}


def keep(folder: CaseFolder, older: Path, newer: Path, make: Callable[[sqlite3.Connection], None], later: str) -> None:
    """Keep of the index ``older`` what ``newer`` does not hold. ``make`` makes the tables of an index, ``later`` its look-ups."""
    told, following = meta(older), meta(newer)
    draft = newer.with_name(f"kept-{os.getpid()}.sqlite")
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft, isolation_level=None)) as db:
        make(db)
        db.execute("ATTACH ? AS older", (str(older),))
        db.execute("ATTACH ? AS newer", (str(newer),))
        db.execute("BEGIN")
        for table in _WHOLE:
            db.execute(f"INSERT INTO {table} SELECT * FROM older.{table}")
        db.execute(_CHANGED.format(table="record", key="id"))
        # Statements go with the text that they stand in.
        db.execute(f"{_CHANGED.format(table='said', key='document')} OR o.document IN (SELECT id FROM main.record)")
        _keep_words(db)
        db.executemany("INSERT INTO main.meta VALUES (?, ?)", {**told, "newer": following["snapshot"]}.items())
        db.execute("COMMIT")
        db.executescript(later)
    target = kept_path(folder, told["snapshot"])
    target.parent.mkdir(exist_ok=True)
    os.replace(draft, target)


def _keep_words(db: sqlite3.Connection) -> None:
    """Make the statements searchable that the later index does not hold."""
    sql = "SELECT d.n, s.body, r.body FROM main.said s JOIN older.document d ON d.id = s.document JOIN older.record r ON r.id = s.document"
    for n, said, record in db.execute(sql).fetchall():
        spans = ((s["span"]["start"], s["span"]["end"], s["modality"]) for s in unpack(said))
        add_words(db, n, unpack(record)["text"], spans)


def way(folder: CaseFolder, snapshot: str, present: str, form: str) -> list[Path] | None:
    """The kept tables of ``snapshot``, then those after it up to (without) ``present``; None where one of them was not kept."""
    found: list[Path] = []
    while snapshot != present:
        path = kept_path(folder, snapshot)
        told = meta(path)
        if told.get("format") != form or path in found:
            return None
        found.append(path)
        snapshot = told["newer"]
    return found
