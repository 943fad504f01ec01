"""Incidents and their contradictions: formed again where something changed, and written as one segment.

Only what was formed again is made into rows; the other rows are copied from the segment that was written before. Both stand in the order of the
incidents' ids, so that the files are the same whichever run made which row.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from witnessmark.computing.basis import MERGED, Computation, keep_segment, segments
from witnessmark.computing.changes import Plan
from witnessmark.computing.documents import written
from witnessmark.engines.merging import Before, MergedWriter
from witnessmark.engines.schema import Line, contradiction_row, incident_row, lines
from witnessmark.engines.writer import without_surrogates
from witnessmark.model import Decision
from witnessmark.model.serialise import compact, to_data

if TYPE_CHECKING:
    from witnessmark.incidents.kept import KeptStore, Part
    from witnessmark.incidents.lineage import Known

_FRESH = "CREATE TEMP TABLE IF NOT EXISTS fresh (id TEXT PRIMARY KEY, incident TEXT NOT NULL, found BLOB NOT NULL) WITHOUT ROWID"
"""Rows that were made in this run: on disk, for a first computation makes all of them."""


def renewed(run: Computation, store: KeptStore, plan: Plan, decisions: Sequence[Decision]) -> tuple[list[Known], list[Known]]:
    """Merge what changed, write the incidents; gives those that went and those that came, as far as they can be followed."""
    from witnessmark.incidents.kept import formed, renew

    store.db.execute(_FRESH)
    store.db.execute("DELETE FROM temp.fresh")
    whole = MERGED in segments(store) and MERGED not in plan.segments
    held = store.db.execute("SELECT id, count FROM formed ORDER BY id").fetchall() if whole else []
    renewal = renew(store, written(run, store, plan), sorted(plan.gone), decisions, spark=run.spark)
    before = traced(store, renewal.dropped)
    store.db.executemany("DELETE FROM formed WHERE number = ?", ((number,) for number in renewal.dropped))
    lost = [] if whole else [number for (number,) in store.db.execute("SELECT number FROM formed ORDER BY number")]
    after = [_keep(store, part) for part in renewal.parts]
    for part in formed(store, lost):
        _keep(store, part)
    if after or lost or renewal.dropped or not whole:
        _write(run, store, held)
    return before, after


def traced(store: KeptStore, numbers: Iterable[int] | None = None) -> list[Known]:
    """Incidents by number, or all."""
    from witnessmark.incidents.lineage import Known

    query = "SELECT id, members FROM formed"
    rows = store.db.execute(query) if numbers is None else store.chosen(f"{query} WHERE number IN ({{}})", sorted(numbers))
    return [Known(identifier, tuple(json.loads(members))) for identifier, members in rows]


def _keep(store: KeptStore, part: Part) -> Known:
    from witnessmark.assess import between_documents
    from witnessmark.incidents.lineage import Known

    incident = part.incident
    found = between_documents([incident], part.claims, published=part.published) if len(part.claims) > 1 else ()
    row = compact(lines("incidents", [incident_row(to_data(incident))]))
    others = compact(lines("contradictions", [contradiction_row(to_data(c)) for c in found])).encode("ascii")
    digests = hashlib.sha256(row.encode("ascii")).digest(), hashlib.sha256(others).digest()
    kept = (part.number, incident.identifier, compact(incident.claims), *digests, len(found))
    store.db.execute("INSERT OR REPLACE INTO formed VALUES (?, ?, ?, ?, ?, ?)", kept)
    store.db.execute("INSERT INTO temp.fresh VALUES (?, ?, ?)", (incident.identifier, row, zlib.compress(others, 1)))
    return Known(incident.identifier, incident.claims)


_Held = tuple[str, int]
"""The id of an incident that the segment holds, with the number of its contradictions."""


def _write(run: Computation, store: KeptStore, held: Sequence[_Held]) -> None:
    """Write the segment anew from the rows of ``held`` incidents in the one that there is, and from fresh ones."""
    files = {
        name: run.folder.root / path
        for path in (segments(store)[MERGED].paths if held else ())
        for name in _TABLES
        if path.endswith(f"/{name}.parquet")
    }
    with ExitStack() as stack:
        before = [stack.enter_context(Before(files.get(name))) for name in _TABLES]
        writer = MergedWriter(run.drafts / "draft-merged")
        for step in _steps(store, held):
            for at, name in enumerate(_TABLES):
                before[at].skip(step.skip[at])
                writer.copy(name, before[at].take(step.copy[at]))
                writer.extend(name, step.fresh[at])
        segment = writer.close()
    keep_segment(store, MERGED, segment)


_TABLES = ("incidents", "contradictions")


class _Step(NamedTuple):
    """Rows of each table to leave out, then to copy, then to write."""

    skip: tuple[int, int] = (0, 0)
    copy: tuple[int, int] = (0, 0)
    fresh: tuple[Sequence[Line], Sequence[Line]] = ((), ())


def _lines(text: str) -> Sequence[Line]:
    return without_surrogates(json.loads(text), text)


def _steps(store: KeptStore, held: Sequence[_Held]) -> Iterator[_Step]:
    query = "SELECT f.id, f.count, n.incident, n.found FROM formed f LEFT JOIN temp.fresh n ON n.id = f.id ORDER BY f.id"
    before = iter(held)
    old = next(before, None)
    copied = [0, 0]
    for identifier, count, incident, found in store.db.execute(query):
        while old is not None and old[0] < identifier:
            yield _Step(copy=(copied[0], copied[1]))
            yield _Step(skip=(1, old[1]))
            copied = [0, 0]
            old = next(before, None)
        there = old is not None and old[0] == identifier
        if incident is None:
            copied[0] += 1
            copied[1] += count
        else:
            yield _Step(copy=(copied[0], copied[1]))
            yield _Step(
                (1, old[1]) if old is not None and there else (0, 0), fresh=(_lines(incident), _lines(zlib.decompress(found).decode()))
            )
            copied = [0, 0]
        if there:
            old = next(before, None)
    yield _Step(copy=(copied[0], copied[1]))
