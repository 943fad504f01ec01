"""History: the ledger as steps that people understand, and the difference between two revisions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from witnessmark.archive import CaseFolder
from witnessmark.desk.index import revision_path
from witnessmark.desk.pages import Changed, Difference, Step
from witnessmark.engines.manifest import ACTION as MANIFEST
from witnessmark.errors import IntegrityError, UsageError
from witnessmark.ledger import Event, Ledger
from witnessmark.review import Standings

STEPS = 5000
"""Steps of a difference that are listed at most."""


def steps(ledger: Ledger, standings: Standings, *, start: int | None, size: int) -> list[Step]:
    """Events before position ``start`` (default: the end), newest first, without captures."""
    end = ledger.size if start is None else start
    found = [e for e in ledger.latest(end, size, without="capture")]
    return [_step(e, ledger, standings) for e in found]


def _step(event: Event, ledger: Ledger, standings: Standings) -> Step:
    decision = standings.get(event.n)
    payload = ledger.payload(event.n) or {} if decision is None else {}
    in_force = decision is None or standings.in_force(event.n)
    return Step(event.n, event.time, event.actor, event.action, event.subject, decision, in_force, payload)


def difference(folder: CaseFolder, ledger: Ledger, standings: Standings, first: int, last: int) -> Difference:
    """What happened between the ledger's sizes ``first`` and ``last``: every step, and how the incidents changed where both tables are kept.

    Raises:
        UsageError: WM004 when the two are no revisions of the case.
    """
    first, last = sorted((first, last))
    if first < 1 or last > ledger.size:
        raise UsageError("WM004", f"the ledger has the revisions 1 to {ledger.size}")
    events = [e for e in ledger.latest(last, STEPS, without="capture") if e.n >= first]
    old, new = (snapshot_at(ledger, size) for size in (first, last))
    added = removed = changed = None
    if old and new and all(revision_path(folder, s).exists() for s in (old, new)):
        before, after = (_incidents(revision_path(folder, s)) for s in (old, new))
        added = tuple(sorted(after.keys() - before.keys()))
        removed = tuple(sorted(before.keys() - after.keys()))
        changed = tuple(_changes(before, after))
    listed = tuple(_step(e, ledger, standings) for e in events)
    return Difference(first, last, listed, added, removed, changed)


def snapshot_at(ledger: Ledger, size: int) -> str:
    """The snapshot in force when the ledger had ``size`` events; empty when there was none."""
    for event in ledger.latest(size, 1, only=MANIFEST):
        return str((ledger.payload(event.n) or {}).get("snapshot", ""))
    return ""


def installed_at(ledger: Ledger, snapshot: str) -> int:
    """The size of the ledger when ``snapshot`` last came into force; 1 when that is not known."""
    for event in ledger.latest(ledger.size, 1000, only=MANIFEST):
        if (ledger.payload(event.n) or {}).get("snapshot") == snapshot:
            return event.n + 1
    return 1


def _incidents(path: Path) -> dict[str, dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="ascii") as lines:
            return {row["id"]: row for row in map(json.loads, lines)}
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise IntegrityError("WM303", str(error), origin=path.name) from error


def _changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> Iterator[Changed]:
    for identifier in sorted(before.keys() & after.keys()):
        old, new = before[identifier], after[identifier]
        found = tuple((name, _told(old.get(name)), _told(new.get(name))) for name in new if old.get(name) != new.get(name))
        if found:
            yield Changed(identifier, found)


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join("–" if v is None else str(v) for v in value)
    return str(value)
