"""From kept tables to a snapshot: the manifest, and the log of what became of incidents."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import witnessmark
from witnessmark.archive import CaseFolder
from witnessmark.computing.basis import FROM_DOCUMENTS, MERGED, OUTCOMES, Computation, segments
from witnessmark.computing.merged import traced
from witnessmark.engines import Manifest, read_manifest
from witnessmark.engines.schema import TABLES
from witnessmark.engines.writer import NO_ROWS, snapshot_name
from witnessmark.errors import CaseError
from witnessmark.ledger import Entry, Head
from witnessmark.model.serialise import to_data

if TYPE_CHECKING:
    from witnessmark.incidents.kept import KeptStore
    from witnessmark.incidents.lineage import Known

_UNITS = 500
"""Digests of inputs that are looked at together."""


def manifest_of(run: Computation, store: KeptStore) -> Manifest:
    known = segments(store)
    ordered = [known[n] for n in sorted(known, key=lambda n: (n == MERGED, n))]
    outcomes = dict(store.db.execute("SELECT status, count(*) FROM units GROUP BY status"))
    digests = _digests(store)
    tables = {
        name: {"rows": sum(segment.files[name][1] for segment in ordered if name in segment.files), "digest": digests[name]}
        for name in TABLES
    }
    return Manifest(
        snapshot=snapshot_name(tables),
        files={path: digest for segment in ordered for path, digest in segment.paths.items()},
        tables=tables,
        totals={"inputs": sum(outcomes.values()), **{name: outcomes.get(name, 0) for name in OUTCOMES}},
        ledger=Head(0, ""),
        producers=run.producers,
        versions={"witnessmark": witnessmark.__version__},
        segments=tuple(segment.name for segment in ordered),
    )


def _digests(store: KeptStore) -> dict[str, str]:
    """For each table the SHA-256 over the digests of its inputs, in their order, then over those of incidents, by id."""
    import numpy as np

    totals = {name: hashlib.sha256() for name in TABLES}
    units = store.db.execute("SELECT digests FROM units ORDER BY origin, item, capture, key")
    size = len(NO_ROWS)
    while some := [row[0] for row in itertools.islice(units, _UNITS)]:
        several = np.frombuffer(b"".join(some), np.uint8).reshape(len(some), len(FROM_DOCUMENTS), size)
        for at, name in enumerate(FROM_DOCUMENTS):
            totals[name].update(several[:, at].tobytes())
    for digest, found, count in store.db.execute("SELECT digest, found, count FROM formed ORDER BY id"):
        totals["incidents"].update(digest)
        if count:
            totals["contradictions"].update(found)
    return {name: total.hexdigest() for name, total in totals.items()}


def log_changes(run: Computation, store: KeptStore, snapshot: str, before: Sequence[Known], after: Sequence[Known]) -> None:
    """Note in the ledger which incidents of the last snapshot were merged, split, renamed or lost, so that whoever cited one can follow it."""
    from witnessmark.incidents.lineage import changes

    manifest = _last_manifest(run.folder)
    if manifest is None:
        return
    if manifest.snapshot != store.get("snapshot"):  # what is kept is of another snapshot: hold all incidents against those of the last one
        before, after = _incidents_in(run.folder, manifest), traced(store)
    found = changes(before, after)
    if found:
        run.ledger.append(Entry("incidents", snapshot, {"changes": [to_data(change) for change in found]}), actor=run.actor)


def _last_manifest(folder: CaseFolder) -> Manifest | None:
    """The manifest of the last snapshot; None when there is none or it is damaged, which installing the new one mends."""
    try:
        return read_manifest(folder)
    except CaseError:
        return None


def _incidents_in(folder: CaseFolder, manifest: Manifest) -> list[Known]:
    """The incidents of a snapshot; none when its tables are damaged."""
    from witnessmark.engines.local import LocalEngine
    from witnessmark.incidents.lineage import Known

    try:
        return [Known(data["identifier"], tuple(data["claims"])) for data in LocalEngine(folder.root, manifest).records("incidents")]
    except CaseError:
        return []
