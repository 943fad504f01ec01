"""Computing a snapshot from what was read: only what changed since the last one, or all of it where nothing is known of that.

The tables of documents are written in segments of so many captures, in the order of capture: a document that is added changes the last segment. Incidents
and what follows from them are one segment more, filled from the groups of claims that :mod:`witnessmark.incidents.kept` keeps. Digests are taken over the
digests of inputs and groups, sorted, so that the name of a snapshot does not depend on which run wrote what.
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from witnessmark.computing.basis import OUTCOMES, SCHEMA, Computation
from witnessmark.computing.changes import planned
from witnessmark.computing.merged import renewed
from witnessmark.computing.snapshot import log_changes, manifest_of
from witnessmark.engines import Manifest
from witnessmark.engines.manifest import install
from witnessmark.review import Standings, read_decisions

if TYPE_CHECKING:
    from witnessmark.incidents.kept import KeptStore

__all__ = ["OUTCOMES", "Computation", "compute"]


def compute(run: Computation) -> Manifest:
    """Write everything that was read, and what follows from all of it together, into a new snapshot.

    Raises:
        CaseError: WM305, WM307; IntegrityError: WM302, WM312 when what is stored is damaged.
    """
    from witnessmark.incidents.kept import KeptStore

    basis = " ".join([run.reader, *(p.identifier for p in run.producers)])
    shutil.rmtree(run.drafts, ignore_errors=True)
    with (
        _seldom_collected(),
        KeptStore(run.folder.computed, basis=basis, beside=SCHEMA, durable=run.folder.durable) as store,
    ):
        try:
            return _computed(run, store)
        except (sqlite3.DatabaseError, zlib.error):  # damaged: everything that it held can be computed again
            store.empty()
            return _computed(run, store)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Rows by the hundred thousand come and go here, hardly ever in circles: looking for these took a twentieth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


_ALLOCATIONS = 200_000


def _computed(run: Computation, store: KeptStore) -> Manifest:
    standing = Standings.of(read_decisions(run.ledger))
    with store.changing():
        plan = planned(run, store, standing.effective())
        before, after = renewed(run, store, plan, standing.links())
        manifest = manifest_of(run, store)
        log_changes(run, store, manifest.snapshot, before, after)
        manifest = install(run.folder, run.ledger, run.drafts, manifest, actor=run.actor)
        store.set("snapshot", manifest.snapshot)
    return manifest
