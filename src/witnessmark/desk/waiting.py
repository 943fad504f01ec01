"""What waits for a decision, and how the review of an incident stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from witnessmark.desk.pages import QueueItem
from witnessmark.desk.store import Store
from witnessmark.errors import UsageError
from witnessmark.review import Standings

MODES = ("first", "second", "disputed")
"""Queues: what nobody decided; what others decided or flagged (blind); where reviewers differ."""


def waiting(store: Store, standings: Standings, *, reviewer: str, mode: str, skip: Sequence[int], size: int) -> list[QueueItem]:
    """The first ``size`` things that wait in the queue ``mode`` for ``reviewer``, the most worth first, without those in ``skip``.

    Raises:
        UsageError: WM004 for another mode.
    """
    if mode not in MODES:
        raise UsageError("WM004", mode)
    passed = frozenset(skip)
    linked = [frozenset(d.subjects) for d in standings.links()]
    found: list[QueueItem] = []
    for item in store.queue() if mode == "first" else _second(store, standings, reviewer, mode):
        if item.n in passed or (item.kind == "merge" and any({item.subject, item.other} <= pair for pair in linked)):
            continue
        if mode == "first" and standings.at(item.key).decisions:
            continue
        found.append(item)
        if len(found) >= size:
            break
    return found


def _second(store: Store, standings: Standings, reviewer: str, mode: str) -> Iterator[QueueItem]:
    """What was decided or flagged before: disputes, or what ``reviewer`` has not judged; flagged ones first."""
    wanted = []
    for key in standings.decided():
        standing = standings.at(key)
        own = reviewer in {d.reviewer for d in standing.decisions} | set(standing.flaggers)
        waits = bool(standing.decisions or standing.flagged) and standing.state != "settled"
        if standing.state == "disputed" if mode == "disputed" else waits and not own:
            wanted.append((not standing.flagged, key))
    for _, key in sorted(wanted, key=lambda w: (w[0], w[1][0], w[1][1], w[1][2] or 0)):
        for item in store.asked(key[0]):
            if item.key == key:
                yield dataclasses.replace(item, blind=mode == "second")


def incident_state(store: Store, standings: Standings, n: int, *, two_persons: bool) -> str:
    """One of :data:`witnessmark.desk.overview.STATES` for incident ``n``."""
    claims = [r[0] for r in store.rows("SELECT id FROM claim WHERE incident = ?", n)]
    held = [standings.at(key) for claim in claims for key in standings.about(claim)]
    if any(s.state == "disputed" for s in held):
        return "disputed"
    linked = any(set(claims) & set(d.subjects) for d in standings.links())
    if not linked and not any(s.decisions for s in held):
        return "unreviewed"
    asked = [item.key for claim in claims for item in store.asked(claim)]
    done = all(standings.at(key).reviewed(two_persons=two_persons) for key in asked)
    return "reviewed" if asked and done else "started"
