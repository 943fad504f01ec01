"""Writing the tables of documents, segment by segment."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from witnessmark.computing.basis import FROM_DOCUMENTS, MERGED, OUTCOMES, Computation, captures_of, keep_segment
from witnessmark.computing.changes import Plan
from witnessmark.engines import WorkItem
from witnessmark.engines.schema import TABLES, Line, input_row, lines
from witnessmark.engines.writer import SegmentWriter
from witnessmark.errors import CATALOGUE
from witnessmark.model import Decision, IncidentClaim
from witnessmark.model.serialise import from_data, to_data
from witnessmark.review.tables import Tables, decided_tables

if TYPE_CHECKING:
    from witnessmark.incidents.kept import KeptStore, Told


def written(run: Computation, store: KeptStore, plan: Plan) -> Iterator[Told]:
    """Write the segments that are to be written, and give each changed document for merging as it is met."""
    for number in sorted(plan.segments - {MERGED}):
        writer = SegmentWriter(run.drafts / f"draft-{number}")
        wrote = False
        for item, result in run.work.results(run.reader, *captures_of(number)):
            wrote = True
            unit = _Unit(item, result or _untold(item), plan.owners.get(item.key, True), plan.decided)
            _write_unit(store, writer, unit, run.work.mark(item.key).mark if item.key in plan.changed else None)
            if unit.owned and item.key in plan.changed:
                yield unit.for_merging()
        segment = writer.close()
        if wrote:
            keep_segment(store, number, segment)
        else:
            store.db.execute("DELETE FROM segments WHERE n = ?", (number,))


class _Unit:
    """An input with what was read from it, as decisions leave it."""

    def __init__(self, item: WorkItem, told: Mapping[str, Any], owned: bool, decided: Mapping[str, Sequence[Decision]]) -> None:
        self.item = item
        self.told = told
        read: Tables = told["tables"]
        self.document: str | None = read["documents"][0][0] if read.get("documents") else None
        self.owned = owned and self.document is not None
        self.read = [line[0] for line in read.get("incident_claims", ())]
        self.tables: Tables = decided_tables(read, decided) if self.owned else {}

    def lines(self) -> Iterator[tuple[str, Sequence[Line]]]:
        """Its rows by table."""
        data = _input_data(self.item, self.told, [self.document] if self.document is not None else [])
        for table in FROM_DOCUMENTS:
            yield table, lines("inputs", [input_row(data)]) if table == "inputs" else self.tables.get(table, ())

    def for_merging(self) -> Told:
        """The document as merging takes it."""
        from witnessmark.incidents.kept import Told

        claims = tuple(_for_merging(from_data(IncidentClaim, json.loads(line[-1]))) for line in self.tables["incident_claims"])
        return Told(str(self.document), _day(self.tables["documents"][0]), claims, self.told.get("wording") or None)


def _write_unit(store: KeptStore, writer: SegmentWriter, unit: _Unit, mark: str | None) -> None:
    """Write the rows of an input; ``mark`` is that of one that came or changed."""
    digests = b"".join(writer.extend(table, several) for table, several in unit.lines())
    item = unit.item
    if mark is None:
        store.db.execute("UPDATE units SET digests = ? WHERE key = ?", (digests, item.key))
        return
    homes = ((unit.document, claim) for claim in unit.read if unit.owned)
    store.db.executemany("UPDATE decided SET document = ? WHERE claim = ?", homes)
    row = (item.origin, item.item, item.capture, item.key, item.number, mark, unit.told["status"], unit.document, int(unit.owned), digests)
    store.db.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _for_merging(claim: IncidentClaim) -> IncidentClaim:
    """``claim`` without what neither merging nor comparing looks at, which is most of it."""
    return replace(
        claim,
        breakdown=(),
        aftermath=(),
        alternatives=(),
        speaker=None,
        place=replace(claim.place, candidates=()) if claim.place else None,
        date=replace(claim.date, candidates=()) if claim.date else None,
        killed=replace(claim.killed, candidates=()) if claim.killed else None,
        injured=replace(claim.injured, candidates=()) if claim.injured else None,
    )


def _untold(item: WorkItem) -> dict[str, Any]:
    """The result of an input of which there are no bytes."""
    problems = [item.problem] if item.problem else []
    outcome = CATALOGUE[item.problem.code].outcome if item.problem else "failed"
    return {"status": outcome if outcome in OUTCOMES else "failed", "problems": [to_data(p) for p in problems], "tables": {}}


def _input_data(item: WorkItem, told: Mapping[str, Any], identifiers: Sequence[str]) -> dict[str, Any]:
    return {
        "origin": item.origin,
        "item": item.item,
        "capture": item.capture,
        "method": item.method,
        "media_type": item.media_type,
        "size": item.size,
        "status": told["status"],
        "documents": list(identifiers),
        "problems": told["problems"],
    }


_PUBLISHED = list(TABLES["documents"]).index("published")


def _day(line: Line) -> dt.date | None:
    return dt.date.fromisoformat(line[_PUBLISHED]) if line[_PUBLISHED] else None
