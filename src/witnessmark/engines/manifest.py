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
    """``files`` maps paths inside the case to SHA-256; ``tables`` gives rows and digest by table; ``totals`` inputs by outcome; ``segments`` are the
    folders of the tables, in the order of their rows."""

    snapshot: str
    files: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    totals: Mapping[str, int]
    ledger: Head
    producers: tuple[Producer, ...]
    versions: Mapping[str, str]
    segments: tuple[str, ...] = ()

    def paths(self, table: str) -> tuple[str, ...]:
        """The files of ``table`` inside the case, in the order of its rows."""
        names = (f"tables/{segment}/{table}.parquet" for segment in self.segments or (self.snapshot,))
        return tuple(name for name in names if name in self.files)

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
            "segments": list(self.segments),
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
            segments=tuple(map(str, data.get("segments", ()))),  # before format 2 all tables lay in one folder, named as the snapshot
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityError("WM303", str(error), origin=str(folder.manifest)) from error


def install(
    folder: CaseFolder,
    ledger: Ledger,
    drafts: Path,
    manifest: Manifest,
    *,
    actor: str,
) -> Manifest:
    """Make ``manifest`` the current one, with the new segments that lie in the folder ``drafts``, in an order that a kill cannot spoil.

    Tables first, then the ledger's event, then the manifest: a manifest never names files that are not there, nor lacks its event.
    ``ledger`` of ``manifest`` is filled in here. When nothing changed since the last manifest, nothing is written.
    """
    current = _current(folder, ledger)
    folder.tables.mkdir(exist_ok=True)  # a shard that holds none of the inputs has no rows
    for name in manifest.segments:
        if (drafts / name).is_dir() and not _is_there(folder, manifest, name):
            _move(drafts / name, folder.tables / name, folder)
    if current is not None:
        manifest = replace(manifest, ledger=current.ledger)
    if current is None or current.to_bytes() != manifest.to_bytes():
        manifest = replace(manifest, ledger=ledger.head())
        data = manifest.to_bytes()
        ledger.append(Entry(ACTION, hashlib.sha256(data).hexdigest(), {"snapshot": manifest.snapshot}), actor=actor)
        write_atomic(folder.manifest, data, aside=folder.aside, durable=folder.durable)
    kept = set(manifest.segments)
    for other in folder.tables.iterdir():
        if other.name not in kept:
            shutil.rmtree(other)
    return manifest


def _is_there(folder: CaseFolder, manifest: Manifest, segment: str) -> bool:
    """True when the segment is in the case, whole: the manifest in force may name it, so that it must not go for a moment."""
    files = {path: digest for path, digest in manifest.files.items() if path.startswith(f"tables/{segment}/")}
    return all((folder.root / path).is_file() and _sha256(folder.root / path) == digest for path, digest in files.items())


def _current(folder: CaseFolder, ledger: Ledger) -> Manifest | None:
    """The manifest in force, if its event is the last that changed the case."""
    try:
        manifest = read_manifest(folder)
    except IntegrityError:
        return None
    if manifest is None:
        return None
    digest = _sha256(folder.manifest)
    last = next(ledger.latest(ledger.size, 1, only=ACTION), None)
    if last is None or last.subject != digest:
        return None
    capture = next(ledger.latest(ledger.size, 1, only="capture"), None)
    return manifest if capture is None or capture.n < last.n else None


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
