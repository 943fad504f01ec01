"""The desk of one case: its newest edition, what people decide, and the way to earlier editions, behind one object.

Not for several threads at once: whoever serves pages calls it from one thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import witnessmark
from witnessmark.archive import Blobs, CaseFolder
from witnessmark.desk import index
from witnessmark.desk.accounts import Accounts
from witnessmark.desk.earlier import Earlier
from witnessmark.desk.edition import PAGE, Edition, Moment
from witnessmark.desk.history import difference, installed_at, snapshot_at, steps
from witnessmark.desk.pages import Difference, QueueItem, Step
from witnessmark.desk.renewal import Renewal
from witnessmark.desk.sheets import Sheets
from witnessmark.desk.tables import Tables
from witnessmark.desk.taking import check_role, check_undo, check_words, seen
from witnessmark.desk.waiting import Tally, waiting
from witnessmark.engines import Manifest
from witnessmark.errors import CaseError, UsageError
from witnessmark.ledger import Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.model import DecidedValue, Decision, Span
from witnessmark.review import Agreement, Standings, read_decisions, write_decision

if TYPE_CHECKING:
    from witnessmark.pipeline import ProgressCallback


class Desk(Edition):
    """A case opened for reading and deciding; as an edition it is the newest that it has opened.

    Raises (all methods):
        CaseError: WM305 when a run holds the case, WM307 when it cannot be written, WM308 when a file is missing.
        IntegrityError: WM302, WM303, WM706 when what is stored is damaged.
        UsageError: WM001 for an id that no record has.
    """

    def __init__(self, path: str | Path, *, two_persons: bool = False, tell: index.Tell = lambda _: None) -> None:
        """Open the case in ``path``; its index is made first where it is missing or of another version (``tell`` gets what is indexed).

        With ``two_persons`` an incident is called reviewed only when two people decided on each value that the queue asks about.

        Raises:
            CaseError: WM005 when there is no case, or nothing was computed yet.
        """
        self._folder = CaseFolder(Path(path))
        self._folder.require()
        self._open = ExitStack()
        with ExitStack() as opening:
            opening.callback(self._open.close)
            self.writable = self._hold()
            self._ledger = Ledger(
                self._folder.ledger, tool_version=witnessmark.__version__, durable=self._folder.durable, read_only=not self.writable
            )
            self._open.callback(self._ledger.close)
            self._tables = Tables(self._folder, writable=self.writable, tell=tell)
            self._earlier = Earlier(self._folder, two_persons=two_persons)
            self.sheets = Sheets(self)
            super().__init__(self._tables.newest(), two_persons=two_persons)
            self.refresh()
            opening.pop_all()

    def _hold(self) -> bool:
        """Hold the case for appending; False on a medium that cannot be written, where the desk is for reading only."""
        try:
            self._open.enter_context(self._folder.appending())
        except CaseError as error:
            if error.code != "WM307":
                raise
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the case is sealed again. A computation that runs goes on."""
        self._close_tables()
        self._open.close()

    def _close_tables(self) -> None:
        self._earlier.close()
        self._store.close()

    # -- what there is -----------------------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The case folder."""
        return self._folder.root

    @property
    def revision(self) -> int:
        """Number of events in the ledger: names what was known and decided at a moment, for links that keep their meaning."""
        return self._ledger.size

    def refresh(self) -> None:
        """Take in what other processes decided."""
        for decision in read_decisions(self._ledger, after=self._standings.last):
            self._take_in(decision)

    def _take_in(self, decision: Decision) -> None:
        self._standings.add(decision)
        self._mark(decision)
        self._tally.note(decision)

    @property
    def actor(self) -> str:
        """The login name of the user, who decides where there are no accounts."""
        return current_actor()

    @property
    def accounts(self) -> Accounts:
        """The accounts of the case."""
        return Accounts(self._folder)

    def standings(self, revision: int | None = None) -> Standings:
        """How everything stands, or stood when the ledger had ``revision`` events."""
        self.refresh()
        if revision is None or revision > self._standings.last:
            return self._standings
        return Standings.of(self._standings.all(until=revision))

    def at(self, revision: int | None) -> Edition:
        """The edition that was to be seen when the ledger had ``revision`` events: its tables with the decisions of then; None is the newest.

        Where those tables were not kept, the present ones stand under the decisions of then; its ``snapshot`` tells which they are.
        """
        self.refresh()
        if revision is None or revision >= self.revision:
            return self
        return self._earlier.at(
            revision,
            snapshot=self.snapshot_at(revision),
            present=Moment(self._store, self.snapshot, self._standings),
            standings=lambda: self.standings(revision),
        )

    def snapshot_at(self, revision: int) -> str:
        """The snapshot in force when the ledger had ``revision`` events; empty when there was none."""
        return snapshot_at(self._ledger, revision)

    def original(self, capture: str) -> bytes:
        """The archived bytes with this SHA-256.

        Raises:
            CaseError: WM308 when they are not there; IntegrityError (WM301) when they were changed.
        """
        return Blobs(self._folder.blobs, aside=self._folder.aside).read(capture)

    # -- deciding ----------------------------------------------------------------------------------------------------------------

    def queue(self, *, reviewer: str, mode: str = "first", skip: Sequence[int] = (), size: int = 1) -> list[QueueItem]:
        """The next things to decide, the most worth first, without those in ``skip``.

        ``mode``: first (nobody decided), second (others decided, ``reviewer`` did not; blind; flagged ones first), disputed (reviewers differ).

        Raises:
            UsageError: WM004 for another mode.
        """
        self.refresh()
        passed = self._tally.answered.union(skip) if mode == "first" else skip
        return waiting(self._store, self._standings, reviewer=reviewer, mode=mode, skip=passed, size=size)

    def waits(self, reviewer: str) -> tuple[int, int]:
        """How many questions nobody answered yet, and how many decisions ``reviewer`` took today (UTC)."""
        return self._tally.open, self._tally.done.get((reviewer, dt.datetime.now(dt.UTC).date()), 0)

    def queue_item(self, n: int) -> QueueItem:
        """One thing to decide, by its number."""
        return self._store.queue_item(n)

    def decide(
        self,
        kind: str,
        subjects: Sequence[str],
        *,
        reviewer: str | None = None,
        role: str = "lead",
        field: str | None = None,
        value: DecidedValue | None = None,
        mention: Span | None = None,
        span: Span | None = None,
        why: str = "",
        undoes: int | None = None,
        blind: bool = False,
        final: bool = False,
    ) -> Decision:
        """Save one decision; it is on disk when this returns. For decisions on a value, ``mention`` names the words that it was read from.

        Raises:
            UsageError: WM001 for a subject that is not there, WM702 for a decision that lacks something or that the role may not take.
        """
        document, before = seen(self._store, subjects, field, mention)
        check_role(role, final=final)
        if kind == "undo":
            self.refresh()
            check_undo(self._standings, undoes, reviewer or current_actor(), role)
        check_words(self._store, document, span)
        if value is None and kind in ("accept", "reanchor"):
            value = before
        try:
            decision = Decision(
                kind, tuple(subjects), reviewer or current_actor(), role, dt.datetime.now(dt.UTC), why=why.strip()[:4000], field=field, value=value,
                before=before, document=document, span=span, mention=mention, undoes=undoes, blind=blind, final=final, snapshot=self.snapshot,
            )  # fmt: skip
        except ValueError as error:
            raise UsageError("WM702", str(error)) from error
        self.refresh()
        written = write_decision(self._ledger, decision)
        self._take_in(written)
        return written

    # -- computing anew ----------------------------------------------------------------------------------------------------------

    @property
    def renewal(self) -> Renewal | None:
        """The computation that was started last; None again when its tables are shown or nobody needs to hear of it."""
        return self._tables.renewal

    @renewal.setter
    def renewal(self, value: Renewal | None) -> None:
        self._tables.renewal = value

    def renew(self, *, actor: str = "") -> Renewal:
        """Start to merge and assess anew with the decisions, in a process of its own; what runs already is given again. Pages stay as they are
        until :meth:`turn`."""
        return self._tables.renew(actor or self.actor)

    def newer(self) -> Manifest | None:
        """The manifest of newer tables that are ready to be shown; None when there are none. A computation of somebody else (``witnessmark
        read``) is noticed, and its index made in a process of its own."""
        return self._tables.newer(self.snapshot)

    def turn(self) -> bool:
        """Show the newer tables, if there are any that are ready; True when there were."""
        if self.newer() is None:
            return False
        self.renewal = None
        self._close_tables()
        self._show(self._tables.newest())
        self.refresh()
        return True

    def _show(self, moment: Moment) -> None:
        super()._show(moment)
        self._tally = Tally(moment.store, moment.standings)

    @property
    def since(self) -> int:
        """The first revision that shows the tables of this edition."""
        return installed_at(self._ledger, self.snapshot)

    def recompute(self, progress: ProgressCallback | None = None) -> bool:
        """Merge and assess anew, with the decisions, and show it; True when the tables changed. The caller waits meanwhile."""
        from witnessmark.pipeline import Options, run

        before = self.snapshot
        manifest = run(self._folder, [], Options(), progress)
        if manifest.snapshot != before:
            self._tables.index(manifest)
        self.turn()
        return self.snapshot != before

    # -- how the review stands ---------------------------------------------------------------------------------------------------

    def agreement(self) -> tuple[Agreement, ...]:
        """Krippendorff's alpha by field, with what others decided meanwhile."""
        self.refresh()
        return super().agreement()

    def history(self, *, start: int | None = None, size: int = PAGE, revision: int | None = None) -> list[Step]:
        """Events of the ledger, newest first, from position ``start`` downwards; captures of documents are left out. With ``revision`` as it was
        to be read when the ledger had so many events."""
        ends = [n for n in (start, revision) if n is not None]
        return steps(self._ledger, self.standings(revision), start=min(ends, default=None), size=size)

    def difference(self, first: int, last: int) -> Difference:
        """What happened between two revisions."""
        return difference(self._folder, self._ledger, self._standings, first, last)
