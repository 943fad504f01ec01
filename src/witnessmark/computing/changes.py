"""What changed since the last computation: inputs, decisions, files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from witnessmark.computing.basis import Computation, is_whole, segment_of, segments
from witnessmark.model import Decision
from witnessmark.model.serialise import canonical, to_data

if TYPE_CHECKING:
    from witnessmark.incidents.kept import KeptStore


@dataclass(slots=True)
class Plan:
    """What is to be done. ``changed`` inputs (keys) are new or say something else than in the tables; ``gone`` documents are no longer what they were; ``segments`` are to be
    written; ``owners`` says of inputs that share bytes whether the document stands under them. ``decided`` are decisions by claim."""

    decided: Mapping[str, Sequence[Decision]]
    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    segments: set[int] = field(default_factory=set)
    owners: dict[str, bool] = field(default_factory=dict)


def planned(run: Computation, store: KeptStore, decided: Mapping[str, Sequence[Decision]]) -> Plan:
    """Hold inputs, decisions and files against what is kept."""
    plan = Plan(decided)
    _compare_inputs(run, store, plan)
    _compare_decisions(store, plan)
    _choose_owners(run, store, plan)
    _check_segments(run, store, plan)
    return plan


def _compare_inputs(run: Computation, store: KeptStore, plan: Plan) -> None:
    """Find inputs that came, changed or went: both lists are in one order."""
    known = store.db.execute(
        "SELECT origin, item, capture, key, number, mark, document, owner FROM units ORDER BY origin, item, capture, key"
    )
    old = next(known, None)
    lost: list[tuple[Any, ...]] = []
    for new in run.work.marks():
        if old is not None and old[: len(new)] == new:
            old = next(known, None)
            continue
        while old is not None and old[:_NAMED] < new[:_NAMED]:
            lost.append(old)
            old = next(known, None)
        same = old is not None and old[:_NAMED] == new[:_NAMED]
        if old is None or old[: len(new)] != new:
            plan.changed.add(new.key)
            plan.segments.add(segment_of(new.number))
            if same:
                _forget(plan, old)
        if same:
            old = next(known, None)
    for row in [*lost, *([] if old is None else [old]), *known]:
        _forget(plan, row)
        store.db.execute("DELETE FROM units WHERE key = ?", (row[_NAMED - 1],))


_NAMED = 4
"""Columns that name an input: origin, item, capture, key."""


def _forget(plan: Plan, row: Any) -> None:
    """An input that is no longer what the tables say: its segment is written anew, its document is taken out of merging."""
    *_, number, _, document, owner = row
    plan.segments.add(segment_of(number))
    if document is not None and owner:
        plan.gone.add(document)


def _compare_decisions(store: KeptStore, plan: Plan) -> None:
    """Documents with a claim on which decisions came, changed or went are read into the tables again."""
    after = {claim: hashlib.sha256(canonical([to_data(d) for d in said])).hexdigest() for claim, said in plan.decided.items()}
    rows = store.db.execute("SELECT claim, digest, document FROM decided").fetchall()
    homes = {claim: document for claim, _, document in rows}
    query = "SELECT c.id, d.id FROM claims c JOIN documents d ON d.n = c.document WHERE c.id IN ({})"
    homes |= dict(store.chosen(query, after.keys() - homes.keys()))
    for claim in {claim for claim, _ in {(claim, digest) for claim, digest, _ in rows} ^ set(after.items())}:
        found = store.db.execute("SELECT key, number FROM units WHERE document = ? AND owner = 1", (homes.get(claim),))
        for key, number in found:
            plan.changed.add(key)
            plan.segments.add(segment_of(number))
            plan.gone.add(homes[claim])
    store.db.execute("DELETE FROM decided")
    store.db.executemany(
        "INSERT INTO decided VALUES (?, ?, ?)", ((claim, digest, homes.get(claim)) for claim, digest in sorted(after.items()))
    )


def _choose_owners(run: Computation, store: KeptStore, plan: Plan) -> None:
    """Where several inputs have the same bytes, find the one that each document stands under: the first in the order of the table."""
    taken: set[str] = set()
    for mark in run.work.twins():
        row = store.db.execute("SELECT document, owner FROM units WHERE key = ?", (mark.key,)).fetchone()
        document = _document_of(run, mark.key) if row is None or mark.key in plan.changed else row[0]
        owns = document is None or document not in taken
        plan.owners[mark.key] = owns
        taken.update([] if document is None else [document])
        if row is not None and row[0] is not None and bool(row[1]) != owns:
            plan.changed.add(mark.key)
            plan.segments.add(segment_of(mark.number))
            plan.gone.update([row[0]] if row[1] else [])


def _document_of(run: Computation, key: str) -> str | None:
    told = run.work.result(key, run.reader)
    found = told["tables"].get("documents", ()) if told else ()
    return found[0][0] if found else None


def _check_segments(run: Computation, store: KeptStore, plan: Plan) -> None:
    """Segments whose files are missing or damaged are written anew."""
    for number, segment in segments(store).items():
        if number not in plan.segments and not is_whole(run, segment):
            plan.segments.add(number)
