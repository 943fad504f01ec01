"""The desk of one case: its newest edition, what people decide, and the way to earlier editions, behind one object.

Not for several threads at once: whoever serves pages calls it from one thread.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

import witnessmark
from witnessmark.archive import Blobs, CaseFolder
from witnessmark.desk import index
from witnessmark.desk.accounts import Accounts
from witnessmark.desk.edition import PAGE, Edition, Moment
from witnessmark.desk.history import difference, installed_at, snapshot_at, steps
from witnessmark.desk.keeping import way
from witnessmark.desk.pages import Difference, QueueItem, Step
from witnessmark.desk.renewal import Renewal
from witnessmark.desk.store import Store
from witnessmark.desk.waiting import Tally, waiting
from witnessmark.engines import Manifest, read_manifest
from witnessmark.errors import CaseError, UsageError
from witnessmark.ledger import Ledger
from witnessmark.ledger.events import current_actor
from witnessmark.model import DecidedValue, Decision, IncidentClaim, Span, TermValue
from witnessmark.publish.view import claim_fields
from witnessmark.review import Agreement, Standings, read_decisions, write_decision

if TYPE_CHECKING:
    from witnessmark.desk.overview import Filter
    from witnessmark.desk.sheet import Plan
    from witnessmark.pipeline import ProgressCallback
    from witnessmark.publish.formats.workbook import SheetDecisions

SHEETS = 8
"""Filled sheets that wait to be looked through."""

EARLIER = 4
"""Earlier editions that are held open."""


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
        self._tell = tell
        self._open = ExitStack()
        self._earlier: OrderedDict[int, Edition] = OrderedDict()
        self._sheets: OrderedDict[str, SheetDecisions] = OrderedDict()
        self.renewal: Renewal | None = None
        """The computation that was started last; None again when its tables are shown or nobody needs to hear of it."""
        with ExitStack() as opening:
            opening.callback(self._open.close)
            self.writable = self._hold()
            self._ledger = Ledger(
                self._folder.ledger, tool_version=witnessmark.__version__, durable=self._folder.durable, read_only=not self.writable
            )
            self._open.callback(self._ledger.close)
            super().__init__(self._tables(), two_persons=two_persons)
            self.refresh()
            opening.pop_all()

    def _tables(self) -> Moment:
        """The newest tables, without decisions yet."""
        self._stamp = self._manifest_stamp()
        manifest = read_manifest(self._folder)
        if manifest is None:
            raise CaseError("WM005", "nothing was read to its end yet", origin=str(self._folder.root))
        if not index.is_current(self._folder, manifest):
            if not self.writable:
                self._folder.require()
                raise CaseError("WM307", "the desk has to make its index first", origin=str(self._folder.root))
            index.build(self._folder, manifest, self._tell)
        return Moment(Store(index.path_of(self._folder)), manifest.snapshot, Standings())

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
        for edition in self._earlier.values():
            edition.close()
        self._earlier.clear()
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
        if revision not in self._earlier:
            self._earlier[revision] = self._edition(revision)
            while len(self._earlier) > EARLIER:
                self._earlier.popitem(last=False)[1].close()
        self._earlier.move_to_end(revision)
        return self._earlier[revision]

    def _edition(self, revision: int) -> Edition:
        snapshot = self.snapshot_at(revision)
        found = way(self._folder, snapshot, self.snapshot, index.FORMAT) if snapshot else None
        standings = self.standings(revision)
        if not found:
            return Edition(Moment(self._store, self.snapshot, standings), two_persons=self._two_persons, borrowed=True)
        store = Store(found[0], found[1:], self._store)
        return Edition(Moment(store, snapshot, standings), two_persons=self._two_persons)

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
        document, before = self._seen(subjects, field, mention)
        if role == "reader" or (final and role != "lead"):
            raise UsageError("WM702", tell("the role {role} may not take it", role=role))
        if kind == "undo":
            self._check_undo(undoes, reviewer or current_actor(), role)
        if span is not None and document is not None and span.end > len(self.text(document)):
            raise UsageError("WM702", tell("the words lie outside the document"))
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

    def _check_undo(self, undoes: int | None, reviewer: str, role: str) -> None:
        self.refresh()
        meant = self._standings.get(undoes) if undoes is not None else None
        if meant is None:
            raise UsageError("WM702", tell("there is no such decision to undo"))
        if meant.reviewer != reviewer and role != "lead":
            raise UsageError("WM702", tell("only a lead undoes decisions of others"))

    def _seen(self, subjects: Sequence[str], field: str | None, mention: Span | None) -> tuple[str | None, DecidedValue | None]:
        """Document and present value of what is decided on."""
        for subject in subjects:
            if self._store.kind(subject) is None:
                raise UsageError("WM001", origin=subject)
        if field is None or self._store.kind(subjects[0]) != "claim":
            return None, None
        claim = self._store.get(IncidentClaim, subjects[0])
        for name, held in claim_fields(claim):
            if name == field and held.span == mention:
                return claim.document, TermValue(held.value) if isinstance(held.value, str) else held.value
        if mention is not None:
            raise UsageError("WM702", tell("no value of this field was read from these words"))
        return claim.document, None

    # -- a sheet out, decisions back in -------------------------------------------------------------------------------------------

    def sheet(self, wanted: Filter, *, tell: Callable[[object, str], str] | None = None) -> bytes:
        """The values of the incidents that ``wanted`` lets pass as a workbook to fill in; ``tell`` says a value in words.

        Raises:
            DataError: WM611 when openpyxl is not installed.
        """
        from witnessmark.desk import sheet

        self.refresh()
        return sheet.write(self, wanted, tell=tell)

    def take_sheet(self, data: bytes) -> str:
        """Take in a filled workbook, ours or that of a publication, and give a key for :meth:`plan` and :meth:`save_sheet`. Nothing is saved.

        Raises:
            UsageError: WM603 when it is no workbook of ours, WM604 with every line that cannot be used.
            DataError: WM611 when openpyxl is not installed.
        """
        from witnessmark.desk import sheet

        key = hashlib.sha256(data).hexdigest()[:20]
        self._sheets[key] = sheet.take(data)
        while len(self._sheets) > SHEETS:
            self._sheets.popitem(last=False)
        return key

    def plan(self, key: str, *, reviewer: str) -> Plan:
        """What the workbook with this key would decide in the name of ``reviewer``.

        Raises:
            UsageError: WM001 when there is none; the desk keeps the last ones only, until it is closed.
        """
        from witnessmark.desk import sheet

        if key not in self._sheets:
            raise UsageError("WM001", origin=key)
        self.refresh()
        return sheet.plan(self, self._sheets[key], reviewer=reviewer)

    def save_sheet(self, key: str, *, reviewer: str, role: str = "lead") -> int:
        """Save what :meth:`plan` shows, and give the number of decisions."""
        from witnessmark.desk import sheet

        return sheet.save(self, self.plan(key, reviewer=reviewer), reviewer=reviewer, role=role)

    # -- computing anew ----------------------------------------------------------------------------------------------------------

    def renew(self, *, actor: str = "") -> Renewal:
        """Start to merge and assess anew with the decisions, in a process of its own; what runs already is given again. Pages stay as they are
        until :meth:`turn`."""
        if self.renewal is None or not self.renewal.running:
            self.renewal = Renewal.start(self._folder.root, actor=actor or self.actor)
        return self.renewal

    def newer(self) -> Manifest | None:
        """The manifest of newer tables that are ready to be shown; None when there are none. A computation of somebody else (``witnessmark
        read``) is noticed, and its index made in a process of its own."""
        if self._manifest_stamp() == self._stamp:
            return None
        found = read_manifest(self._folder)
        if found is None or found.snapshot == self.snapshot:
            self._stamp = self._manifest_stamp()
            return None
        if index.is_current(self._folder, found):
            return found
        if self.writable and (self.renewal is None or not (self.renewal.running or self.renewal.code)):
            self.renewal = Renewal.start(self._folder.root, index_only=True)
        return None

    def turn(self) -> bool:
        """Show the newer tables, if there are any that are ready; True when there were."""
        if self.newer() is None:
            return False
        self.renewal = None
        self._close_tables()
        self._show(self._tables())
        self.refresh()
        return True

    def _show(self, moment: Moment) -> None:
        super()._show(moment)
        self._tally = Tally(moment.store, moment.standings)

    @property
    def since(self) -> int:
        """The first revision that shows the tables of this edition."""
        return installed_at(self._ledger, self.snapshot)

    def _manifest_stamp(self) -> tuple[int, int, int]:
        try:
            found = self._folder.manifest.stat()
        except FileNotFoundError:
            return 0, 0, 0
        return found.st_ino, found.st_mtime_ns, found.st_size

    def recompute(self, progress: ProgressCallback | None = None) -> bool:
        """Merge and assess anew, with the decisions, and show it; True when the tables changed. The caller waits meanwhile."""
        from witnessmark.pipeline import Options, run

        before = self.snapshot
        manifest = run(self._folder, [], Options(), progress)
        if manifest.snapshot != before:
            index.build(self._folder, manifest, self._tell)
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
