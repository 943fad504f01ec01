"""The manifest: which snapshot is current, what its files hash to, and on what ledger and producers it rests."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from witnessmark.archive import CaseFolder
from witnessmark.archive.files import sync_file, sync_folder, write_atomic
from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger import Entry, Head, Ledger
from witnessmark.ledger.store import FORMAT
from witnessmark.model import Producer
from witnessmark.model.serialise import from_data, to_data

ACTION = "manifest"
"""The ledger's name for the event that commits to a manifest; the subject is the SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files`` maps paths inside the case to SHA-256; ``tables`` gives rows and digest by table; ``totals`` inputs by outcome."""

    snapshot: str
    files: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    totals: Mapping[str, int]
    ledger: Head
    producers: tuple[Producer, ...]
    versions: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """The file: JSON, keys sorted, one a line."""
        data = {
            "format": FORMAT,
            "kind": "case",
            "snapshot": self.snapshot,
            "files": dict(self.files),
            "tables": {name: dict(table) for name, table in self.tables.items()},
            "totals": dict(self.totals),
            "ledger": {"size": self.ledger.size, "root": self.ledger.root},
            "producers": [to_data(p) for p in self.producers],
            "versions": dict(self.versions),
        }
        return (json.dumps(data, sort_keys=True, indent=1) + "\n").encode("ascii")


def read_manifest(folder: CaseFolder) -> Manifest | None:
    """The manifest of the case; None when nothing was computed yet.

    Raises:
        IntegrityError: WM303 when it cannot be read.
        CaseError: WM306 when a newer version wrote it.
    """
    if not folder.manifest.exists():
        return None
    try:
        data = json.loads(folder.manifest.read_bytes())
        if data["format"] > FORMAT:
            raise CaseError("WM306", f"format {data['format']}", origin=str(folder.manifest))
        return Manifest(
            snapshot=str(data["snapshot"]),
            files={str(k): str(v) for k, v in data["files"].items()},
            tables=dict(data["tables"]),
            totals={str(k): int(v) for k, v in data["totals"].items()},
            ledger=Head(int(data["ledger"]["size"]), str(data["ledger"]["root"])),
            producers=tuple(from_data(Producer, p) for p in data["producers"]),
            versions=dict(data["versions"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityError("WM303", str(error), origin=str(folder.manifest)) from error


def install(
    folder: CaseFolder,
    ledger: Ledger,
    draft: Path,
    manifest: Manifest,
    *,
    actor: str,
) -> Manifest:
    """Make the finished tables in the folder ``draft`` the current snapshot, in an order that a kill cannot spoil.

    Tables first, then the ledger's event, then the manifest: a manifest never names files that are not there, nor lacks its event.
    ``files`` and ``ledger`` of ``manifest`` are filled in here. When nothing changed since the last manifest, nothing is written.
    """
    target = folder.tables / manifest.snapshot
    digests = {f"{path.name}": _sha256(path) for path in sorted(draft.iterdir())}
    files = {f"tables/{manifest.snapshot}/{name}": digest for name, digest in digests.items()}
    current = _current(folder, ledger)
    if not target.exists() or {p.name: _sha256(p) for p in target.iterdir()} != digests:
        _move(draft, target, folder)
        current = None
    manifest = replace(manifest, files=files, ledger=current.ledger if current else ledger.head())
    if current is None or current.to_bytes() != manifest.to_bytes():
        manifest = replace(manifest, ledger=ledger.head())
        data = manifest.to_bytes()
        ledger.append(Entry(ACTION, hashlib.sha256(data).hexdigest(), {"snapshot": manifest.snapshot}), actor=actor)
        write_atomic(folder.manifest, data, aside=folder.aside, durable=folder.durable)
    for other in folder.tables.iterdir():
        if other.name != manifest.snapshot:
            shutil.rmtree(other)
    return manifest


def _current(folder: CaseFolder, ledger: Ledger) -> Manifest | None:
    """The manifest in force, if its event is the last that changed the case."""
    try:
        manifest = read_manifest(folder)
    except IntegrityError:
        return None
    if manifest is None:
        return None
    digest = _sha256(folder.manifest)
    last = [e for e in ledger.events() if e.action in ("capture", ACTION)][-1:]
    return manifest if [e.subject for e in last] == [digest] else None


def _move(draft: Path, target: Path, folder: CaseFolder) -> None:
    if folder.durable:
        for path in draft.iterdir():
            sync_file(path)
        sync_folder(draft)
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        shutil.rmtree(target)
    draft.rename(target)
    if folder.durable:
        sync_folder(target.parent)


def _sha256(path: Path) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
