"""Earlier editions: what was to be seen at a revision, held open for who looks around in it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from witnessmark.archive import CaseFolder
from witnessmark.desk import index
from witnessmark.desk.edition import Edition, Moment
from witnessmark.desk.keeping import way
from witnessmark.desk.store import Store
from witnessmark.review import Standings

HELD = 4
"""Earlier editions that are held open."""


class Earlier:
    """The editions of earlier revisions over the tables that were kept of them."""

    def __init__(self, folder: CaseFolder, *, two_persons: bool) -> None:
        self._folder = folder
        self._two_persons = two_persons
        self._held: OrderedDict[int, Edition] = OrderedDict()

    def at(self, revision: int, *, snapshot: str, present: Moment, standings: Callable[[], Standings]) -> Edition:
        """The edition of ``revision``, whose tables were those of ``snapshot`` (empty: none). Where they were not kept, ``present`` ones stand under
        the decisions of then, which ``standings`` gives."""
        if revision not in self._held:
            self._held[revision] = self._edition(snapshot, present, standings())
            while len(self._held) > HELD:
                self._held.popitem(last=False)[1].close()
        self._held.move_to_end(revision)
        return self._held[revision]

    def close(self) -> None:
        """Let go of all of them."""
        for edition in self._held.values():
            edition.close()
        self._held.clear()

    def _edition(self, snapshot: str, present: Moment, standings: Standings) -> Edition:
        found = way(self._folder, snapshot, present.snapshot, index.FORMAT) if snapshot else None
        if not found:
            return Edition(Moment(present.store, present.snapshot, standings), two_persons=self._two_persons, borrowed=True)
        store = Store(found[0], found[1:], present.store)
        return Edition(Moment(store, snapshot, standings), two_persons=self._two_persons)
