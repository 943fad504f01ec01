"""What waits for a decision, and how the review of an incident stands."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator

from witnessmark.desk.pages import QueueItem
from witnessmark.desk.store import Store
from witnessmark.errors import UsageError
from witnessmark.model import Decision
from witnessmark.review import Standings

MODES = ("first", "second", "disputed")
"""Queues: what nobody decided; what others decided or flagged (blind); where reviewers differ."""


class Tally:
    """What was answered, kept up as decisions come in: a queue of many thousands is not gone through anew for each page."""

    def __init__(self, store: Store, standings: Standings) -> None:
        self._store, self._standings = store, standings
        self._all = store.number("SELECT COUNT(*) FROM queue")
        self.answered: set[int] = set()
        """Numbers of the queue's questions that somebody answered."""
        self.done: Counter[tuple[str, dt.date]] = Counter()
        """Decisions by reviewer and day (UTC)."""

    @property
    def open(self) -> int:
        """Questions that nobody answered yet."""
        return self._all - len(self.answered)

    def note(self, decision: Decision) -> None:
        """Take in one decision that the standings hold already."""
        self.done[decision.reviewer, decision.at.date()] += 1
        meant = self._standings.get(decision.undoes) if decision.kind == "undo" and decision.undoes is not None else decision
        for subject in meant.subjects if meant is not None else ():
            for item in self._store.asked(subject):
                self._set(item.n, bool(self._standings.at(item.key).decisions))
            for item in self._store.links_asked(subject):
                pair = {item.subject, item.other}
                self._set(item.n, any(pair <= set(d.subjects) for d in self._standings.links()))

    def _set(self, n: int, answered: bool) -> None:
        if answered:
            self.answered.add(n)
        else:
            self.answered.discard(n)


def waiting(store: Store, standings: Standings, *, reviewer: str, mode: str, skip: Collection[int], size: int) -> list[QueueItem]:
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
